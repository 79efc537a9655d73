/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-model-safetensors.h"

#include "re3-io-error.h"
#include "re3-io-file.h"
#include "re3-safetensors-header.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define METADATA     "__metadata__"
#define METADATA_KEY "re3"

#define WEIGHT ".weight"
#define BIAS   ".bias"

/**
 * Layer:
 * @prefix: what its tensors are called before .weight and .bias
 * @bias: (nullable)
 */
typedef struct {
  char *prefix;
  const Re3Safetensor *weight;
  const Re3Safetensor *bias;
} Layer;

static void
layer_clear (gpointer data)
{
  Layer *layer = data;

  g_free (layer->prefix);
}

/* "net.12" as "net." and 12: everything but the last number of @prefix. */
static char *
split_number (const char *prefix, guint64 *number)
{
  gsize end = strlen (prefix);
  gsize start;

  while (end > 0 && !g_ascii_isdigit (prefix[end - 1]))
    end--;
  start = end;
  while (start > 0 && g_ascii_isdigit (prefix[start - 1]))
    start--;
  if (start == end)
    return NULL;

  *number = g_ascii_strtoull (prefix + start, NULL, 10);

  return g_strdup_printf ("%.*s#%s", (int) start, prefix, prefix + end);
}

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  guint64 first = 0;
  guint64 second = 0;

  g_free (split_number (((const Layer *) a)->prefix, &first));
  g_free (split_number (((const Layer *) b)->prefix, &second));

  return (first > second) - (first < second);
}

/* Where the layers are called alike but for a number, the number tells their order. */
static void
sort_layers (GArray *layers)
{
  g_autofree char *common = NULL;

  for (guint i = 0; i < layers->len; i++) {
    guint64 number;
    g_autofree char *rest = split_number (g_array_index (layers, Layer, i).prefix, &number);

    if (rest == NULL || (common != NULL && !g_str_equal (rest, common)))
      return;
    if (common == NULL)
      common = g_steal_pointer (&rest);
  }

  g_array_sort (layers, compare_numbers);
}

static const Re3Safetensor *
find_tensor (const GArray *tensors, const char *name)
{
  for (guint i = 0; i < tensors->len; i++) {
    const Re3Safetensor *tensor = &g_array_index (tensors, Re3Safetensor, i);

    if (g_str_equal (tensor->name, name))
      return tensor;
  }

  return NULL;
}

static gboolean
refuse_tensor (const char *file, const Re3Safetensor *tensor, GError **error)
{
  g_autofree char *quote = re3_io_quote (tensor->name);

  g_set_error (
      error, RE3_IO_ERROR, RE3_IO_ERROR_UNSUPPORTED,
      _ ("%s: tensor '%s' is no weight or bias of a linear layer, and the file does not say "
         "what it is for; write the network as ONNX."),
      file, quote);
  return FALSE;
}

/* Pairs up the tensors; each must belong to a layer. */
static GArray *
find_layers (const GArray *tensors, const char *file, GError **error)
{
  g_autoptr (GArray) layers = g_array_new (FALSE, FALSE, sizeof (Layer));
  gsize n_paired = 0;

  g_array_set_clear_func (layers, layer_clear);
  for (guint i = 0; i < tensors->len; i++) {
    const Re3Safetensor *tensor = &g_array_index (tensors, Re3Safetensor, i);
    g_autofree char *bias_name = NULL;
    Layer layer = { NULL, tensor, NULL };

    if (!g_str_has_suffix (tensor->name, WEIGHT))
      continue;
    if (tensor->rank != 2 || tensor->n_values == 0) {
      refuse_tensor (file, tensor, error);
      return NULL;
    }

    layer.prefix = g_strndup (tensor->name, strlen (tensor->name) - strlen (WEIGHT));
    bias_name = g_strconcat (layer.prefix, BIAS, NULL);
    layer.bias = find_tensor (tensors, bias_name);
    g_array_append_val (layers, layer);
    n_paired += layer.bias != NULL ? 2 : 1;
    if (layer.bias != NULL && (layer.bias->rank != 1 || layer.bias->dims[0] != tensor->dims[0])) {
      refuse_tensor (file, layer.bias, error);
      return NULL;
    }
  }

  for (guint i = 0; i < tensors->len && n_paired < tensors->len; i++) {
    const Re3Safetensor *tensor = &g_array_index (tensors, Re3Safetensor, i);
    gboolean is_paired = FALSE;

    for (guint j = 0; j < layers->len; j++)
      is_paired = is_paired || g_array_index (layers, Layer, j).weight == tensor ||
                  g_array_index (layers, Layer, j).bias == tensor;
    if (!is_paired) {
      refuse_tensor (file, tensor, error);
      return NULL;
    }
  }

  if (layers->len == 0) {
    g_set_error (
        error, RE3_IO_ERROR, RE3_IO_ERROR_CONTENT,
        _ ("%s: there is no tensor called “….weight” in this file: it has no linear layer."), file);
    return NULL;
  }

  sort_layers (layers);
  return g_steal_pointer (&layers);
}

static gboolean
add_layer (Re3NetworkSteps *steps, const Layer *layer, const char *file, GError **error)
{
  g_autofree char *quote = re3_io_quote (layer->weight->name);
  g_autofree char *place = g_strdup_printf (_ ("%s: tensor '%s'"), file, quote);
  gsize n_outputs = layer->weight->dims[0];
  gsize width = re3_network_steps_get_width (steps);
  g_autofree double *weight = NULL;
  g_autofree double *bias = NULL;

  if (layer->weight->dims[1] != width) {
    g_set_error (
        error, RE3_IO_ERROR, RE3_IO_ERROR_CONTENT,
        _ ("%s takes %zu numbers, but the layer before it gives %zu: the layers of this file "
           "are not in the order in which they are used. Write the network as ONNX."),
        place, layer->weight->dims[1], width);
    return FALSE;
  }

  weight = re3_safetensor_get_values (layer->weight, error);
  if (weight != NULL)
    bias = layer->bias != NULL ? re3_safetensor_get_values (layer->bias, error)
                               : g_new0 (double, n_outputs);
  if (bias == NULL) {
    g_prefix_error (error, "%s: ", place);
    return FALSE;
  }
  re3_network_steps_add_affine (steps, place, n_outputs, g_steal_pointer (&weight),
                                g_steal_pointer (&bias));

  return TRUE;
}

static Re3NetworkSteps *
add_layers (const GArray *layers, const char *file, GError **error)
{
  g_autoptr (Re3NetworkSteps) steps =
      re3_network_steps_new (g_array_index (layers, Layer, 0).weight->dims[1]);

  for (guint i = 0; i < layers->len; i++) {
    if (i > 0)
      re3_network_steps_add_activation (steps, NULL, re3_activation_rectifier (0));
    if (!add_layer (steps, &g_array_index (layers, Layer, i), file, error))
      return NULL;
  }

  return g_steal_pointer (&steps);
}

static char *
describe_order (const GArray *layers, const char *file)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autofree char *list = NULL;

  for (guint i = 0; i < layers->len; i++)
    g_ptr_array_add (names, g_array_index (layers, Layer, i).prefix);
  list = re3_io_join_names ((const char *const *) names->pdata, names->len);

  return g_strdup_printf (_ ("%s: a safetensors file does not say how its layers are put together: "
                             "they are taken in the order %s, with ReLU between them."),
                          file, list);
}

Re3ForeignModel *
re3_model_safetensors_parse (const guint8 *bytes, gsize length, const char *name, GError **error)
{
  g_autoptr (Re3ForeignModel) model = NULL;
  g_autoptr (cJSON) header = NULL;
  g_autoptr (GArray) tensors = NULL;
  g_autoptr (GArray) layers = NULL;
  const cJSON *document;

  g_return_val_if_fail (bytes != NULL || length == 0, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  tensors = re3_safetensors_read_header (bytes, length, name, &header, error);
  layers = tensors != NULL ? find_layers (tensors, name, error) : NULL;
  if (layers == NULL)
    return NULL;

  model = re3_foreign_model_new (name);
  model->steps = add_layers (layers, name, error);
  if (model->steps == NULL)
    return NULL;

  g_ptr_array_add (model->notes, describe_order (layers, name));
  document = re3_json_get_member (re3_json_get_member (header, METADATA), METADATA_KEY);
  if (cJSON_IsString (document))
    model->document = g_strdup (document->valuestring);

  return g_steal_pointer (&model);
}
