/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-analysis.h"

G_BEGIN_DECLS

/* The names of the files in tests/reference that hold a network. */
extern const char *const reference_networks[];

/**
 * Reference:
 *
 * One file of expected numbers, made by tests/reference/reference.py: lines "key word word ...".
 */
typedef struct _Reference Reference;

/* Reads tests/reference/@name.txt; a test cannot go on without. */
Reference          *reference_open     (const char      *name);
void                reference_close    (Reference       *self);
/* The numbers behind @key, which must be there, and must be @n if that is not 0. */
const double       *reference_numbers  (Reference       *self,
                                        const char      *key,
                                        gsize            n);
gsize               reference_size     (Reference       *self,
                                        const char      *key);
gboolean            reference_has      (Reference       *self,
                                        const char      *key);
const char         *reference_word     (Reference       *self,
                                        const char      *key,
                                        gsize            index);
guint64             reference_integer  (Reference       *self,
                                        const char      *key);
/* "%s.%zu", for keys that stand for one of several. The text lives as long as @self. */
const char         *reference_key      (Reference       *self,
                                        const char      *key,
                                        gsize            index);
/* "%s.%s". */
const char         *reference_key_text (Reference       *self,
                                        const char      *key,
                                        const char      *which);
/* "train", "test", "all". */
const char         *reference_set_name (Re3SampleSet     set);

/* The network of a "network-..." file. (transfer full) */
Re3Network         *reference_network  (Reference       *self);
/* Data row @row of such a file: n_inputs numbers. */
const double       *reference_point    (Reference       *self,
                                        gsize            row);
gsize               reference_n_rows   (Reference       *self);
gsize               reference_n_classes (Reference      *self);

typedef enum {
  REFERENCE_LABELS = 1 << 0,
  REFERENCE_TESTS = 1 << 1,
} ReferenceDatasetFlags;

/* The data set of such a file: its rows @n_times over, with labels and test flags if asked for.
 * (transfer full) */
Re3Dataset         *reference_dataset  (Reference            *self,
                                        gsize                 n_times,
                                        ReferenceDatasetFlags flags);
/* The analysis of its network and data set. (transfer full) */
Re3Analysis        *reference_analyse  (Reference       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reference, reference_close)

/* Equal but for @tolerance, absolutely below 1 and relatively above; infinities must be equal. */
#define assert_near(actual, expected, tolerance)                                                   \
  reference_assert_near (G_STRLOC, #actual, (actual), (expected), (tolerance))

/* The same for @n numbers. */
#define assert_all_near(actual, expected, n, tolerance)                                            \
  reference_assert_all_near (G_STRLOC, #actual, (actual), (expected), (n), (tolerance))

void reference_assert_near     (const char   *place,
                                const char   *what,
                                double        actual,
                                double        expected,
                                double        tolerance);
void reference_assert_all_near (const char   *place,
                                const char   *what,
                                const double *actual,
                                const double *expected,
                                gsize         n,
                                double        tolerance);

G_END_DECLS
