/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <string.h>

G_BEGIN_DECLS

#define RE3_SORT_SIGN_BIT (G_GUINT64_CONSTANT (1) << 63)

/* The bits of a float64 sort as integers do, once the negative ones are turned round. */
static inline guint64
re3_sort_key (double number)
{
  guint64 bits;

  memcpy (&bits, &number, sizeof bits);

  return bits & RE3_SORT_SIGN_BIT ? ~bits : bits | RE3_SORT_SIGN_BIT;
}

G_END_DECLS
