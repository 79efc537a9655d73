/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench-data.h"
#include "bench-rows.h"
#include "re3-forward.h"
#include "simple-network.h"

#include <dlfcn.h>
#include <math.h>

/* Loaded at run time: linked, its names would be those of GSL's own, plain BLAS. */
#define OPENBLAS "libopenblas.so.0"

#define WIDTH    16
#define N_LAYERS 8 /* affine ones */
#define BATCH    4096
#define N_PASSES 20
#define SIZE     256
#define N_DGEMMS 40

/* A product and a sum for each weight: operations, in 10^9. */
#define GIGA_FORWARD (2.0 * WIDTH * WIDTH * N_LAYERS * BATCH * N_PASSES / 1e9)
#define GIGA_DGEMM   (2.0 * SIZE * SIZE * SIZE * N_DGEMMS / 1e9)

/* As in cblas.h. */
#define ROW_MAJOR      101
#define NOT_TRANSPOSED 111

typedef void (*DgemmFunc) (int order,
                           int transpose_a,
                           int transpose_b,
                           int m,
                           int n,
                           int k,
                           double alpha,
                           const double *a,
                           int stride_a,
                           const double *b,
                           int stride_b,
                           double beta,
                           double *c,
                           int stride_c);
typedef void (*SetThreadsFunc) (int n_threads);

typedef struct {
  DgemmFunc dgemm;
  const Re3Network *network;
  double *inputs;      /* (WIDTH, BATCH) */
  Re3Forward *forward; /* whose memory each pass writes to anew, as dgemm does to c */
  double *a;
  double *b;
  double *c;
} Case;

static BenchTime
run_dgemm (gpointer data)
{
  Case *self = data;
  BenchWatch watch = bench_watch_start (FALSE);

  for (gsize i = 0; i < N_DGEMMS; i++)
    self->dgemm (ROW_MAJOR, NOT_TRANSPOSED, NOT_TRANSPOSED, SIZE, SIZE, SIZE, 1, self->a, SIZE,
                 self->b, SIZE, 0, self->c, SIZE);

  return bench_watch_stop (&watch);
}

static BenchTime
run_forward (gpointer data)
{
  Case *self = data;
  BenchWatch watch = bench_watch_start (FALSE);

  for (gsize i = 0; i < N_PASSES; i++)
    self->forward =
        re3_network_forward_again (self->network, self->inputs, BATCH, self->forward, NULL);

  return bench_watch_stop (&watch);
}

/* That the pass does what is counted. */
static void
check (const Case *self)
{
  const Re3Forward *forward = self->forward;
  SimpleNetwork network;
  double x[WIDTH];
  double z[WIDTH * N_LAYERS];
  double logits[WIDTH];

  simple_network_init (&network, self->network);
  for (gsize s = 0; s < BATCH; s++) {
    for (gsize i = 0; i < WIDTH; i++)
      x[i] = self->inputs[i * BATCH + s];
    simple_forward (&network, x, z, logits);
    for (gsize i = 0; i < WIDTH; i++)
      if (!(fabs (logits[i] - forward->logits[i * forward->stride + s]) <= 1e-9))
        g_error ("The two sides of the bench differ in logit %zu of sample %zu", i, s);
  }
}

void
bench_forward (BenchTable *table)
{
  gsize widths[N_LAYERS + 1];
  g_autoptr (Re3Model) model = NULL;
  g_autofree double *inputs = NULL;
  g_autofree double *a = NULL;
  g_autofree double *b = NULL;
  g_autofree double *c = NULL;
  SetThreadsFunc set_threads;
  void *openblas;
  Case self;
  const BenchRow row = {
    .name = "forward",
    .work = "times of 10^9 operations, 1 thread: a pass through 16x16 layers, batch 4096",
    .baseline = { .label = "OpenBLAS dgemm 256x256",
                  .run = run_dgemm,
                  .data = &self,
                  .scale = 1 / GIGA_DGEMM },
    .ours = { .label = "Re3", .run = run_forward, .data = &self, .scale = 1 / GIGA_FORWARD },
    .target = 0.6,
  };

  if (!bench_table_wants (table, row.name))
    return;
  openblas = dlopen (OPENBLAS, RTLD_NOW | RTLD_LOCAL);
  if (openblas == NULL) {
    bench_table_skip (table, row.name, "there is no " OPENBLAS);
    return;
  }

  for (gsize i = 0; i < G_N_ELEMENTS (widths); i++)
    widths[i] = WIDTH;
  model = bench_random_model (widths, G_N_ELEMENTS (widths));
  self = (Case){ .network = re3_model_get_network (model),
                 .inputs = inputs = bench_random_numbers (WIDTH * BATCH, 1, 1),
                 .a = a = bench_random_numbers (SIZE * SIZE, 1, 2),
                 .b = b = bench_random_numbers (SIZE * SIZE, 1, 3),
                 .c = c = g_new0 (double, SIZE *SIZE) };
  /* The way of POSIX around what ISO C says of pointers to functions. */
  *(void **) &self.dgemm = dlsym (openblas, "cblas_dgemm");
  *(void **) &set_threads = dlsym (openblas, "openblas_set_num_threads");
  set_threads (1);
  self.forward = re3_network_forward (self.network, inputs, BATCH);
  check (&self);
  bench_table_measure (table, &row);
  re3_forward_free (self.forward);
}
