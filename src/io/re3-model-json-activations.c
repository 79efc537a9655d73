/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-model-json-activations.h"

#include "re3-io-error.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* What torch.nn.LeakyReLU takes if nothing is said. */
#define DEFAULT_NEGATIVE_SLOPE 0.01

#define RELU6_MAX 6

#define MAX_MEMBERS 4

/**
 * Layer:
 * @json: the layer itself, or a neuron of it
 * @file: name of the file
 * @place: "layers[3]"
 * @n_neurons: its width
 * @activations: to be filled in for each
 */
typedef struct {
  const cJSON *json;
  const char *file;
  const char *place;
  gsize n_neurons;
  Re3Activation *activations;
} Layer;

typedef gboolean (*ReadLayer) (const Layer *layer, GError **error);

static const cJSON *
get_member (const Layer *layer, const char *key)
{
  return re3_json_get_member (layer->json, key);
}

static gboolean
read_number (const Layer *layer, const char *key, double missing, double *number, GError **error)
{
  g_autofree char *place = g_strdup_printf ("%s.%s", layer->place, key);
  const cJSON *item = get_member (layer, key);

  *number = missing;

  return item == NULL || re3_json_read_number (item, layer->file, place, number, error);
}

static void
fill (const Layer *layer, Re3Activation activation)
{
  for (gsize i = 0; i < layer->n_neurons; i++)
    layer->activations[i] = activation;
}

static gboolean
read_relu (const Layer *layer, GError **error)
{
  fill (layer, re3_activation_rectifier (0));

  return TRUE;
}

static gboolean
read_abs (const Layer *layer, GError **error)
{
  fill (layer, re3_activation_rectifier (-1));

  return TRUE;
}

static gboolean
read_leaky_relu (const Layer *layer, GError **error)
{
  double slope;

  if (!read_number (layer, "slope", DEFAULT_NEGATIVE_SLOPE, &slope, error))
    return FALSE;
  fill (layer, re3_activation_rectifier (slope));

  return TRUE;
}

static gboolean
read_prelu (const Layer *layer, GError **error)
{
  g_autofree char *place = g_strconcat (layer->place, ".slope", NULL);
  g_autofree double *slopes = NULL;

  if (cJSON_IsNumber (get_member (layer, "slope")))
    return read_leaky_relu (layer, error);

  slopes = g_new (double, layer->n_neurons);
  if (!re3_json_read_numbers (get_member (layer, "slope"), layer->file, place, layer->n_neurons,
                              slopes, error))
    return FALSE;
  for (gsize i = 0; i < layer->n_neurons; i++)
    layer->activations[i] = re3_activation_rectifier (slopes[i]);

  return TRUE;
}

static gboolean
read_bounds (const Layer *layer, double low, double high, GError **error)
{
  if (!read_number (layer, "min", low, &low, error) ||
      !read_number (layer, "max", high, &high, error))
    return FALSE;

  if (!(low < high) || (low == -INFINITY && high == INFINITY)) {
    g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_CONTENT,
                 _ ("%s: %s has the bounds %g and %g: min must be below max, and one of them a "
                    "number."),
                 layer->file, layer->place, low, high);
    return FALSE;
  }
  fill (layer, re3_activation_clip (low, high));

  return TRUE;
}

static gboolean
read_clip (const Layer *layer, GError **error)
{
  return read_bounds (layer, -INFINITY, INFINITY, error);
}

static gboolean
read_hardtanh (const Layer *layer, GError **error)
{
  return read_bounds (layer, -1, 1, error);
}

static gboolean
read_relu6 (const Layer *layer, GError **error)
{
  fill (layer, re3_activation_clip (0, RELU6_MAX));

  return TRUE;
}

static gboolean
read_hard_sigmoid (const Layer *layer, GError **error)
{
  double slope;
  double intercept;

  if (!read_number (layer, "slope", 1.0 / 6, &slope, error) ||
      !read_number (layer, "intercept", 0.5, &intercept, error))
    return FALSE;

  if (!(slope > 0)) {
    g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_CONTENT,
                 _ ("%s: %s.slope is %g: the slope of a hard sigmoid is above 0."), layer->file,
                 layer->place, slope);
    return FALSE;
  }
  fill (layer, re3_activation_hard_sigmoid (slope, intercept));

  return TRUE;
}

/* The numbers of one function. */
static gboolean
read_function (const Layer *layer, Re3Activation *activation, GError **error)
{
  g_autofree char *thresholds = g_strconcat (layer->place, ".thresholds", NULL);
  g_autofree char *slopes_place = g_strconcat (layer->place, ".slopes", NULL);
  g_autofree char *intercepts_place = g_strconcat (layer->place, ".intercepts", NULL);
  double slopes[RE3_THRESHOLDS_MAX + 1];
  double intercepts[RE3_THRESHOLDS_MAX + 1];
  gsize n;

  if (!re3_json_check_array (get_member (layer, "thresholds"), layer->file, thresholds, error))
    return FALSE;
  n = re3_json_get_size (get_member (layer, "thresholds"));
  if (n > RE3_THRESHOLDS_MAX) {
    g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_CONTENT,
                 _ ("%s: %s has %zu numbers, where at most %d are possible."), layer->file,
                 thresholds, n, RE3_THRESHOLDS_MAX);
    return FALSE;
  }

  *activation = (Re3Activation){ .n_thresholds = n };
  if (!re3_json_read_numbers (get_member (layer, "thresholds"), layer->file, thresholds, n,
                              activation->thresholds, error) ||
      !re3_json_read_numbers (get_member (layer, "slopes"), layer->file, slopes_place, n + 1,
                              slopes, error) ||
      !re3_json_read_numbers (get_member (layer, "intercepts"), layer->file, intercepts_place,
                              n + 1, intercepts, error))
    return FALSE;
  for (gsize state = 0; state <= n; state++)
    activation->pieces[state] = (Re3Piece){ slopes[state], intercepts[state] };

  return TRUE;
}

/* A function for each neuron. */
static gboolean
read_neurons (const Layer *layer, const cJSON *neurons, GError **error)
{
  static const char *const members[] = { "thresholds", "slopes", "intercepts", NULL };
  g_autofree char *place = g_strconcat (layer->place, ".neurons", NULL);
  const cJSON *neuron;
  gsize index = 0;

  if (!re3_json_check_array (neurons, layer->file, place, error))
    return FALSE;
  if (re3_json_get_size (neurons) != layer->n_neurons) {
    g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_CONTENT,
                 _ ("%s: %s has %zu functions, not %zu: one for each neuron of the layer."),
                 layer->file, place, re3_json_get_size (neurons), layer->n_neurons);
    return FALSE;
  }

  cJSON_ArrayForEach (neuron, neurons)
  {
    g_autofree char *neuron_place = g_strdup_printf ("%s[%zu]", place, index);
    Layer function = { neuron, layer->file, neuron_place, 1, NULL };

    if (!re3_json_check_object (neuron, layer->file, neuron_place, error) ||
        !re3_json_check_members (neuron, layer->file, neuron_place, members, error) ||
        !read_function (&function, &layer->activations[index], error))
      return FALSE;
    index++;
  }

  return TRUE;
}

static gboolean
read_piecewise_linear (const Layer *layer, GError **error)
{
  const cJSON *neurons = get_member (layer, "neurons");
  Re3Activation activation;

  if (neurons != NULL)
    return read_neurons (layer, neurons, error);
  if (!read_function (layer, &activation, error))
    return FALSE;
  fill (layer, activation);

  return TRUE;
}

static const struct {
  const char *type;
  ReadLayer read;
  const char *members[MAX_MEMBERS + 1];
} types[] = {
  { "relu", read_relu, { NULL } },
  { "leaky_relu", read_leaky_relu, { "slope" } },
  { "prelu", read_prelu, { "slope" } },
  { "abs", read_abs, { NULL } },
  { "relu6", read_relu6, { NULL } },
  { "hardtanh", read_hardtanh, { "min", "max" } },
  { "clip", read_clip, { "min", "max" } },
  { "hard_sigmoid", read_hard_sigmoid, { "slope", "intercept" } },
  { "piecewise_linear",
    read_piecewise_linear,
    { "thresholds", "slopes", "intercepts", "neurons" } },
};

const char *const *
re3_model_json_get_activation_members (const char *type)
{
  g_return_val_if_fail (type != NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_str_equal (type, types[i].type))
      return types[i].members;

  return NULL;
}

char *
re3_model_json_list_activations (void)
{
  GString *list = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    g_string_append_printf (list, "%s%s", i == 0 ? "" : ", ", types[i].type);

  return g_string_free (list, FALSE);
}

gboolean
re3_model_json_is_smooth (const char *type)
{
  static const char *const smooth[] = {
    "log_sigmoid", "tanh",  "tanhshrink", "softsign", "softplus", "elu", "celu", "selu",     "gelu",
    "silu",        "swish", "hard_swish", "mish",     "glu",      "erf", "exp",  "gaussian", NULL,
  };

  g_return_val_if_fail (type != NULL, FALSE);

  return g_strv_contains (smooth, type);
}

gboolean
re3_model_json_read_activation (const cJSON *layer,
                                const char *type,
                                const char *name,
                                const char *place,
                                Re3NetworkBuilder *builder,
                                GError **error)
{
  gsize width = re3_network_builder_get_width (builder);
  g_autofree Re3Activation *activations = g_new (Re3Activation, width);
  Layer self = { layer, name, place, width, activations };

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++) {
    if (!g_str_equal (type, types[i].type))
      continue;
    if (!types[i].read (&self, error))
      return FALSE;
    if (re3_network_builder_add_activations (builder, activations, error))
      return TRUE;
    g_prefix_error (error, "%s: %s: ", name, place);
    return FALSE;
  }

  g_return_val_if_reached (FALSE);
}

static void
write_function (Re3JsonWriter *writer, const Re3Activation *activation)
{
  gsize n = activation->n_thresholds;
  double slopes[RE3_THRESHOLDS_MAX + 1];
  double intercepts[RE3_THRESHOLDS_MAX + 1];

  for (gsize state = 0; state <= n; state++) {
    slopes[state] = activation->pieces[state].slope;
    intercepts[state] = activation->pieces[state].intercept;
  }
  re3_json_writer_add_numbers (writer, "thresholds", activation->thresholds, n);
  re3_json_writer_add_numbers (writer, "slopes", slopes, n + 1);
  re3_json_writer_add_numbers (writer, "intercepts", intercepts, n + 1);
}

/* Whether it is z where z > 0, and a multiple of z elsewhere. */
static gboolean
is_rectifier (const Re3Activation *activation)
{
  Re3Activation rectifier = re3_activation_rectifier (activation->pieces[0].slope);

  return re3_activation_equal (activation, &rectifier);
}

static gboolean
is_clip (const Re3Activation *activation, double low, double high)
{
  Re3Activation clip = re3_activation_clip (low, high);

  return re3_activation_equal (activation, &clip);
}

static void
write_rectifier (Re3JsonWriter *writer, double negative_slope)
{
  if (negative_slope == 0) {
    re3_json_writer_add_string (writer, "type", "relu");
  } else if (negative_slope == -1) {
    re3_json_writer_add_string (writer, "type", "abs");
  } else {
    re3_json_writer_add_string (writer, "type", "leaky_relu");
    re3_json_writer_add_number (writer, "slope", negative_slope);
  }
}

/* The name of it that people know, if it has one. */
static void
write_same (Re3JsonWriter *writer, const Re3Activation *activation)
{
  gsize n = activation->n_thresholds;
  double low = n > 0 ? activation->thresholds[0] : NAN;
  double high = n > 0 ? activation->thresholds[n - 1] : NAN;

  if (is_rectifier (activation)) {
    write_rectifier (writer, activation->pieces[0].slope);
  } else if (is_clip (activation, 0, RELU6_MAX)) {
    re3_json_writer_add_string (writer, "type", "relu6");
  } else if (is_clip (activation, low, high)) {
    re3_json_writer_add_string (writer, "type", "clip");
    re3_json_writer_add_number (writer, "min", low);
    re3_json_writer_add_number (writer, "max", high);
  } else if (is_clip (activation, low, INFINITY)) {
    re3_json_writer_add_string (writer, "type", "clip");
    re3_json_writer_add_number (writer, "min", low);
  } else if (is_clip (activation, -INFINITY, high)) {
    re3_json_writer_add_string (writer, "type", "clip");
    re3_json_writer_add_number (writer, "max", high);
  } else {
    re3_json_writer_add_string (writer, "type", "piecewise_linear");
    write_function (writer, activation);
  }
}

static void
write_slopes (Re3JsonWriter *writer, const Re3Operation *operation)
{
  g_autofree double *slopes = g_new (double, operation->n_outputs);

  for (gsize i = 0; i < operation->n_outputs; i++)
    slopes[i] = operation->activations[i].pieces[0].slope;
  re3_json_writer_add_string (writer, "type", "prelu");
  re3_json_writer_add_numbers (writer, "slope", slopes, operation->n_outputs);
}

static void
write_neurons (Re3JsonWriter *writer, const Re3Operation *operation)
{
  re3_json_writer_add_string (writer, "type", "piecewise_linear");
  re3_json_writer_begin_array (writer, "neurons", RE3_JSON_BLOCK);
  for (gsize i = 0; i < operation->n_outputs; i++) {
    re3_json_writer_begin_object (writer, NULL, RE3_JSON_LINE);
    write_function (writer, &operation->activations[i]);
    re3_json_writer_end_object (writer);
  }
  re3_json_writer_end_array (writer);
}

void
re3_model_json_write_activation (Re3JsonWriter *writer, const Re3Operation *operation)
{
  gboolean all_same = TRUE;
  gboolean all_rectifiers = TRUE;

  g_return_if_fail (writer != NULL && operation != NULL);
  g_return_if_fail (operation->kind == RE3_OPERATION_ACTIVATION);

  for (gsize i = 0; i < operation->n_outputs; i++) {
    all_same =
        all_same && re3_activation_equal (&operation->activations[i], &operation->activations[0]);
    all_rectifiers = all_rectifiers && is_rectifier (&operation->activations[i]);
  }

  re3_json_writer_begin_object (writer, NULL,
                                all_same || all_rectifiers ? RE3_JSON_LINE : RE3_JSON_BLOCK);
  if (all_same)
    write_same (writer, &operation->activations[0]);
  else if (all_rectifiers)
    write_slopes (writer, operation);
  else
    write_neurons (writer, operation);
  re3_json_writer_end_object (writer);
}
