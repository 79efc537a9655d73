/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-onnx-tensor.h"

#include "re3-float-bits.h"
#include "re3-io-error.h"
#include "re3-memory.h"
#include "re3-onnx-external.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* 1 GiB in double precision. */
#define MAX_VALUES (128 * 1024 * 1024)

static void
tensor_clear (gpointer data)
{
  Re3OnnxTensor *self = data;

  g_free (self->values);
  g_strfreev (self->strings);
}

Re3OnnxTensor *
re3_onnx_tensor_ref (Re3OnnxTensor *self)
{
  return g_rc_box_acquire (self);
}

void
re3_onnx_tensor_unref (Re3OnnxTensor *self)
{
  g_rc_box_release_full (self, tensor_clear);
}

static Re3OnnxTensor *
tensor_new_empty (int type, gsize rank, const gint64 *dims)
{
  Re3OnnxTensor *self = g_rc_box_new0 (Re3OnnxTensor);

  g_assert (rank <= RE3_ONNX_MAX_RANK);

  self->type = type;
  self->rank = rank;
  self->n_values = 1;
  for (gsize i = 0; i < rank; i++) {
    self->dims[i] = dims[i];
    self->n_values *= (gsize) dims[i];
  }

  return self;
}

Re3OnnxTensor *
re3_onnx_tensor_new (int type, gsize rank, const gint64 *dims)
{
  Re3OnnxTensor *self = tensor_new_empty (type, rank, dims);

  self->values = g_new0 (double, MAX (self->n_values, 1));

  return self;
}

Re3OnnxTensor *
re3_onnx_tensor_new_list (int type, gsize rank, const double *values, gsize n_values)
{
  Re3OnnxTensor *self = re3_onnx_tensor_new (type, rank, (gint64[]){ (gint64) n_values });

  g_assert (rank <= 1 && self->n_values == n_values);
  for (gsize i = 0; i < n_values; i++)
    self->values[i] = values[i];

  return self;
}

Re3OnnxTensor *
re3_onnx_tensor_reshape (const Re3OnnxTensor *self, gsize rank, const gint64 *dims)
{
  Re3OnnxTensor *copy = tensor_new_empty (self->type, rank, dims);

  g_assert (copy->n_values == self->n_values);
  if (self->values != NULL)
    copy->values = g_memdup2 (self->values, MAX (self->n_values, 1) * sizeof (double));
  copy->strings = g_strdupv (self->strings);

  return copy;
}

char *
re3_onnx_tensor_describe (const Re3OnnxTensor *self)
{
  GString *text = g_string_new ("(");

  for (gsize i = 0; i < self->rank; i++)
    g_string_append_printf (text, "%s%" G_GINT64_FORMAT, i == 0 ? "" : ", ", self->dims[i]);
  g_string_append (text, self->rank == 1 ? ",)" : ")");

  return g_string_free (text, FALSE);
}

/* Bytes that a number of @type takes; 0 for what is no number, or none that Re3 reads. */
static gsize
get_size (int type)
{
  switch (type) {
  case ONNX__TENSOR_PROTO__DATA_TYPE__BOOL:
  case ONNX__TENSOR_PROTO__DATA_TYPE__INT8:
  case ONNX__TENSOR_PROTO__DATA_TYPE__UINT8:
    return 1;
  case ONNX__TENSOR_PROTO__DATA_TYPE__INT16:
  case ONNX__TENSOR_PROTO__DATA_TYPE__UINT16:
  case ONNX__TENSOR_PROTO__DATA_TYPE__FLOAT16:
  case ONNX__TENSOR_PROTO__DATA_TYPE__BFLOAT16:
    return 2;
  case ONNX__TENSOR_PROTO__DATA_TYPE__INT32:
  case ONNX__TENSOR_PROTO__DATA_TYPE__UINT32:
  case ONNX__TENSOR_PROTO__DATA_TYPE__FLOAT:
    return 4;
  case ONNX__TENSOR_PROTO__DATA_TYPE__INT64:
  case ONNX__TENSOR_PROTO__DATA_TYPE__UINT64:
  case ONNX__TENSOR_PROTO__DATA_TYPE__DOUBLE:
    return 8;
  default:
    return 0;
  }
}

/* A number of @type from its bits, which stand in the low bits of @bits. */
static double
convert_bits (int type, guint64 bits)
{
  switch (type) {
  case ONNX__TENSOR_PROTO__DATA_TYPE__FLOAT:
    return re3_float32_from_bits ((guint32) bits);
  case ONNX__TENSOR_PROTO__DATA_TYPE__DOUBLE:
    return re3_float64_from_bits (bits);
  case ONNX__TENSOR_PROTO__DATA_TYPE__FLOAT16:
    return re3_float16_from_bits ((guint16) bits);
  case ONNX__TENSOR_PROTO__DATA_TYPE__BFLOAT16:
    return re3_float32_from_bits ((guint32) (bits & 0xffff) << 16);
  case ONNX__TENSOR_PROTO__DATA_TYPE__INT8:
    return (gint8) bits;
  case ONNX__TENSOR_PROTO__DATA_TYPE__INT16:
    return (gint16) bits;
  case ONNX__TENSOR_PROTO__DATA_TYPE__INT32:
    return (gint32) bits;
  case ONNX__TENSOR_PROTO__DATA_TYPE__INT64:
    return (double) (gint64) bits;
  case ONNX__TENSOR_PROTO__DATA_TYPE__BOOL:
    return (bits & 0xff) != 0;
  case ONNX__TENSOR_PROTO__DATA_TYPE__UINT8:
    return (guint8) bits;
  case ONNX__TENSOR_PROTO__DATA_TYPE__UINT16:
    return (guint16) bits;
  case ONNX__TENSOR_PROTO__DATA_TYPE__UINT32:
    return (guint32) bits;
  default:
    return (double) bits;
  }
}

static gboolean
check_count (gsize found, gsize wanted, const char *what, const char *place, GError **error)
{
  if (found == wanted)
    return TRUE;

  g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_CONTENT,
               _ ("%s: its shape takes %zu %s, but it has %zu."), place, wanted, what, found);
  return FALSE;
}

static void
take_raw (Re3OnnxTensor *self, const guint8 *bytes)
{
  gsize size = get_size (self->type);

  for (gsize i = 0; i < self->n_values; i++) {
    guint64 bits = 0;

    for (gsize j = 0; j < size; j++)
      bits |= (guint64) bytes[i * size + j] << (8 * j);
    self->values[i] = convert_bits (self->type, bits);
  }
}

/* The numbers of the field that the type of the tensor is kept in. */
static gboolean
take_typed (Re3OnnxTensor *self, const Onnx__TensorProto *proto, const char *place, GError **error)
{
  const char *what = _ ("numbers");

  switch (self->type) {
  case ONNX__TENSOR_PROTO__DATA_TYPE__FLOAT:
    if (!check_count (proto->n_float_data, self->n_values, what, place, error))
      return FALSE;
    for (gsize i = 0; i < self->n_values; i++)
      self->values[i] = proto->float_data[i];
    return TRUE;
  case ONNX__TENSOR_PROTO__DATA_TYPE__DOUBLE:
    if (!check_count (proto->n_double_data, self->n_values, what, place, error))
      return FALSE;
    for (gsize i = 0; i < self->n_values; i++)
      self->values[i] = proto->double_data[i];
    return TRUE;
  case ONNX__TENSOR_PROTO__DATA_TYPE__INT64:
    if (!check_count (proto->n_int64_data, self->n_values, what, place, error))
      return FALSE;
    for (gsize i = 0; i < self->n_values; i++)
      self->values[i] = (double) proto->int64_data[i];
    return TRUE;
  case ONNX__TENSOR_PROTO__DATA_TYPE__UINT32:
  case ONNX__TENSOR_PROTO__DATA_TYPE__UINT64:
    if (!check_count (proto->n_uint64_data, self->n_values, what, place, error))
      return FALSE;
    for (gsize i = 0; i < self->n_values; i++)
      self->values[i] = convert_bits (self->type, proto->uint64_data[i]);
    return TRUE;
  default:
    if (!check_count (proto->n_int32_data, self->n_values, what, place, error))
      return FALSE;
    for (gsize i = 0; i < self->n_values; i++)
      self->values[i] = convert_bits (self->type, (guint32) proto->int32_data[i]);
    return TRUE;
  }
}

static gboolean
take_strings (Re3OnnxTensor *self,
              const Onnx__TensorProto *proto,
              const char *place,
              GError **error)
{
  if (!check_count (proto->n_string_data, self->n_values, _ ("texts"), place, error))
    return FALSE;

  self->strings = g_new0 (char *, self->n_values + 1);
  for (gsize i = 0; i < self->n_values; i++)
    self->strings[i] =
        g_utf8_make_valid ((const char *) proto->string_data[i].data, proto->string_data[i].len);

  return TRUE;
}

/* Whether @proto has as many values as it claims is told before memory is asked for: how many its
 * own fields hold, or the file that they are in. */
static gboolean
take_values (Re3OnnxTensor *self,
             const Onnx__TensorProto *proto,
             GFile *folder,
             const char *place,
             GError **error)
{
  gsize n_bytes = self->n_values * get_size (self->type);
  gboolean is_external = proto->data_location == ONNX__TENSOR_PROTO__DATA_LOCATION__EXTERNAL;
  gsize n_typed = MAX (MAX (proto->n_float_data, proto->n_double_data),
                       MAX (MAX (proto->n_int32_data, proto->n_int64_data), proto->n_uint64_data));
  g_autofree guint8 *external = NULL;

  if (is_external) {
    external = re3_onnx_external_read (proto, folder, n_bytes, place, error);
    if (external == NULL)
      return FALSE;
  } else if (proto->has_raw_data) {
    if (!check_count (proto->raw_data.len, n_bytes, _ ("bytes"), place, error))
      return FALSE;
  } else if (!check_count (n_typed, self->n_values, _ ("numbers"), place, error)) {
    return FALSE;
  }

  self->values =
      re3_try_new0 (double, self->n_values, 1, error, _ ("its %zu numbers"), self->n_values);
  if (self->values == NULL) {
    g_prefix_error (error, "%s: ", place);
    return FALSE;
  }
  if (!is_external && !proto->has_raw_data)
    return take_typed (self, proto, place, error);

  take_raw (self, is_external ? external : proto->raw_data.data);
  return TRUE;
}

static gboolean
check_shape (const Onnx__TensorProto *proto, const char *place, GError **error)
{
  gsize n_values = 1;

  if (proto->n_dims > RE3_ONNX_MAX_RANK) {
    g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_UNSUPPORTED,
                 _ ("%s: it has %zu dimensions; Re3 reads tensors of up to %d."), place,
                 proto->n_dims, RE3_ONNX_MAX_RANK);
    return FALSE;
  }

  for (gsize i = 0; i < proto->n_dims; i++) {
    gint64 dim = proto->dims[i];

    if (dim < 0) {
      g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_CONTENT,
                   _ ("%s: its dimension %zu has the size %lld, below 0."), place, i,
                   (long long) dim);
      return FALSE;
    }
    if (!g_size_checked_mul (&n_values, n_values, (gsize) dim) || n_values > MAX_VALUES) {
      g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_TOO_LARGE,
                   _ ("%s: it has more than %d numbers, which is more than Re3 reads."), place,
                   MAX_VALUES);
      return FALSE;
    }
  }

  return TRUE;
}

Re3OnnxTensor *
re3_onnx_tensor_read (const Onnx__TensorProto *proto,
                      GFile *folder,
                      const char *place,
                      GError **error)
{
  g_autoptr (Re3OnnxTensor) self = NULL;
  gboolean is_read;

  g_return_val_if_fail (proto != NULL && place != NULL, NULL);

  if (!check_shape (proto, place, error))
    return NULL;

  if (proto->segment != NULL) {
    g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_UNSUPPORTED,
                 _ ("%s: it is stored in pieces, which Re3 does not read; export it again."),
                 place);
    return NULL;
  }

  self = tensor_new_empty (proto->data_type, proto->n_dims, proto->dims);
  if (proto->data_type == ONNX__TENSOR_PROTO__DATA_TYPE__STRING) {
    is_read = take_strings (self, proto, place, error);
  } else if (get_size (proto->data_type) == 0) {
    g_set_error (
        error, RE3_IO_ERROR, RE3_IO_ERROR_UNSUPPORTED,
        _ ("%s: its numbers are of ONNX's data type %d, which Re3 does not read; export the "
           "model in float32 or float64."),
        place, proto->data_type);
    is_read = FALSE;
  } else {
    is_read = take_values (self, proto, folder, place, error);
  }

  return is_read ? g_steal_pointer (&self) : NULL;
}
