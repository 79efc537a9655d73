/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-counterfactual-search.h"

#include <math.h>
#include <stdatomic.h>

/* What the thread needs. The numbers are features in the order of the model. */
typedef struct {
  gatomicrefcount n_references;
  Re3Model *model;
  GPtrArray *groups; /* of Re3FeatureGroup */
  double *values;
  guint8 *locked;
  guint8 *integer;
  double *low;
  double *high;
  GArray *orders; /* of Re3FeatureOrder */
  Re3CounterfactualQuestion question;
  _Atomic gboolean is_stopped; /* what is found counts, unlike that of a cancelled job */
} Search;

struct _Re3CounterfactualSearch {
  GObject parent_instance;

  Re3WhatIf *what_if;
  Re3GroupChoices *groups;
  Re3Limits *limits;
  Re3Worker *worker;
  Search *search; /* (nullable): the last one */
  Re3Counterfactual *result;
  GError *error;
};

enum { CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (Re3CounterfactualSearch, re3_counterfactual_search, G_TYPE_OBJECT)

static void
search_unref (gpointer data)
{
  Search *self = data;

  if (!g_atomic_ref_count_dec (&self->n_references))
    return;
  re3_model_unref (self->model);
  g_ptr_array_unref (self->groups);
  g_free (self->values);
  g_free (self->locked);
  g_free (self->integer);
  g_free (self->low);
  g_free (self->high);
  g_array_unref (self->orders);
  g_free (self);
}

static Search *
search_ref (Search *self)
{
  g_atomic_ref_count_inc (&self->n_references);
  return self;
}

/* A range of the data takes in the sample; one that a person set need not. */
static void
find_range (const Re3CounterfactualSearch *self, Search *search, gsize feature)
{
  const Re3FeatureRange *range = re3_limits_find_range (self->limits, feature);
  double low = -INFINITY;
  double high = INFINITY;

  if (search->question.within_data) {
    re3_dataset_get_range (re3_what_if_get_dataset (self->what_if), feature, &low, &high);
    low = MIN (low, search->values[feature]);
    high = MAX (high, search->values[feature]);
  }
  search->low[feature] = range != NULL ? MAX (low, range->low) : low;
  search->high[feature] = range != NULL ? MIN (high, range->high) : high;
}

static Search *
search_new (const Re3CounterfactualSearch *self, const Re3CounterfactualQuestion *question)
{
  const GPtrArray *groups = re3_group_choices_get_groups (self->groups);
  const GArray *orders = re3_limits_get_orders (self->limits);
  Re3Model *model = re3_what_if_get_original (self->what_if)->model;
  gsize n_features = re3_model_get_n_features (model);
  Search *search = g_new0 (Search, 1);

  g_atomic_ref_count_init (&search->n_references);
  search->model = re3_model_ref (model);
  search->question = *question;
  search->groups = g_ptr_array_new_with_free_func ((GDestroyNotify) re3_feature_group_free);
  for (guint i = 0; i < groups->len; i++)
    g_ptr_array_add (search->groups, re3_feature_group_copy (g_ptr_array_index (groups, i)));
  search->orders = g_array_new (FALSE, FALSE, sizeof (Re3FeatureOrder));
  g_array_append_vals (search->orders, orders->data, orders->len);
  search->values = g_new (double, n_features);
  search->locked = g_new (guint8, n_features);
  search->integer = g_new (guint8, n_features);
  search->low = g_new (double, n_features);
  search->high = g_new (double, n_features);
  for (gsize i = 0; i < n_features; i++) {
    search->values[i] = re3_what_if_get_value (self->what_if, i);
    search->locked[i] = re3_what_if_is_locked (self->what_if, i);
    search->integer[i] = re3_limits_is_integer (self->limits, i);
    find_range (self, search, i);
  }
  return search;
}

typedef struct {
  Search *search;
  const Re3Monitor *monitor;
} Watch;

static gboolean
report_cb (gsize done, gsize total, gpointer user_data)
{
  const Watch *watch = user_data;

  return !atomic_load (&watch->search->is_stopped) &&
         re3_monitor_report (watch->monitor, done, total);
}

static gpointer
search_work (gpointer data, Re3Job *job, GError **error)
{
  Search *search = data;
  Watch watch = { search, re3_job_get_monitor (job) };
  Re3Monitor monitor = { report_cb, &watch };
  Re3CounterfactualOptions options = RE3_COUNTERFACTUAL_OPTIONS_DEFAULT;

  options.target = search->question.target;
  options.metric = search->question.metric;
  options.units = search->question.units;
  options.groups = search->groups;
  options.locked = search->locked;
  options.integer = search->integer;
  options.low = search->low;
  options.high = search->high;
  options.orders = (const Re3FeatureOrder *) (gpointer) search->orders->data;
  options.n_orders = search->orders->len;
  return re3_counterfactual_new (search->model, search->values, &options, &monitor, error);
}

static void
forget (Re3CounterfactualSearch *self)
{
  re3_worker_abandon (self->worker);
  g_clear_pointer (&self->search, search_unref);
  g_clear_pointer (&self->result, re3_counterfactual_free);
  g_clear_error (&self->error);
}

static void
question_changed_cb (Re3CounterfactualSearch *self)
{
  forget (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
found_cb (gpointer result, const GError *error, gpointer user_data)
{
  Re3CounterfactualSearch *self = user_data;

  self->result = result;
  if (error != NULL)
    self->error = g_error_copy (error);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
re3_counterfactual_search_start (Re3CounterfactualSearch *self,
                                 const Re3CounterfactualQuestion *question)
{
  g_return_if_fail (RE3_IS_COUNTERFACTUAL_SEARCH (self));
  g_return_if_fail (question != NULL);
  g_return_if_fail (re3_what_if_get_original (self->what_if) != NULL);

  forget (self);
  self->search = search_new (self, question);
  re3_worker_submit (self->worker, search_work, search_ref (self->search), search_unref,
                     (GDestroyNotify) re3_counterfactual_free, NULL, found_cb, self);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
re3_counterfactual_search_stop (Re3CounterfactualSearch *self)
{
  g_return_if_fail (RE3_IS_COUNTERFACTUAL_SEARCH (self));

  if (self->search != NULL)
    atomic_store (&self->search->is_stopped, TRUE);
}

Re3Worker *
re3_counterfactual_search_get_worker (Re3CounterfactualSearch *self)
{
  g_return_val_if_fail (RE3_IS_COUNTERFACTUAL_SEARCH (self), NULL);

  return self->worker;
}

const Re3Counterfactual *
re3_counterfactual_search_get_result (Re3CounterfactualSearch *self)
{
  g_return_val_if_fail (RE3_IS_COUNTERFACTUAL_SEARCH (self), NULL);

  return self->result;
}

const double *
re3_counterfactual_search_get_start (Re3CounterfactualSearch *self)
{
  g_return_val_if_fail (RE3_IS_COUNTERFACTUAL_SEARCH (self), NULL);
  g_return_val_if_fail (self->search != NULL, NULL);

  return self->search->values;
}

const GPtrArray *
re3_counterfactual_search_get_groups (Re3CounterfactualSearch *self)
{
  g_return_val_if_fail (RE3_IS_COUNTERFACTUAL_SEARCH (self), NULL);
  g_return_val_if_fail (self->search != NULL, NULL);

  return self->search->groups;
}

const GError *
re3_counterfactual_search_get_error (Re3CounterfactualSearch *self)
{
  g_return_val_if_fail (RE3_IS_COUNTERFACTUAL_SEARCH (self), NULL);

  return self->error;
}

static void
re3_counterfactual_search_finalize (GObject *object)
{
  Re3CounterfactualSearch *self = RE3_COUNTERFACTUAL_SEARCH (object);

  forget (self);
  g_object_unref (self->worker);
  g_object_unref (self->what_if);
  g_object_unref (self->groups);
  g_object_unref (self->limits);

  G_OBJECT_CLASS (re3_counterfactual_search_parent_class)->finalize (object);
}

static void
re3_counterfactual_search_class_init (Re3CounterfactualSearchClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = re3_counterfactual_search_finalize;

  signals[CHANGED] = g_signal_new ("changed", RE3_TYPE_COUNTERFACTUAL_SEARCH, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
re3_counterfactual_search_init (Re3CounterfactualSearch *self)
{
  self->worker = re3_worker_new ();
}

Re3CounterfactualSearch *
re3_counterfactual_search_new (Re3WhatIf *what_if, Re3GroupChoices *groups, Re3Limits *limits)
{
  g_return_val_if_fail (RE3_IS_WHAT_IF (what_if), NULL);
  g_return_val_if_fail (RE3_IS_GROUP_CHOICES (groups), NULL);
  g_return_val_if_fail (RE3_IS_LIMITS (limits), NULL);

  Re3CounterfactualSearch *self = g_object_new (RE3_TYPE_COUNTERFACTUAL_SEARCH, NULL);

  self->what_if = g_object_ref (what_if);
  self->groups = g_object_ref (groups);
  self->limits = g_object_ref (limits);
  g_signal_connect_object (what_if, "row-changed", G_CALLBACK (question_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (limits, "changed", G_CALLBACK (question_changed_cb), self,
                           G_CONNECT_SWAPPED);
  return self;
}
