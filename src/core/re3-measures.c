/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-analysis.h"
#include "re3-measurer-private.h"
#include "re3-memory.h"
#include "re3-statistics.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A portion has about so many rows, a block of a small network, but more where it needs many sums,
 * which are then no more than so many for each row, and where the network has many inputs: to make
 * a map anew for each portion of a region takes no longer than to run its rows forward. */
#define PORTION_ROWS     1016
#define SUMS_PER_ROW_MAX 16

typedef struct {
  Re3Measuring measuring;
  GArray *portions; /* of Re3Portion, in the order of the table */
  Re3Measurer *measurers;
  gsize n_measurers;
} Run;

static void
part_clear (gpointer data)
{
  Re3RegionPart *part = data;

  g_free (part->input_sums);
}

static void
portion_clear (gpointer data)
{
  Re3Portion *portion = data;

  g_free (portion->sums);
  g_array_unref (portion->parts);
}

static void
run_add_portion (Run *self, gsize first, gsize n_rows)
{
  Re3Portion portion = {
    .first = first,
    .n_rows = n_rows,
    .parts = g_array_new (FALSE, FALSE, sizeof (Re3RegionPart)),
  };

  g_array_set_clear_func (portion.parts, part_clear);
  g_array_append_val (self->portions, portion);
}

static gsize
get_n_rows_max (const Re3Measuring *measuring)
{
  gsize n_rows_max = MAX (PORTION_ROWS, measuring->n_features);

  return MAX (n_rows_max, re3_measuring_get_n_sums (measuring) / SUMS_PER_ROW_MAX);
}

/* How many regions are too large for one portion: the first ones of the table. */
static gsize
count_large_regions (const Re3RegionTable *table, gsize n_rows_max)
{
  gsize count = 0;

  for (; count < re3_region_table_get_n_regions (table); count++) {
    const Re3RegionRow *row = re3_region_table_get_region (table, count);

    if (row->n_train + row->n_test <= n_rows_max)
      break;
  }

  return count;
}

static void
run_make_portions (Run *self)
{
  const Re3RegionTable *table = self->measuring.answers->table;
  gsize n_rows_max = get_n_rows_max (&self->measuring);
  Re3Portion *last = NULL;
  gsize n_in_large = 0;

  self->portions = g_array_new (FALSE, FALSE, sizeof (Re3Portion));
  g_array_set_clear_func (self->portions, portion_clear);
  for (gsize place = 0; place < self->measuring.n_large; place++) {
    const Re3RegionRow *row = re3_region_table_get_region (table, place);

    n_in_large += row->n_train + row->n_test;
  }
  for (gsize first = 0; first < n_in_large; first += n_rows_max)
    run_add_portion (self, first, MIN (n_rows_max, n_in_large - first));

  /* The small regions stay whole, as many in a portion as fit. */
  for (gsize place = self->measuring.n_large; place < re3_region_table_get_n_regions (table);
       place++) {
    const Re3RegionRow *row = re3_region_table_get_region (table, place);
    gsize n_rows = row->n_train + row->n_test;

    if (last != NULL && last->n_rows + n_rows <= n_rows_max) {
      last->n_rows += n_rows;
    } else {
      run_add_portion (self, row->first, n_rows);
      last = &g_array_index (self->portions, Re3Portion, self->portions->len - 1);
    }
  }
}

static void
measure_portion (Re3Team *team, gsize member, gsize task, gpointer data)
{
  Run *self = data;

  re3_measurer_measure_portion (&self->measurers[member],
                                &g_array_index (self->portions, Re3Portion, task), team, member);
}

/* Adds up what the portions summed up, in their order. (transfer full) */
static double *
run_add_sums (const Run *self, GError **error)
{
  gsize n_sums = re3_measuring_get_n_sums (&self->measuring);
  double *sums =
      re3_try_new0 (double, n_sums, 1, error, _ ("the sums of %zu features and %zu neurons"),
                    self->measuring.n_features, self->measuring.n_neurons);

  if (sums == NULL)
    return NULL;

  for (guint i = 0; i < self->portions->len; i++) {
    const Re3Portion *portion = &g_array_index (self->portions, Re3Portion, i);

    for (gsize j = 0; j < n_sums; j++)
      sums[j] += portion->sums[j];
  }

  return sums;
}

/* Adds up what the threads counted, with that of the first. */
static Re3Measurer *
run_add_counts (Run *self)
{
  Re3Measurer *all = &self->measurers[0];

  for (gsize member = 1; member < self->n_measurers; member++) {
    const Re3Measurer *measurer = &self->measurers[member];

    all->residual_max = re3_larger (all->residual_max, measurer->residual_max);
    re3_neuron_tally_add_counts (all->neurons, measurer->neurons);
    re3_importance_tally_add_counts (all->importance, measurer->importance);
  }

  return all;
}

/* What the training and the test samples add up to, of all samples. */
static void
run_summarise_importance (Run *self, double *sums, guint32 *const *counts)
{
  const Re3Measuring *measuring = &self->measuring;
  Re3Importance **importance = measuring->measures->importance;
  gsize n_features = measuring->n_features;
  gsize n_sums = re3_measuring_get_n_importance_sums (measuring);
  gsize n_rows = re3_dataset_get_n_rows (measuring->dataset);
  gsize n_test = re3_dataset_get_n_test (measuring->dataset);

  importance[RE3_SAMPLES_TRAIN] =
      re3_importance_new (n_features, n_rows - n_test, sums, counts[RE3_SAMPLES_TRAIN]);
  importance[RE3_SAMPLES_TEST] =
      re3_importance_new (n_features, n_test, sums + n_sums, counts[RE3_SAMPLES_TEST]);

  for (gsize i = 0; i < n_sums; i++)
    sums[i] += sums[n_sums + i];
  for (gsize i = 0; i < n_features * re3_importance_get_n_counts (n_features); i++)
    counts[RE3_SAMPLES_TRAIN][i] += counts[RE3_SAMPLES_TEST][i];
  importance[RE3_SAMPLES_ALL] =
      re3_importance_new (n_features, n_rows, sums, counts[RE3_SAMPLES_TRAIN]);
}

static gboolean
run_summarise (Run *self, GError **error)
{
  const Re3Measuring *measuring = &self->measuring;
  Re3Measures *measures = measuring->measures;
  g_autofree double *sums = run_add_sums (self, error);
  const double *neuron_sums;
  Re3Measurer *all;

  if (sums == NULL)
    return FALSE;

  neuron_sums = sums + 2 * re3_measuring_get_n_importance_sums (measuring);
  all = run_add_counts (self);
  measures->residual_max = all->residual_max;
  run_summarise_importance (self, sums, all->importance->counts);

  measures->neuron_tally = g_steal_pointer (&all->neurons);
  for (gsize i = 0; i < measures->neuron_tally->n_groups * measuring->n_neurons; i++)
    measures->neuron_tally->sums[i] = neuron_sums[i];

  return TRUE;
}

/* The profiles of the large regions: their parts are added up in the order of the portions. */
static gboolean
run_join_regions (Run *self, Re3Team *team, GError **error)
{
  const Re3Measuring *measuring = &self->measuring;
  gsize n_sums = re3_measuring_get_n_input_sums (measuring);
  g_autofree double *all_sums = re3_try_new0 (double, n_sums, measuring->n_large, error,
                                              _ ("the sums of %zu features by %zu classes"),
                                              measuring->n_features, measuring->n_classes);
  Re3Monitor monitor = re3_team_get_monitor (team, 0);

  if (all_sums == NULL)
    return FALSE;

  for (guint i = 0; i < self->portions->len; i++) {
    const GArray *parts = g_array_index (self->portions, Re3Portion, i).parts;

    for (guint j = 0; j < parts->len; j++) {
      const Re3RegionPart *part = &g_array_index (parts, Re3RegionPart, j);
      double *sums = all_sums + part->place * n_sums;

      for (gsize k = 0; k < n_sums; k++)
        sums[k] += part->input_sums[k];
    }
  }

  for (gsize place = 0; place < measuring->n_large; place++) {
    g_autoptr (Re3Region) region =
        re3_region_maps_get (measuring->measures->maps, place, &monitor, error);

    if (region == NULL)
      return FALSE;
    re3_profiles_set (measuring->measures->profiles, place, region,
                      re3_measuring_get_majority (measuring, place), all_sums + place * n_sums);
  }

  return TRUE;
}

/* The distances in one metric, a task. */
static void
summarise_distances (Re3Team *team, gsize member, gsize task, gpointer data)
{
  const Re3Measuring *measuring = &((const Run *) data)->measuring;
  GError *error = NULL;

  if (!re3_validity_summarise (
          measuring->measures->distances[task], re3_dataset_get_test_flags (measuring->dataset),
          re3_dataset_get_n_rows (measuring->dataset), measuring->measures->validity[task], &error))
    re3_team_fail (team, error);
}

static gboolean
run_init (Run *self, const Re3Measuring *measuring, gsize n_members, GError **error)
{
  self->measuring = *measuring;
  run_make_portions (self);
  /* A team has no more members at work than tasks. */
  self->n_measurers = CLAMP (self->portions->len, 1, n_members);
  self->measurers = g_new0 (Re3Measurer, self->n_measurers);
  for (gsize member = 0; member < self->n_measurers; member++)
    if (!re3_measurer_init (&self->measurers[member], &self->measuring, error))
      return FALSE;

  return TRUE;
}

static void
run_clear (Run *self)
{
  g_array_unref (self->portions);
  for (gsize member = 0; member < self->n_measurers; member++)
    re3_measurer_clear (&self->measurers[member]);
  g_free (self->measurers);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

/* Fails without an error where @team was stopped, which then knows why. */
static gboolean
measure (const Re3Measuring *measuring, Re3Team *team, GError **error)
{
  g_auto (Run) run = { 0 };

  if (!run_init (&run, measuring, team->n_members, error) ||
      !re3_team_run (team, run.portions->len, measure_portion, &run) ||
      !run_join_regions (&run, team, error) || !run_summarise (&run, error))
    return FALSE;

  return re3_team_run (team, RE3_N_METRICS, summarise_distances, &run) &&
         re3_team_goes_on (team, 0);
}

/* Room for what is measured of each row, and of each region. */
static gboolean
measures_make_room (Re3Measures *self, const Re3Measuring *measuring, GError **error)
{
  gsize n_rows = re3_dataset_get_n_rows (measuring->dataset);

  for (gsize metric = 0; metric < RE3_N_METRICS; metric++) {
    self->distances[metric] =
        re3_try_new (double, n_rows, 1, error, _ ("the distances of %zu rows"), n_rows);
    if (self->distances[metric] == NULL)
      return FALSE;
    self->neurons[metric] =
        re3_try_new (guint32, n_rows, 1, error, _ ("the nearest neurons of %zu rows"), n_rows);
    if (self->neurons[metric] == NULL)
      return FALSE;
  }
  self->profiles = re3_profiles_new (measuring->answers->table, measuring->n_classes,
                                     measuring->n_features, error);

  return self->profiles != NULL;
}

Re3Measures *
re3_measures_new (const Re3Model *model,
                  const Re3Dataset *dataset,
                  const Re3Answers *answers,
                  Re3Team *team)
{
  g_autoptr (Re3Measures) self = g_new0 (Re3Measures, 1);
  Re3Measuring measuring = {
    .model = model,
    .network = re3_model_get_network (model),
    .dataset = dataset,
    .answers = answers,
    .measures = self,
    .n_features = re3_model_get_n_features (model),
    .n_classes = re3_model_get_n_classes (model),
  };
  g_autoptr (Re3SampleOrder) order = NULL;
  GError *error = NULL;
  gboolean done;

  measuring.n_neurons = re3_network_get_n_neurons (measuring.network);
  measuring.n_large = count_large_regions (answers->table, get_n_rows_max (&measuring));
  done = measures_make_room (self, &measuring, &error);
  if (done) {
    measuring.order = order =
        re3_sample_order_new (answers, dataset, measuring.n_classes, measuring.n_large, team);
    done = order != NULL;
  }
  if (done) {
    self->maps =
        re3_region_maps_new (measuring.network, answers->table, RE3_REGION_MAPS_BYTES, team);
    done = self->maps != NULL && measure (&measuring, team, &error);
  }
  if (error != NULL)
    re3_team_fail (team, error);
  if (!done)
    return NULL;

  return g_steal_pointer (&self);
}

void
re3_measures_free (Re3Measures *self)
{
  if (self == NULL)
    return;

  for (gsize metric = 0; metric < RE3_N_METRICS; metric++) {
    g_free (self->distances[metric]);
    g_free (self->neurons[metric]);
  }
  re3_profiles_free (self->profiles);
  for (gsize set = 0; set < RE3_N_SAMPLE_SETS; set++)
    re3_importance_free (self->importance[set]);
  re3_neuron_tally_free (self->neuron_tally);
  re3_region_maps_free (self->maps);
  g_free (self);
}
