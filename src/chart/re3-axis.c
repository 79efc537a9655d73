/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-axis-private.h"

#include "re3-number-format.h"
#include "re3-text-private.h"

#include <math.h>

#define LARGEST  1e300
#define SMALLEST 1e-290

/* Labels outside 10^-3 .. 10^6 share a power of ten. */
#define LEAST_PLAIN_EXPONENT (-3)
#define MOST_PLAIN_EXPONENT  5

/* Between labels in a row, in ems. */
#define LABEL_GAP 2.4

/* Room for a tick in a column, in ems. */
#define VERTICAL_SPACING 2.2

#define GRID_WIDTH 1.0

double
re3_axis_tame (double value)
{
  return isnan (value) ? 0 : CLAMP (value, -LARGEST, LARGEST);
}

double
re3_axis_line_height (const Re3Theme *theme)
{
  return re3_text_get_line_height (theme, re3_axis_text_size (theme), FALSE, NULL);
}

double
re3_axis_text_size (const Re3Theme *theme)
{
  return 0.85 * theme->font_size;
}

/* The least of 1, 2, 5 times a power of ten that is not below @rough. */
static double
nice_step (double rough, int *exponent)
{
  static const double factors[] = { 1, 2, 5 };
  double power;

  *exponent = (int) floor (log10 (rough));
  power = pow (10, *exponent);
  for (gsize i = 0; i < G_N_ELEMENTS (factors); i++)
    if (factors[i] * power >= rough * (1 - 1e-9))
      return factors[i] * power;
  *exponent += 1;
  return 10 * power;
}

double
re3_nice_below (double value)
{
  double power = pow (10, floor (log10 (value)));

  for (int factor = 5; factor > 1; factor -= 3)
    if (factor * power <= value * (1 + 1e-9))
      return factor * power;
  return power;
}

/* The power of ten that labels up to @largest share; 0 where they are short without. */
static int
find_exponent (double largest)
{
  int exponent = (int) floor (log10 (largest) + 1e-9);

  return exponent > MOST_PLAIN_EXPONENT || exponent < LEAST_PLAIN_EXPONENT ? exponent : 0;
}

static void
find_ticks (Re3Axis *self, gsize most_ticks, gboolean whole)
{
  double rough = (self->high - self->low) / (double) MAX (most_ticks, 1);
  int step_exponent;
  double first;
  double last;

  self->step = nice_step (rough, &step_exponent);
  if (whole && self->step < 1) {
    self->step = 1;
    step_exponent = 0;
  }

  /* The tolerance keeps the ends themselves, which rounding may have moved. */
  first = ceil (self->low / self->step - 1e-9);
  last = floor (self->high / self->step + 1e-9);
  self->n_ticks = 0;
  for (double i = first; i <= last && self->n_ticks < RE3_AXIS_MOST_TICKS; i++)
    self->ticks[self->n_ticks++] = i * self->step;

  self->exponent = find_exponent (MAX (fabs (self->low), fabs (self->high)));
  self->decimals = MAX (0, self->exponent - step_exponent);
}

void
re3_axis_init (Re3Axis *self,
               double low,
               double high,
               double start,
               double end,
               gsize most_ticks,
               gboolean whole)
{
  double first = re3_axis_tame (low);
  double last = re3_axis_tame (high);

  low = MIN (first, last);
  high = MAX (first, last);
  if (!(high - low > MAX (1e-12 * MAX (fabs (low), fabs (high)), SMALLEST))) {
    double largest = MAX (fabs (low), fabs (high));
    double margin = largest > SMALLEST ? largest / 2 : 1;

    low -= low == 0 ? 0 : margin;
    high += margin;
  }

  *self = (Re3Axis){ .low = low, .high = high, .start = start, .end = end };
  find_ticks (self, MIN (most_ticks, RE3_AXIS_MOST_TICKS - 1), whole);
}

void
re3_axis_init_to_fit (Re3Axis *self,
                      const Re3Theme *theme,
                      double low,
                      double high,
                      double start,
                      double end,
                      gboolean vertical,
                      gboolean whole)
{
  double length = fabs (end - start);
  double em = re3_axis_text_size (theme);
  gsize most = (gsize) CLAMP (length / (em * VERTICAL_SPACING), 1, RE3_AXIS_MOST_TICKS / 2);

  for (;; most--) {
    double spacing;

    re3_axis_init (self, low, high, start, end, most, whole);
    spacing = length * (self->step / (self->high - self->low));
    if (vertical || most <= 1 || re3_axis_measure (self, theme) + em * LABEL_GAP <= spacing)
      return;
  }
}

double
re3_axis_place (const Re3Axis *self, double value)
{
  double share = (re3_axis_tame (value) - self->low) / (self->high - self->low);

  return self->start + share * (self->end - self->start);
}

char *
re3_axis_format_tick (const Re3Axis *self, gsize tick)
{
  g_assert (tick < self->n_ticks);

  return re3_format_fixed (self->ticks[tick] * pow (10, -self->exponent), self->decimals);
}

char *
re3_axis_format_title (const Re3Axis *self, const char *title)
{
  g_autofree char *power = NULL;

  if (self->exponent == 0)
    return g_strdup (title);
  power = re3_format_power_of_ten (self->exponent);
  return g_strdup_printf ("%s (\u00d7\u2009%s)", title, power);
}

double
re3_axis_measure (const Re3Axis *self, const Re3Theme *theme)
{
  double widest = 0;

  for (gsize i = 0; i < self->n_ticks; i++) {
    g_autofree char *label = re3_axis_format_tick (self, i);
    g_autoptr (PangoLayout) layout =
        re3_text_shape (theme, label, re3_axis_text_size (theme), FALSE, 0);

    widest = MAX (widest, re3_text_get_width (layout));
  }
  return widest;
}

void
re3_axis_add_across (const Re3Axis *self,
                     Re3Scene *scene,
                     double top,
                     double bottom,
                     double label_y)
{
  const Re3Theme *theme = re3_scene_get_theme (scene);
  double size = re3_axis_text_size (theme);
  Re3TextStyle style = re3_text_style (size, &theme->muted, RE3_ANCHOR_MIDDLE);

  for (gsize i = 0; i < self->n_ticks; i++) {
    double x = re3_scene_snap (re3_axis_place (self, self->ticks[i]), re3_scene_get_width (scene));

    re3_scene_add_line (scene, x, top, x, bottom, &theme->grid, GRID_WIDTH);
  }
  if (isnan (label_y))
    return;
  for (gsize i = 0; i < self->n_ticks; i++) {
    g_autofree char *label = re3_axis_format_tick (self, i);
    g_autoptr (PangoLayout) layout = re3_text_shape (theme, label, size, FALSE, 0);
    double half = re3_text_get_width (layout) / 2;
    double x = re3_axis_place (self, self->ticks[i]);

    if (x - half >= 0 && x + half <= re3_scene_get_width (scene))
      re3_scene_add_text (scene, label, &style, x, label_y, 0, NULL);
  }
}

void
re3_axis_add_upward (const Re3Axis *self,
                     Re3Scene *scene,
                     double left,
                     double right,
                     double label_x)
{
  const Re3Theme *theme = re3_scene_get_theme (scene);
  double size = re3_axis_text_size (theme);
  double half = re3_text_get_line_height (theme, size, FALSE, NULL) / 2;
  Re3TextStyle style = re3_text_style (size, &theme->muted, RE3_ANCHOR_END);

  for (gsize i = 0; i < self->n_ticks; i++) {
    double y = re3_scene_snap (re3_axis_place (self, self->ticks[i]), re3_scene_get_height (scene));

    re3_scene_add_line (scene, left, y, right, y, &theme->grid, GRID_WIDTH);
  }
  if (isnan (label_x))
    return;
  for (gsize i = 0; i < self->n_ticks; i++) {
    g_autofree char *label = re3_axis_format_tick (self, i);
    double y = re3_axis_place (self, self->ticks[i]);

    if (y - half >= 0 && y + half <= re3_scene_get_height (scene))
      re3_scene_add_text (scene, label, &style, label_x, y, 0, NULL);
  }
}

void
re3_axis_add_title (const Re3Axis *self, Re3Scene *scene, const char *title, double x, double y)
{
  const Re3Theme *theme = re3_scene_get_theme (scene);
  double size = re3_axis_text_size (theme);
  double width = re3_scene_get_width (scene);
  g_autofree char *whole = re3_axis_format_title (self, title);
  const char *text = whole;
  double half = MIN (re3_texts_measure (theme, &text, 1, size, FALSE), width) / 2;
  Re3TextStyle style = re3_text_style (size, &theme->muted, RE3_ANCHOR_MIDDLE);

  re3_scene_add_text (scene, text, &style, CLAMP (x, half, width - half), y, width, NULL);
}
