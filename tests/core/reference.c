/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reference.h"

#include "random-network.h"

#include <math.h>

const char *const reference_networks[] = {
  "network-linear",
  "network-one",
  "network-two",
  "network-three",
  "network-five",
  "network-word",
  "network-word-and-bit",
  "network-wide",
  "network-leaky",
  "network-equal",
  "network-absent",
  "network-row",
  "network-constant",
  "network-integer",
  "network-abs",
  "network-clip",
  "network-prelu",
  "network-pieces",
  NULL,
};

typedef struct {
  char **words;
  gsize n;
  double *numbers;
} Entry;

struct _Reference {
  GHashTable *entries;
  GStringChunk *keys;
};

static void
entry_free (gpointer data)
{
  Entry *self = data;

  g_strfreev (self->words);
  g_free (self->numbers);
  g_free (self);
}

Reference *
reference_open (const char *name)
{
  const char *root = g_getenv ("RE3_SOURCE_ROOT");
  g_autofree char *file = g_strdup_printf ("%s.txt", name);
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) lines = NULL;
  Reference *self;

  if (root == NULL)
    g_error ("RE3_SOURCE_ROOT must name the folder with the sources");
  path = g_build_filename (root, "tests", "reference", file, NULL);
  if (!g_file_get_contents (path, &text, NULL, &error))
    g_error ("%s", error->message);

  self = g_new (Reference, 1);
  self->entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, entry_free);
  self->keys = g_string_chunk_new (64);

  lines = g_strsplit (text, "\n", -1);
  for (gsize i = 0; lines[i] != NULL && lines[i][0] != '\0'; i++) {
    g_auto (GStrv) key_and_rest = g_strsplit (lines[i], " ", 2);
    const char *rest = key_and_rest[1] != NULL ? key_and_rest[1] : "";
    Entry *entry = g_new (Entry, 1);

    entry->words = g_strsplit (rest, " ", -1);
    entry->n = g_strv_length (entry->words);
    entry->numbers = g_new (double, entry->n);
    for (gsize j = 0; j < entry->n; j++)
      entry->numbers[j] = g_ascii_strtod (entry->words[j], NULL);
    g_hash_table_insert (self->entries, g_strdup (key_and_rest[0]), entry);
  }

  return self;
}

void
reference_close (Reference *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->entries);
  g_string_chunk_free (self->keys);
  g_free (self);
}

static const Entry *
reference_find (Reference *self, const char *key)
{
  const Entry *entry = g_hash_table_lookup (self->entries, key);

  if (entry == NULL)
    g_error ("The reference has no “%s”", key);

  return entry;
}

const double *
reference_numbers (Reference *self, const char *key, gsize n)
{
  const Entry *entry = reference_find (self, key);

  if (n != 0)
    g_assert_cmpuint (entry->n, ==, n);

  return entry->numbers;
}

gsize
reference_size (Reference *self, const char *key)
{
  return reference_find (self, key)->n;
}

gboolean
reference_has (Reference *self, const char *key)
{
  return g_hash_table_contains (self->entries, key);
}

const char *
reference_word (Reference *self, const char *key, gsize index)
{
  const Entry *entry = reference_find (self, key);

  g_assert_cmpuint (index, <, entry->n);

  return entry->words[index];
}

guint64
reference_integer (Reference *self, const char *key)
{
  return g_ascii_strtoull (reference_word (self, key, 0), NULL, 10);
}

const char *
reference_key (Reference *self, const char *key, gsize index)
{
  g_autofree char *text = g_strdup_printf ("%s.%zu", key, index);

  return g_string_chunk_insert_const (self->keys, text);
}

static void
add_activations (Reference *self,
                 Re3NetworkBuilder *builder,
                 gsize layer,
                 double slope,
                 GError **error)
{
  const char *key = reference_key (self, "activation", layer);
  g_autofree Re3Activation *activations = NULL;
  const double *number;
  gsize width;
  gsize n;

  if (g_hash_table_lookup (self->entries, key) == NULL) {
    re3_network_builder_add_rectifier (builder, slope, error);
    return;
  }

  number = reference_numbers (self, key, 0);
  n = (gsize) *number++;
  width = (reference_size (self, key) - 1) / (3 * n + 2);
  activations = g_new0 (Re3Activation, width);
  for (gsize i = 0; i < width; i++) {
    activations[i].n_thresholds = n;
    for (gsize j = 0; j < n; j++)
      activations[i].thresholds[j] = *number++;
    for (gsize state = 0; state <= n; state++)
      activations[i].pieces[state].slope = *number++;
    for (gsize state = 0; state <= n; state++)
      activations[i].pieces[state].intercept = *number++;
  }
  re3_network_builder_add_activations (builder, activations, error);
}

Re3Network *
reference_network (Reference *self)
{
  const double *widths = reference_numbers (self, "widths", 0);
  const double *slopes = reference_numbers (self, "slopes", 0);
  gsize n_maps = reference_size (self, "widths") - 1;
  g_autoptr (Re3NetworkBuilder) builder = re3_network_builder_new ((gsize) widths[0]);
  g_autoptr (GError) error = NULL;
  Re3Network *network;

  for (gsize layer = 0; layer < n_maps; layer++) {
    gsize n_inputs = (gsize) widths[layer];
    gsize n_outputs = (gsize) widths[layer + 1];

    re3_network_builder_add_affine (
        builder, n_outputs,
        reference_numbers (self, reference_key (self, "weight", layer), n_inputs * n_outputs),
        reference_numbers (self, reference_key (self, "bias", layer), n_outputs), &error);
    g_assert_no_error (error);
    if (layer + 1 < n_maps)
      add_activations (self, builder, layer, slopes[layer], &error);
    g_assert_no_error (error);
  }

  network = re3_network_builder_finish (builder, &error);
  g_assert_no_error (error);

  return network;
}

const double *
reference_point (Reference *self, gsize row)
{
  gsize n_inputs = (gsize) reference_numbers (self, "widths", 0)[0];

  g_assert_cmpuint (row, <, reference_n_rows (self));

  return reference_numbers (self, "points", 0) + row * n_inputs;
}

gsize
reference_n_rows (Reference *self)
{
  return reference_size (self, "labels");
}

Re3Dataset *
reference_dataset (Reference *self, gsize n_times, ReferenceDatasetFlags flags)
{
  gsize n = reference_n_rows (self);
  gsize n_rows = n * n_times;
  gsize n_features = (gsize) reference_numbers (self, "widths", 0)[0];
  gsize n_classes = reference_n_classes (self);
  double *values = g_new (double, n_features *n_rows);
  int *labels = flags & REFERENCE_LABELS ? g_new (int, n_rows) : NULL;
  guint8 *is_test = g_new0 (guint8, n_rows);

  for (gsize row = 0; row < n_rows; row++) {
    for (gsize feature = 0; feature < n_features; feature++)
      values[feature * n_rows + row] = reference_point (self, row % n)[feature];
    if (labels != NULL)
      labels[row] = (int) reference_numbers (self, "labels", n)[row % n];
    if (flags & REFERENCE_TESTS)
      is_test[row] = (guint8) reference_numbers (self, "is_test", n)[row % n];
  }

  return re3_dataset_new (n_features, n_rows, n_classes, values, labels, NULL, is_test);
}

gsize
reference_n_classes (Reference *self)
{
  gsize n_widths = reference_size (self, "widths");

  return (gsize) reference_numbers (self, "widths", 0)[n_widths - 1];
}

Re3Analysis *
reference_analyse (Reference *self)
{
  g_autoptr (Re3Network) network = reference_network (self);
  g_autoptr (Re3Model) model = model_of_network (network);
  g_autoptr (Re3Dataset) dataset = reference_dataset (self, 1, REFERENCE_LABELS | REFERENCE_TESTS);
  g_autoptr (GError) error = NULL;
  Re3Analysis *analysis = re3_analysis_new (model, dataset, NULL, &error);

  g_assert_no_error (error);

  return analysis;
}

const char *
reference_key_text (Reference *self, const char *key, const char *which)
{
  g_autofree char *text = g_strdup_printf ("%s.%s", key, which);

  return g_string_chunk_insert_const (self->keys, text);
}

const char *
reference_set_name (Re3SampleSet set)
{
  static const char *const names[RE3_N_SAMPLE_SETS] = { "train", "test", "all" };

  return names[set];
}

void
reference_assert_near (const char *place,
                       const char *what,
                       double actual,
                       double expected,
                       double tolerance)
{
  double scale = MAX (1, fabs (expected));

  if (actual == expected || (isnan (actual) && isnan (expected)))
    return;
  if (fabs (actual - expected) <= tolerance * scale)
    return;

  g_error ("%s: %s is %.17g, not %.17g (off by %g)", place, what, actual, expected,
           fabs (actual - expected));
}

void
reference_assert_all_near (const char *place,
                           const char *what,
                           const double *actual,
                           const double *expected,
                           gsize n,
                           double tolerance)
{
  for (gsize i = 0; i < n; i++) {
    g_autofree char *which = g_strdup_printf ("%s[%zu]", what, i);

    reference_assert_near (place, which, actual[i], expected[i], tolerance);
  }
}
