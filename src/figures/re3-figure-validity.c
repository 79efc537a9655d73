/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-figures-private.h"

#include "re3-line-chart.h"
#include "re3-number-format.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static char *
describe (const Re3Validity *validity, gsize n)
{
  g_autofree char *eps90 = re3_format_number (validity->eps90, 3);
  g_autofree char *eps75 = re3_format_number (validity->eps75, 3);
  g_autofree char *eps50 = re3_format_number (validity->eps50, 3);

  g_autofree char *number = re3_figure_format_count (n);

  return g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE,
                   "Share of %s sample that keeps its region up to a distance: 90 of 100 up to %s, "
                   "75 of 100 up to %s, half up to %s.",
                   "Share of %s samples that keep their region up to a distance: 90 of 100 up to "
                   "%s, 75 of 100 up to %s, half up to %s.",
                   n),
      number, eps90, eps75, eps50);
}

/* At distance 0 all keep their region; each sample's own distance is the last that it does.
 * Infinite ones never leave it. Equal distances are one step. @x, @y: room for curve->n + 1
 * numbers. Returns: the number of points. */
static gsize
trace_curve (const Re3ValidityCurve *curve, double *x, double *y)
{
  gsize n_points = 1;

  if (curve->n == 0)
    return 0;
  x[0] = 0;
  y[0] = 1;
  for (gsize i = 0; i < curve->n && isfinite (curve->distances[i]); i++) {
    if (curve->distances[i] != x[n_points - 1])
      x[n_points++] = curve->distances[i];
    y[n_points - 1] = (double) (curve->n - 1 - i) / (double) curve->n;
  }
  return n_points;
}

/* The distances that most, many and half of the samples keep their region up to. */
static GArray *
make_markers (const Re3Validity *validity, GPtrArray *texts)
{
  const struct {
    const char *name;
    double x;
  } eps[] = { { "ε₉₀", validity->eps90 }, { "ε₇₅", validity->eps75 }, { "ε₅₀", validity->eps50 } };
  GArray *markers = g_array_new (FALSE, FALSE, sizeof (Re3LineMarker));

  for (gsize i = 0; i < G_N_ELEMENTS (eps); i++) {
    g_autofree char *number = re3_format_number (eps[i].x, 3);
    char *label = g_strdup_printf ("%s = %s", eps[i].name, number);
    Re3LineMarker marker = { label, eps[i].x };

    g_ptr_array_add (texts, label);
    if (isfinite (eps[i].x))
      g_array_append_val (markers, marker);
  }
  return markers;
}

Re3Chart *
re3_figure_validity (const Re3Analysis *analysis,
                     Re3Metric metric,
                     Re3Metric other_metric,
                     Re3SampleSet set)
{
  const Re3Metric metrics[] = { metric, other_metric };
  gsize n_lines = other_metric != metric ? 2 : 1;
  const Re3Model *model;
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) markers = NULL;
  g_autofree char *description = NULL;
  Re3Line lines[G_N_ELEMENTS (metrics)] = { 0 };
  Re3Validity validity;
  gsize n_samples = 0;

  g_return_val_if_fail (analysis != NULL, NULL);

  model = re3_analysis_get_model (analysis);
  for (gsize i = 0; i < n_lines; i++) {
    g_autoptr (Re3ValidityCurve) curve =
        re3_analysis_get_validity_curve (analysis, metrics[i], set);
    double *x = g_new (double, curve->n + 1);
    double *y = g_new (double, curve->n + 1);
    char *name = re3_figure_name_distance (model, metrics[i]);

    g_ptr_array_add (texts, x);
    g_ptr_array_add (texts, y);
    g_ptr_array_add (texts, name);
    n_samples = curve->n;
    lines[i] = (Re3Line){
      .name = name,
      .x = x,
      .y = y,
      .n_points = trace_curve (curve, x, y),
      .color_index = i == 0 ? -1 : 4,
      .is_step = TRUE,
    };
  }

  re3_analysis_get_boundary_summary (analysis, metric, set, &validity);
  markers = make_markers (&validity, texts);
  description = describe (&validity, n_samples);
  return re3_line_chart_new (&(Re3LineData){
      .title = _ ("Validity of the affine explanations"),
      .description = description,
      .x_title = n_lines == 1 ? lines[0].name : _ ("distance"),
      .y_title = _ ("share of samples that keep their region"),
      .lines = lines,
      .n_lines = n_lines,
      .markers = (const Re3LineMarker *) markers->data,
      .n_markers = markers->len,
  });
}
