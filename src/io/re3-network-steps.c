/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-network-steps.h"

#include "re3-io-error.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Weights that a map may have once steps are folded into it, 1 GiB of them: a few bytes of a file
 * can ask for a map of any size. */
#define MAX_FOLDED_WEIGHTS (128 * 1024 * 1024)

struct _Re3NetworkSteps {
  gsize n_inputs;
  GArray *steps;
};

static void
step_clear (gpointer data)
{
  Re3Step *step = data;

  g_free (step->place);
  g_free (step->weight);
  g_free (step->bias);
  g_free (step->activations);
}

Re3NetworkSteps *
re3_network_steps_new (gsize n_inputs)
{
  Re3NetworkSteps *self = g_new (Re3NetworkSteps, 1);

  self->n_inputs = n_inputs;
  self->steps = g_array_new (FALSE, FALSE, sizeof (Re3Step));
  g_array_set_clear_func (self->steps, step_clear);

  return self;
}

void
re3_network_steps_free (Re3NetworkSteps *self)
{
  if (self == NULL)
    return;

  g_array_unref (self->steps);
  g_free (self);
}

static const Re3Step *
get_step (const Re3NetworkSteps *self, gsize index)
{
  return &g_array_index (self->steps, Re3Step, index);
}

gsize
re3_network_steps_get_n_inputs (const Re3NetworkSteps *self)
{
  return self->n_inputs;
}

gsize
re3_network_steps_get_n_steps (const Re3NetworkSteps *self)
{
  return self->steps->len;
}

gsize
re3_network_steps_get_width (const Re3NetworkSteps *self)
{
  return self->steps->len > 0 ? get_step (self, self->steps->len - 1)->n_outputs : self->n_inputs;
}

static void
add_step (Re3NetworkSteps *self, const char *place, Re3Step step)
{
  step.place = g_strdup (place);
  step.n_inputs = re3_network_steps_get_width (self);
  if (step.n_outputs == 0)
    step.n_outputs = step.n_inputs;
  g_array_append_val (self->steps, step);
}

void
re3_network_steps_add_affine (Re3NetworkSteps *self,
                              const char *place,
                              gsize n_outputs,
                              double *weight,
                              double *bias)
{
  add_step (self, place,
            (Re3Step){ RE3_STEP_AFFINE, .n_outputs = n_outputs, .weight = weight, .bias = bias });
}

void
re3_network_steps_add_scaling (Re3NetworkSteps *self,
                               const char *place,
                               double *scale,
                               double *shift,
                               gboolean is_trained)
{
  add_step (self, place,
            (Re3Step){ RE3_STEP_SCALING, .weight = scale, .bias = shift,
                       .is_trained = is_trained });
}

void
re3_network_steps_add_division (Re3NetworkSteps *self, const char *place, double *divisor)
{
  add_step (self, place, (Re3Step){ RE3_STEP_DIVISION, .weight = divisor });
}

void
re3_network_steps_add_activation (Re3NetworkSteps *self,
                                  const char *place,
                                  Re3Activation activation)
{
  add_step (self, place,
            (Re3Step){ RE3_STEP_ACTIVATION,
                       .activations = g_memdup2 (&activation, sizeof activation),
                       .is_uniform = TRUE });
}

void
re3_network_steps_add_activations (Re3NetworkSteps *self,
                                   const char *place,
                                   Re3Activation *activations)
{
  add_step (self, place, (Re3Step){ RE3_STEP_ACTIVATION, .activations = activations });
}

/* Applies @step to the scaler, exactly where that can be. Returns: %FALSE if it is then none */
static gboolean
extend_scaler (const Re3Step *step, double *mean, double *scale)
{
  for (gsize i = 0; i < step->n_outputs; i++) {
    double factor = step->weight[i];

    if (step->kind == RE3_STEP_DIVISION) {
      scale[i] *= factor;
    } else {
      scale[i] /= factor;
      mean[i] -= step->bias[i] * scale[i];
    }
    if (!(factor > 0) || !isfinite (scale[i]) || !(scale[i] > 0) || !isfinite (mean[i]))
      return FALSE;
  }

  return TRUE;
}

gboolean
re3_network_steps_take_scaler (Re3NetworkSteps *self, double **mean, double **scale)
{
  gsize n_bytes = self->n_inputs * sizeof (double);
  g_autofree double *own_mean = g_new0 (double, self->n_inputs);
  g_autofree double *own_scale = g_new (double, self->n_inputs);
  guint n_taken = 0;

  for (gsize i = 0; i < self->n_inputs; i++)
    own_scale[i] = 1;

  while (n_taken < self->steps->len) {
    const Re3Step *step = get_step (self, n_taken);
    g_autofree double *next_mean = g_memdup2 (own_mean, n_bytes);
    g_autofree double *next_scale = g_memdup2 (own_scale, n_bytes);

    if ((step->kind != RE3_STEP_SCALING && step->kind != RE3_STEP_DIVISION) || step->is_trained ||
        !extend_scaler (step, next_mean, next_scale))
      break;

    g_free (own_mean);
    g_free (own_scale);
    own_mean = g_steal_pointer (&next_mean);
    own_scale = g_steal_pointer (&next_scale);
    n_taken++;
  }

  if (n_taken == 0)
    return FALSE;

  g_array_remove_range (self->steps, 0, n_taken);
  *mean = g_steal_pointer (&own_mean);
  *scale = g_steal_pointer (&own_scale);

  return TRUE;
}

static gboolean
add_constant_scaling (Re3NetworkBuilder *builder, double value, GError **error)
{
  gsize width = re3_network_builder_get_width (builder);
  g_autofree double *scale = g_new (double, width);
  g_autofree double *shift = g_new0 (double, width);

  for (gsize i = 0; i < width; i++)
    scale[i] = value;

  return re3_network_builder_add_scaling (builder, scale, shift, error);
}

static gboolean
add_division (Re3NetworkBuilder *builder, const Re3Step *step, GError **error)
{
  g_autofree double *scale = g_new (double, step->n_outputs);
  g_autofree double *shift = g_new0 (double, step->n_outputs);

  for (gsize i = 0; i < step->n_outputs; i++)
    scale[i] = 1 / step->weight[i];

  return re3_network_builder_add_scaling (builder, scale, shift, error);
}

static gboolean
add_to_builder (Re3NetworkBuilder *builder, const Re3Step *step, GError **error)
{
  switch (step->kind) {
  case RE3_STEP_AFFINE:
    return re3_network_builder_add_affine (builder, step->n_outputs, step->weight, step->bias,
                                           error);
  case RE3_STEP_SCALING:
    return re3_network_builder_add_scaling (builder, step->weight, step->bias, error);
  case RE3_STEP_DIVISION:
    return add_division (builder, step, error);
  case RE3_STEP_ACTIVATION:
    return step->is_uniform
               ? re3_network_builder_add_activation (builder, step->activations, error)
               : re3_network_builder_add_activations (builder, step->activations, error);
  default:
    g_assert_not_reached ();
  }
}

/**
 * Run:
 * @n_inputs: width of what goes into the steps since the last activation
 * @has_map: whether one of them is a linear layer
 *
 * Steps that will be one map.
 */
typedef struct {
  gsize n_inputs;
  gboolean has_map;
} Run;

/* Whether a map from the start of the run to @n_outputs numbers fits in memory. */
static gboolean
check_size (const Run *run, gsize n_outputs, GError **error)
{
  gsize n_weights;

  if (g_size_checked_mul (&n_weights, run->n_inputs, n_outputs) && n_weights <= MAX_FOLDED_WEIGHTS)
    return TRUE;

  g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_TOO_LARGE,
               _ ("Up to here the network is a map of %zu to %zu numbers, which is more than Re3 "
                  "holds."),
               run->n_inputs, n_outputs);
  return FALSE;
}

/* What is scaled number by number needs no map of its own until an activation or the end. */
static gboolean
build_step (Re3NetworkBuilder *builder,
            Run *run,
            const Re3Step *step,
            gboolean is_first,
            GError **error)
{
  if (step->kind == RE3_STEP_ACTIVATION) {
    if (is_first && !add_constant_scaling (builder, 1, error))
      return FALSE;
    if (!run->has_map && !check_size (run, step->n_outputs, error))
      return FALSE;
    *run = (Run){ step->n_outputs, FALSE };
  } else if (step->kind == RE3_STEP_AFFINE) {
    if (!check_size (run, step->n_outputs, error))
      return FALSE;
    run->has_map = TRUE;
  }

  return add_to_builder (builder, step, error);
}

static gboolean
finish_run (Re3NetworkBuilder *builder, const Run *run, const Re3Step *last, GError **error)
{
  if (!run->has_map && !check_size (run, run->n_inputs, error))
    return FALSE;

  return (last != NULL && last->kind != RE3_STEP_ACTIVATION) ||
         add_constant_scaling (builder, 1, error);
}

Re3Network *
re3_network_steps_build (const Re3NetworkSteps *self, const char *name, GError **error)
{
  g_autoptr (Re3NetworkBuilder) builder = NULL;
  g_autoptr (Re3Network) network = NULL;
  Run run = { self->n_inputs, FALSE };
  const Re3Step *last = NULL;

  g_return_val_if_fail (name != NULL, NULL);

  builder = re3_network_builder_new (self->n_inputs);
  for (gsize i = 0; i < self->steps->len; i++) {
    last = get_step (self, i);
    if (!build_step (builder, &run, last, i == 0, error)) {
      g_prefix_error (error, "%s: ", last->place != NULL ? last->place : name);
      return NULL;
    }
  }

  if (!finish_run (builder, &run, last, error) ||
      (network = re3_network_builder_finish (builder, error)) == NULL)
    g_prefix_error (error, "%s: ", name);

  return g_steal_pointer (&network);
}

double *
re3_repeat_number (double value, gsize n)
{
  double *values = g_new (double, n);

  for (gsize i = 0; i < n; i++)
    values[i] = value;

  return values;
}
