/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* For the kernels, whose sources are compiled for several instruction sets. */

/* As many numbers as one register holds; GCC and Clang add and multiply them lane by lane. */
#if defined __AVX512F__
#define LANES 8
#elif defined __AVX__
#define LANES 4
#else
#define LANES 2
#endif
typedef double Lanes
    __attribute__ ((vector_size (LANES * sizeof (double)), aligned (sizeof (double)), may_alias));
typedef gint64 LaneBits __attribute__ ((vector_size (LANES * sizeof (gint64))));

static inline Lanes
lanes_load (const double *numbers)
{
  return *(const Lanes *) numbers;
}

static inline void
lanes_store (double *numbers, Lanes lanes)
{
  *(Lanes *) numbers = lanes;
}

static inline Lanes
lanes_absolute (Lanes lanes)
{
  return (Lanes) ((LaneBits) lanes & G_MAXINT64);
}

/* @a in the lanes where @which is -1, @b in those where it is 0. */
static inline LaneBits
lanes_select (LaneBits which, LaneBits a, LaneBits b)
{
  return (which & a) | (~which & b);
}
