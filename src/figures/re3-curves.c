/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-curves-private.h"

#include "re3-line-chart.h"
#include "re3-number-format.h"
#include "re3-panels-chart.h"
#include "re3-trace-curve.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Of the probabilities: a quarter of a unit where the plot is a thousand high. */
#define TOLERANCE (1.0 / 4096)

/* Panels are this wide at least, in ems. */
#define LEAST_WIDTH 22.0

#define DIGITS 4

struct _Re3Curves {
  const Re3Model *model;
  const Re3Trace *trace;
  double from;
  double to;
  GArray *pieces;  /* of Re3LinePiece */
  GArray *bands;   /* of Re3LineBand */
  GArray *markers; /* of Re3LineMarker */
  GPtrArray *texts;
};

Re3Curves *
re3_curves_new (const Re3Model *model, const Re3Trace *trace, double from, double to)
{
  Re3Curves *self = g_new (Re3Curves, 1);

  g_assert (model != NULL && trace != NULL && from < to);

  *self = (Re3Curves){
    .model = model,
    .trace = trace,
    .from = from,
    .to = to,
    .pieces = g_array_new (FALSE, FALSE, sizeof (Re3LinePiece)),
    .bands = g_array_new (FALSE, FALSE, sizeof (Re3LineBand)),
    .markers = g_array_new (FALSE, FALSE, sizeof (Re3LineMarker)),
    .texts = g_ptr_array_new_with_free_func (g_free),
  };
  return self;
}

void
re3_curves_free (Re3Curves *self)
{
  if (self == NULL)
    return;

  g_array_unref (self->pieces);
  g_array_unref (self->bands);
  g_array_unref (self->markers);
  g_ptr_array_unref (self->texts);
  g_free (self);
}

void
re3_curves_take_piece (Re3Curves *self, double from, double to, char *tooltip)
{
  Re3LinePiece piece = { from, to, tooltip };

  g_ptr_array_add (self->texts, tooltip);
  g_array_append_val (self->pieces, piece);
}

void
re3_curves_add_stretch (Re3Curves *self, double from, double to, gsize class_index)
{
  g_autofree char *from_text = re3_format_number (from, DIGITS);
  g_autofree char *to_text = re3_format_number (to, DIGITS);
  /* Translators: a class, and between which values it is predicted. */
  char *tooltip =
      g_strdup_printf (_ ("%s is predicted from %s to %s"),
                       re3_model_get_class_name (self->model, class_index), from_text, to_text);
  Re3LineBand band = { from, to, (int) class_index, tooltip };

  g_ptr_array_add (self->texts, tooltip);
  if (!re3_model_is_regression (self->model))
    g_array_append_val (self->bands, band);
}

void
re3_curves_take_marker (Re3Curves *self, char *label, double x, gboolean is_ghost)
{
  Re3LineMarker marker = { label, x, is_ghost };

  g_ptr_array_add (self->texts, label);
  g_array_append_val (self->markers, marker);
}

/* Markers are points, so that their dots are where the network's answer is. */
static Re3TraceCurve *
sample (const Re3Curves *self, double tolerance)
{
  g_autofree double *kept = g_new (double, MAX (self->markers->len, 1));

  for (guint i = 0; i < self->markers->len; i++) {
    double x = g_array_index (self->markers, Re3LineMarker, i).x;

    kept[i] = CLAMP ((x - self->from) / (self->to - self->from), 0, 1);
  }
  return re3_trace_curve_new (self->trace, tolerance, kept, self->markers->len);
}

/* Along the line as its pieces and markers are told: to the last bit, where they are points. */
static double *
place_points (const Re3Curves *self, const Re3TraceCurve *curve)
{
  double *x = g_new (double, curve->n_points);

  for (gsize i = 0; i < curve->n_points; i++)
    x[i] = curve->t[i] >= 1 ? self->to : self->from + curve->t[i] * (self->to - self->from);
  return x;
}

static Re3Line *
name_lines (const Re3Model *model)
{
  gsize n_classes = re3_model_get_n_classes (model);
  Re3Line *lines = g_new0 (Re3Line, n_classes);

  for (gsize c = 0; c < n_classes; c++) {
    lines[c].name = re3_model_get_class_name (model, c);
    lines[c].color_index = (int) c;
  }
  return lines;
}

static Re3Chart *
draw (const Re3Curves *self, gboolean probabilities, const char *title, const char *x_title)
{
  gsize n_classes = re3_model_get_n_classes (self->model);
  g_autoptr (Re3TraceCurve) curve = sample (self, probabilities ? TOLERANCE : INFINITY);
  g_autofree double *x = place_points (self, curve);
  g_autofree Re3Line *lines = name_lines (self->model);

  for (gsize c = 0; c < n_classes; c++) {
    lines[c].x = x;
    lines[c].y = (probabilities ? curve->probabilities : curve->logits) + c * curve->n_points;
    lines[c].n_points = curve->n_points;
  }
  return re3_line_chart_new (&(Re3LineData){
      .title = title,
      .x_title = x_title,
      .y_title = re3_model_is_regression (self->model) ? _ ("output")
                 : probabilities                       ? _ ("probability")
                                                       : _ ("logit"),
      .lines = lines,
      .n_lines = n_classes,
      .markers = (const Re3LineMarker *) self->markers->data,
      .n_markers = self->markers->len,
      .pieces = (const Re3LinePiece *) self->pieces->data,
      .n_pieces = self->pieces->len,
      .bands = (const Re3LineBand *) self->bands->data,
      .n_bands = self->bands->len,
      .low_y = 0,
      .high_y = probabilities ? 1 : 0,
      .legend_elsewhere = TRUE,
  });
}

Re3Chart *
re3_curves_draw (const Re3Curves *self, gboolean probabilities, const char *title)
{
  return draw (self, probabilities, title, NULL);
}

Re3Chart *
re3_curves_draw_both (const Re3Curves *self,
                      const char *title,
                      const char *description,
                      const char *x_title)
{
  gboolean is_regression = re3_model_is_regression (self->model);
  g_autoptr (Re3Chart) legend = re3_curves_legend_new (self->model);
  g_autoptr (Re3Chart) logits = draw (self, FALSE, _ ("Logit"), x_title);
  g_autoptr (Re3Chart) probabilities =
      is_regression ? NULL : draw (self, TRUE, _ ("Probability"), x_title);
  const Re3Panel panels[] = {
    { logits, is_regression ? NULL : _ ("Logit") },
    { probabilities, _ ("Probability") },
  };

  return re3_panels_chart_new (&(Re3PanelsData){
      .title = title,
      .description = description,
      .panels = panels,
      .n_panels = is_regression ? 1 : 2,
      .header = legend,
      .least_width = LEAST_WIDTH,
  });
}

Re3Chart *
re3_curves_legend_new (const Re3Model *model)
{
  g_autofree Re3Line *lines = name_lines (model);

  return re3_line_legend_new (lines, re3_model_get_n_classes (model));
}
