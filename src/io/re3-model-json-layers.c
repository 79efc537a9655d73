/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-model-json-layers.h"

#include "re3-io-error.h"
#include "re3-io-file.h"
#include "re3-memory.h"
#include "re3-model-json-activations.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define MAX_MEMBERS 8

/**
 * Layer:
 * @json: the layer itself
 * @file: name of the file
 * @place: "layers[3]"
 */
typedef struct {
  const cJSON *json;
  const char *file;
  const char *place;
} Layer;

typedef gboolean (*AddLayer) (const Layer *layer, Re3NetworkBuilder *builder, GError **error);

static const cJSON *
get_member (const Layer *layer, const char *key)
{
  return re3_json_get_member (layer->json, key);
}

/* Whole sentences of the core get the place that they are about. */
static gboolean
place_error (gboolean success, const Layer *layer, GError **error)
{
  if (!success)
    g_prefix_error (error, "%s: %s: ", layer->file, layer->place);

  return success;
}

static gboolean
read_vector (const Layer *layer, const char *key, gsize n_numbers, double *numbers, GError **error)
{
  g_autofree char *place = g_strdup_printf ("%s.%s", layer->place, key);

  return re3_json_read_numbers (get_member (layer, key), layer->file, place, n_numbers, numbers,
                                error);
}

/* Like read_vector(), but a layer may do without: then every number is @missing. */
static gboolean
read_optional_vector (const Layer *layer,
                      const char *key,
                      double missing,
                      gsize n_numbers,
                      double *numbers,
                      GError **error)
{
  if (get_member (layer, key) != NULL)
    return read_vector (layer, key, n_numbers, numbers, error);

  for (gsize i = 0; i < n_numbers; i++)
    numbers[i] = missing;

  return TRUE;
}

/* Whether "weight" is a matrix with @n_inputs numbers in every row. Done before any memory is
 * asked for: afterwards the matrix is no larger than the file. */
static gboolean
check_weight_shape (const Layer *layer, gsize n_inputs, gsize *n_outputs, GError **error)
{
  const cJSON *weight = get_member (layer, "weight");
  g_autofree char *place = g_strconcat (layer->place, ".weight", NULL);
  const cJSON *row;
  gsize index = 0;

  if (!re3_json_check_array (weight, layer->file, place, error))
    return FALSE;

  *n_outputs = re3_json_get_size (weight);
  if (*n_outputs == 0) {
    g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_CONTENT, _ ("%s: %s is empty."), layer->file,
                 place);
    return FALSE;
  }

  cJSON_ArrayForEach (row, weight)
  {
    g_autofree char *row_place = g_strdup_printf ("%s[%zu]", place, index++);
    gsize n_numbers;

    if (!re3_json_check_array (row, layer->file, row_place, error))
      return FALSE;
    n_numbers = re3_json_get_size (row);
    if (n_numbers != n_inputs) {
      g_set_error (
          error, RE3_IO_ERROR, RE3_IO_ERROR_CONTENT,
          _ ("%s: %s has %zu numbers, not %zu: a row has one for each input of the layer."),
          layer->file, row_place, n_numbers, n_inputs);
      return FALSE;
    }
  }

  return TRUE;
}

static gboolean
add_linear (const Layer *layer, Re3NetworkBuilder *builder, GError **error)
{
  gsize n_inputs = re3_network_builder_get_width (builder);
  g_autofree double *weight = NULL;
  g_autofree double *bias = NULL;
  const cJSON *row;
  gsize n_outputs;
  gsize index = 0;

  if (!check_weight_shape (layer, n_inputs, &n_outputs, error))
    return FALSE;

  weight = re3_try_new (double, n_outputs, n_inputs, error, _ ("%zu x %zu weights"), n_outputs,
                        n_inputs);
  if (weight == NULL)
    return place_error (FALSE, layer, error);

  cJSON_ArrayForEach (row, get_member (layer, "weight"))
  {
    g_autofree char *place = g_strdup_printf ("%s.weight[%zu]", layer->place, index);

    if (!re3_json_read_numbers (row, layer->file, place, n_inputs, weight + index * n_inputs,
                                error))
      return FALSE;
    index++;
  }

  bias = g_new (double, n_outputs);
  if (!read_optional_vector (layer, "bias", 0, n_outputs, bias, error))
    return FALSE;

  return place_error (re3_network_builder_add_affine (builder, n_outputs, weight, bias, error),
                      layer, error);
}

/* y = gamma (x - mean) / sqrt (var + eps) + beta, which is a scaling once it is trained. */
static gboolean
add_batch_norm (const Layer *layer, Re3NetworkBuilder *builder, GError **error)
{
  gsize width = re3_network_builder_get_width (builder);
  g_autofree double *mean = g_new (double, width);
  g_autofree double *variance = g_new (double, width);
  g_autofree double *gamma = g_new (double, width);
  g_autofree double *beta = g_new (double, width);
  g_autofree double *scale = g_new (double, width);
  g_autofree double *shift = g_new (double, width);
  g_autofree char *epsilon_place = g_strconcat (layer->place, ".eps", NULL);
  double epsilon;

  if (!read_vector (layer, "mean", width, mean, error) ||
      !read_vector (layer, "var", width, variance, error) ||
      !read_optional_vector (layer, "gamma", 1, width, gamma, error) ||
      !read_optional_vector (layer, "beta", 0, width, beta, error) ||
      !re3_json_read_number (get_member (layer, "eps"), layer->file, epsilon_place, &epsilon,
                             error))
    return FALSE;

  for (gsize i = 0; i < width; i++) {
    if (variance[i] < 0 || !(variance[i] + epsilon > 0)) {
      g_set_error (
          error, RE3_IO_ERROR, RE3_IO_ERROR_CONTENT,
          _ ("%s: %s.var[%zu] is no variance: it must not be below 0, and above 0 with eps added."),
          layer->file, layer->place, i);
      return FALSE;
    }
    scale[i] = gamma[i] / sqrt (variance[i] + epsilon);
    shift[i] = beta[i] - mean[i] * scale[i];
  }

  return place_error (re3_network_builder_add_scaling (builder, scale, shift, error), layer, error);
}

/* An activation that is not piecewise linear, in the middle of a network. */
static void
set_smooth_error (const Layer *layer, const char *type, GError **error)
{
  g_autofree char *activations = re3_model_json_list_activations ();

  g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_UNSUPPORTED,
               _ ("%s: %s: %s is not piecewise linear, so the network has no regions to explain. "
                  "Train it with ReLU or another of these instead: %s."),
               layer->file, layer->place, type, activations);
}

/* What changes nothing once a network is trained. */
static gboolean
add_nothing (const Layer *layer, Re3NetworkBuilder *builder, GError **error)
{
  return TRUE;
}

/* Re3 explains the logits that go into it, and takes the softmax itself. */
static gboolean
add_softmax (const Layer *layer, Re3NetworkBuilder *builder, GError **error)
{
  if (layer->json->next == NULL && re3_network_builder_get_width (builder) == 1) {
    g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_CONTENT,
                 _ ("%s: %s is a softmax of one output, which is always 1; end a classifier of two "
                    "classes in a sigmoid or in two outputs, and leave it out for regression."),
                 layer->file, layer->place);
    return FALSE;
  }
  if (layer->json->next == NULL)
    return TRUE;

  g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_UNSUPPORTED,
               _ ("%s: %s is a softmax with layers after it; Re3 reads a softmax only as the last "
                  "layer."),
               layer->file, layer->place);
  return FALSE;
}

/* The last layer of a classifier with one logit, which is then one of two classes. */
static gboolean
add_sigmoid (const Layer *layer, Re3NetworkBuilder *builder, GError **error)
{
  if (layer->json->next == NULL)
    return place_error (re3_network_builder_add_two_classes (builder, error), layer, error);

  set_smooth_error (layer, "sigmoid", error);
  return FALSE;
}

/* All types but activations, with the members of a layer besides "type" and "name". Another one
 * would say something that is not done, such as "activation", so it is refused. */
static const struct {
  const char *type;
  AddLayer add;
  const char *members[MAX_MEMBERS];
} layer_types[] = {
  { "linear", add_linear, { "weight", "bias" } },
  { "batch_norm", add_batch_norm, { "mean", "var", "gamma", "beta", "eps" } },
  { "identity", add_nothing, { NULL } },
  { "dropout", add_nothing, { "p", "rate" } },
  { "flatten", add_nothing, { NULL } },
  { "softmax", add_softmax, { "axis", "dim" } },
  { "sigmoid", add_sigmoid, { NULL } },
};

static void
set_unknown_type_error (const Layer *layer, const char *type, GError **error)
{
  g_autofree char *quote = re3_io_quote (type);
  g_autofree char *activations = re3_model_json_list_activations ();
  g_autoptr (GString) known = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (layer_types); i++)
    g_string_append_printf (known, "%s, ", layer_types[i].type);
  g_string_append (known, activations);

  g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_UNSUPPORTED,
               _ ("%s: %s is of type “%s”, which Re3 does not read. It reads %s."), layer->file,
               layer->place, quote, known->str);
}

static gboolean
add_layer (const Layer *layer, Re3NetworkBuilder *builder, GError **error)
{
  g_autofree char *type_place = g_strconcat (layer->place, ".type", NULL);
  const char *const *members;
  const char *type;

  if (!re3_json_check_object (layer->json, layer->file, layer->place, error))
    return FALSE;

  type = re3_json_read_string (get_member (layer, "type"), layer->file, type_place, error);
  if (type == NULL)
    return FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (layer_types); i++) {
    if (g_str_equal (type, layer_types[i].type))
      return re3_json_check_members (layer->json, layer->file, layer->place, layer_types[i].members,
                                     error) &&
             layer_types[i].add (layer, builder, error);
  }

  members = re3_model_json_get_activation_members (type);
  if (members != NULL)
    return re3_json_check_members (layer->json, layer->file, layer->place, members, error) &&
           re3_model_json_read_activation (layer->json, type, layer->file, layer->place, builder,
                                           error);

  if (re3_model_json_is_smooth (type))
    set_smooth_error (layer, type, error);
  else
    set_unknown_type_error (layer, type, error);
  return FALSE;
}

/* The layers before the first linear one keep their width, so it says what the network takes. */
static gboolean
find_n_inputs (const cJSON *layers, const char *name, gsize *n_inputs, GError **error)
{
  const cJSON *layer;

  cJSON_ArrayForEach (layer, layers)
  {
    const cJSON *type = cJSON_GetObjectItemCaseSensitive (layer, "type");

    if (cJSON_IsString (type) && g_str_equal (type->valuestring, "linear")) {
      const cJSON *weight = re3_json_get_member (layer, "weight");
      const cJSON *row = cJSON_IsArray (weight) ? weight->child : NULL;

      /* Anything else is told when the layer is read. */
      *n_inputs = cJSON_IsArray (row) ? MAX (re3_json_get_size (row), 1) : 1;
      return TRUE;
    }
  }

  g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_CONTENT,
               _ ("%s: layers has no layer of type “linear”: this is no network."), name);
  return FALSE;
}

Re3Network *
re3_model_json_read_layers (const cJSON *layers, const char *name, GError **error)
{
  g_autoptr (Re3NetworkBuilder) builder = NULL;
  g_autoptr (Re3Network) network = NULL;
  const cJSON *item;
  gsize n_inputs;
  gsize index = 0;

  if (!re3_json_check_array (layers, name, "layers", error) ||
      !find_n_inputs (layers, name, &n_inputs, error))
    return NULL;

  builder = re3_network_builder_new (n_inputs);

  cJSON_ArrayForEach (item, layers)
  {
    g_autofree char *place = g_strdup_printf ("layers[%zu]", index++);

    if (!add_layer (&(Layer){ item, name, place }, builder, error))
      return NULL;
  }

  network = re3_network_builder_finish (builder, error);
  if (network == NULL)
    g_prefix_error (error, "%s: ", name);

  return g_steal_pointer (&network);
}
