/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-answers-private.h"

#include "re3-core-error.h"
#include "re3-memory.h"
#include "re3-sample-block-private.h"
#include "re3-sample-kernels-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdatomic.h>
#include <string.h>

/* The rows go forward in waves of this many blocks, each block a task. Their patterns go into the
 * table in the order of the rows, as a task of the next wave, so that no more than two waves of
 * them stand in memory. */
#define WAVE_BLOCKS 32

/* No row. */
#define NONE G_MAXSIZE

/* Consecutive rows, and their patterns: n_words for each. */
typedef struct {
  gsize first;
  gsize n_rows;
  guint64 *words;
} Wave;

typedef struct {
  Re3Answers *answers;
  const Re3Model *model;
  const Re3Dataset *dataset;
  const Re3Network *network;
  gboolean is_regression;
  Re3SampleBlock *blocks; /* one for each member of the team */
  gsize block_rows;

  gsize n_words;
  Wave wave;
  Wave last_wave; /* which goes into the table meanwhile */
  /* Of each block of @wave, the first row that there is no finite answer to, or NONE. */
  gsize first_infinite[WAVE_BLOCKS];
  Re3RegionTableBuilder *builder;
  Re3Pattern *pattern; /* of the row that is added */
} Run;

/* x - x is 0, but for infinite numbers and NAN, of which it is NAN. */
static gboolean
are_finite (const double *numbers, gsize n)
{
  double zeros[] = { 0, 0, 0, 0 };
  gsize i = 0;

  for (; i + 4 <= n; i += 4)
    for (gsize k = 0; k < 4; k++)
      zeros[k] += numbers[i + k] - numbers[i + k];
  for (; i < n; i++)
    zeros[0] += numbers[i] - numbers[i];

  return zeros[0] + zeros[1] + zeros[2] + zeros[3] == 0;
}

/* Also finite numbers may be too large to be scaled, or for the network to add up. The logits tell
 * of the inputs too, but where there is no weight. */
static gboolean
block_is_finite (const Re3SampleBlock *block)
{
  const Re3Forward *forward = block->forward;
  gboolean is_finite =
      are_finite (block->inputs, block->n_rows * re3_model_get_n_features (block->model));

  for (gsize c = 0; c < re3_model_get_n_classes (block->model); c++)
    is_finite = is_finite && are_finite (forward->logits + c * forward->stride, block->n_rows);

  return is_finite;
}

/* The first row that has a number which is not finite, or NONE. */
static gsize
block_find_infinite (const Re3SampleBlock *block)
{
  const Re3Forward *forward = block->forward;
  gsize first = block->n_rows;

  if (block_is_finite (block))
    return NONE;

  for (gsize feature = 0; feature < re3_model_get_n_features (block->model); feature++)
    for (gsize i = 0; i < first; i++)
      if (!isfinite (block->inputs[feature * block->n_rows + i]))
        first = i;
  for (gsize c = 0; c < re3_model_get_n_classes (block->model); c++)
    for (gsize i = 0; i < first; i++)
      if (!isfinite (forward->logits[c * forward->stride + i]))
        first = i;

  return block->rows[first];
}

/* Goes over all rows for what is wrong with the data alone. */
static gboolean
check_values (const Run *run, GError **error)
{
  for (gsize feature = 0; feature < re3_dataset_get_n_features (run->dataset); feature++) {
    const double *column = re3_dataset_get_column (run->dataset, feature);

    for (gsize row = 0; row < re3_dataset_get_n_rows (run->dataset); row++)
      if (!isfinite (column[row])) {
        g_set_error (error, RE3_CORE_ERROR, RE3_CORE_ERROR_VALUE,
                     _ ("Row %zu of the data set (line %u of its file) has no finite number "
                        "for the feature “%s”; correct the row or leave it out."),
                     row, re3_dataset_get_line (run->dataset, row),
                     re3_model_get_feature_name (run->model, feature));
        return FALSE;
      }
  }

  return TRUE;
}

/* Whether there is an answer to all rows of the wave: looked at once it is through, so that the
 * same row is named whoever met one first. */
static gboolean
check_wave (const Run *run, gsize n_blocks, GError **error)
{
  for (gsize block = 0; block < n_blocks; block++) {
    gsize row = run->first_infinite[block];

    if (row == NONE)
      continue;
    if (check_values (run, error))
      g_set_error (error, RE3_CORE_ERROR, RE3_CORE_ERROR_VALUE,
                   _ ("Row %zu of the data set (line %u of its file) has values so large that the "
                      "network's numbers are too large for a computer; correct the row or leave it "
                      "out."),
                   row, re3_dataset_get_line (run->dataset, row));
    return FALSE;
  }

  return TRUE;
}

static void
take_answer (const Run *run, const Re3SampleBlock *block, gsize index)
{
  const double *logits = block->forward->logits + index;
  gsize n_outputs = re3_network_get_n_outputs (run->network);
  gsize prediction =
      run->is_regression ? 0 : re3_argmax (logits, n_outputs, block->forward->stride);
  guint32 row = block->rows[index];

  run->answers->predictions[row] = (int) prediction;
  run->answers->confidences[row] = block->probabilities[prediction * block->n_rows + index];
  if (run->is_regression)
    run->answers->outputs[row] = logits[prediction];
}

/* Block @index of the wave. */
static void
run_block (Run *run, Re3Team *team, gsize member, gsize index)
{
  Re3SampleBlock *block = &run->blocks[member];
  const Wave *wave = &run->wave;
  gsize start = index * run->block_rows;
  GError *error = NULL;

  if (!re3_sample_block_run_stretch (block, wave->first + start,
                                     MIN (run->block_rows, wave->n_rows - start), &error)) {
    re3_team_fail (team, error);
    return;
  }
  run->first_infinite[index] = block_find_infinite (block);
  re3_sample_kernels_get ()->write_patterns (block->forward->pre_activations,
                                             block->forward->stride, block->n_rows,
                                             re3_network_get_gates (run->network),
                                             re3_network_get_n_gates (run->network), run->n_words,
                                             wave->words + start * run->n_words);

  for (gsize i = 0; i < block->n_rows; i++)
    take_answer (run, block, i);
  re3_team_advance (team, block->n_rows);
}

/* Adds the rows of @wave, in their order, to what is counted of all rows. */
static void
add_rows (const Run *run, Re3Team *team, const Wave *wave)
{
  const int *labels = re3_dataset_get_labels (run->dataset);
  const guint8 *is_test = re3_dataset_get_test_flags (run->dataset);
  Re3Pattern *pattern = run->pattern;
  GError *error = NULL;

  for (gsize i = 0; i < wave->n_rows; i++) {
    gsize row = wave->first + i;
    int label = labels != NULL ? labels[row] : RE3_NO_LABEL;

    memcpy (pattern->words, wave->words + i * run->n_words, run->n_words * sizeof (guint64));
    if (!re3_region_table_builder_add (run->builder, pattern, label, is_test[row] != 0, &error)) {
      re3_team_fail (team, error);
      return;
    }
    if (label != RE3_NO_LABEL && !run->is_regression)
      re3_quality_add (run->answers->quality[is_test[row] != 0], (gsize) label,
                       (gsize) run->answers->predictions[row]);
  }
}

/* The first task is the longest. */
static void
run_task (Re3Team *team, gsize member, gsize task, gpointer data)
{
  Run *run = data;

  if (task == 0)
    add_rows (run, team, &run->last_wave);
  else
    run_block (run, team, member, task - 1);
}

static gboolean
run_waves (Run *run, Re3Team *team)
{
  gsize n_rows = re3_dataset_get_n_rows (run->dataset);
  GError *error = NULL;

  for (gsize first = 0; first < n_rows; first += run->wave.n_rows) {
    Wave free_wave = run->last_wave;
    gsize n_blocks;

    run->last_wave = run->wave;
    run->wave = (Wave){ .first = first,
                        .n_rows = MIN (WAVE_BLOCKS * run->block_rows, n_rows - first),
                        .words = free_wave.words };
    n_blocks = (run->wave.n_rows - 1) / run->block_rows + 1;
    if (!re3_team_run (team, 1 + n_blocks, run_task, run))
      return FALSE;
    if (!check_wave (run, n_blocks, &error)) {
      re3_team_fail (team, error);
      return FALSE;
    }
  }
  add_rows (run, team, &run->wave);
  if (!re3_team_goes_on (team, 0))
    return FALSE;

  run->answers->table = re3_region_table_builder_finish (run->builder, &error);
  if (error != NULL)
    re3_team_fail (team, error);

  return re3_team_goes_on (team, 0);
}

static gboolean
answer_all (Re3Answers *self, const Re3Model *model, const Re3Dataset *dataset, Re3Team *team)
{
  Run run = { .answers = self,
              .model = model,
              .dataset = dataset,
              .network = re3_model_get_network (model),
              .is_regression = re3_model_is_regression (model) };
  /* A team has no more members at work than tasks. */
  gsize n_members = MIN (team->n_members, WAVE_BLOCKS + 1);
  gsize wave_rows;
  GError *error = NULL;
  gboolean done = FALSE;

  run.block_rows = re3_sample_block_get_n_rows_max (run.network);
  run.n_words = re3_pattern_n_words (re3_network_get_n_gates (run.network));
  wave_rows = WAVE_BLOCKS * run.block_rows;
  run.wave.words = re3_try_new (guint64, wave_rows, run.n_words, &error,
                                _ ("the activation patterns of %zu rows"), wave_rows);
  if (error == NULL)
    run.last_wave.words = re3_try_new (guint64, wave_rows, run.n_words, &error,
                                       _ ("the activation patterns of %zu rows"), wave_rows);
  run.builder = re3_region_table_builder_new (run.network, re3_network_get_n_outputs (run.network));
  run.pattern = re3_pattern_new (re3_network_get_n_gates (run.network));
  run.blocks = g_new0 (Re3SampleBlock, n_members);
  for (gsize member = 0; member < n_members && error == NULL; member++)
    re3_sample_block_init (&run.blocks[member], model, dataset, &error);

  if (error == NULL)
    done = run_waves (&run, team);
  else
    re3_team_fail (team, error);

  for (gsize member = 0; member < n_members; member++)
    re3_sample_block_clear (&run.blocks[member]);
  g_free (run.blocks);
  g_free (run.wave.words);
  g_free (run.last_wave.words);
  re3_region_table_builder_free (run.builder);
  re3_pattern_free (run.pattern);

  return done;
}

/* Room for what is answered of each row, and for what is counted of all. The outputs of a
 * regression network, of which there may be many, are no classes to be counted by. */
static gboolean
answers_make_room (Re3Answers *self, const Re3Model *model, gsize n_rows, GError **error)
{
  gboolean is_regression = re3_model_is_regression (model);

  self->predictions =
      re3_try_new (int, n_rows, 1, error, _ ("the predictions of %zu rows"), n_rows);
  if (self->predictions == NULL)
    return FALSE;
  self->confidences =
      re3_try_new (double, n_rows, 1, error, _ ("the probabilities of %zu rows"), n_rows);
  if (self->confidences == NULL)
    return FALSE;
  if (is_regression)
    self->outputs = re3_try_new (double, n_rows, 1, error, _ ("the outputs of %zu rows"), n_rows);
  if (is_regression && self->outputs == NULL)
    return FALSE;
  for (gsize set = 0; set < RE3_N_SAMPLE_SETS; set++) {
    self->quality[set] =
        re3_quality_new (is_regression ? 0 : re3_model_get_n_classes (model), error);
    if (self->quality[set] == NULL)
      return FALSE;
  }

  return TRUE;
}

Re3Answers *
re3_answers_new (const Re3Model *model, const Re3Dataset *dataset, Re3Team *team)
{
  gsize n_rows = re3_dataset_get_n_rows (dataset);
  g_autoptr (Re3Answers) self = g_new0 (Re3Answers, 1);
  GError *error = NULL;

  atomic_init (&self->n_references, 1);
  if (!answers_make_room (self, model, n_rows, &error)) {
    re3_team_fail (team, error);
    return NULL;
  }
  if (!answer_all (self, model, dataset, team))
    return NULL;
  re3_quality_add_all (self->quality[RE3_SAMPLES_ALL], self->quality[RE3_SAMPLES_TRAIN]);
  re3_quality_add_all (self->quality[RE3_SAMPLES_ALL], self->quality[RE3_SAMPLES_TEST]);
  for (gsize set = 0; set < RE3_N_SAMPLE_SETS && self->outputs != NULL; set++)
    re3_errors_measure (dataset, self->outputs, set, &self->errors[set]);

  return g_steal_pointer (&self);
}

static void
answers_free (Re3Answers *self)
{
  g_free (self->predictions);
  g_free (self->confidences);
  g_free (self->outputs);
  g_clear_pointer (&self->table, re3_region_table_free);
  for (gsize set = 0; set < RE3_N_SAMPLE_SETS; set++)
    re3_quality_free (self->quality[set]);
  g_free (self);
}

Re3Answers *
re3_answers_ref (Re3Answers *self)
{
  atomic_fetch_add (&self->n_references, 1);

  return self;
}

void
re3_answers_unref (Re3Answers *self)
{
  if (atomic_fetch_sub (&self->n_references, 1) == 1)
    answers_free (self);
}
