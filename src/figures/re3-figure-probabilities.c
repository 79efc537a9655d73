/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-figures-private.h"

#include "re3-bar-chart.h"
#include "re3-number-format.h"

#include <glib/gi18n-lib.h>

/* Of more classes the most probable ones are shown. */
#define MOST_CLASSES      20
#define DESCRIBED_CLASSES 3

#define CERTAIN 0.9999

/* Four digits; what only rounding would make certain is not called so. */
static char *
print_probability (double probability)
{
  if (probability > CERTAIN && probability < 1)
    return g_strdup_printf ("> %s", G_STRINGIFY (CERTAIN));
  return re3_format_number (probability, 4);
}

static char *
describe (const Re3Explanation *explanation, GArray *largest)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < MIN (largest->len, DESCRIBED_CLASSES); i++) {
    gsize class_index = g_array_index (largest, gsize, i);
    g_autofree char *share = re3_format_percent (explanation->probabilities[class_index], 1);

    g_string_append_printf (list, "%s%s %s", i > 0 ? ", " : "",
                            re3_model_get_class_name (explanation->model, class_index), share);
  }
  return g_strdup_printf (_ ("Class probabilities: %s. Predicted: %s."), list->str,
                          re3_model_get_class_name (explanation->model, explanation->prediction));
}

static int
compare_indices (gconstpointer a, gconstpointer b)
{
  gsize left = *(const gsize *) a;
  gsize right = *(const gsize *) b;

  return left < right ? -1 : left > right;
}

Re3Chart *
re3_figure_probabilities (const Re3Explanation *explanation)
{
  g_autoptr (GArray) bars = NULL;
  g_autoptr (GArray) items = NULL;
  g_autoptr (GArray) shown = NULL;
  g_autoptr (GPtrArray) texts = NULL;
  g_autofree char *description = NULL;
  gsize n_classes;
  double rest = 1;

  g_return_val_if_fail (explanation != NULL, NULL);

  n_classes = re3_model_get_n_classes (explanation->model);
  shown = re3_figure_find_largest (explanation->probabilities, n_classes, MOST_CLASSES);
  description = describe (explanation, shown);
  g_array_sort (shown, compare_indices);

  bars = g_array_new (FALSE, TRUE, sizeof (Re3Bar));
  items = g_array_new (FALSE, FALSE, sizeof (int));
  texts = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < shown->len; i++) {
    gsize class_index = g_array_index (shown, gsize, i);
    const char *name = re3_model_get_class_name (explanation->model, class_index);
    g_autofree char *logit = re3_format_number (explanation->forward->logits[class_index], 4);
    g_autofree char *share = re3_format_number (explanation->probabilities[class_index], 6);
    char *tooltip = g_strdup_printf (_ ("%s\nlogit %s, probability %s"), name, logit, share);
    char *printed = print_probability (explanation->probabilities[class_index]);
    Re3Bar bar = {
      .label = name,
      .detail = class_index == explanation->prediction ? _ ("predicted") : NULL,
      .tooltip = tooltip,
      .printed = printed,
      .value = explanation->probabilities[class_index],
      .style = RE3_BAR_CLASS,
      .color_index = (int) class_index,
    };

    g_ptr_array_add (texts, tooltip);
    g_ptr_array_add (texts, printed);
    g_array_append_val (bars, bar);
    g_array_append_val (items, bar.color_index);
    rest -= bar.value;
  }
  if (shown->len < n_classes) {
    gsize n = n_classes - shown->len;
    char *label = g_strdup_printf (
        g_dngettext (GETTEXT_PACKAGE, "%zu other class", "%zu other classes", n), n);
    Re3Bar bar = { .label = label, .value = MAX (rest, 0), .style = RE3_BAR_TOTAL };

    int item = (int) n_classes;

    g_ptr_array_add (texts, label);
    g_array_append_val (bars, bar);
    g_array_append_val (items, item);
  }

  return re3_bar_chart_new (&(Re3BarData){
      .title = _ ("Class probabilities"),
      .description = description,
      .axis_title = _ ("probability"),
      .bars = (const Re3Bar *) bars->data,
      .n_bars = bars->len,
      .items = (const int *) items->data,
      .low = 0,
      .high = 1,
  });
}
