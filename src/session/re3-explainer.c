/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-explainer.h"

#include "re3-worker.h"

/* Multiplications that make the region of a sample in a few milliseconds. */
#define CHEAP_PRODUCTS 4e6

typedef struct {
  Re3Model *model;
  double *values;
  Re3Region *known_region;
} Request;

struct _Re3Explainer {
  Re3Worker *worker;
  Request *next; /* (nullable): the newest one that came while the worker was busy */
  Re3ExplainedFunc explained;
  gpointer user_data;
};

static void
request_free (gpointer data)
{
  Request *request = data;

  re3_model_unref (request->model);
  g_free (request->values);
  g_clear_pointer (&request->known_region, re3_region_unref);
  g_free (request);
}

static gpointer
explain_work (gpointer data, Re3Job *job, GError **error)
{
  const Request *request = data;

  return re3_explanation_new (request->model, request->values, request->known_region);
}

static void submit (Re3Explainer *self, Request *request);

static void
explained_cb (gpointer result, const GError *error, gpointer user_data)
{
  Re3Explainer *self = user_data;

  if (result == NULL)
    return;
  if (self->next != NULL)
    submit (self, g_steal_pointer (&self->next));
  self->explained (result, self->user_data);
}

static void
submit (Re3Explainer *self, Request *request)
{
  re3_worker_submit (self->worker, explain_work, request, request_free,
                     (GDestroyNotify) re3_explanation_unref, NULL, explained_cb, self);
}

Re3Explainer *
re3_explainer_new (Re3ExplainedFunc explained, gpointer user_data)
{
  Re3Explainer *self;

  g_return_val_if_fail (explained != NULL, NULL);

  self = g_new0 (Re3Explainer, 1);
  self->worker = re3_worker_new ();
  self->explained = explained;
  self->user_data = user_data;
  return self;
}

void
re3_explainer_free (Re3Explainer *self)
{
  if (self == NULL)
    return;

  re3_explainer_abandon (self);
  g_object_unref (self->worker);
  g_free (self);
}

void
re3_explainer_request (Re3Explainer *self,
                       Re3Model *model,
                       const double *values,
                       Re3Region *known_region)
{
  Request *request;

  g_return_if_fail (self != NULL && model != NULL && values != NULL);

  request = g_new0 (Request, 1);
  request->model = re3_model_ref (model);
  request->values = g_memdup2 (values, re3_model_get_n_features (model) * sizeof *values);
  if (known_region != NULL)
    request->known_region = re3_region_ref (known_region);

  g_clear_pointer (&self->next, request_free);
  if (re3_worker_is_busy (self->worker))
    self->next = request;
  else
    submit (self, request);
}

void
re3_explainer_abandon (Re3Explainer *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->next, request_free);
  re3_worker_abandon (self->worker);
}

gboolean
re3_explainer_is_busy (Re3Explainer *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return re3_worker_is_busy (self->worker);
}

/* A region takes, for each layer, the product of its weights with the gradients of the one before.
 */
gboolean
re3_explainer_is_needed (const Re3Network *network)
{
  double n_products = 0;

  g_return_val_if_fail (network != NULL, FALSE);

  for (gsize layer = 1; layer <= re3_network_get_n_hidden_layers (network); layer++) {
    const Re3Affine *affine = re3_network_get_affine (network, layer);

    n_products += (double) affine->n_inputs * (double) affine->n_outputs;
  }
  return n_products * (double) re3_network_get_n_inputs (network) > CHEAP_PRODUCTS;
}
