/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-json.h"

G_BEGIN_DECLS

/* What a linear layer has at most. */
#define RE3_SAFETENSOR_MAX_RANK 2

/**
 * Re3Safetensor:
 * @name: its name in the file
 * @rank: number of dimensions; beyond RE3_SAFETENSOR_MAX_RANK no sizes are kept
 * @dims: their sizes
 * @n_values: the product of all sizes
 * @data: its bytes
 * @convert: the number at a place in @data
 * @size: bytes of a number
 *
 * One tensor of a safetensors file. Borrows header and file.
 */
typedef struct {
  const char *name;
  gsize rank;
  gsize dims[RE3_SAFETENSOR_MAX_RANK];
  gsize n_values;
  const guint8 *data;
  double (*convert) (const guint8 *data);
  gsize size;
} Re3Safetensor;

/* Reads the header of the @length bytes of a file, and sees that its tensors fill the rest without
 * gap or overlap. @header: (out) (transfer full): what the tensors borrow their names from.
 * (transfer full) (element-type Re3Safetensor): in the order of the file */
GArray *re3_safetensors_read_header (const guint8  *bytes,
                                     gsize          length,
                                     const char    *name,
                                     cJSON        **header,
                                     GError       **error);
/* All its numbers, widened exactly. Fails where there is no memory for them. (transfer full) */
double *re3_safetensor_get_values   (const Re3Safetensor *self,
                                     GError             **error);

G_END_DECLS
