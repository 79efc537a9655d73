/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <math.h>
#include <string.h>

G_BEGIN_DECLS

/* Numbers of IEEE 754 from their bits, widened exactly. */

static inline double
re3_float64_from_bits (guint64 bits)
{
  double number;

  G_STATIC_ASSERT (sizeof number == sizeof bits);
  memcpy (&number, &bits, sizeof number);

  return number;
}

static inline double
re3_float32_from_bits (guint32 bits)
{
  float number;

  G_STATIC_ASSERT (sizeof number == sizeof bits);
  memcpy (&number, &bits, sizeof number);

  return (double) number;
}

/* One bit of sign, 5 of exponent, 10 of fraction. */
static inline double
re3_float16_from_bits (guint16 bits)
{
  int exponent = (bits >> 10) & 0x1f;
  int fraction = bits & 0x3ff;
  double size;

  if (exponent == 0x1f)
    size = fraction == 0 ? (double) INFINITY : (double) NAN;
  else if (exponent == 0)
    size = ldexp (fraction, -24);
  else
    size = ldexp (fraction + 0x400, exponent - 25);

  return bits & 0x8000 ? -size : size;
}

G_END_DECLS
