/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-safetensors-header.h"

#include "re3-float-bits.h"
#include "re3-io-error.h"
#include "re3-io-file.h"
#include "re3-memory.h"

#include <glib/gi18n-lib.h>

#define LENGTH_SIZE     8
#define MAX_HEADER_SIZE (16 * 1024 * 1024)
#define MAX_TENSORS     4096

/* What sizes may be and still be exact in JSON. */
#define MAX_SIZE 9007199254740992.0

#define METADATA "__metadata__"

static guint64
read_bits (const guint8 *data, gsize size)
{
  guint64 bits = 0;

  for (gsize i = 0; i < size; i++)
    bits |= (guint64) data[i] << (8 * i);

  return bits;
}

static double
convert_f64 (const guint8 *data)
{
  return re3_float64_from_bits (read_bits (data, 8));
}

static double
convert_f32 (const guint8 *data)
{
  return re3_float32_from_bits ((guint32) read_bits (data, 4));
}

static double
convert_f16 (const guint8 *data)
{
  return re3_float16_from_bits ((guint16) read_bits (data, 2));
}

static double
convert_bf16 (const guint8 *data)
{
  return re3_float32_from_bits ((guint32) read_bits (data, 2) << 16);
}

static const struct {
  const char *name;
  double (*convert) (const guint8 *data);
  gsize size;
} types[] = {
  { "F64", convert_f64, 8 },
  { "F32", convert_f32, 4 },
  { "F16", convert_f16, 2 },
  { "BF16", convert_bf16, 2 },
};

static gboolean
fail (const char *name, const char *place, GError **error, const char *reason)
{
  g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_CONTENT, "%s: %s %s", name, place, reason);
  return FALSE;
}

static gboolean
read_size (const cJSON *item, const char *name, const char *place, gsize *size, GError **error)
{
  double number;

  if (!re3_json_read_number (item, name, place, &number, error))
    return FALSE;
  if (!(number >= 0 && number <= MAX_SIZE) || number != floor (number))
    return fail (name, place, error, _ ("has a number that is no size."));

  *size = (gsize) number;
  return TRUE;
}

static gboolean
read_type (Re3Safetensor *self,
           const char *type,
           const char *file,
           const char *place,
           GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_str_equal (type, types[i].name)) {
      self->convert = types[i].convert;
      self->size = types[i].size;
      return TRUE;
    }

  return fail (file, place, error,
               _ ("is of a type that Re3 does not read; it reads F64, F32, F16 and BF16."));
}

static gboolean
read_shape (Re3Safetensor *self,
            const cJSON *shape,
            const char *file,
            const char *place,
            GError **error)
{
  const cJSON *item;

  if (!re3_json_check_array (shape, file, place, error))
    return FALSE;

  self->n_values = 1;
  cJSON_ArrayForEach (item, shape)
  {
    gsize size;

    if (!read_size (item, file, place, &size, error))
      return FALSE;
    if (!g_size_checked_mul (&self->n_values, self->n_values, size))
      return fail (file, place, error, _ ("has a shape that no memory holds."));
    if (self->rank < RE3_SAFETENSOR_MAX_RANK)
      self->dims[self->rank] = size;
    self->rank++;
  }

  return TRUE;
}

/* @n_bytes: of all tensors; @begin: (out): of this one */
static gboolean
read_tensor (Re3Safetensor *self,
             const cJSON *item,
             const guint8 *data,
             gsize n_bytes,
             const char *file,
             GError **error)
{
  static const char *const members[] = { "dtype", "shape", "data_offsets", NULL };
  g_autofree char *quote = re3_io_quote (item->string);
  g_autofree char *place = g_strdup_printf (_ ("tensor '%s'"), quote);
  const cJSON *offsets = re3_json_get_member (item, "data_offsets");
  const char *type;
  gsize begin;
  gsize end;
  gsize wanted;

  self->name = item->string;
  if (!re3_json_check_object (item, file, place, error) ||
      !re3_json_check_members (item, file, place, members, error) ||
      !re3_json_check_array (offsets, file, place, error))
    return FALSE;
  type = re3_json_read_string (re3_json_get_member (item, "dtype"), file, place, error);
  if (type == NULL || !read_type (self, type, file, place, error) ||
      !read_shape (self, re3_json_get_member (item, "shape"), file, place, error) ||
      !read_size (cJSON_GetArrayItem (offsets, 0), file, place, &begin, error) ||
      !read_size (cJSON_GetArrayItem (offsets, 1), file, place, &end, error))
    return FALSE;

  if (begin > end || end > n_bytes || re3_json_get_size (offsets) != 2)
    return fail (file, place, error, _ ("is not within the file; was it cut off?"));
  if (!g_size_checked_mul (&wanted, self->n_values, self->size) || wanted != end - begin)
    return fail (file, place, error, _ ("has not as many bytes as its shape takes."));
  self->data = data + begin;

  return TRUE;
}

static int
compare_places (gconstpointer a, gconstpointer b)
{
  const Re3Safetensor *first = a;
  const Re3Safetensor *second = b;

  if (first->data == second->data)
    return (first->n_values > second->n_values) - (first->n_values < second->n_values);

  return first->data < second->data ? -1 : 1;
}

static gboolean
check_cover (const GArray *tensors,
             const guint8 *data,
             gsize n_bytes,
             const char *name,
             GError **error)
{
  const guint8 *end = data;

  for (guint i = 0; i < tensors->len; i++) {
    const Re3Safetensor *tensor = &g_array_index (tensors, Re3Safetensor, i);
    g_autofree char *quote = re3_io_quote (tensor->name);
    g_autofree char *place = g_strdup_printf (_ ("tensor '%s'"), quote);

    if (tensor->data != end)
      return fail (name, place, error, _ ("does not start where the one before it ends."));
    end += tensor->n_values * tensor->size;
  }

  return end == data + n_bytes ||
         fail (name, _ ("the file"), error, _ ("goes on behind its last tensor."));
}

GArray *
re3_safetensors_read_header (const guint8 *bytes,
                             gsize length,
                             const char *name,
                             cJSON **header,
                             GError **error)
{
  g_autoptr (GArray) tensors = g_array_new (FALSE, TRUE, sizeof (Re3Safetensor));
  g_autoptr (cJSON) document = NULL;
  g_autofree char *text = NULL;
  guint64 size = length >= LENGTH_SIZE ? read_bits (bytes, LENGTH_SIZE) : G_MAXUINT64;
  const cJSON *item;

  if (size > MAX_HEADER_SIZE || size > length - LENGTH_SIZE) {
    fail (name, _ ("the header"), error,
          _ ("is longer than the file, or than Re3 reads; was it cut off?"));
    return NULL;
  }

  text = g_strndup ((const char *) bytes + LENGTH_SIZE, size);
  document = re3_json_parse (text, strlen (text), name, error);
  if (document == NULL || !re3_json_check_object (document, name, _ ("the header"), error))
    return NULL;

  cJSON_ArrayForEach (item, document)
  {
    Re3Safetensor tensor = { 0 };

    if (g_str_equal (item->string, METADATA))
      continue;
    if (tensors->len == MAX_TENSORS) {
      fail (name, _ ("the header"), error, _ ("names more tensors than Re3 reads."));
      return NULL;
    }
    if (!read_tensor (&tensor, item, bytes + LENGTH_SIZE + size, length - LENGTH_SIZE - size, name,
                      error))
      return NULL;
    g_array_append_val (tensors, tensor);
  }

  g_array_sort (tensors, compare_places);
  if (!check_cover (tensors, bytes + LENGTH_SIZE + size, length - LENGTH_SIZE - size, name, error))
    return NULL;

  *header = g_steal_pointer (&document);
  return g_steal_pointer (&tensors);
}

double *
re3_safetensor_get_values (const Re3Safetensor *self, GError **error)
{
  double *values =
      re3_try_new (double, self->n_values, 1, error, _ ("its %zu numbers"), self->n_values);

  for (gsize i = 0; i < self->n_values && values != NULL; i++)
    values[i] = self->convert (self->data + i * self->size);

  return values;
}
