/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-split.h"

#include "re3-memory.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* The rows of one label. */
typedef struct {
  int label;
  gsize size;
  gsize n_test;
  double remainder;
} Stratum;

static guint64
splitmix64_next (guint64 *state)
{
  guint64 z = *state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);

  return z ^ (z >> 31);
}

/* The place of the first stratum whose label is not less. */
static guint
find_place (const GArray *strata, int label)
{
  guint first = 0;
  guint end = strata->len;

  while (first < end) {
    guint middle = first + (end - first) / 2;

    if (g_array_index (strata, Stratum, middle).label < label)
      first = middle + 1;
    else
      end = middle;
  }

  return first;
}

/* The distinct labels in their order, with the number of their rows. */
static GArray *
find_strata (const int *labels, gsize n_rows)
{
  GArray *strata = g_array_new (FALSE, FALSE, sizeof (Stratum));

  for (gsize row = 0; row < n_rows; row++) {
    guint place = find_place (strata, labels[row]);

    if (place == strata->len || g_array_index (strata, Stratum, place).label != labels[row]) {
      Stratum stratum = { .label = labels[row] };

      g_array_insert_val (strata, place, stratum);
    }
    g_array_index (strata, Stratum, place).size++;
  }

  return strata;
}

/* Shares out the test samples by largest remainder. */
static void
apportion (GArray *strata, gsize n_rows, double fraction)
{
  gsize n_test = (gsize) floor (fraction * (double) n_rows + 0.5);
  gsize n_given = 0;

  for (guint i = 0; i < strata->len; i++) {
    Stratum *stratum = &g_array_index (strata, Stratum, i);
    double share = fraction * (double) stratum->size;

    stratum->n_test = (gsize) floor (share);
    stratum->remainder = share - floor (share);
    n_given += stratum->n_test;
  }

  for (; n_given < n_test; n_given++) {
    Stratum *neediest = &g_array_index (strata, Stratum, 0);

    for (guint i = 1; i < strata->len; i++) {
      Stratum *stratum = &g_array_index (strata, Stratum, i);

      if (stratum->remainder > neediest->remainder)
        neediest = stratum;
    }
    g_assert (neediest->n_test < neediest->size);
    neediest->n_test++;
    neediest->remainder = -1;
  }
}

static void
shuffle (gsize *rows, gsize n, guint64 *state)
{
  for (gsize i = n; i-- > 1;) {
    gsize j = splitmix64_next (state) % (i + 1);
    gsize row = rows[i];

    rows[i] = rows[j];
    rows[j] = row;
  }
}

/* The rows of the first stratum, then those of the second, ..., each in their order. */
static void
sort_rows (const int *labels, gsize n_rows, const GArray *strata, gsize *rows)
{
  g_autofree gsize *ends = g_new0 (gsize, strata->len);

  for (guint i = 1; i < strata->len; i++)
    ends[i] = ends[i - 1] + g_array_index (strata, Stratum, i - 1).size;
  for (gsize row = 0; row < n_rows; row++)
    rows[ends[find_place (strata, labels[row])]++] = row;
}

guint8 *
re3_split_stratified (const int *labels,
                      gsize n_rows,
                      double fraction,
                      guint64 seed,
                      GError **error)
{
  g_autofree int *one_class = NULL;
  g_autofree gsize *rows = NULL;
  gsize *next;
  g_autoptr (GArray) strata = NULL;
  g_autofree guint8 *is_test = NULL;
  guint64 state = seed;

  g_return_val_if_fail (fraction >= 0 && fraction <= 1, NULL);

  is_test = re3_try_new0 (guint8, n_rows, 1, error, _ ("the split of %zu rows"), n_rows);
  if (is_test == NULL || n_rows == 0)
    return g_steal_pointer (&is_test);

  if (labels == NULL) {
    labels = one_class = re3_try_new0 (int, n_rows, 1, error, _ ("the labels of %zu rows"), n_rows);
    if (labels == NULL)
      return NULL;
  }

  rows = re3_try_new (gsize, n_rows, 1, error, _ ("the order of %zu rows"), n_rows);
  if (rows == NULL)
    return NULL;
  strata = find_strata (labels, n_rows);
  apportion (strata, n_rows, fraction);
  sort_rows (labels, n_rows, strata, rows);
  next = rows;

  for (guint i = 0; i < strata->len; i++) {
    const Stratum *stratum = &g_array_index (strata, Stratum, i);

    shuffle (next, stratum->size, &state);
    for (gsize j = 0; j < stratum->n_test; j++)
      is_test[next[j]] = TRUE;
    next += stratum->size;
  }

  return g_steal_pointer (&is_test);
}
