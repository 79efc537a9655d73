/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * Re3Matrix:
 * @rows: number of rows
 * @columns: number of columns
 * @data: rows * columns numbers, row after row
 */
typedef struct {
  gsize rows;
  gsize columns;
  double *data;
} Re3Matrix;

void re3_matrix_free (Re3Matrix *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Re3Matrix, re3_matrix_free)

static inline double *
re3_matrix_row (const Re3Matrix *self, gsize row)
{
  return self->data + row * self->columns;
}

G_END_DECLS
