/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-onnx-shape.h"

#include "re3-io-error.h"

#include <glib/gi18n-lib.h>
#include <math.h>

Re3OnnxShape
re3_onnx_shape_of_tensor (const Re3OnnxTensor *tensor)
{
  Re3OnnxShape self = { .rank = tensor->rank };

  for (gsize i = 0; i < tensor->rank; i++)
    self.dims[i] = tensor->dims[i];

  return self;
}

gboolean
re3_onnx_shape_has_samples (const Re3OnnxShape *self)
{
  return self->rank > 0 && self->dims[0] == RE3_ONNX_DIM_SAMPLES;
}

gsize
re3_onnx_shape_get_width (const Re3OnnxShape *self)
{
  gsize width = 1;

  for (gsize i = re3_onnx_shape_has_samples (self); i < self->rank; i++)
    width *= (gsize) self->dims[i];

  return width;
}

char *
re3_onnx_shape_describe (const Re3OnnxShape *self)
{
  GString *text = g_string_new ("(");

  for (gsize i = 0; i < self->rank; i++) {
    g_string_append (text, i == 0 ? "" : ", ");
    if (self->dims[i] == RE3_ONNX_DIM_SAMPLES)
      g_string_append_c (text, 'N');
    else
      g_string_append_printf (text, "%" G_GINT64_FORMAT, self->dims[i]);
  }
  g_string_append_c (text, ')');

  return g_string_free (text, FALSE);
}

gboolean
re3_onnx_shape_is_along (const Re3OnnxShape *self, gsize axis)
{
  return axis < self->rank && self->dims[axis] != RE3_ONNX_DIM_SAMPLES &&
         (gsize) self->dims[axis] == re3_onnx_shape_get_width (self);
}

gboolean
re3_onnx_shape_find_axis (const Re3OnnxShape *self, gint64 axis, gsize *found)
{
  gint64 rank = (gint64) self->rank;

  if (axis < -rank || axis >= rank)
    return FALSE;

  *found = (gsize) (axis < 0 ? axis + rank : axis);
  return TRUE;
}

static gboolean
refuse_shape (const Re3OnnxNode *node,
              const Re3OnnxShape *before,
              const Re3OnnxShape *after,
              GError **error)
{
  g_autofree char *from = re3_onnx_shape_describe (before);
  g_autofree char *to = re3_onnx_shape_describe (after);

  return re3_onnx_node_refuse (
      node, error, _ ("makes %s from %s, which mixes the samples or has not as many numbers."), to,
      from);
}

/* Fills in the size that a reshape leaves open, and finds the samples in it: as such, as the number
 * that the model fixes, or as what is left open. */
static gboolean
settle_reshape (const Re3OnnxNode *node,
                const Re3OnnxShape *before,
                gint64 n_samples,
                Re3OnnxShape *after,
                GError **error)
{
  gsize width = re3_onnx_shape_get_width (before);
  gsize product = 1;
  gsize open = G_MAXSIZE;
  gsize first = 0;

  /* A model whose number of samples is open was perhaps traced with one. */
  if (re3_onnx_shape_has_samples (before) && after->rank > 0 &&
      (after->dims[0] == RE3_ONNX_DIM_SAMPLES || after->dims[0] == MAX (n_samples, 1))) {
    after->dims[0] = RE3_ONNX_DIM_SAMPLES;
    first = 1;
  }

  for (gsize i = first; i < after->rank; i++) {
    if (after->dims[i] == -1 && open == G_MAXSIZE)
      open = i;
    else if (after->dims[i] < 0 || !g_size_checked_mul (&product, product, (gsize) after->dims[i]))
      return refuse_shape (node, before, after, error);
  }

  if (open != G_MAXSIZE && product > 0) {
    after->dims[open] = (gint64) (width / product);
    product *= width / product;
  }

  return product == width || refuse_shape (node, before, after, error);
}

/* Whether the samples are where they were, and each has as many numbers. */
static gboolean
check_change (const Re3OnnxNode *node,
              const Re3OnnxShape *before,
              const Re3OnnxShape *after,
              GError **error)
{
  gboolean is_kept = re3_onnx_shape_has_samples (before) == re3_onnx_shape_has_samples (after);

  for (gsize i = 1; i < after->rank; i++)
    is_kept = is_kept && after->dims[i] != RE3_ONNX_DIM_SAMPLES;

  return (is_kept && re3_onnx_shape_get_width (before) == re3_onnx_shape_get_width (after)) ||
         refuse_shape (node, before, after, error);
}

static gboolean
reshape (const Re3OnnxNode *node,
         const Re3OnnxShape *before,
         const Re3OnnxTensor *target,
         gint64 n_samples,
         Re3OnnxShape *after,
         GError **error)
{
  gboolean keeps_zero = re3_onnx_node_get_int (node, "allowzero", 0) != 0;

  if (target == NULL || target->values == NULL)
    return re3_onnx_node_refuse (node, error,
                                 _ ("takes its shape from a computed value, which is not supported "
                                    "yet."));
  if (target->rank > 1 || target->n_values > RE3_ONNX_MAX_RANK)
    return re3_onnx_node_refuse (node, error, _ ("has a shape that is no list of sizes."));

  after->rank = target->n_values;
  for (gsize i = 0; i < after->rank; i++) {
    double size = target->values[i];

    if (isnan (size) && i > 0)
      return re3_onnx_node_refuse (node, error, _ ("mixes the samples."));
    if (isnan (size))
      after->dims[i] = RE3_ONNX_DIM_SAMPLES;
    else if (size == 0 && !keeps_zero && i < before->rank)
      after->dims[i] = before->dims[i];
    else
      after->dims[i] = (gint64) CLAMP (size, -2, (double) G_MAXINT32);
  }

  return settle_reshape (node, before, n_samples, after, error);
}

static gboolean
flatten (const Re3OnnxNode *node, const Re3OnnxShape *before, Re3OnnxShape *after, GError **error)
{
  gint64 axis = re3_onnx_node_get_int (node, "axis", 1);
  gint64 rank = (gint64) before->rank;
  gint64 sizes[2] = { 1, 1 };
  gboolean has_samples[2] = { FALSE, FALSE };

  if (axis < -rank || axis > rank)
    return re3_onnx_node_refuse (node, error, _ ("has an axis that its input has not."));
  if (axis < 0)
    axis += rank;

  for (gint64 i = 0; i < rank; i++) {
    gint64 *size = &sizes[i >= axis];

    /* What is flattened together with the samples has to be of size 1. */
    if (before->dims[i] == RE3_ONNX_DIM_SAMPLES)
      has_samples[i >= axis] = TRUE;
    else
      *size *= before->dims[i];
  }
  *after = (Re3OnnxShape){ 2, { sizes[0], sizes[1] } };
  if (has_samples[1] || (has_samples[0] && sizes[0] != 1))
    return refuse_shape (node, before, after, error);
  if (has_samples[0])
    after->dims[0] = RE3_ONNX_DIM_SAMPLES;

  return TRUE;
}

/* The axes that Squeeze and Unsqueeze name: an attribute before opset 13, and then an input. As
 * flags over @rank dimensions. */
static gboolean
read_axes (const Re3OnnxNode *node,
           const Re3OnnxTensor *parameter,
           gsize rank,
           gboolean *flags,
           GError **error)
{
  g_autoptr (Re3OnnxTensor) attribute = re3_onnx_node_get_list (node, "axes");
  const Re3OnnxTensor *axes = attribute != NULL ? attribute : parameter;

  if (axes == NULL || axes->values == NULL)
    return re3_onnx_node_refuse (node, error, _ ("does not say along which axes."));

  for (gsize i = 0; i < axes->n_values; i++) {
    double axis = axes->values[i] < 0 ? axes->values[i] + (double) rank : axes->values[i];

    if (!(axis >= 0 && axis < (double) rank) || flags[(gsize) axis])
      return re3_onnx_node_refuse (node, error, _ ("has an axis that its input has not."));
    flags[(gsize) axis] = TRUE;
  }

  return TRUE;
}

static gboolean
squeeze (const Re3OnnxNode *node,
         const Re3OnnxShape *before,
         const Re3OnnxTensor *parameter,
         Re3OnnxShape *after,
         GError **error)
{
  gboolean flags[RE3_ONNX_MAX_RANK] = { FALSE };

  if (parameter != NULL || re3_onnx_node_has (node, "axes")) {
    if (!read_axes (node, parameter, before->rank, flags, error))
      return FALSE;
  } else {
    for (gsize i = 0; i < before->rank; i++)
      flags[i] = before->dims[i] == 1;
  }

  for (gsize i = 0; i < before->rank; i++) {
    if (flags[i] && before->dims[i] != 1)
      return re3_onnx_node_refuse (node, error, _ ("takes away an axis of more than one number."));
    if (!flags[i])
      after->dims[after->rank++] = before->dims[i];
  }

  return TRUE;
}

static gboolean
unsqueeze (const Re3OnnxNode *node,
           const Re3OnnxShape *before,
           const Re3OnnxTensor *parameter,
           Re3OnnxShape *after,
           GError **error)
{
  g_autoptr (Re3OnnxTensor) attribute = re3_onnx_node_get_list (node, "axes");
  const Re3OnnxTensor *axes = attribute != NULL ? attribute : parameter;
  gboolean flags[RE3_ONNX_MAX_RANK] = { FALSE };
  gsize next = 0;

  if (axes != NULL && axes->n_values > RE3_ONNX_MAX_RANK - before->rank)
    return re3_onnx_node_refuse (node, error, _ ("makes more dimensions than Re3 reads."));

  after->rank = before->rank + (axes != NULL ? axes->n_values : 0);
  if (!read_axes (node, parameter, after->rank, flags, error))
    return FALSE;

  for (gsize i = 0; i < after->rank; i++)
    after->dims[i] = flags[i] ? 1 : before->dims[next++];

  return TRUE;
}

gboolean
re3_onnx_shape_change (const Re3OnnxNode *node,
                       const Re3OnnxShape *before,
                       const Re3OnnxTensor *parameter,
                       gint64 n_samples,
                       Re3OnnxShape *after,
                       GError **error)
{
  gboolean is_read;

  *after = (Re3OnnxShape){ 0 };
  if (g_str_equal (node->type, "Reshape"))
    is_read = reshape (node, before, parameter, n_samples, after, error);
  else if (g_str_equal (node->type, "Flatten"))
    is_read = flatten (node, before, after, error);
  else if (g_str_equal (node->type, "Squeeze"))
    is_read = squeeze (node, before, parameter, after, error);
  else
    is_read = unsqueeze (node, before, parameter, after, error);

  return is_read && check_change (node, before, after, error);
}

double *
re3_onnx_shape_broadcast (const Re3OnnxNode *node,
                          const Re3OnnxShape *self,
                          const Re3OnnxTensor *constant,
                          GError **error)
{
  gsize first = re3_onnx_shape_has_samples (self);
  gsize width = re3_onnx_shape_get_width (self);
  gsize strides[RE3_ONNX_MAX_RANK] = { 0 };
  gboolean fits = constant->values != NULL;
  gsize stride = 1;
  double *values;

  /* Aligned at the last dimension; those of size 1, and those that are not there, repeat. */
  for (gsize i = 0; i < constant->rank && fits; i++) {
    gint64 size = constant->dims[constant->rank - 1 - i];
    gboolean is_there = i < self->rank && self->rank - 1 - i >= first;

    fits = size == 1 || (is_there && size == self->dims[self->rank - 1 - i]);
    if (is_there && size != 1)
      strides[self->rank - 1 - i] = stride;
    stride *= (gsize) size;
  }

  if (!fits) {
    g_autofree char *wanted = re3_onnx_shape_describe (self);
    g_autofree char *found = re3_onnx_tensor_describe (constant);

    re3_onnx_node_refuse (node, error,
                          _ ("has a constant of shape %s, which does not fit each sample of %s."),
                          found, wanted);
    return NULL;
  }

  values = g_new (double, width);
  for (gsize i = 0; i < width; i++) {
    gsize rest = i;
    gsize index = 0;

    for (gsize j = self->rank; j > first; j--) {
      index += rest % (gsize) self->dims[j - 1] * strides[j - 1];
      rest /= (gsize) self->dims[j - 1];
    }
    values[i] = constant->values[index];
  }

  return values;
}
