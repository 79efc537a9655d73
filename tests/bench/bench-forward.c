/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench-data.h"
#include "bench-rows.h"
#include "re3-forward.h"
#include "simple-network.h"

#include <math.h>

#ifdef HAVE_CBLAS
#include <cblas.h>

#define WIDTH    16
#define N_LAYERS 8 /* affine ones */
#define BATCH    4096
#define N_PASSES 20
#define SIZE     256
#define N_DGEMMS 40

/* A product and a sum for each weight: operations, in 10^9. */
#define GIGA_FORWARD (2.0 * WIDTH * WIDTH * N_LAYERS * BATCH * N_PASSES / 1e9)
#define GIGA_DGEMM   (2.0 * SIZE * SIZE * SIZE * N_DGEMMS / 1e9)

typedef struct {
  const Re3Network *network;
  double *inputs; /* (WIDTH, BATCH) */
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
    cblas_dgemm (CblasRowMajor, CblasNoTrans, CblasNoTrans, SIZE, SIZE, SIZE, 1, self->a, SIZE,
                 self->b, SIZE, 0, self->c, SIZE);

  return bench_watch_stop (&watch);
}

static BenchTime
run_forward (gpointer data)
{
  const Case *self = data;
  BenchWatch watch = bench_watch_start (FALSE);

  for (gsize i = 0; i < N_PASSES; i++)
    re3_forward_free (re3_network_forward (self->network, self->inputs, BATCH));

  return bench_watch_stop (&watch);
}

/* That the pass does what is counted. */
static void
check (const Case *self)
{
  g_autoptr (Re3Forward) forward = re3_network_forward (self->network, self->inputs, BATCH);
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
      if (!(fabs (logits[i] - forward->logits[i * BATCH + s]) <= 1e-9))
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

  for (gsize i = 0; i < G_N_ELEMENTS (widths); i++)
    widths[i] = WIDTH;
  model = bench_random_model (widths, G_N_ELEMENTS (widths));
  self = (Case){ .network = re3_model_get_network (model),
                 .inputs = inputs = bench_random_numbers (WIDTH * BATCH, 1, 1),
                 .a = a = bench_random_numbers (SIZE * SIZE, 1, 2),
                 .b = b = bench_random_numbers (SIZE * SIZE, 1, 3),
                 .c = c = g_new0 (double, SIZE *SIZE) };
  openblas_set_num_threads (1);
  check (&self);
  bench_table_measure (table, &row);
}

#else

void
bench_forward (BenchTable *table)
{
  if (bench_table_wants (table, "forward"))
    bench_table_skip (table, "forward", "built without OpenBLAS (libopenblas-dev)");
}

#endif
