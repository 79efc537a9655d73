/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-figures-private.h"

#include "re3-bar-chart.h"
#include "re3-heatmap-chart.h"
#include "re3-number-format.h"
#include "re3-panels-chart.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define DESCRIBED_FEATURES 5

/* Columns of the table of ranks: so many, and one for the ranks beyond. */
#define MOST_RANKS 12

/* Panels are this wide at least, in ems. */
#define LEAST_WIDTH 24.0

/* The features that are shown, the largest first, and the label of what stands for the rest. */
typedef struct {
  const Re3Model *model;
  const Re3Importance *importance;
  GArray *shown;
  gsize n_rows; /* with that of the rest */
  char *rest;   /* (nullable) */
  int *items;
} Selection;

static void
selection_clear (Selection *self)
{
  g_array_unref (self->shown);
  g_free (self->rest);
  g_free (self->items);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Selection, selection_clear)

/* A single feature takes no more room than "1 other". */
static void
selection_init (Selection *self,
                const Re3Model *model,
                const Re3Importance *importance,
                gsize max_features)
{
  gsize n = importance->n_features;
  gsize n_shown = n <= max_features + 1 ? n : max_features;

  self->model = model;
  self->importance = importance;
  self->shown = re3_figure_find_largest (importance->logit_absolute, n, n_shown);
  self->n_rows = n_shown + (n_shown < n ? 1 : 0);
  self->items = g_new (int, self->n_rows);
  for (gsize i = 0; i < n_shown; i++)
    self->items[i] = (int) g_array_index (self->shown, gsize, i);
  if (n_shown < n) {
    g_autofree char *number = re3_figure_format_count (n - n_shown);

    self->rest = g_strdup_printf (
        g_dngettext (GETTEXT_PACKAGE, "%s other, mean", "%s others, mean", n - n_shown), number);
    self->items[n_shown] = (int) n;
  }
}

static const char *
row_name (const Selection *self, gsize row)
{
  return row < self->shown->len
             ? re3_model_get_feature_name (self->model, g_array_index (self->shown, gsize, row))
             : self->rest;
}

/* The mean over all features that are not shown. */
static double
average_rest (const Selection *self, const double *values)
{
  g_autofree gboolean *is_shown = g_new0 (gboolean, self->importance->n_features);
  double sum = 0;

  for (guint i = 0; i < self->shown->len; i++)
    is_shown[g_array_index (self->shown, gsize, i)] = TRUE;
  for (gsize i = 0; i < self->importance->n_features; i++)
    if (!is_shown[i])
      sum += values[i];
  return sum / (double) (self->importance->n_features - self->shown->len);
}

static Re3Chart *
make_bars (const Selection *selection, const double *values, gboolean is_signed, const char *title)
{
  g_autofree Re3Bar *bars = g_new0 (Re3Bar, selection->n_rows);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (gsize i = 0; i < selection->n_rows; i++) {
    gboolean is_rest = i >= selection->shown->len;
    double value = is_rest ? average_rest (selection, values)
                           : values[g_array_index (selection->shown, gsize, i)];
    char *number = is_signed ? re3_format_signed (value, 3) : re3_format_number (value, 3);
    char *tooltip;

    tooltip = g_strdup_printf ("%s: %s", row_name (selection, i), number);
    g_ptr_array_add (texts, number);
    g_ptr_array_add (texts, tooltip);
    bars[i] = (Re3Bar){
      .label = row_name (selection, i),
      .value = value,
      .style = is_rest     ? RE3_BAR_TOTAL
               : is_signed ? RE3_BAR_SIGNED
                           : RE3_BAR_CLASS,
      .color_index = 3,
      .tooltip = tooltip,
      .printed = number,
    };
  }
  return re3_bar_chart_new (&(Re3BarData){
      .title = title,
      .axis_title = title,
      .bars = bars,
      .n_bars = selection->n_rows,
      .items = selection->items,
  });
}

/* In which share of the samples a feature of the row has @rank, or one from MOST_RANKS on. */
static double
rank_share (const Re3Importance *importance, gsize feature, gsize rank)
{
  const guint32 *ranks = importance->ranks + feature * importance->n_ranks;
  double n_samples = (double) importance->n_samples;
  double n_before = importance->unranked[feature];

  if (importance->n_samples == 0)
    return NAN;
  if (rank < MOST_RANKS)
    return ranks[rank] / n_samples;
  for (gsize i = 0; i < MOST_RANKS; i++)
    n_before += ranks[i];
  return (n_samples - n_before) / n_samples;
}

static Re3Chart *
make_ranks (const Selection *selection, const char *title)
{
  const Re3Importance *importance = selection->importance;
  gsize n_rows = selection->shown->len;
  gboolean has_rest = importance->n_features > MOST_RANKS;
  gsize n_columns = MIN (importance->n_features, MOST_RANKS) + (has_rest ? 1 : 0);
  g_autofree double *values = g_new (double, MAX (n_rows * n_columns, 1));
  g_autofree const char **rows = g_new (const char *, MAX (n_rows, 1));
  g_autoptr (GPtrArray) columns = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) tooltips = g_ptr_array_new_with_free_func (g_free);

  for (gsize column = 0; column < n_columns; column++)
    g_ptr_array_add (columns, column < MOST_RANKS ? g_strdup_printf ("%zu", column + 1)
                                                  : g_strdup_printf ("> %d", MOST_RANKS));
  for (gsize row = 0; row < n_rows; row++) {
    gsize feature = g_array_index (selection->shown, gsize, row);

    rows[row] = row_name (selection, row);
    for (gsize column = 0; column < n_columns; column++) {
      double share = rank_share (importance, feature, column);
      g_autofree char *percent = re3_format_percent (share, 1);
      const char *rank = columns->pdata[column];

      values[row * n_columns + column] = share;
      /* The sign of percent stands with the colours. */
      g_ptr_array_add (texts, share > 0 ? re3_format_fixed (100 * share, 0) : g_strdup (""));
      /* Translators: a feature, a rank such as "3", and a share of the samples. */
      g_ptr_array_add (tooltips, g_strdup_printf (_ ("%s has rank %s in %s of the samples"),
                                                  rows[row], rank, percent));
    }
  }
  return re3_heatmap_chart_new (&(Re3HeatmapData){
      .title = title,
      .row_labels = rows,
      .n_rows = n_rows,
      .column_labels = (const char *const *) columns->pdata,
      .n_columns = n_columns,
      .values = values,
      .row_items = selection->items,
      .column_title = _ ("rank by |contribution| to the logit"),
      .scale = RE3_SCALE_SEQUENTIAL,
      .largest = 1,
      .color_title = _ ("share of samples (printed in %)"),
      .last_apart = has_rest,
      .cell_texts = (const char *const *) texts->pdata,
      .cell_tooltips = (const char *const *) tooltips->pdata,
  });
}

static char *
describe (const Selection *selection, const double *values, gboolean is_signed)
{
  g_autoptr (GString) list = g_string_new (NULL);
  g_autofree char *number = re3_figure_format_count (selection->importance->n_samples);

  for (guint i = 0; i < MIN (selection->shown->len, DESCRIBED_FEATURES); i++) {
    gsize feature = g_array_index (selection->shown, gsize, i);
    const char *name = re3_model_get_feature_name (selection->model, feature);
    g_autofree char *value = re3_format_number (values[feature], 3);

    if (is_signed)
      re3_figure_append_signed (list, name, values[feature]);
    else
      g_string_append_printf (list, "%s%s %s", i > 0 ? ", " : "", name, value);
  }
  /* Translators: a number of samples, and the largest features with their means. */
  return g_strdup_printf (is_signed ? _ ("Mean contribution to the logit of the predicted class "
                                         "over %s samples, the largest by size: %s.")
                                    : _ ("Mean absolute contribution to the logit of the predicted "
                                         "class over %s samples: %s."),
                          number, list->str);
}

Re3Chart *
re3_figure_importance (const Re3Analysis *analysis,
                       Re3SampleSet set,
                       gboolean is_signed,
                       gsize max_features)
{
  const Re3Importance *importance;
  const double *logit;
  const double *probability;
  g_autoptr (Re3Chart) logit_chart = NULL;
  g_autoptr (Re3Chart) probability_chart = NULL;
  g_autoptr (Re3Chart) ranks_chart = NULL;
  g_autofree char *title = NULL;
  g_autofree char *description = NULL;
  g_auto (Selection) selection = { 0 };

  g_return_val_if_fail (analysis != NULL && re3_analysis_is_complete (analysis), NULL);

  importance = re3_analysis_get_importance (analysis, set);
  selection_init (&selection, re3_analysis_get_model (analysis), importance, max_features);
  logit = is_signed ? importance->logit_signed : importance->logit_absolute;
  probability = is_signed ? importance->probability_signed : importance->probability_absolute;
  logit_chart = make_bars (&selection, logit, is_signed,
                           is_signed ? _ ("mean contribution to the logit")
                                     : _ ("mean |contribution| to the logit"));
  probability_chart =
      make_bars (&selection, probability, is_signed,
                 is_signed ? _ ("mean contribution to the probability (linearised)")
                           : _ ("mean |contribution| to the probability (linearised)"));
  ranks_chart = make_ranks (&selection, _ ("Ranks"));
  title = g_strdup_printf (_ ("Importance of features: %s"), re3_figure_name_set (set));
  description = describe (&selection, logit, is_signed);
  {
    const Re3Panel panels[] = {
      { logit_chart, _ ("Logit") },
      { probability_chart, _ ("Probability") },
      { ranks_chart, _ ("Ranks") },
    };

    return re3_panels_chart_new (&(Re3PanelsData){
        .title = title,
        .description = description,
        .panels = panels,
        .n_panels = G_N_ELEMENTS (panels),
        .least_width = LEAST_WIDTH,
    });
  }
}
