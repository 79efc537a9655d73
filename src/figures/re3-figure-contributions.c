/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-figures-private.h"

#include "re3-bar-chart.h"
#include "re3-number-format.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define DESCRIBED_FEATURES 5

/* Bars whose texts are kept until the chart has copied them. */
typedef struct {
  GArray *bars;
  GArray *items;
  GStringChunk *texts;
} BarList;

static const char *
keep (BarList *list, char *text)
{
  const char *kept = g_string_chunk_insert (list->texts, text);

  g_free (text);
  return kept;
}

static void
add_bar (BarList *list,
         gsize item,
         const char *label,
         const char *detail,
         const char *tooltip,
         double value,
         Re3BarStyle style)
{
  Re3Bar bar = {
    .label = label, .detail = detail, .tooltip = tooltip, .value = value, .style = style
  };

  int bar_item = (int) item;

  g_array_append_val (list->bars, bar);
  g_array_append_val (list->items, bar_item);
}

static void
add_feature (BarList *list,
             const Re3Explanation *explanation,
             gsize feature,
             double slope,
             double value)
{
  const Re3Model *model = explanation->model;
  const char *name = re3_model_get_feature_name (model, feature);
  g_autofree char *original =
      re3_figure_format_feature (model, feature, explanation->values[feature]);
  g_autofree char *input = re3_format_number (explanation->input[feature], 4);
  g_autofree char *factor = re3_format_number (slope, 4);
  g_autofree char *product = re3_format_signed (value, 4);

  add_bar (list, feature, name, keep (list, g_strdup (original)),
           keep (list, g_strdup_printf ("%s = %s\nA\u2009x = %s × %s = %s", name, original, factor,
                                        input, product)),
           value, RE3_BAR_SIGNED);
}

static void
add_others (BarList *list, gsize item, gsize n, double sum)
{
  g_autofree char *number = re3_format_signed (sum, 4);
  const char *label = keep (
      list, g_strdup_printf (
                g_dngettext (GETTEXT_PACKAGE, "%zu other feature", "%zu other features", n), n));

  add_bar (list, item, label, NULL, keep (list, g_strdup_printf ("%s: %s", label, number)), sum,
           RE3_BAR_SIGNED);
}

static char *
describe (const Re3Explanation *explanation,
          const double *contributions,
          GArray *largest,
          double base,
          double logit,
          const char *class_name)
{
  g_autoptr (GString) list = g_string_new (NULL);
  g_autofree char *base_text = re3_format_number (base, 3);
  g_autofree char *logit_text = re3_format_number (logit, 3);

  for (guint i = 0; i < MIN (largest->len, DESCRIBED_FEATURES); i++) {
    gsize feature = g_array_index (largest, gsize, i);

    re3_figure_append_signed (list, re3_model_get_feature_name (explanation->model, feature),
                              contributions[feature]);
  }
  /* Translators: the class, a list of features with their contributions, the base and the sum. */
  return g_strdup_printf (_ ("Contributions to %s: %s; with the base %s they sum to the logit %s."),
                          class_name, list->str, base_text, logit_text);
}

/* The features by the size of their contributions in @explanation, the largest first. */
static GArray *
find_order (const Re3Explanation *explanation, gsize class_index)
{
  gsize n_features = re3_model_get_n_features (explanation->model);
  g_autofree double *sizes = re3_explanation_logit_contributions (explanation, class_index);

  for (gsize i = 0; i < n_features; i++)
    sizes[i] = fabs (sizes[i]);
  return re3_figure_find_largest (sizes, n_features, n_features);
}

Re3Chart *
re3_figure_contributions (const Re3Explanation *explanation,
                          const Re3Explanation *ordered_as,
                          gsize class_index,
                          gsize max_bars)
{
  const Re3Model *model;
  const double *slopes;
  const char *class_name;
  BarList list;
  gsize n_features;
  double base;
  double logit;
  double others = 0;
  g_autofree double *contributions = NULL;
  g_autoptr (GArray) order = NULL;
  g_autofree char *residual = NULL;
  g_autofree char *title = NULL;
  g_autofree char *footnote = NULL;
  g_autofree char *description = NULL;
  Re3Chart *chart;

  g_return_val_if_fail (explanation != NULL, NULL);
  g_return_val_if_fail (ordered_as == NULL || ordered_as->model == explanation->model, NULL);
  g_return_val_if_fail (class_index < re3_model_get_n_classes (explanation->model), NULL);

  model = explanation->model;
  n_features = re3_model_get_n_features (model);
  class_name = re3_model_get_class_name (model, class_index);
  slopes = re3_matrix_row (explanation->region->A, class_index);
  base = explanation->region->D[class_index];
  logit = explanation->forward->logits[class_index];
  contributions = re3_explanation_logit_contributions (explanation, class_index);
  order = find_order (ordered_as != NULL ? ordered_as : explanation, class_index);

  /* A single feature is better shown than called "1 other feature". */
  if (max_bars + 1 == n_features)
    max_bars = n_features;

  list = (BarList){ g_array_new (FALSE, FALSE, sizeof (Re3Bar)),
                    g_array_new (FALSE, FALSE, sizeof (int)), g_string_chunk_new (1024) };
  add_bar (&list, n_features, _ ("base"), NULL,
           _ ("D: the logit of this region's affine map at x = 0"), base, RE3_BAR_TOTAL);
  for (guint i = 0; i < order->len; i++) {
    gsize feature = g_array_index (order, gsize, i);

    if (i < max_bars)
      add_feature (&list, explanation, feature, slopes[feature], contributions[feature]);
    else
      others += contributions[feature];
  }
  if (max_bars < n_features)
    add_others (&list, n_features + 2, n_features - max_bars, others);
  add_bar (&list, n_features + 1, _ ("logit"), NULL,
           _ ("The network's own output: base and contributions sum to it"), logit, RE3_BAR_TOTAL);

  residual = re3_format_number (explanation->residual, 2);
  title = g_strdup_printf (_ ("Contributions to %s"), class_name);
  footnote = g_strdup_printf (_ ("residual |A x + D \u2212 f(x)| = %s"), residual);
  description = describe (explanation, contributions, order, base, logit, class_name);
  chart = re3_bar_chart_new (&(Re3BarData){
      .title = title,
      .description = description,
      .axis_title = _ ("contribution to the logit"),
      .footnote = footnote,
      .bars = (const Re3Bar *) list.bars->data,
      .n_bars = list.bars->len,
      .items = (const int *) list.items->data,
  });
  g_array_unref (list.bars);
  g_array_unref (list.items);
  g_string_chunk_free (list.texts);
  return chart;
}
