/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-bar-chart.h"

#include "re3-axis-private.h"
#include "re3-chart-private.h"
#include "re3-color-private.h"
#include "re3-number-format.h"
#include "re3-rows-private.h"
#include "re3-text-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define DEFAULT_DIGITS 3

/* Of a row. */
#define BAR_SHARE 0.62

/* Labels take at most this share of the width, and bars at least this one. */
#define MOST_LABEL_SHARE 0.45
#define LEAST_BAR_SHARE  0.35

#define MOST_STRETCH 1.4

/* In ems. */
#define AXIS_EDGE 0.8

/* In lines. */
#define FOOTNOTE_HEIGHT 1.5

typedef struct {
  Re3Chart parent;
  Re3Bar *bars;
  int *items;
  gsize n_bars;
  const char *axis_title;
  const char *footnote;
  double low;
  double high;
} Re3BarChart;

/* Where the parts of a laid-out chart are. */
typedef struct {
  Re3Rows rows;
  double name_end;
  double name_width;
  double detail_end; /* NAN: details have no room */
  double plot_left;
  double plot_right;
  double axis_y; /* NAN: no room for the axis */
  double title_y;
  double footnote_y;
} Frame;

/* Lengths are zero + value * scale, and the axis goes from low to high. @edge is the room that half
 * a label takes beyond it. */
typedef struct {
  double zero;
  double scale;
  double low;
  double high;
  double edge;
  gboolean has_values;
} Fit;

/* Of values and details. */
static double
detail_size (const Re3Theme *theme, const Re3Rows *rows)
{
  return MIN (re3_text_detail_size (theme), rows->text_size);
}

static double
get_natural_height (Re3Chart *chart, const Re3Theme *theme, double width)
{
  Re3BarChart *self = (Re3BarChart *) chart;
  double lines = RE3_AXIS_LABELS_HEIGHT + (*self->axis_title != '\0' ? RE3_AXIS_TITLE_HEIGHT : 0) +
                 (self->footnote != NULL ? FOOTNOTE_HEIGHT : 0);

  (void) width;
  return ceil ((double) self->n_bars * re3_rows_natural_pitch (theme) +
               lines * re3_axis_line_height (theme));
}

static void
measure_columns (const Re3BarChart *self, const Re3Theme *theme, double width, Frame *frame)
{
  double gap = 0.6 * theme->font_size;
  double most = MOST_LABEL_SHARE * width;
  double names = 0;
  double details = 0;

  for (gsize i = 0; i < self->n_bars; i++) {
    const Re3Bar *bar = &self->bars[i];

    names = MAX (names, re3_texts_measure (theme, &bar->label, 1, frame->rows.text_size,
                                           bar->style == RE3_BAR_TOTAL));
    details = MAX (details, re3_texts_measure (theme, &bar->detail, 1,
                                               detail_size (theme, &frame->rows), FALSE));
  }

  if (details > 0 && details + gap > most - MIN (names, 0.5 * most))
    details = 0;
  frame->name_width = MIN (names, most - (details > 0 ? details + gap : 0));
  frame->name_end = frame->name_width;
  frame->detail_end = details > 0 ? frame->name_end + gap + details : NAN;
  frame->plot_left = (details > 0 ? frame->detail_end : frame->name_end) + gap;
  frame->plot_right = width;
}

static Frame
make_frame (const Re3BarChart *self, const Re3Scene *scene)
{
  const Re3Theme *theme = re3_scene_get_theme (scene);
  double line = re3_axis_line_height (theme);
  double remaining = re3_scene_get_height (scene);
  double keep = MIN ((double) self->n_bars, 4) * line;
  double axis = re3_take_room (&remaining, RE3_AXIS_LABELS_HEIGHT * line, keep);
  double title = *self->axis_title != '\0'
                     ? re3_take_room (&remaining, RE3_AXIS_TITLE_HEIGHT * line, keep)
                     : 0;
  double footnote =
      self->footnote != NULL ? re3_take_room (&remaining, FOOTNOTE_HEIGHT * line, keep) : 0;
  Frame frame;
  double bottom;

  re3_rows_init (&frame.rows, theme, self->n_bars, 0, remaining,
                 MOST_STRETCH * re3_rows_natural_pitch (theme), BAR_SHARE);
  measure_columns (self, theme, re3_scene_get_width (scene), &frame);
  bottom = re3_rows_get_bottom (&frame.rows);
  frame.axis_y = axis > 0 ? bottom + axis - line / 2 : NAN;
  frame.title_y = title > 0 ? bottom + axis + title - line / 2 : NAN;
  frame.footnote_y = footnote > 0 ? bottom + axis + title + footnote - line / 2 : NAN;
  return frame;
}

static double
get_end (const Re3Bar *bar)
{
  return re3_axis_tame (bar->start + bar->value);
}

/* Whether all bars fit at @scale with their printed values beyond their ends; finds the room that
 * is needed on both sides of zero. */
static gboolean
try_scale (const Re3BarChart *self, const double *widths, double room, double scale, Fit *fit)
{
  double before = -fit->low * scale + (fit->low < 0 ? fit->edge : 0);
  double after = fit->high * scale + (fit->high > 0 ? fit->edge : 0);

  for (gsize i = 0; i < self->n_bars; i++) {
    double end = get_end (&self->bars[i]);

    if (self->bars[i].value < 0)
      before = MAX (before, widths[i] - end * scale);
    else
      after = MAX (after, widths[i] + end * scale);
  }
  fit->zero = before;
  fit->scale = scale;
  return before + after <= room;
}

/* The largest scale at which everything fits; values are left out where they would take too much
 * from the bars. */
static Fit
fit_bars (const Re3BarChart *self, const Re3Theme *theme, const Frame *frame)
{
  /* One unit less: the zero line is moved onto whole pixels. */
  double room = MAX (frame->plot_right - frame->plot_left - 1, 0);
  double gap = 0.35 * theme->font_size;
  g_autofree double *widths = g_new0 (double, MAX (self->n_bars, 1));
  Fit fit = { .edge = MIN (AXIS_EDGE * theme->font_size, 0.1 * room) };
  /* Where rows are lower than text, a value would lie on the next row's bar. */
  gboolean has_values = frame->rows.every == 1;
  double low = 0;
  double high;

  if (self->low < self->high) {
    fit.low = MIN (self->low, 0);
    fit.high = MAX (self->high, 0);
  }
  for (gsize i = 0; i < self->n_bars; i++) {
    double end = get_end (&self->bars[i]);

    fit.low = MIN (fit.low, end);
    fit.high = MAX (fit.high, end);
    if (has_values)
      widths[i] = gap + re3_texts_measure (theme, &self->bars[i].printed, 1,
                                           detail_size (theme, &frame->rows),
                                           self->bars[i].style == RE3_BAR_TOTAL);
  }
  if (fit.low == fit.high)
    fit.high = 1;

  high = MAX (room - 2 * fit.edge, 0) / (fit.high - fit.low);
  if (try_scale (self, widths, room, LEAST_BAR_SHARE * high, &fit)) {
    fit.has_values = has_values;
    for (int i = 0; i < 40; i++) {
      double middle = (low + high) / 2;

      if (try_scale (self, widths, room, middle, &fit))
        low = middle;
      else
        high = middle;
    }
    try_scale (self, widths, room, low, &fit);
  } else {
    fit.scale = high;
    fit.zero = (fit.low < 0 ? fit.edge : 0) - fit.low * high;
  }
  fit.zero = re3_scene_snap (frame->plot_left + fit.zero, frame->plot_right);
  return fit;
}

static Re3Color
bar_color (const Re3Bar *bar, const Re3Theme *theme)
{
  switch (bar->style) {
  case RE3_BAR_SIGNED:
    return bar->value < 0 ? theme->negative : theme->positive;
  case RE3_BAR_CLASS:
    return re3_theme_class_color (theme, (gsize) MAX (bar->color_index, 0));
  case RE3_BAR_TOTAL:
    return re3_color_mix (&theme->background, &theme->foreground, 0.55);
  default:
    g_assert_not_reached ();
  }
}

static void
add_labels (const Re3BarChart *self, Re3Scene *scene, const Frame *frame)
{
  const Re3Theme *theme = re3_scene_get_theme (scene);
  Re3TextStyle name = re3_text_style (frame->rows.text_size, &theme->foreground, RE3_ANCHOR_END);
  Re3TextStyle detail =
      re3_text_style (detail_size (theme, &frame->rows), &theme->muted, RE3_ANCHOR_END);

  for (gsize i = 0; i < self->n_bars; i++) {
    const Re3Bar *bar = &self->bars[i];
    Re3Datum datum = { self->items[i], 0, bar->tooltip };
    double y = re3_rows_get_middle (&frame->rows, i);

    if (!re3_rows_has_text (&frame->rows, i))
      continue;
    name.bold = bar->style == RE3_BAR_TOTAL;
    if (frame->name_width > 0)
      re3_scene_add_text (scene, bar->label, &name, frame->name_end, y, frame->name_width, &datum);
    if (bar->detail != NULL && !isnan (frame->detail_end))
      re3_scene_add_text (scene, bar->detail, &detail, frame->detail_end, y, 0, &datum);
  }
}

/* The whole row answers to the pointer, not only its bar, which may be short. */
static void
add_bars (const Re3BarChart *self, Re3Scene *scene, const Frame *frame, const Fit *fit)
{
  const Re3Theme *theme = re3_scene_get_theme (scene);
  double gap = 0.35 * theme->font_size;
  Re3TextStyle printed =
      re3_text_style (detail_size (theme, &frame->rows), &theme->foreground, RE3_ANCHOR_START);

  for (gsize i = 0; i < self->n_bars; i++) {
    const Re3Bar *bar = &self->bars[i];
    Re3Datum datum = { self->items[i], 0, bar->tooltip };
    Re3Rect area = { 0, frame->rows.top + (double) i * frame->rows.pitch, frame->plot_right,
                     frame->rows.pitch };
    double y = re3_rows_get_middle (&frame->rows, i);
    double start = fit->zero + re3_axis_tame (bar->start) * fit->scale;
    double end = fit->zero + get_end (bar) * fit->scale;
    Re3Rect shape = { MIN (start, end), y - frame->rows.thickness / 2, fabs (end - start),
                      frame->rows.thickness };

    re3_scene_add_rectangle (scene, &area, &(Re3Paint){ 0 }, &datum);
    if (shape.width > 0)
      re3_scene_add_rectangle (scene, &shape,
                               &(Re3Paint){ .fill = bar_color (bar, theme), .radius = 1 }, &datum);
    if (!fit->has_values)
      continue;
    printed.anchor = bar->value < 0 ? RE3_ANCHOR_END : RE3_ANCHOR_START;
    printed.bold = bar->style == RE3_BAR_TOTAL;
    re3_scene_add_text (scene, bar->printed, &printed, end + (bar->value < 0 ? -gap : gap), y, 0,
                        &datum);
  }
}

/* Of a waterfall: from where a bar ends down to the next, which goes on from there or ends there
 * too.
 */
static void
add_connectors (const Re3BarChart *self, Re3Scene *scene, const Frame *frame, const Fit *fit)
{
  const Re3Theme *theme = re3_scene_get_theme (scene);

  for (gsize i = 0; i + 1 < self->n_bars; i++) {
    double x = fit->zero + get_end (&self->bars[i]) * fit->scale;
    double top = re3_rows_get_middle (&frame->rows, i) + frame->rows.thickness / 2;
    double bottom = re3_rows_get_middle (&frame->rows, i + 1) - frame->rows.thickness / 2;

    if (self->bars[i].start == 0 && self->bars[i + 1].start == 0)
      continue;
    re3_scene_add_line (scene, x, top, x, bottom, &theme->muted, 1);
  }
}

static void
add_axis (const Re3BarChart *self, Re3Scene *scene, const Frame *frame, const Fit *fit)
{
  const Re3Theme *theme = re3_scene_get_theme (scene);
  double bottom = re3_rows_get_bottom (&frame->rows);
  double width = re3_scene_get_width (scene);
  Re3TextStyle quiet = re3_text_style (re3_axis_text_size (theme), &theme->muted, RE3_ANCHOR_START);
  Re3Axis axis;

  re3_axis_init_to_fit (&axis, theme, fit->low, fit->high, fit->zero + fit->low * fit->scale,
                        fit->zero + fit->high * fit->scale, FALSE, FALSE);
  re3_axis_add_across (&axis, scene, frame->rows.top, bottom, frame->axis_y);

  if (!isnan (frame->title_y))
    re3_axis_add_title (&axis, scene, self->axis_title, (frame->plot_left + frame->plot_right) / 2,
                        frame->title_y);
  if (!isnan (frame->footnote_y))
    re3_scene_add_text (scene, self->footnote, &quiet, 0, frame->footnote_y, MAX (1, width), NULL);
}

static void
layout (Re3Chart *chart, Re3Scene *scene)
{
  Re3BarChart *self = (Re3BarChart *) chart;
  const Re3Theme *theme = re3_scene_get_theme (scene);
  Frame frame = make_frame (self, scene);
  Fit fit;

  if (self->n_bars == 0 || frame.plot_right - frame.plot_left < 1 || frame.rows.pitch <= 0)
    return;
  fit = fit_bars (self, theme, &frame);
  add_axis (self, scene, &frame, &fit);
  add_connectors (self, scene, &frame, &fit);
  add_bars (self, scene, &frame, &fit);
  re3_scene_add_line (scene, fit.zero, frame.rows.top, fit.zero, re3_rows_get_bottom (&frame.rows),
                      &theme->foreground, 1);
  add_labels (self, scene, &frame);
}

static void
fill_table (Re3Chart *chart, Re3ChartTable *table)
{
  Re3BarChart *self = (Re3BarChart *) chart;
  gboolean has_details = FALSE;

  for (gsize i = 0; i < self->n_bars; i++)
    has_details |= self->bars[i].detail != NULL;

  re3_chart_table_add_column (table, _ ("name"), NULL);
  if (has_details)
    re3_chart_table_add_column (table, _ ("note"), NULL);
  re3_chart_table_add_column (table, *self->axis_title != '\0' ? self->axis_title : _ ("value"),
                              NULL);
  for (gsize i = 0; i < self->n_bars; i++) {
    re3_chart_table_add_text (table, self->bars[i].label);
    if (has_details)
      re3_chart_table_add_text (table, self->bars[i].detail);
    re3_chart_table_add_number (table, self->bars[i].value);
  }
}

static void
finalize (Re3Chart *chart)
{
  Re3BarChart *self = (Re3BarChart *) chart;

  g_free (self->bars);
  g_free (self->items);
}

static const Re3ChartKind bar_chart_kind = {
  .get_natural_height = get_natural_height,
  .layout = layout,
  .fill_table = fill_table,
  .finalize = finalize,
};

static char *
print_value (const Re3Bar *bar)
{
  if (bar->printed != NULL)
    return g_strdup (bar->printed);
  return bar->style == RE3_BAR_SIGNED ? re3_format_signed (bar->value, DEFAULT_DIGITS)
                                      : re3_format_number (bar->value, DEFAULT_DIGITS);
}

Re3Chart *
re3_bar_chart_new (const Re3BarData *data)
{
  Re3BarChart *self;
  Re3Chart *chart;

  g_return_val_if_fail (data != NULL, NULL);
  g_return_val_if_fail (data->bars != NULL || data->n_bars == 0, NULL);
  for (gsize i = 0; i < data->n_bars; i++)
    g_return_val_if_fail (data->bars[i].label != NULL, NULL);

  self = g_new0 (Re3BarChart, 1);
  chart = &self->parent;
  re3_chart_init (chart, &bar_chart_kind, data->title, data->description);
  self->axis_title = data->axis_title != NULL ? re3_chart_copy_text (chart, data->axis_title) : "";
  self->footnote = re3_chart_copy_text (chart, data->footnote);
  self->low = data->low;
  self->high = data->high;
  self->n_bars = data->n_bars;
  self->bars = g_new0 (Re3Bar, data->n_bars);
  self->items = g_new (int, data->n_bars);
  for (gsize i = 0; i < data->n_bars; i++) {
    const Re3Bar *bar = &data->bars[i];
    g_autofree char *printed = print_value (bar);

    self->items[i] = data->items != NULL ? data->items[i] : (int) i;
    self->bars[i] = *bar;
    self->bars[i].label = re3_chart_copy_text (chart, bar->label);
    self->bars[i].detail = re3_chart_copy_text (chart, bar->detail);
    self->bars[i].tooltip = re3_chart_copy_text (chart, bar->tooltip);
    self->bars[i].printed = re3_chart_copy_text (chart, printed);
  }
  return chart;
}
