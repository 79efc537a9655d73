/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#ifdef __AVX__
#include <immintrin.h>
#endif

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

#if defined __AVX__ && !defined __AVX512F__
/* -1 in the first @n lanes, 0 in the others. */
static inline LaneBits
lanes_first (gsize n)
{
  return (LaneBits){ 0, 1, 2, 3 } < (LaneBits){ 0 } + (gint64) n;
}
#endif

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

/* The same of the first @n lanes alone, up to LANES: the others are 0, and nothing is written where they
 * would go. Numbers copied one by one would be waited for. */
static inline Lanes
lanes_load_first (const double *numbers, gsize n)
{
#if defined __AVX512F__
  return (Lanes) _mm512_maskz_loadu_pd ((__mmask8) ((1U << n) - 1), numbers);
#elif defined __AVX__
  return (Lanes) _mm256_maskload_pd (numbers, (__m256i) lanes_first (n));
#else
  return (Lanes){ n > 0 ? numbers[0] : 0, n > 1 ? numbers[1] : 0 };
#endif
}

static inline void
lanes_store_first (double *numbers, gsize n, Lanes lanes)
{
#if defined __AVX512F__
  _mm512_mask_storeu_pd (numbers, (__mmask8) ((1U << n) - 1), (__m512d) lanes);
#elif defined __AVX__
  _mm256_maskstore_pd (numbers, (__m256i) lanes_first (n), (__m256d) lanes);
#else
  for (gsize i = 0; i < n; i++)
    numbers[i] = lanes[i];
#endif
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
