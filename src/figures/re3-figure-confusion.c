/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-figures-private.h"

#include "re3-heatmap-chart.h"
#include "re3-number-format.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define DESCRIBED_MISTAKES 3

/* What a cell of the matrix says. */
typedef struct {
  double *shares;
  double *counts;
  GPtrArray *texts;
  GPtrArray *details;
  GPtrArray *tooltips;
} Cells;

static void
cells_clear (Cells *self)
{
  g_free (self->shares);
  g_free (self->counts);
  g_ptr_array_unref (self->texts);
  g_ptr_array_unref (self->details);
  g_ptr_array_unref (self->tooltips);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Cells, cells_clear)

static gsize
count_at (const Re3Quality *quality, gsize actual, gsize predicted)
{
  return quality->confusion[actual * quality->n_classes + predicted];
}

static void
fill_cells (Cells *cells, const Re3Model *model, const Re3Quality *quality)
{
  gsize n = quality->n_classes;

  cells->shares = g_new (double, n *n);
  cells->counts = g_new (double, n *n);
  cells->texts = g_ptr_array_new_with_free_func (g_free);
  cells->details = g_ptr_array_new_with_free_func (g_free);
  cells->tooltips = g_ptr_array_new_with_free_func (g_free);
  for (gsize actual = 0; actual < n; actual++) {
    gsize support = re3_quality_get_support (quality, actual);

    for (gsize predicted = 0; predicted < n; predicted++) {
      gsize count = count_at (quality, actual, predicted);
      double share = support > 0 ? (double) count / (double) support : NAN;
      g_autofree char *percent = re3_format_percent (share, share == 0 || share == 1 ? 0 : 1);
      char *number = re3_figure_format_count (count);

      cells->counts[actual * n + predicted] = (double) count;
      cells->shares[actual * n + predicted] = share;
      /* Translators: a true class, what it was taken for, how often, and the share of its samples.
       */
      g_ptr_array_add (
          cells->tooltips,
          g_strdup_printf (_ ("%s taken for %s: %s (%s)"), re3_model_get_class_name (model, actual),
                           re3_model_get_class_name (model, predicted), number, percent));
      g_ptr_array_add (cells->texts, number);
      g_ptr_array_add (cells->details, g_steal_pointer (&percent));
    }
  }
}

/* The most frequent mistakes. */
static void
describe_mistakes (GString *text, const Re3Model *model, const Re3Quality *quality)
{
  gsize n = quality->n_classes;
  g_autofree double *mistakes = g_new0 (double, n *n);
  g_autoptr (GArray) largest = NULL;

  for (gsize i = 0; i < n * n; i++)
    mistakes[i] = i / n == i % n ? 0 : (double) quality->confusion[i];
  largest = re3_figure_find_largest (mistakes, n * n, DESCRIBED_MISTAKES);
  for (guint i = 0; i < largest->len; i++) {
    gsize index = g_array_index (largest, gsize, i);
    g_autofree char *number = re3_figure_format_count (quality->confusion[index]);

    if (mistakes[index] == 0)
      break;
    /* Translators: a number of samples, their true class, and what they were taken for. */
    g_string_append_printf (text, _ (" %s of %s taken for %s."), number,
                            re3_model_get_class_name (model, index / n),
                            re3_model_get_class_name (model, index % n));
  }
}

static char *
describe (const Re3Model *model, const Re3Quality *quality)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *number = re3_figure_format_count (quality->n_samples);
  g_autofree char *accuracy = NULL;

  if (quality->n_samples == 0)
    return g_strdup (_ ("No sample has a label, so none can be compared with its prediction."));
  accuracy = re3_format_percent (re3_quality_get_accuracy (quality), 1);
  g_string_append_printf (text, _ ("Of %s samples with a label %s are predicted right."), number,
                          accuracy);
  describe_mistakes (text, model, quality);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

Re3Chart *
re3_figure_confusion (const Re3Analysis *analysis, Re3SampleSet set)
{
  const Re3Model *model;
  const Re3Quality *quality;
  g_autofree const char **names = NULL;
  g_autofree int *colors = NULL;
  g_autofree char *title = NULL;
  g_autofree char *description = NULL;
  g_auto (Cells) cells = { 0 };

  g_return_val_if_fail (analysis != NULL, NULL);

  model = re3_analysis_get_model (analysis);
  quality = re3_analysis_get_quality (analysis, set);
  fill_cells (&cells, model, quality);
  names = g_new (const char *, quality->n_classes);
  colors = g_new (int, quality->n_classes);
  for (gsize i = 0; i < quality->n_classes; i++) {
    names[i] = re3_model_get_class_name (model, i);
    colors[i] = (int) i;
  }

  /* Translators: %s is "test samples" or the like. */
  title = g_strdup_printf (_ ("Confusion matrix: %s"), re3_figure_name_set (set));
  description = describe (model, quality);
  return re3_heatmap_chart_new (&(Re3HeatmapData){
      .title = title,
      .description = description,
      .row_labels = names,
      .row_colors = colors,
      .n_rows = quality->n_classes,
      .column_labels = names,
      .n_columns = quality->n_classes,
      .values = cells.shares,
      .row_title = _ ("true class"),
      .column_title = _ ("predicted class"),
      .scale = RE3_SCALE_SEQUENTIAL,
      .largest = 1,
      .color_title = _ ("share of the true class"),
      .numbers = cells.counts,
      .cell_texts = (const char *const *) cells.texts->pdata,
      .cell_details = (const char *const *) cells.details->pdata,
      .cell_tooltips = (const char *const *) cells.tooltips->pdata,
  });
}
