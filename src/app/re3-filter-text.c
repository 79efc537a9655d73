/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-filter-text.h"

#include "re3-names.h"
#include "re3-number-text.h"

#include <glib/gi18n.h>
#include <math.h>

#define DISTANCE_DIGITS 3

static char *
describe_region (gsize region)
{
  g_autofree char *name = re3_name_region (region);

  /* Translators: %s is a region, such as R3. */
  return g_strdup_printf (_ ("region %s"), name);
}

static char *
describe_classes (const Re3SampleFilter *filter, const Re3Model *model)
{
  const char *actual = filter->actual >= 0 ? re3_model_get_class_name (model, filter->actual)
                       : filter->actual == RE3_NO_LABEL ? _ ("unknown")
                                                        : NULL;
  const char *predicted =
      filter->predicted >= 0 ? re3_model_get_class_name (model, filter->predicted) : NULL;

  if (predicted == NULL)
    return g_strdup_printf (_ ("true %s"), actual);
  if (actual == NULL)
    return g_strdup_printf (_ ("predicted %s"), predicted);
  /* Translators: a true class, and the one that the model took it for. */
  return g_strdup_printf (_ ("true %s, predicted %s"), actual, predicted);
}

static const char *
name_distance (Re3Metric metric)
{
  switch (metric) {
  case RE3_METRIC_L1:
    return _ ("L1 distance");
  case RE3_METRIC_LINF:
    return _ ("L∞ distance");
  case RE3_METRIC_PAPER:
    return _ ("paper’s distance");
  case RE3_METRIC_L2:
  default:
    return _ ("distance");
  }
}

static char *
describe_distance (const Re3SampleFilter *filter)
{
  const char *name = name_distance (filter->metric);
  g_autofree char *low = re3_number_text_new (filter->low, DISTANCE_DIGITS);
  g_autofree char *high = re3_number_text_new (filter->high, DISTANCE_DIGITS);

  if (isinf (filter->high))
    /* Translators: "distance from 0.1 on". */
    return g_strdup_printf (_ ("%s from %s on"), name, low);
  /* Translators: "distance 0.02 to 0.1". */
  return g_strdup_printf (_ ("%s %s to %s"), name, low, high);
}

static char *
describe_kind (const Re3SampleFilter *filter, const Re3Model *model)
{
  switch (filter->kind) {
  case RE3_FILTER_REGION:
    return describe_region (filter->region);
  case RE3_FILTER_CLASSES:
    return describe_classes (filter, model);
  case RE3_FILTER_DISTANCE:
    return describe_distance (filter);
  case RE3_FILTER_MISCLASSIFIED:
    return g_strdup (_ ("misclassified"));
  case RE3_FILTER_SEARCH:
    /* Translators: what has been searched for. */
    return g_strdup_printf (_ ("“%s”"), filter->text);
  default:
    g_assert_not_reached ();
  }
}

char *
re3_filter_describe (const Re3SampleFilter *filter, const Re3Model *model)
{
  g_return_val_if_fail (filter != NULL && model != NULL, NULL);

  g_autofree char *text = describe_kind (filter, model);

  if (filter->set == RE3_SAMPLES_ALL)
    return g_steal_pointer (&text);
  /* Translators: a filter that lets only test or training samples through. */
  return g_strdup_printf (filter->set == RE3_SAMPLES_TEST ? _ ("%s (test)") : _ ("%s (train)"),
                          text);
}
