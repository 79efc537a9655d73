/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-figures-private.h"

#include "re3-number-format.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* What a figure holds when it is asked for by its name alone. */
#define DEFAULT_NODES    16
#define DEFAULT_BARS     12
#define DEFAULT_REGIONS  16
#define DEFAULT_FEATURES 20
#define DEFAULT_NEURONS  16
#define DEFAULT_CURVES   6

/* Values are printed as they were measured, but not with the digits that a scaler left over. */
#define VALUE_DIGITS 5

static Re3Chart *
create_sankey (const Re3FigureInput *input)
{
  return re3_figure_sankey (input->explanation, input->original, input->class_index,
                            input->sankey_mode,
                            input->max_nodes > 0 ? input->max_nodes : DEFAULT_NODES);
}

static Re3Chart *
create_contributions (const Re3FigureInput *input)
{
  return re3_figure_contributions (input->explanation, input->original, input->baseline,
                                   input->class_index, input->contribution_output, input->waterfall,
                                   DEFAULT_BARS);
}

static Re3Chart *
create_probabilities (const Re3FigureInput *input)
{
  return re3_figure_probabilities (input->explanation);
}

/* The order is that of the sample as it was, so that no panel changes its place while it is edited.
 */
GArray *
re3_figure_find_responding (const Re3FigureInput *input)
{
  const Re3Explanation *ordered_as = input->original != NULL ? input->original : input->explanation;
  gsize n_features = re3_model_get_n_features (ordered_as->model);
  gsize n_wanted = input->max_features > 0 ? input->max_features : DEFAULT_CURVES;
  g_autofree double *sizes = NULL;

  if (input->has_feature) {
    GArray *features = g_array_new (FALSE, FALSE, sizeof (gsize));

    g_array_append_val (features, input->feature);
    return features;
  }
  sizes = re3_explanation_logit_contributions (ordered_as, input->class_index);
  for (gsize i = 0; i < n_features; i++)
    sizes[i] = fabs (sizes[i]);
  return re3_figure_find_largest (sizes, n_features, n_wanted);
}

static Re3Chart *
create_response (const Re3FigureInput *input)
{
  g_autoptr (GArray) features = re3_figure_find_responding (input);

  return re3_figure_response (input->explanation, input->original, input->feature_lows,
                              input->feature_highs, (const gsize *) features->data, features->len);
}

static Re3Chart *
create_compare (const Re3FigureInput *input)
{
  return re3_figure_compare (input->explanation, input->pinned);
}

static Re3Chart *
create_picture (const Re3FigureInput *input)
{
  return re3_figure_picture (input->explanation, input->class_index, input->picture_rows,
                             input->picture_columns);
}

static gsize
get_max_regions (const Re3FigureInput *input)
{
  return input->max_regions > 0 ? input->max_regions : DEFAULT_REGIONS;
}

static Re3Chart *
create_regions (const Re3FigureInput *input)
{
  double threshold =
      input->purity_threshold > 0 ? input->purity_threshold : RE3_DEFAULT_PURITY_THRESHOLD;

  return re3_figure_regions (input->analysis, threshold, input->first_region,
                             get_max_regions (input));
}

static Re3Chart *
create_profiles (const Re3FigureInput *input)
{
  return re3_figure_profiles (input->analysis, input->region_order, input->first_region,
                              get_max_regions (input));
}

static Re3SampleSet
get_set (const Re3FigureInput *input)
{
  return input->has_set ? input->set : re3_analysis_get_default_set (input->analysis);
}

static Re3Chart *
create_validity (const Re3FigureInput *input)
{
  return re3_figure_validity (input->analysis, input->metric,
                              input->both_metrics ? RE3_METRIC_PAPER : input->metric,
                              get_set (input));
}

static Re3Chart *
create_violin (const Re3FigureInput *input)
{
  return re3_figure_violin (input->analysis, input->metric, get_set (input));
}

static Re3Chart *
create_confusion (const Re3FigureInput *input)
{
  return re3_figure_confusion (input->analysis, get_set (input));
}

static Re3Chart *
create_importance (const Re3FigureInput *input)
{
  return re3_figure_importance (input->analysis, get_set (input), input->is_signed,
                                DEFAULT_FEATURES);
}

static Re3Chart *
create_neurons (const Re3FigureInput *input)
{
  return re3_figure_neurons (input->analysis, get_set (input), DEFAULT_NEURONS);
}

static Re3Chart *
create_weights (const Re3FigureInput *input)
{
  return re3_figure_weights (re3_analysis_get_model (input->analysis));
}

static const Re3Figure figures[] = {
  { .name = "sankey",
    .needs_sample = TRUE,
    .create = create_sankey,
    .identify = re3_figure_identify_sankey },
  { .name = "contributions",
    .needs_sample = TRUE,
    .create = create_contributions,
    .identify = re3_figure_identify_feature },
  { .name = "response",
    .needs_sample = TRUE,
    .create = create_response,
    .identify = re3_figure_identify_response },
  { .name = "probabilities",
    .needs_sample = TRUE,
    .needs_classes = TRUE,
    .create = create_probabilities,
    .identify = re3_figure_identify_class },
  { .name = "compare", .needs_sample = TRUE, .needs_pin = TRUE, .create = create_compare },
  { .name = "picture",
    .needs_sample = TRUE,
    .needs_picture = TRUE,
    .create = create_picture,
    .identify = re3_figure_identify_pixel },
  { .name = "regions", .create = create_regions, .identify = re3_figure_identify_region },
  { .name = "profiles",
    .needs_complete = TRUE,
    .create = create_profiles,
    .identify = re3_figure_identify_profile },
  { .name = "validity",
    .needs_complete = TRUE,
    .shows_both_metrics = TRUE,
    .create = create_validity },
  { .name = "violin",
    .needs_complete = TRUE,
    .create = create_violin,
    .identify = re3_figure_identify_violin },
  { .name = "importance",
    .needs_complete = TRUE,
    .create = create_importance,
    .identify = re3_figure_identify_importance },
  { .name = "neurons",
    .needs_complete = TRUE,
    .create = create_neurons,
    .identify = re3_figure_identify_neuron },
  { .name = "weights", .create = create_weights, .identify = re3_figure_identify_weight },
  { .name = "confusion",
    .needs_classes = TRUE,
    .create = create_confusion,
    .identify = re3_figure_identify_confusion },
};

const Re3Figure *
re3_figures_list (gsize *n_figures)
{
  g_return_val_if_fail (n_figures != NULL, NULL);

  *n_figures = G_N_ELEMENTS (figures);
  return figures;
}

const Re3Figure *
re3_figures_find (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (figures); i++)
    if (g_str_equal (figures[i].name, name))
      return &figures[i];
  return NULL;
}

const char *
re3_figure_name_set (Re3SampleSet set)
{
  switch (set) {
  case RE3_SAMPLES_TRAIN:
    return _ ("training samples");
  case RE3_SAMPLES_TEST:
    return _ ("test samples");
  case RE3_SAMPLES_ALL:
    return _ ("all samples");
  default:
    g_assert_not_reached ();
  }
}

static const char *
name_norm (Re3Metric metric)
{
  switch (metric) {
  case RE3_METRIC_L1:
    return "L1";
  case RE3_METRIC_LINF:
    return "L∞";
  case RE3_METRIC_L2:
  case RE3_METRIC_PAPER:
  default:
    return "L2";
  }
}

char *
re3_figure_name_distance (const Re3Model *model, Re3Metric metric)
{
  if (metric == RE3_METRIC_PAPER)
    return g_strdup (_ ("ρ, the paper's distance"));
  /* Translators: %s is a norm, such as L2. */
  return g_strdup_printf (re3_model_has_scaler (model) ? _ ("%s distance in scaled units")
                                                       : _ ("%s distance"),
                          name_norm (metric));
}

char *
re3_figure_format_count (gsize n)
{
  return re3_format_number ((double) n, G_MAXINT8);
}

char *
re3_figure_format_feature (const Re3Model *model, gsize feature, double value)
{
  return re3_format_with_unit (value, VALUE_DIGITS, re3_model_get_feature_unit (model, feature));
}

void
re3_figure_append_signed (GString *list, const char *name, double value)
{
  g_autofree char *number = re3_format_signed (value, 3);

  if (list->len > 0)
    g_string_append (list, ", ");
  g_string_append_printf (list, "%s %s", name, number);
}

typedef struct {
  const double *sizes;
} SizeOrder;

static int
compare_sizes (gconstpointer a, gconstpointer b, gpointer data)
{
  const SizeOrder *order = data;
  gsize left = *(const gsize *) a;
  gsize right = *(const gsize *) b;

  if (order->sizes[left] != order->sizes[right])
    return order->sizes[left] > order->sizes[right] ? -1 : 1;
  return left < right ? -1 : left > right;
}

GArray *
re3_figure_find_largest (const double *sizes, gsize n, gsize n_wanted)
{
  GArray *indices = g_array_sized_new (FALSE, FALSE, sizeof (gsize), (guint) n);
  SizeOrder order = { sizes };

  for (gsize i = 0; i < n; i++)
    g_array_append_val (indices, i);
  g_array_sort_with_data (indices, compare_sizes, &order);
  if (n_wanted < n)
    g_array_set_size (indices, (guint) n_wanted);
  return indices;
}

gsize
re3_figure_region_majority (const Re3Analysis *analysis, gsize region)
{
  const Re3RegionTable *table = re3_analysis_get_region_table (analysis);
  const Re3RegionRow *row = re3_region_table_get_region (table, region);
  gsize n_classes = re3_model_get_n_classes (re3_analysis_get_model (analysis));
  const guint32 *rows = re3_region_table_get_rows (table, region);
  g_autofree gsize *counts = NULL;
  gsize best = 0;

  if (row->majority != RE3_NO_LABEL)
    return (gsize) row->majority;

  counts = g_new0 (gsize, n_classes);
  for (gsize i = 0; i < row->n_train + row->n_test; i++)
    counts[re3_analysis_get_prediction (analysis, rows[i])]++;
  for (gsize i = 1; i < n_classes; i++)
    if (counts[i] > counts[best])
      best = i;
  return best;
}
