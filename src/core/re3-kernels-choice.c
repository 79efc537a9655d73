/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-kernels-private.h"

extern const Re3Kernels re3_kernels_portable;
#ifdef RE3_HAVE_X86_64_KERNELS
extern const Re3Kernels re3_kernels_v2;
extern const Re3Kernels re3_kernels_v3;
extern const Re3Kernels re3_kernels_v4;
#endif

#define N_KERNELS_MAX 4

static const Re3Kernels *usable[N_KERNELS_MAX];
static gsize n_usable;

/* Before main(), and so before any thread. */
__attribute__ ((constructor)) static void
find_usable (void)
{
#ifdef RE3_HAVE_X86_64_KERNELS
  __builtin_cpu_init ();
  if (__builtin_cpu_supports ("x86-64-v4"))
    usable[n_usable++] = &re3_kernels_v4;
  if (__builtin_cpu_supports ("x86-64-v3"))
    usable[n_usable++] = &re3_kernels_v3;
  if (__builtin_cpu_supports ("x86-64-v2"))
    usable[n_usable++] = &re3_kernels_v2;
#endif
  usable[n_usable++] = &re3_kernels_portable;
}

const Re3Kernels *
re3_kernels_get (void)
{
  return usable[0];
}

const Re3SampleKernels *
re3_sample_kernels_get (void)
{
  return usable[0]->samples;
}

const Re3Kernels *const *
re3_kernels_list (gsize *n_kernels)
{
  *n_kernels = n_usable;

  return usable;
}
