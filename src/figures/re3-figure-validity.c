/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-figures-private.h"

#include "re3-line-chart.h"
#include "re3-number-format.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>

static int
compare_numbers (const void *a, const void *b)
{
  double left = *(const double *) a;
  double right = *(const double *) b;

  return left < right ? -1 : left > right;
}

/* The distances of the test samples, or of all where there are none; sorted. */
static GArray *
collect_distances (const Re3Analysis *analysis)
{
  const Re3Dataset *dataset = re3_analysis_get_dataset (analysis);
  gboolean only_test = re3_dataset_get_n_test (dataset) > 0;
  GArray *distances = g_array_new (FALSE, FALSE, sizeof (double));

  for (gsize row = 0; row < re3_dataset_get_n_rows (dataset); row++) {
    double distance = re3_analysis_get_distance (analysis, row);

    if (!only_test || re3_dataset_is_test (dataset, row))
      g_array_append_val (distances, distance);
  }
  if (distances->len > 1)
    qsort (distances->data, distances->len, sizeof (double), compare_numbers);
  return distances;
}

static char *
describe (const Re3Validity *validity, gsize n)
{
  g_autofree char *eps90 = re3_format_number (validity->eps90, 3);
  g_autofree char *eps75 = re3_format_number (validity->eps75, 3);
  g_autofree char *eps50 = re3_format_number (validity->eps50, 3);

  return g_strdup_printf (
      _ ("Share of %zu samples that keep their region up to a distance: 90 of 100 "
         "up to %s, 75 of 100 up to %s, half up to %s."),
      n, eps90, eps75, eps50);
}

Re3Chart *
re3_figure_validity (const Re3Analysis *analysis)
{
  g_autoptr (GArray) distances = NULL;
  g_autoptr (GArray) markers = NULL;
  g_autoptr (GPtrArray) texts = NULL;
  g_autofree double *x = NULL;
  g_autofree double *y = NULL;
  g_autofree char *description = NULL;
  Re3Validity validity;
  Re3Line line;
  gsize n_points = 0;

  g_return_val_if_fail (analysis != NULL, NULL);

  re3_analysis_get_validity (analysis, FALSE, &validity);
  distances = collect_distances (analysis);

  /* At distance 0 all keep their region; each sample's own distance is the last that it does.
   * Infinite ones never leave it. Equal distances are one step. */
  x = g_new (double, distances->len + 1);
  y = g_new (double, distances->len + 1);
  x[0] = 0;
  y[0] = distances->len > 0 ? 1 : NAN;
  n_points = distances->len > 0 ? 1 : 0;
  for (guint i = 0; i < distances->len; i++) {
    double distance = g_array_index (distances, double, i);

    if (!isfinite (distance))
      break;
    if (distance != x[n_points - 1])
      x[n_points++] = distance;
    y[n_points - 1] = (double) (distances->len - 1 - i) / (double) distances->len;
  }
  line = (Re3Line){
    .name = _ ("share of samples"),
    .x = x,
    .y = y,
    .n_points = n_points,
    .color_index = -1,
    .is_step = TRUE,
  };

  markers = g_array_new (FALSE, FALSE, sizeof (Re3LineMarker));
  texts = g_ptr_array_new_with_free_func (g_free);
  {
    const struct {
      const char *name;
      double x;
    } eps[] = { { "ε₉₀", validity.eps90 }, { "ε₇₅", validity.eps75 }, { "ε₅₀", validity.eps50 } };

    for (gsize i = 0; i < G_N_ELEMENTS (eps); i++) {
      g_autofree char *number = re3_format_number (eps[i].x, 3);
      char *label = g_strdup_printf ("%s = %s", eps[i].name, number);
      Re3LineMarker marker = { label, eps[i].x };

      g_ptr_array_add (texts, label);
      if (isfinite (eps[i].x))
        g_array_append_val (markers, marker);
    }
  }

  description = describe (&validity, distances->len);
  return re3_line_chart_new (&(Re3LineData){
      .title = _ ("Validity of the affine explanations"),
      .description = description,
      .x_title = re3_model_has_scaler (re3_analysis_get_model (analysis))
                     ? _ ("L2 distance in scaled units")
                     : _ ("L2 distance"),
      .y_title = _ ("share of samples that keep their region"),
      .lines = &line,
      .n_lines = 1,
      .markers = (const Re3LineMarker *) markers->data,
      .n_markers = markers->len,
  });
}
