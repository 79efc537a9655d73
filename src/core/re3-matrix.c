/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-matrix.h"

Re3Matrix *
re3_matrix_new (gsize rows, gsize columns)
{
  Re3Matrix *self = g_new (Re3Matrix, 1);
  gsize n_numbers;

  if (!g_size_checked_mul (&n_numbers, rows, columns))
    g_error ("A matrix of %zu x %zu numbers does not fit into memory", rows, columns);

  self->rows = rows;
  self->columns = columns;
  self->data = g_new0 (double, n_numbers);

  return self;
}

void
re3_matrix_free (Re3Matrix *self)
{
  if (self == NULL)
    return;

  g_free (self->data);
  g_free (self);
}
