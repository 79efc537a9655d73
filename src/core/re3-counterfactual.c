/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-counterfactual-search-private.h"

#include "re3-core-error.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* A step inside that is longer than this share of the numbers that are added up is more than
 * rounding takes. */
#define LONGEST_STEP 1e-6

/* The search leaves open what is nearer to the best than this share: rounding error. */
#define LARGEST_GAP 1e-9

const Re3CounterfactualOptions RE3_COUNTERFACTUAL_OPTIONS_DEFAULT = {
  .target = RE3_ANY_OTHER_CLASS,
  .metric = RE3_METRIC_L2,
  .units = RE3_UNITS_SCALED,
};

static gboolean
check_values (const Re3Model *model, const double *values, GError **error)
{
  for (gsize f = 0; f < re3_model_get_n_features (model); f++) {
    if (!isfinite (values[f])) {
      g_set_error (error, RE3_CORE_ERROR, RE3_CORE_ERROR_VALUE,
                   _ ("The value of “%s” is not a finite number; give it one."),
                   re3_model_get_feature_name (model, f));
      return FALSE;
    }
  }

  return TRUE;
}

static gboolean
check_ranges (const Re3Model *model, const Re3CounterfactualOptions *options, GError **error)
{
  for (gsize f = 0; f < re3_model_get_n_features (model); f++) {
    double low = options->low != NULL ? options->low[f] : -INFINITY;
    double high = options->high != NULL ? options->high[f] : INFINITY;

    if (isnan (low) || isnan (high) || low == INFINITY || high == -INFINITY) {
      g_set_error (error, RE3_CORE_ERROR, RE3_CORE_ERROR_VALUE,
                   _ ("The range of “%s” does not go from one number to another; give it two."),
                   re3_model_get_feature_name (model, f));
      return FALSE;
    }
  }

  return TRUE;
}

static gboolean
check_options (const Re3Model *model, const Re3CounterfactualOptions *options, GError **error)
{
  gsize n_classes = re3_model_get_n_classes (model);
  gsize n_features = re3_model_get_n_features (model);

  if (n_classes < 2) {
    g_set_error_literal (error, RE3_CORE_ERROR, RE3_CORE_ERROR_STRUCTURE,
                         _ ("The model has one output and so no other class to look for."));
    return FALSE;
  }
  if (options->target != RE3_ANY_OTHER_CLASS && options->target >= n_classes) {
    g_set_error (error, RE3_CORE_ERROR, RE3_CORE_ERROR_VALUE,
                 _ ("There is no class %zu; the classes are 0 to %zu."), options->target,
                 n_classes - 1);
    return FALSE;
  }
  if (options->metric != RE3_METRIC_L2 && options->metric != RE3_METRIC_L1 &&
      options->metric != RE3_METRIC_LINF) {
    g_set_error_literal (error, RE3_CORE_ERROR, RE3_CORE_ERROR_VALUE,
                         _ ("The paper's distance is none between two inputs; measure in L2, L1 or "
                            "L∞."));
    return FALSE;
  }
  for (gsize i = 0; i < options->n_orders; i++) {
    gsize largest = MAX (options->orders[i].lesser, options->orders[i].greater);

    if (largest >= n_features) {
      g_set_error (error, RE3_CORE_ERROR, RE3_CORE_ERROR_VALUE,
                   _ ("There is no feature %zu to be put in order; the features are 0 to %zu."),
                   largest, n_features - 1);
      return FALSE;
    }
  }

  return check_ranges (model, options, error);
}

/* Writes down what was found. */
static void
counterfactual_fill (Re3Counterfactual *self, const Re3CounterfactualBest *best, double bound)
{
  const Re3CounterfactualSpace *space = best->space;
  gsize n_features = re3_model_get_n_features (space->model);

  self->stopped = best->stopped;
  self->lower_bound = re3_counterfactual_space_get_distance (space, bound);
  self->distance = INFINITY;
  self->proven = bound == INFINITY;
  if (!best->found)
    return;

  self->found = TRUE;
  self->class_index = best->class_index;
  self->values = g_memdup2 (best->values, n_features * sizeof (double));
  self->distance = re3_counterfactual_space_measure (space, best->values);
  /* Rounding may have it that what is on the infimum is nearer. */
  self->lower_bound = MIN (self->lower_bound, self->distance);
  self->proven =
      bound >= best->infimum * (1 - LARGEST_GAP) &&
      self->distance - self->lower_bound <= LONGEST_STEP * MAX (space->size, self->distance);

  self->changed = g_new (gsize, n_features);
  for (gsize f = 0; f < n_features; f++)
    if (best->values[f] != space->values[f])
      self->changed[self->n_changed++] = f;
}

Re3Counterfactual *
re3_counterfactual_new (Re3Model *model,
                        const double *values,
                        const Re3CounterfactualOptions *options,
                        const Re3Monitor *monitor,
                        GError **error)
{
  g_autoptr (Re3CounterfactualSpace) space = NULL;
  g_autoptr (Re3Forward) forward = NULL;
  g_autofree double *best_values = NULL;
  Re3CounterfactualBest best = { .infimum = INFINITY, .unresolved = INFINITY };
  Re3Counterfactual *self;
  double bound;

  g_return_val_if_fail (model != NULL && values != NULL && options != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!check_values (model, values, error) || !check_options (model, options, error))
    return NULL;

  space = re3_counterfactual_space_new (model, values, options);
  forward = re3_counterfactual_space_forward (space, values);
  best.space = space;
  best.prediction = re3_argmax (forward->logits, re3_model_get_n_classes (model), 1);
  best.values = best_values = g_new (double, re3_model_get_n_features (model));

  self = g_new0 (Re3Counterfactual, 1);
  re3_counterfactual_search (&best, monitor, &self->regions_opened, &bound);
  counterfactual_fill (self, &best, bound);

  return self;
}

void
re3_counterfactual_free (Re3Counterfactual *self)
{
  if (self == NULL)
    return;

  g_free (self->values);
  g_free (self->changed);
  g_free (self);
}
