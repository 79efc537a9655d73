/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-counterfactual-choices-private.h"
#include "re3-counterfactual-search-private.h"

#include "re3-core-error.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* A step inside that is longer than this share of the numbers that are added up is more than
 * rounding takes. */
#define LONGEST_STEP 1e-6

/* The search leaves open what is nearer to the best than this share: rounding error. */
#define LARGEST_GAP 1e-9

/* A choice that is nearer to the best than this share is not searched: likewise. */
#define SMALLEST_GAIN 1e-10

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

  if (re3_model_is_regression (model)) {
    g_set_error_literal (error, RE3_CORE_ERROR, RE3_CORE_ERROR_STRUCTURE,
                         _ ("The model is a regression network: there is no other class to look "
                            "for."));
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

/* --- Choice after choice -------------------------------------------------------------------- */

/* The inputs with one joint choice of all groups. */
typedef struct {
  Re3CounterfactualOptions options;
  double *low;
  double *high;
  Re3CounterfactualSpace *space;
  double distance; /* that the choice alone makes */
} Part;

/* What is common to all parts, and the best so far. */
typedef struct {
  const Re3Model *model;
  const double *values;
  gsize prediction;
  Re3Counterfactual *result;
  double infimum; /* the distance from which on there is nothing better */
  double bound;   /* the distance below which nothing has been left open */
  gboolean is_settled;

  const Re3Monitor *outer;
  gsize n_done;
  gsize n_parts;
} Search;

static double *
copy_range (const double *range, double missing, gsize n)
{
  double *copy = g_new (double, n);

  for (gsize i = 0; i < n; i++)
    copy[i] = range != NULL ? range[i] : missing;

  return copy;
}

static void
part_free (gpointer data)
{
  Part *self = data;

  g_clear_pointer (&self->space, re3_counterfactual_space_free);
  g_free (self->low);
  g_free (self->high);
  g_free (self);
}

static Part *
part_new (const Search *search,
          const Re3CounterfactualOptions *options,
          const Re3CounterfactualChoices *choices,
          gsize choice,
          GError **error)
{
  Part *self = g_new0 (Part, 1);
  gsize n_features = re3_model_get_n_features (search->model);

  self->options = *options;
  self->options.low = self->low = copy_range (options->low, -INFINITY, n_features);
  self->options.high = self->high = copy_range (options->high, INFINITY, n_features);
  re3_counterfactual_choices_fix (choices, choice, self->low, self->high);
  self->space = re3_counterfactual_space_new (search->model, search->values, &self->options, error);
  if (self->space == NULL) {
    part_free (self);
    return NULL;
  }
  self->distance = re3_counterfactual_space_get_distance (self->space, 0);

  return self;
}

static int
compare_parts (gconstpointer a, gconstpointer b)
{
  const Part *left = *(const Part *const *) a;
  const Part *right = *(const Part *const *) b;

  return (left->distance > right->distance) - (left->distance < right->distance);
}

static gboolean
report_part (gsize done, gsize total, gpointer user_data)
{
  const Search *self = user_data;

  return re3_monitor_report (self->outer, self->n_done * total + done, self->n_parts * total);
}

/* Keeps what is the best so far. */
static void
search_take (Search *self, const Re3CounterfactualBest *best, double infimum)
{
  Re3Counterfactual *result = self->result;
  gsize n_features = re3_model_get_n_features (self->model);

  result->found = TRUE;
  result->class_index = best->class_index;
  result->distance = re3_counterfactual_space_measure (best->space, best->values);
  g_free (result->values);
  result->values = g_memdup2 (best->values, n_features * sizeof (double));
  self->infimum = infimum;
  self->is_settled =
      result->distance - infimum <= LONGEST_STEP * MAX (best->space->size, result->distance);
}

/* Tries what the choice alone makes of the sample: where that is enough, the other choices are
 * searched no farther. */
static void
search_probe (Search *self, const Part *part)
{
  gsize n_features = re3_model_get_n_features (self->model);
  g_autofree double *steps = g_new0 (double, n_features);
  g_autofree double *values = g_new (double, n_features);
  const Re3Forward *forward;
  Re3CounterfactualBest best = { .space = part->space, .prediction = self->prediction };
  double distance;

  if (!re3_counterfactual_space_finish (part->space, steps, values))
    return;
  forward = re3_counterfactual_space_forward (part->space, values);
  distance = re3_counterfactual_space_measure (part->space, values);
  best.values = values;
  best.class_index = re3_argmax (forward->logits, re3_model_get_n_classes (self->model), 1);
  if (distance < self->infimum && re3_counterfactual_best_wants (&best, best.class_index) &&
      isfinite (forward->logits[best.class_index]))
    search_take (self, &best, distance);
}

/* Looks for what is nearer than the best of the parts before. */
static gboolean
search_part (Search *self, const Part *part, GError **error)
{
  const Re3Monitor monitor = { .report = report_part, .user_data = self };
  g_autofree double *values = g_new (double, re3_model_get_n_features (self->model));
  Re3CounterfactualBest best = {
    .space = part->space,
    .prediction = self->prediction,
    .infimum = re3_counterfactual_space_get_length (part->space, self->infimum),
    .values = values,
    .unresolved = INFINITY,
  };
  gsize n_opened;
  double bound;

  re3_counterfactual_search (&best, &monitor, &n_opened, &bound);
  if (best.error != NULL) {
    g_propagate_error (error, best.error);
    return FALSE;
  }

  if (best.found)
    search_take (self, &best, re3_counterfactual_space_get_distance (part->space, best.infimum));
  self->bound = MIN (self->bound, re3_counterfactual_space_get_distance (part->space, bound));
  self->result->regions_opened += n_opened;
  self->result->stopped = best.stopped;

  return TRUE;
}

/* The parts are in the order of their distances: what is not looked into is farther. */
static gboolean
search_run (Search *self, const GPtrArray *parts, gsize max_regions, GError **error)
{
  const Re3Counterfactual *result = self->result;

  for (guint i = 0; parts->len > 1 && i < parts->len; i++)
    search_probe (self, g_ptr_array_index (parts, i));
  for (guint i = 0; i < parts->len; i++) {
    Part *part = g_ptr_array_index (parts, i);
    gboolean is_over =
        result->stopped || (max_regions > 0 && result->regions_opened >= max_regions);

    if (is_over || part->distance >= self->infimum * (1 - SMALLEST_GAIN)) {
      self->bound = MIN (self->bound, part->distance);
      return TRUE;
    }
    if (max_regions > 0)
      part->options.max_regions = max_regions - result->regions_opened;
    if (!search_part (self, part, error))
      return FALSE;
    self->n_done++;
  }

  return TRUE;
}

static void
search_finish (Search *self)
{
  Re3Counterfactual *result = self->result;
  gsize n_features = re3_model_get_n_features (self->model);

  result->lower_bound = self->bound;
  result->proven = self->bound == INFINITY;
  if (!result->found)
    return;

  /* Rounding may have it that what is on the infimum is nearer. */
  result->lower_bound = MIN (result->lower_bound, result->distance);
  result->proven = self->is_settled && self->bound >= self->infimum * (1 - LARGEST_GAP);
  result->changed = g_new (gsize, n_features);
  for (gsize f = 0; f < n_features; f++)
    if (result->values[f] != self->values[f])
      result->changed[result->n_changed++] = f;
}

/* The class that the forward pass predicts for the sample. */
static gboolean
predict (const Re3Model *model, const double *values, gsize *prediction, GError **error)
{
  gsize n_features = re3_model_get_n_features (model);
  g_autofree double *input = g_new (double, n_features);
  g_autoptr (Re3Forward) forward = NULL;

  for (gsize f = 0; f < n_features; f++)
    input[f] = re3_model_scale (model, f, values[f]);
  forward = re3_network_forward_again (re3_model_get_network (model), input, 1, NULL, error);
  if (forward == NULL)
    return FALSE;

  *prediction = re3_argmax (forward->logits, re3_model_get_n_classes (model), 1);

  return TRUE;
}

Re3Counterfactual *
re3_counterfactual_new (Re3Model *model,
                        const double *values,
                        const Re3CounterfactualOptions *options,
                        const Re3Monitor *monitor,
                        GError **error)
{
  g_autoptr (Re3CounterfactualChoices) choices = NULL;
  g_autoptr (GPtrArray) parts = NULL;
  g_autoptr (Re3Counterfactual) result = NULL;
  Search search = { .infimum = INFINITY, .bound = INFINITY };

  g_return_val_if_fail (model != NULL && values != NULL && options != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!check_values (model, values, error) || !check_options (model, options, error) ||
      !predict (model, values, &search.prediction, error))
    return NULL;

  choices = re3_counterfactual_choices_new (model, values, options);
  search.model = model;
  search.values = values;
  search.outer = monitor;
  search.n_parts = choices->n;
  search.result = result = g_new0 (Re3Counterfactual, 1);
  result->distance = INFINITY;
  result->groups_kept = choices->are_kept;

  parts = g_ptr_array_new_with_free_func (part_free);
  for (gsize i = 0; i < choices->n; i++) {
    Part *part = part_new (&search, options, choices, i, error);

    if (part == NULL)
      return NULL;
    g_ptr_array_add (parts, part);
  }
  g_ptr_array_sort (parts, compare_parts);
  if (!search_run (&search, parts, options->max_regions, error))
    return NULL;
  search_finish (&search);

  return g_steal_pointer (&result);
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

GArray *
re3_counterfactual_list_changes (const Re3Counterfactual *self, const GPtrArray *groups)
{
  g_autoptr (GHashTable) listed = NULL;
  GArray *changes;

  g_return_val_if_fail (self != NULL, NULL);

  listed = g_hash_table_new (NULL, NULL);
  changes = g_array_new (FALSE, FALSE, sizeof (Re3CounterfactualChange));
  for (gsize i = 0; i < self->n_changed; i++) {
    Re3CounterfactualChange change = { .feature = self->changed[i] };

    change.group = re3_feature_groups_find (groups, change.feature);
    if (change.group == NULL || g_hash_table_add (listed, (gpointer) change.group))
      g_array_append_val (changes, change);
  }

  return changes;
}
