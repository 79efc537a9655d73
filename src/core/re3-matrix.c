/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-matrix.h"

void
re3_matrix_free (Re3Matrix *self)
{
  if (self == NULL)
    return;

  g_free (self->data);
  g_free (self);
}
