/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define RE3_DEFAULT_TEST_FRACTION 0.2
#define RE3_DEFAULT_SEED          42

/* Chooses the test samples: a stratified share @fraction of @n_rows, the same for the same input
 * everywhere. round(fraction * n_rows) samples in all (halves up); each class gives
 * floor(fraction * its size), and those missing come one each from the classes with the largest
 * remainders, ties to the smaller label. Within a class its rows, in file order, are shuffled
 * from the last down to the second (Fisher-Yates, j = next() % (i + 1)) by one SplitMix64
 * generator (Steele, Lea, Flood 2014), whose state starts at @seed, class after class in the
 * order of their labels; the first ones of each class are test samples.
 * @labels: (nullable): %NULL is one class. Fails where there is no memory for the order of the rows.
 * (transfer full): n_rows flags. */
guint8 *re3_split_stratified (const int *labels,
                              gsize      n_rows,
                              double     fraction,
                              guint64    seed,
                              GError   **error);

G_END_DECLS
