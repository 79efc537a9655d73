/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-dataset.h"
#include "re3-model.h"

G_BEGIN_DECLS

/* Everything here is made from fixed seeds: the same for each run. */

/* Numbers in [-range, range). (transfer full) */
double     *bench_random_numbers (gsize            n,
                                  double           range,
                                  guint32          seed);
/* A ReLU network with random weights: {16, 8, 4, 2} has 16 inputs, two hidden layers of 8 and 4
 * neurons, and 2 logits. (transfer full) */
Re3Model   *bench_random_model   (const gsize     *widths,
                                  gsize            n_widths);
/* Rows as people measure them: a few causes behind all features, and some noise; random labels, and
 * every fifth row a test sample. (transfer full) */
Re3Dataset *bench_random_data    (const Re3Model  *model,
                                  gsize            n_rows);
/* The data set as CSV with a header, a column "label", and, @with_split, a column "split". */
void        bench_write_csv      (const Re3Model   *model,
                                  const Re3Dataset *dataset,
                                  gboolean          with_split,
                                  const char       *path);
/* The values, (n_features, n_rows) float64, then labels and whether it is a test sample, each
 * n_rows float64: what NumPy takes with fromfile(). */
void        bench_write_binary   (const Re3Dataset *dataset,
                                  const char       *path);
/* A new folder for files (transfer full), and its end. */
char       *bench_folder_new     (void);
void        bench_folder_remove  (char             *folder);

G_END_DECLS
