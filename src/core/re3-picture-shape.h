/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-dataset.h"
#include "re3-model.h"

G_BEGIN_DECLS

/* Whether the features of @model are the pixels of a picture, row after row, and its shape: as the data
 * set says, or as their names do, which are p(1,1), p(1,2), ... or count from 0.
 * @dataset: (nullable)
 * @n_rows, @n_columns: (out) */
gboolean re3_picture_shape_find (const Re3Model   *model,
                                 const Re3Dataset *dataset,
                                 gsize            *n_rows,
                                 gsize            *n_columns);

G_END_DECLS
