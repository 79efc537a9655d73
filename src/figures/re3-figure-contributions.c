/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-figures-private.h"

#include "re3-bar-chart.h"
#include "re3-forward.h"
#include "re3-number-format.h"
#include "re3-panels-chart.h"
#include "re3-softmax.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define DESCRIBED_FEATURES 5

/* Columns stand side by side where each can be this wide, in ems. */
#define LEAST_WIDTH 19.0

/* What one column of bars says, and the bars; texts are kept until the chart has copied them.
 * @baseline: (nullable): where the path begins that the contributions are taken along
 * @base: what is there without the features: %NAN where there is no such thing
 * @total: what it all adds up to
 * @end: where the last bar ends, in a waterfall */
typedef struct {
  const Re3Explanation *explanation;
  const Re3Baseline *baseline;
  gsize class_index;
  Re3ContributionOutput output;
  gboolean waterfall;
  double *contributions;
  double base;
  double total;
  double end;
  GArray *bars;
  GArray *items;
  GStringChunk *texts;
} Build;

static const char *
keep (Build *build, char *text)
{
  const char *kept = g_string_chunk_insert (build->texts, text);

  g_free (text);
  return kept;
}

static gsize
count_features (const Build *build)
{
  return re3_model_get_n_features (build->explanation->model);
}

static gboolean
is_regression (const Build *build)
{
  return re3_model_is_regression (build->explanation->model);
}

/* Whether they sum to the logit, or to the output of a regression network. */
static gboolean
is_of_logit (const Build *build)
{
  return build->output == RE3_CONTRIBUTION_LOGIT;
}

static double *
get_contributions (const Re3Explanation *explanation,
                   const Re3Baseline *baseline,
                   gsize class_index,
                   Re3ContributionOutput output)
{
  if (baseline != NULL)
    return re3_explanation_contributions_from (explanation, baseline->explanation, class_index,
                                               output);
  switch (output) {
  case RE3_CONTRIBUTION_LOGIT:
    return re3_explanation_logit_contributions (explanation, class_index);
  case RE3_CONTRIBUTION_PROBABILITY:
    return re3_explanation_probability_contributions (explanation, class_index);
  case RE3_CONTRIBUTION_PATH:
    return re3_explanation_path_contributions (explanation, class_index);
  default:
    g_assert_not_reached ();
  }
}

/* The probability of the class where the path begins: 0 in the network's own units. */
static double
get_baseline_probability (const Re3Explanation *explanation, gsize class_index)
{
  const Re3Network *network = re3_model_get_network (explanation->model);
  gsize n_classes = re3_model_get_n_classes (explanation->model);
  g_autofree double *input = g_new0 (double, re3_model_get_n_features (explanation->model));
  g_autofree double *probabilities = g_new (double, n_classes);
  g_autoptr (Re3Forward) forward = re3_network_forward (network, input, 1);

  re3_softmax (forward->logits, n_classes, probabilities);
  return probabilities[class_index];
}

static void
measure (Build *build)
{
  const Re3Explanation *explanation = build->explanation;
  gsize n_features = count_features (build);

  build->contributions =
      get_contributions (explanation, build->baseline, build->class_index, build->output);
  if (build->baseline != NULL) {
    build->base = re3_explanation_get_output (build->baseline->explanation, build->class_index,
                                              build->output);
    build->total = re3_explanation_get_output (explanation, build->class_index, build->output);
    return;
  }
  switch (build->output) {
  case RE3_CONTRIBUTION_LOGIT:
    build->base = explanation->region->D[build->class_index];
    build->total = explanation->forward->logits[build->class_index];
    break;
  case RE3_CONTRIBUTION_PROBABILITY:
    build->base = NAN;
    build->total = 0;
    for (gsize i = 0; i < n_features; i++)
      build->total += build->contributions[i];
    break;
  case RE3_CONTRIBUTION_PATH:
    build->base = get_baseline_probability (explanation, build->class_index);
    build->total = explanation->probabilities[build->class_index];
    break;
  default:
    g_assert_not_reached ();
  }
}

/* Only what @style says to be signed moves on; totals start from zero. */
static void
add_bar (Build *build,
         gsize item,
         const char *label,
         const char *detail,
         const char *tooltip,
         double value,
         Re3BarStyle style)
{
  gboolean goes_on = build->waterfall && style == RE3_BAR_SIGNED;
  Re3Bar bar = {
    .label = label,
    .detail = detail,
    .tooltip = tooltip,
    .value = value,
    .start = goes_on ? build->end : 0,
    .style = style,
  };

  int bar_item = (int) item;

  build->end = bar.start + value;
  g_array_append_val (build->bars, bar);
  g_array_append_val (build->items, bar_item);
}

/* "A x = 2 × 2 = +4", or how the probability changes. */
static char *
format_formula (const Build *build, gsize feature)
{
  const Re3Explanation *explanation = build->explanation;
  g_autofree char *number = re3_format_signed (build->contributions[feature], 4);

  if (build->baseline != NULL)
    /* Translators: a number, and an input such as "training mean" or "row 7". */
    return g_strdup_printf (_ ("%s along the straight line from %s"), number,
                            build->baseline->name);
  if (build->output == RE3_CONTRIBUTION_LOGIT) {
    g_autofree char *input = re3_format_number (explanation->input[feature], 4);
    g_autofree char *factor =
        re3_format_number (re3_matrix_row (explanation->region->A, build->class_index)[feature], 4);

    return g_strdup_printf ("A\u2009x = %s × %s = %s", factor, input, number);
  }
  if (build->output == RE3_CONTRIBUTION_PROBABILITY)
    return g_strdup_printf (_ ("J\u2009(A\u2009x) = %s, linearised at the sample"), number);
  return g_strdup_printf (_ ("%s along the straight line from the baseline"), number);
}

static void
add_feature (Build *build, gsize feature)
{
  const Re3Model *model = build->explanation->model;
  const char *name = re3_model_get_feature_name (model, feature);
  g_autofree char *original =
      re3_figure_format_feature (model, feature, build->explanation->values[feature]);
  g_autofree char *formula = format_formula (build, feature);
  g_autofree char *start = NULL;

  if (build->baseline == NULL) {
    add_bar (build, feature, name, keep (build, g_strdup (original)),
             keep (build, g_strdup_printf ("%s = %s\n%s", name, original, formula)),
             build->contributions[feature], RE3_BAR_SIGNED);
    return;
  }

  start = re3_figure_format_feature (model, feature, build->baseline->explanation->values[feature]);
  /* Translators: the value of a feature where a line begins, in little room. */
  add_bar (build, feature, name, keep (build, g_strdup_printf (_ ("from %s"), start)),
           /* Translators: a feature, its value where a line begins and where it ends, what it
            * contributes. */
           keep (build, g_strdup_printf (_ ("%s: %s → %s\n%s"), name, start, original, formula)),
           build->contributions[feature], RE3_BAR_SIGNED);
}

static void
add_others (Build *build, gsize n, double sum)
{
  g_autofree char *number = re3_format_signed (sum, 4);
  const char *label = keep (
      build, g_strdup_printf (
                 g_dngettext (GETTEXT_PACKAGE, "%zu other feature", "%zu other features", n), n));

  add_bar (build, count_features (build) + 2, label, NULL,
           keep (build, g_strdup_printf ("%s: %s", label, number)), sum, RE3_BAR_SIGNED);
}

static void
add_base (Build *build)
{
  if (build->baseline != NULL)
    add_bar (build, count_features (build), build->baseline->name, NULL,
             is_regression (build) ? _ ("The output where the path begins")
             : is_of_logit (build) ? _ ("The logit where the path begins")
                                   : _ ("The probability where the path begins"),
             build->base, RE3_BAR_TOTAL);
  else if (build->output == RE3_CONTRIBUTION_LOGIT)
    add_bar (build, count_features (build), _ ("base"), NULL,
             is_regression (build) ? _ ("D: the output of this region's affine map at x = 0")
                                   : _ ("D: the logit of this region's affine map at x = 0"),
             build->base, RE3_BAR_TOTAL);
  else if (build->output == RE3_CONTRIBUTION_PATH)
    add_bar (build, count_features (build), _ ("baseline"), NULL,
             _ ("The probability where the path begins, at x = 0"), build->base, RE3_BAR_TOTAL);
}

static void
add_total (Build *build)
{
  const Re3Model *model = build->explanation->model;

  if (build->baseline != NULL) {
    add_bar (build, count_features (build) + 1,
             is_regression (build) ? re3_model_get_class_name (model, build->class_index)
             : is_of_logit (build) ? _ ("logit")
                                   : _ ("probability"),
             NULL, _ ("The network's own answer: baseline and contributions sum to it"),
             build->total, RE3_BAR_TOTAL);
    return;
  }
  switch (build->output) {
  case RE3_CONTRIBUTION_LOGIT:
    add_bar (build, count_features (build) + 1,
             is_regression (build) ? re3_model_get_class_name (model, build->class_index)
                                   : _ ("logit"),
             NULL, _ ("The network's own output: base and contributions sum to it"), build->total,
             RE3_BAR_TOTAL);
    break;
  case RE3_CONTRIBUTION_PROBABILITY:
    add_bar (build, count_features (build) + 1, _ ("sum"), NULL,
             _ ("The sum of all features: a linearisation, which is not the probability"),
             build->total, RE3_BAR_TOTAL);
    break;
  case RE3_CONTRIBUTION_PATH:
    add_bar (build, count_features (build) + 1, _ ("probability"), NULL,
             _ ("The network's own answer: baseline and contributions sum to it"), build->total,
             RE3_BAR_TOTAL);
    break;
  default:
    g_assert_not_reached ();
  }
}

static char *
describe_from_baseline (const Build *build, const char *features, const char *class_name)
{
  g_autofree char *base = re3_format_number (build->base, 3);
  g_autofree char *total = re3_format_number (build->total, 3);

  if (is_regression (build))
    return g_strdup_printf (
        /* Translators: an input such as "training mean", the output, a list of features with their
         * contributions, the output there, and here. */
        _ ("From %s, contributions to %s: %s; from %s there they lead to %s here."),
        build->baseline->name, class_name, features, base, total);
  if (is_of_logit (build))
    return g_strdup_printf (
        /* Translators: as before, of the logit of a class. */
        _ ("From %s, contributions to the logit of %s: %s; from %s there they lead to %s here."),
        build->baseline->name, class_name, features, base, total);
  return g_strdup_printf (
      /* Translators: as before, of the probability of a class. */
      _ ("From %s, contributions to the probability of %s: %s; from %s there they lead to %s "
         "here."),
      build->baseline->name, class_name, features, base, total);
}

static char *
describe (const Build *build, GArray *largest, const char *class_name)
{
  g_autoptr (GString) list = g_string_new (NULL);
  g_autofree char *base = re3_format_number (build->base, 3);
  g_autofree char *total = re3_format_number (build->total, 3);

  for (guint i = 0; i < MIN (largest->len, DESCRIBED_FEATURES); i++) {
    gsize feature = g_array_index (largest, gsize, i);

    re3_figure_append_signed (list, re3_model_get_feature_name (build->explanation->model, feature),
                              build->contributions[feature]);
  }
  if (build->baseline != NULL)
    return describe_from_baseline (build, list->str, class_name);
  switch (build->output) {
  case RE3_CONTRIBUTION_LOGIT:
    if (is_regression (build))
      /* Translators: the output, a list of features with their contributions, base and sum. */
      return g_strdup_printf (_ ("Contributions to %s: %s; with the base %s they sum to %s."),
                              class_name, list->str, base, total);
    /* Translators: the class, a list of features with their contributions, the base and the sum. */
    return g_strdup_printf (
        _ ("Contributions to %s: %s; with the base %s they sum to the logit %s."), class_name,
        list->str, base, total);
  case RE3_CONTRIBUTION_PROBABILITY:
    return g_strdup_printf (_ ("Contributions to the probability of %s, linearised: %s."),
                            class_name, list->str);
  case RE3_CONTRIBUTION_PATH:
    return g_strdup_printf (_ ("Contributions to the probability of %s: %s; with the baseline's %s "
                               "they sum to %s."),
                            class_name, list->str, base, total);
  default:
    g_assert_not_reached ();
  }
}

static const char *
get_axis_title (const Build *build)
{
  switch (build->output) {
  case RE3_CONTRIBUTION_LOGIT:
    return is_regression (build) ? _ ("contribution to the output")
                                 : _ ("contribution to the logit");
  case RE3_CONTRIBUTION_PROBABILITY:
    return build->baseline != NULL ? _ ("contribution to the probability")
                                   : _ ("contribution to the probability, linearised");
  case RE3_CONTRIBUTION_PATH:
    return _ ("contribution to the probability");
  default:
    g_assert_not_reached ();
  }
}

/* What the bars sum to, both outputs, and what is missing in the sum. */
static char *
print_sum (const Build *build)
{
  gsize n_features = count_features (build);
  g_autofree char *sum_text = NULL;
  g_autofree char *base = re3_format_number (build->base, 4);
  g_autofree char *total = re3_format_number (build->total, 4);
  g_autofree char *residual = NULL;
  double sum = 0;

  for (gsize i = 0; i < n_features; i++)
    sum += build->contributions[i];
  sum_text = re3_format_signed (sum, 4);
  residual = re3_format_number (fabs (sum - (build->total - build->base)), 2);
  /* Translators: a sum, two outputs whose difference it is, and what it is off by. */
  return g_strdup_printf (_ ("sum %s, from %s to %s; residual %s"), sum_text, base, total,
                          residual);
}

/* Of the affine map; of the path also what is missing in its own sum. */
static char *
print_residual (const Build *build)
{
  g_autofree char *residual = re3_format_number (build->explanation->residual, 2);
  gsize n_features = count_features (build);
  g_autofree char *number = NULL;
  double sum = build->base;

  if (build->baseline != NULL)
    return print_sum (build);
  if (build->output == RE3_CONTRIBUTION_LOGIT)
    return g_strdup_printf (_ ("residual |A x + D \u2212 f(x)| = %s"), residual);
  if (build->output == RE3_CONTRIBUTION_PROBABILITY) {
    number = re3_format_number (build->explanation->probabilities[build->class_index], 6);
    return g_strdup_printf (_ ("linearised: no sum to p = %s; residual |A x + D \u2212 f(x)| = %s"),
                            number, residual);
  }
  for (gsize i = 0; i < n_features; i++)
    sum += build->contributions[i];
  number = re3_format_number (fabs (sum - build->total), 2);
  return g_strdup_printf (_ ("residual |sum \u2212 p(x)| = %s"), number);
}

/* The features by the size of their contributions in @explanation, the largest first. */
static GArray *
find_order (const Re3Explanation *explanation,
            const Re3Baseline *baseline,
            gsize class_index,
            Re3ContributionOutput output)
{
  gsize n_features = re3_model_get_n_features (explanation->model);
  g_autofree double *sizes = get_contributions (explanation, baseline, class_index, output);

  for (gsize i = 0; i < n_features; i++)
    sizes[i] = fabs (sizes[i]);
  return re3_figure_find_largest (sizes, n_features, n_features);
}

static void
add_bars (Build *build, GArray *order, gsize max_bars)
{
  double others = 0;

  /* A single feature is better shown than called "1 other feature". */
  if (max_bars + 1 == order->len)
    max_bars = order->len;

  add_base (build);
  for (guint i = 0; i < order->len; i++) {
    gsize feature = g_array_index (order, gsize, i);

    if (i < max_bars)
      add_feature (build, feature);
    else
      others += build->contributions[feature];
  }
  if (max_bars < order->len)
    add_others (build, order->len - max_bars, others);
  add_total (build);
}

/* One column. @build: what it is about; the rest of it is made here */
static Re3Chart *
make_column (Build build, GArray *order, gsize max_bars)
{
  const char *class_name = re3_model_get_class_name (build.explanation->model, build.class_index);
  g_autofree char *title = g_strdup_printf (_ ("Contributions to %s"), class_name);
  g_autofree char *footnote = NULL;
  g_autofree char *description = NULL;
  Re3Chart *chart;

  build.bars = g_array_new (FALSE, FALSE, sizeof (Re3Bar));
  build.items = g_array_new (FALSE, FALSE, sizeof (int));
  build.texts = g_string_chunk_new (1024);
  measure (&build);
  add_bars (&build, order, max_bars);

  footnote = print_residual (&build);
  description = describe (&build, order, class_name);
  chart = re3_bar_chart_new (&(Re3BarData){
      .title = title,
      .description = description,
      .axis_title = get_axis_title (&build),
      .footnote = footnote,
      .bars = (const Re3Bar *) build.bars->data,
      .n_bars = build.bars->len,
      .items = (const int *) build.items->data,
  });
  g_array_unref (build.bars);
  g_array_unref (build.items);
  g_string_chunk_free (build.texts);
  g_free (build.contributions);
  return chart;
}

static Re3Chart *
join_columns (Re3Chart *here, Re3Chart *from_baseline, const Re3Baseline *baseline)
{
  /* Translators: an input such as "training mean" or "row 7". */
  g_autofree char *title = g_strdup_printf (_ ("From %s"), baseline->name);
  g_autofree char *description = g_strconcat (re3_chart_get_description (here), " ",
                                              re3_chart_get_description (from_baseline), NULL);
  const Re3Panel panels[] = { { here, _ ("In this region") }, { from_baseline, title } };

  return re3_panels_chart_new (&(Re3PanelsData){
      .title = re3_chart_get_title (here),
      .description = description,
      .panels = panels,
      .n_panels = G_N_ELEMENTS (panels),
      .least_width = LEAST_WIDTH,
  });
}

Re3Chart *
re3_figure_contributions (const Re3Explanation *explanation,
                          const Re3Explanation *ordered_as,
                          const Re3Baseline *baseline,
                          gsize class_index,
                          Re3ContributionOutput output,
                          gboolean waterfall,
                          gsize max_bars)
{
  Build build;
  const Re3Baseline *first_baseline;
  g_autoptr (GArray) order = NULL;
  g_autoptr (Re3Chart) first = NULL;
  g_autoptr (Re3Chart) second = NULL;

  g_return_val_if_fail (explanation != NULL, NULL);
  g_return_val_if_fail (ordered_as == NULL || ordered_as->model == explanation->model, NULL);
  g_return_val_if_fail (baseline == NULL || baseline->explanation->model == explanation->model,
                        NULL);
  g_return_val_if_fail (class_index < re3_model_get_n_classes (explanation->model), NULL);

  if (re3_model_is_regression (explanation->model))
    output = RE3_CONTRIBUTION_LOGIT;
  build = (Build){
    .explanation = explanation,
    .class_index = class_index,
    .output = output,
    .waterfall = waterfall,
  };
  /* What is taken along a path anyway needs no second column, only another beginning. */
  first_baseline = output == RE3_CONTRIBUTION_PATH ? baseline : NULL;
  order = find_order (ordered_as != NULL ? ordered_as : explanation, first_baseline, class_index,
                      output);
  build.baseline = first_baseline;
  first = make_column (build, order, max_bars);
  if (baseline == NULL || first_baseline != NULL)
    return g_steal_pointer (&first);

  build.baseline = baseline;
  second = make_column (build, order, max_bars);
  return join_columns (first, second, baseline);
}
