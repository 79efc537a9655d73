/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-measurer-private.h"

#include "re3-contributions.h"
#include "re3-importance-private.h"
#include "re3-memory.h"
#include "re3-statistics.h"

#include <glib/gi18n-lib.h>
#include <string.h>

gsize
re3_measuring_get_n_importance_sums (const Re3Measuring *self)
{
  return RE3_IMPORTANCE_N_SUMS * self->n_features;
}

gsize
re3_measuring_get_n_sums (const Re3Measuring *self)
{
  return 2 * re3_measuring_get_n_importance_sums (self) +
         re3_neuron_tally_count_groups (self->n_classes) * self->n_neurons;
}

gsize
re3_measuring_get_n_rank_counts (const Re3Measuring *self)
{
  return self->n_features * re3_importance_get_n_ranks (self->n_features);
}

gsize
re3_measuring_get_n_input_sums (const Re3Measuring *self)
{
  return (self->n_classes + 1) * self->n_features;
}

gsize
re3_measuring_get_majority (const Re3Measuring *self, gsize place)
{
  const Re3RegionRow *row = re3_region_table_get_region (self->answers->table, place);
  const guint32 *rows = re3_region_table_get_rows (self->answers->table, place);
  g_autofree gsize *counts = NULL;
  gsize majority = 0;

  if (row->majority != RE3_NO_LABEL)
    return (gsize) row->majority;

  counts = g_new0 (gsize, self->n_classes);
  for (gsize i = 0; i < row->n_train + row->n_test; i++)
    counts[self->answers->predictions[rows[i]]]++;
  for (gsize class_index = 1; class_index < self->n_classes; class_index++)
    if (counts[class_index] > counts[majority])
      majority = class_index;

  return majority;
}

gboolean
re3_measurer_init (Re3Measurer *self, const Re3Measuring *measuring, GError **error)
{
  gsize n_features = measuring->n_features;

  *self = (Re3Measurer){ .measuring = measuring };
  for (gsize set = 0; set < G_N_ELEMENTS (self->ranks); set++) {
    self->ranks[set] = re3_try_new0 (guint32, re3_measuring_get_n_rank_counts (measuring), 1, error,
                                     _ ("the ranks of %zu features"), n_features);
    if (self->ranks[set] == NULL)
      return FALSE;
  }
  self->tally = re3_neuron_tally_new (measuring->n_classes, measuring->n_neurons, error);
  if (self->tally == NULL ||
      !re3_sample_block_init (&self->block, measuring->model, measuring->dataset, error))
    return FALSE;
  self->input_sums =
      re3_try_new (double, re3_measuring_get_n_input_sums (measuring), 1, error,
                   _ ("the sums of %zu features by %zu classes"), n_features, measuring->n_classes);
  if (self->input_sums == NULL)
    return FALSE;

  self->active = g_new (guint8, measuring->n_neurons);
  self->logit_contributions = g_new (double, n_features);
  self->probability_contributions = g_new (double, n_features);
  self->activations = g_new (double, measuring->n_neurons);
  self->neuron_contributions = g_new (double, measuring->n_neurons);
  self->buffer = g_new (Re3Ranked, 2 * n_features);

  return TRUE;
}

void
re3_measurer_clear (Re3Measurer *self)
{
  for (gsize set = 0; set < G_N_ELEMENTS (self->ranks); set++)
    g_free (self->ranks[set]);
  re3_neuron_tally_free (self->tally);
  re3_sample_block_clear (&self->block);
  g_free (self->active);
  g_free (self->input_sums);
  g_free (self->logit_contributions);
  g_free (self->probability_contributions);
  g_free (self->activations);
  g_free (self->neuron_contributions);
  g_free (self->buffer);
}

/* Moves on to the next sample of the portion, and runs the next block when this one is used up. */
static gboolean
measurer_next (Re3Measurer *self, Re3Team *team, gsize member, gsize *index)
{
  Re3SampleBlock *block = &self->block;
  GError *error = NULL;

  if (self->next_in_block == block->n_rows) {
    if (!re3_team_goes_on (team, member))
      return FALSE;

    block->n_rows = MIN (block->n_rows_max, self->n_rows_left);
    memcpy (block->rows, self->rows_left, block->n_rows * sizeof (guint32));
    if (!re3_sample_block_run (block, &error)) {
      re3_team_fail (team, error);
      return FALSE;
    }
    self->next_in_block = 0;
    self->rows_left += block->n_rows;
    self->n_rows_left -= block->n_rows;
    re3_team_advance (team, block->n_rows);
  }

  *index = self->next_in_block++;

  return TRUE;
}

static void
measure_distances (Re3Measurer *self, gsize index)
{
  const Re3Measuring *measuring = self->measuring;
  const Re3SampleBlock *block = &self->block;
  gsize row = block->rows[index];
  Re3Boundary boundary;

  re3_boundary_measure (measuring->network, self->region, block->forward->pre_activations + index,
                        block->forward->stride, &boundary);
  for (gsize metric = 0; metric < RE3_N_METRICS; metric++) {
    gsize neuron;

    measuring->measures->distances[metric][row] =
        re3_boundary_get_distance (&boundary, metric, &neuron);
    measuring->measures->neurons[metric][row] =
        neuron == RE3_NO_NEURON ? RE3_MEASURES_NO_NEURON : (guint32) neuron;
  }
}

static void
sum_up_inputs (Re3Measurer *self, int label)
{
  gsize n_features = self->measuring->n_features;
  double *of_all = self->input_sums + self->measuring->n_classes * n_features;
  double *of_class = label != RE3_NO_LABEL ? self->input_sums + (gsize) label * n_features : NULL;

  for (gsize feature = 0; feature < n_features; feature++) {
    of_all[feature] += self->block.input[feature];
    if (of_class != NULL)
      of_class[feature] += self->block.input[feature];
  }
}

static void
measure_contributions (Re3Measurer *self, gsize index, int label, double *sums)
{
  const Re3Measuring *measuring = self->measuring;
  const Re3SampleBlock *block = &self->block;
  gsize row = block->rows[index];
  gsize prediction = (gsize) measuring->answers->predictions[row];
  gboolean is_test = re3_dataset_is_test (measuring->dataset, row);
  gsize n_importance_sums = re3_measuring_get_n_importance_sums (measuring);

  re3_logit_contributions (self->region, block->input, prediction, self->logit_contributions);
  re3_probability_contributions (self->region, block->input, block->probabilities, prediction,
                                 self->probability_contributions);
  re3_importance_add_sample (measuring->n_features, self->logit_contributions,
                             self->probability_contributions,
                             sums + (is_test ? n_importance_sums : 0), self->ranks[is_test],
                             self->buffer);

  for (gsize neuron = 0; neuron < measuring->n_neurons; neuron++)
    self->activations[neuron] =
        block->forward->activations[neuron * block->forward->stride + index];
  re3_neuron_contributions (self->region, self->activations, prediction,
                            self->neuron_contributions);
  re3_neuron_tally_add_sample (self->tally, measuring->network, self->active,
                               re3_neuron_tally_find_group (measuring->n_classes, is_test, label),
                               self->neuron_contributions, sums + 2 * n_importance_sums);
}

static void
measure_sample (Re3Measurer *self, gsize index, double *sums)
{
  Re3SampleBlock *block = &self->block;
  int label = re3_dataset_get_label (self->measuring->dataset, block->rows[index]);
  double residual;

  re3_sample_block_take (block, index);
  residual = re3_region_residual (self->region, block->input, block->logits);
  self->residual_max = re3_larger (self->residual_max, residual);

  measure_distances (self, index);
  measure_contributions (self, index, label, sums);
  sum_up_inputs (self, label);
}

/* Measures the next @n_rows rows, which lie in the region at @place. */
static gboolean
measure_rows (Re3Measurer *self, gsize n_rows, double *sums, Re3Team *team, gsize member)
{
  re3_pattern_get_active (self->region->pattern, self->measuring->network, self->active);
  memset (self->input_sums, 0, re3_measuring_get_n_input_sums (self->measuring) * sizeof (double));
  for (gsize i = 0; i < n_rows; i++) {
    gsize index;

    if (!measurer_next (self, team, member, &index))
      return FALSE;
    measure_sample (self, index, sums);
  }

  return TRUE;
}

/* Keeps what the inputs of the region sum up to: for later if they are a part of its inputs. */
static void
keep_input_sums (Re3Measurer *self, gsize place, Re3Portion *portion)
{
  const Re3Measuring *measuring = self->measuring;

  if (portion->input_sums != NULL)
    memcpy (portion->input_sums, self->input_sums,
            re3_measuring_get_n_input_sums (measuring) * sizeof (double));
  else
    re3_profiles_set (measuring->measures->profiles, place, self->region,
                      re3_measuring_get_majority (measuring, place), self->input_sums);
}

void
re3_measurer_measure_portion (Re3Measurer *self, Re3Portion *portion, Re3Team *team, gsize member)
{
  const Re3Measuring *measuring = self->measuring;
  const Re3RegionTable *table = measuring->answers->table;
  Re3Monitor monitor = re3_team_get_monitor (team, member);
  gboolean done;
  GError *error = NULL;

  self->rows_left = re3_region_table_get_rows (table, 0) + portion->first;
  self->n_rows_left = portion->n_rows;
  self->block.n_rows = 0;
  self->next_in_block = 0;
  portion->sums = re3_try_new0 (double, re3_measuring_get_n_sums (measuring), 1, &error,
                                _ ("the sums of %zu features and %zu neurons"),
                                measuring->n_features, measuring->n_neurons);
  done = portion->sums != NULL;

  for (gsize i = 0; i < portion->n_regions && done; i++) {
    gsize place = portion->first_region + i;
    const Re3RegionRow *row = re3_region_table_get_region (table, place);
    gsize n_rows = MIN (row->n_train + row->n_test, portion->n_rows);

    self->region = re3_region_maps_get (measuring->measures->maps, place, &monitor, &error);
    done = self->region != NULL && measure_rows (self, n_rows, portion->sums, team, member);
    if (done)
      keep_input_sums (self, place, portion);
    g_clear_pointer (&self->region, re3_region_unref);
  }
  if (error != NULL)
    re3_team_fail (team, error);
}
