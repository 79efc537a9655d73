/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-cli-analysis-text.h"

#include "re3-cli-table.h"
#include "re3-number-format.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* Rows of a table, and neurons of a pattern; --json and --csv have all. */
#define MAX_ROWS          20
#define MAX_PATTERN_CHARS 48

/* Significant digits of the largest number of a column. */
#define DIGITS 3

#define NONE "–"

typedef struct {
  const Re3CliInput *input;
  const Re3Analysis *analysis;
  const Re3Model *model;
  const Re3ResultOptions *options;
  Re3SampleSet set;
  GString *text;
} Description;

static void
take_count (Re3CliTable *table, gsize count)
{
  re3_cli_table_take (table, re3_format_fixed ((double) count, 0));
}

static void
take_share (Re3CliTable *table, double share)
{
  re3_cli_table_take (table, isnan (share) ? g_strdup (NONE) : re3_format_percent (share, 1));
}

static void
take_number (Re3CliTable *table, double number)
{
  re3_cli_table_take (table, isnan (number) ? g_strdup (NONE) : re3_format_number (number, DIGITS));
}

static void
take_fixed (Re3CliTable *table, double number, int decimals)
{
  re3_cli_table_take (table,
                      isnan (number) ? g_strdup (NONE) : re3_format_fixed (number, decimals));
}

static void
append_title (const Description *self, const char *title)
{
  g_string_append_printf (self->text, "\n%s\n\n", title);
}

/* The table, and how many of its @n_rows are left out. */
static void
append_table (const Description *self, Re3CliTable *table, gsize n_rows)
{
  re3_cli_table_append_to (table, self->text);
  if (n_rows > MAX_ROWS)
    g_string_append_printf (self->text, _ ("  … and %zu more: --json or --csv has all\n"),
                            n_rows - MAX_ROWS);
}

/* How far a regression network is off, in the unit of its output. */
static void
add_errors (const Description *self, Re3CliTable *table)
{
  const char *unit = re3_model_get_output_unit (self->model, 0);
  const Re3Errors *train = re3_analysis_get_errors (self->analysis, RE3_SAMPLES_TRAIN);
  const Re3Errors *test = re3_analysis_get_errors (self->analysis, RE3_SAMPLES_TEST);

  re3_cli_table_add (table, _ ("root mean square error"));
  re3_cli_table_take (table, re3_format_with_unit (train->root_mean_square, DIGITS, unit));
  re3_cli_table_take (table, re3_format_with_unit (test->root_mean_square, DIGITS, unit));
  re3_cli_table_add (table, _ ("mean absolute error"));
  re3_cli_table_take (table, re3_format_with_unit (train->mean_absolute, DIGITS, unit));
  re3_cli_table_take (table, re3_format_with_unit (test->mean_absolute, DIGITS, unit));
  re3_cli_table_add (table, "R²");
  re3_cli_table_take (table, re3_format_number (train->r2, DIGITS));
  re3_cli_table_take (table, re3_format_number (test->r2, DIGITS));
}

static void
describe_data (const Description *self)
{
  g_autoptr (Re3CliTable) table = re3_cli_table_new ("lrr");
  gsize n_rows = re3_dataset_get_n_rows (self->input->dataset);
  gsize n_test = re3_dataset_get_n_test (self->input->dataset);
  Re3RegionCounts counts;

  re3_region_table_count (re3_analysis_get_region_table (self->analysis), &counts);

  re3_cli_table_add_row (table, "", _ ("training"), _ ("test"), NULL);
  re3_cli_table_add (table, _ ("rows"));
  take_count (table, n_rows - n_test);
  take_count (table, n_test);
  if (re3_model_is_regression (self->model)) {
    add_errors (self, table);
  } else {
    re3_cli_table_add (table, _ ("accuracy"));
    take_share (table, re3_analysis_get_train_accuracy (self->analysis));
    take_share (table, re3_analysis_get_test_accuracy (self->analysis));
  }
  re3_cli_table_add (table, _ ("regions"));
  take_count (table, counts.train);
  take_count (table, counts.test);
  re3_cli_table_append_to (table, self->text);

  g_string_append_printf (self->text,
                          _ ("\n%zu regions in all; of those with test samples %zu are similar "
                             "(they hold training samples too), %zu dissimilar.\n"),
                          counts.all, counts.similar, counts.dissimilar);
  if (!isnan (counts.top1)) {
    g_autofree char *top1 = re3_format_percent (counts.top1, 1);
    g_autofree char *top_c = re3_format_percent (counts.top_c, 1);

    g_string_append_printf (self->text,
                            _ ("Coverage: %s of the test samples are in the largest region, %s in "
                               "the largest %zu.\n"),
                            top1, top_c, re3_model_get_n_classes (self->model));
  }
  if (self->options->scaler_is_fitted)
    g_string_append (self->text,
                     _ ("The model has no scaler of its own: one was fitted to the training "
                        "rows.\n"));
}

static char *
shorten_pattern (const Re3RegionRow *region, const Re3Network *network)
{
  g_autofree char *pattern = re3_pattern_to_string (region->pattern, network);
  gsize length = strlen (pattern);

  if (length <= MAX_PATTERN_CHARS)
    return g_steal_pointer (&pattern);

  pattern[MAX_PATTERN_CHARS - 1] = '\0';
  return g_strconcat (pattern, "…", NULL);
}

static void
add_region (const Description *self, Re3CliTable *table, gsize index)
{
  const Re3RegionRow *region =
      re3_region_table_get_region (re3_analysis_get_region_table (self->analysis), index);
  gboolean is_confused = re3_region_row_is_confused (region, self->options->purity_threshold);

  re3_cli_table_take (table, re3_name_region (index));
  re3_cli_table_take (table, shorten_pattern (region, re3_model_get_network (self->model)));
  take_count (table, region->n_train);
  take_count (table, region->n_test);
  take_share (table, region->purity);
  re3_cli_table_add (table, region->majority == RE3_NO_LABEL
                                ? NONE
                                : re3_model_get_class_name (self->model, (gsize) region->majority));
  re3_cli_table_add (table, is_confused ? _ ("confused") : NULL);
}

static void
describe_regions (const Description *self)
{
  const Re3RegionTable *regions = re3_analysis_get_region_table (self->analysis);
  g_autoptr (Re3CliTable) table = re3_cli_table_new ("llrrrll");
  gsize n_regions = re3_region_table_get_n_regions (regions);

  re3_cli_table_add_row (table, _ ("region"), _ ("pattern"), _ ("training"), _ ("test"),
                         _ ("purity"), _ ("majority"), "", NULL);
  for (gsize i = 0; i < MIN (n_regions, MAX_ROWS); i++)
    add_region (self, table, i);

  append_title (self, _ ("Regions and the samples in them"));
  append_table (self, table, n_regions);
}

static void
describe_classes (const Description *self)
{
  const Re3Quality *quality = re3_analysis_get_quality (self->analysis, self->set);
  g_autoptr (Re3CliTable) table = re3_cli_table_new ("lrrrr");

  re3_cli_table_add_row (table, _ ("class"), _ ("precision"), _ ("recall"), "F1", _ ("samples"),
                         NULL);
  for (gsize c = 0; c < MIN (quality->n_classes, MAX_ROWS); c++) {
    re3_cli_table_add (table, re3_model_get_class_name (self->model, c));
    take_share (table, re3_quality_get_precision (quality, c));
    take_share (table, re3_quality_get_recall (quality, c));
    take_share (table, re3_quality_get_f1 (quality, c));
    take_count (table, re3_quality_get_support (quality, c));
  }

  append_title (self, _ ("Classes"));
  append_table (self, table, quality->n_classes);
}

static void
describe_confusion (const Description *self)
{
  const Re3Quality *quality = re3_analysis_get_quality (self->analysis, self->set);
  gsize n_classes = quality->n_classes;
  g_autofree char *alignment = g_strnfill (n_classes + 1, 'r');
  g_autoptr (Re3CliTable) table = NULL;

  /* Wider than a terminal. */
  if (n_classes > MAX_ROWS)
    return;

  alignment[0] = 'l';
  table = re3_cli_table_new (alignment);

  re3_cli_table_add (table, _ ("true"));
  for (gsize c = 0; c < n_classes; c++)
    re3_cli_table_add (table, re3_model_get_class_name (self->model, c));
  for (gsize actual = 0; actual < n_classes; actual++) {
    re3_cli_table_add (table, re3_model_get_class_name (self->model, actual));
    for (gsize predicted = 0; predicted < n_classes; predicted++)
      take_count (table, quality->confusion[actual * n_classes + predicted]);
  }

  append_title (self, _ ("Samples by true class (rows) and predicted class (columns)"));
  re3_cli_table_append_to (table, self->text);
}

static const char *
get_metric_title (Re3Metric metric)
{
  switch (metric) {
  case RE3_METRIC_L1:
    return "L1";
  case RE3_METRIC_LINF:
    return "L∞";
  case RE3_METRIC_PAPER:
    return _ ("paper");
  case RE3_METRIC_L2:
  default:
    return "L2";
  }
}

static void
describe_boundary (const Description *self)
{
  const Re3Metric metrics[] = { self->options->metric, RE3_METRIC_PAPER };
  g_autoptr (Re3CliTable) table = re3_cli_table_new ("lrrrrrrrr");

  re3_cli_table_add_row (table, "", _ ("min"), "q1", _ ("median"), "q3", _ ("max"), "eps90",
                         "eps75", "eps50", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (metrics); i++) {
    Re3Validity validity;

    re3_analysis_get_boundary_summary (self->analysis, metrics[i], self->set, &validity);
    re3_cli_table_add (table, get_metric_title (metrics[i]));
    take_number (table, validity.min);
    take_number (table, validity.q1);
    take_number (table, validity.median);
    take_number (table, validity.q3);
    take_number (table, validity.max);
    take_number (table, validity.eps90);
    take_number (table, validity.eps75);
    take_number (table, validity.eps50);
  }

  append_title (self, _ ("Boundary distance, in the network's own units"));
  re3_cli_table_append_to (table, self->text);
}

static void
describe_validity (const Description *self)
{
  g_autoptr (Re3ValidityCurve) curve =
      re3_analysis_get_validity_curve (self->analysis, self->options->metric, self->set);
  g_autoptr (Re3ValidityCurve) paper =
      re3_analysis_get_validity_curve (self->analysis, RE3_METRIC_PAPER, self->set);
  g_autoptr (Re3CliTable) table = re3_cli_table_new ("rrr");
  gsize n_steps;
  g_autofree double *steps = re3_validity_curve_get_steps (curve, &n_steps);

  re3_cli_table_add_row (table, _ ("distance"), get_metric_title (self->options->metric),
                         get_metric_title (RE3_METRIC_PAPER), NULL);
  for (gsize i = 0; i < MIN (n_steps, MAX_ROWS); i++) {
    take_number (table, steps[i]);
    take_share (table, re3_validity_curve_get_share (curve, steps[i]));
    take_share (table, re3_validity_curve_get_share (paper, steps[i]));
  }

  append_title (self, _ ("Validity: the share of the samples that keep their region within a "
                         "distance"));
  append_table (self, table, n_steps);
}

/* The most important first, ties in the order of the model. */
static int
compare_importance (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const double *importance = user_data;
  gsize i = *(const gsize *) a;
  gsize j = *(const gsize *) b;

  if (importance[i] != importance[j])
    return importance[i] > importance[j] ? -1 : 1;

  return i < j ? -1 : i > j;
}

static void
describe_importance (const Description *self)
{
  const Re3Importance *importance = re3_analysis_get_importance (self->analysis, self->set);
  gsize n = importance->n_features;
  int logit_decimals = re3_cli_fit_decimals (importance->logit_absolute, n, DIGITS);
  int probability_decimals = re3_cli_fit_decimals (importance->probability_absolute, n, DIGITS);
  gboolean is_regression = re3_model_is_regression (self->model);
  g_autoptr (Re3CliTable) table = re3_cli_table_new (is_regression ? "lrrr" : "lrrrr");
  g_autofree gsize *order = g_new (gsize, n);

  for (gsize i = 0; i < n; i++)
    order[i] = i;
  g_qsort_with_data (order, (int) n, sizeof *order, compare_importance, importance->logit_absolute);

  if (is_regression)
    re3_cli_table_add_row (table, _ ("feature"), _ ("|output|"), _ ("output"), _ ("largest in"),
                           NULL);
  else
    re3_cli_table_add_row (table, _ ("feature"), _ ("|logit|"), _ ("logit"), _ ("|probability|"),
                           _ ("largest in"), NULL);
  for (gsize i = 0; i < MIN (n, MAX_ROWS); i++) {
    gsize feature = order[i];

    re3_cli_table_add (table, re3_model_get_feature_name (self->model, feature));
    take_fixed (table, importance->logit_absolute[feature], logit_decimals);
    take_fixed (table, importance->logit_signed[feature], logit_decimals);
    if (!is_regression)
      take_fixed (table, importance->probability_absolute[feature], probability_decimals);
    take_share (table, (double) importance->ranks[feature * importance->n_ranks] /
                           (double) importance->n_samples);
  }

  append_title (self,
                is_regression
                    ? _ ("Features: mean contribution to the output, absolute and signed; and the "
                         "share\nof the samples in which a feature has the largest")
                    : _ ("Features: mean contribution to the logit and, linearised, to the "
                         "probability\nof the predicted class, absolute and signed; and the share "
                         "of the samples in which\na feature has the largest to the logit"));
  append_table (self, table, n);
}

static void
add_neuron (const Description *self,
            Re3CliTable *table,
            gsize neuron,
            const Re3NeuronStatistics *statistics,
            int decimals)
{
  re3_cli_table_take (table, re3_name_neuron (re3_model_get_network (self->model), neuron));
  take_share (table, statistics->active);
  take_fixed (table, statistics->mean_absolute_contribution, decimals);
  for (gsize top = 0; top < RE3_N_TOPS; top++)
    take_share (table, statistics->top[top]);
  re3_cli_table_add (table, statistics->is_always_active  ? _ ("always active")
                            : statistics->is_never_active ? _ ("never active")
                                                          : NULL);
}

static void
describe_neurons (const Description *self)
{
  gsize n_neurons = re3_network_get_n_neurons (re3_model_get_network (self->model));
  g_autofree Re3NeuronStatistics *statistics = g_new (Re3NeuronStatistics, n_neurons);
  g_autofree double *contributions = g_new (double, n_neurons);
  g_autoptr (Re3CliTable) table = re3_cli_table_new ("lrrrrrl");
  gsize n_always = 0;
  gsize n_never = 0;

  if (n_neurons == 0)
    return;

  for (gsize neuron = 0; neuron < n_neurons; neuron++) {
    re3_analysis_get_neuron (self->analysis, self->set, RE3_ALL_CLASSES, neuron,
                             &statistics[neuron]);
    contributions[neuron] = statistics[neuron].mean_absolute_contribution;
    n_always += statistics[neuron].is_always_active;
    n_never += statistics[neuron].is_never_active;
  }

  re3_cli_table_add_row (table, _ ("neuron"), _ ("active in"), _ ("|logit|"), _ ("top 1"),
                         _ ("top 2"), _ ("top 3"), "", NULL);
  for (gsize neuron = 0; neuron < MIN (n_neurons, MAX_ROWS); neuron++)
    add_neuron (self, table, neuron, &statistics[neuron],
                re3_cli_fit_decimals (contributions, n_neurons, DIGITS));

  append_title (self, _ ("Neurons: how often active, mean absolute contribution to the logit of "
                         "the predicted\nclass, and how often among the largest of their layer"));
  append_table (self, table, n_neurons);
  g_string_append_printf (self->text,
                          _ ("\nOf %zu neurons %zu are always active, and %zu never.\n"), n_neurons,
                          n_always, n_never);
}

static void
describe_exactness (const Description *self)
{
  g_autofree char *residual = re3_format_number (re3_analysis_get_residual_max (self->analysis), 2);
  gsize n_undecided = re3_analysis_count_undecided (self->analysis, self->set);

  if (n_undecided > 0)
    g_string_append_printf (self->text,
                            ngettext ("\n%zu sample is so near to a boundary that rounding decides "
                                      "its region.\n",
                                      "\n%zu samples are so near to a boundary that rounding "
                                      "decides their region.\n",
                                      n_undecided),
                            n_undecided);
  g_string_append_printf (
      self->text, _ ("\nThe largest residual |A x + D − f(x)| of all rows is %s.\n"), residual);
}

char *
re3_cli_analysis_describe (const Re3CliInput *input,
                           const Re3Analysis *analysis,
                           const Re3ResultOptions *options)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const Description description = {
    .input = input,
    .analysis = analysis,
    .model = input->model,
    .options = options,
    .set = re3_analysis_get_default_set (analysis),
    .text = text,
  };

  g_string_append_printf (text, "%s, %s\n\n", input->model_name, input->data_name);
  describe_data (&description);
  describe_regions (&description);

  g_string_append (text, description.set == RE3_SAMPLES_TEST
                             ? _ ("\nWhat follows is about the test samples.\n")
                             : _ ("\nWhat follows is about all samples, for none is for "
                                  "testing.\n"));
  if (re3_dataset_has_labels (input->dataset)) {
    describe_classes (&description);
    describe_confusion (&description);
  }
  describe_boundary (&description);
  describe_validity (&description);
  describe_importance (&description);
  describe_neurons (&description);
  describe_exactness (&description);

  return g_string_free (g_steal_pointer (&text), FALSE);
}
