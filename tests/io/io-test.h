/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-dataset.h"
#include "re3-io-error.h"
#include "re3-model.h"

#include <gio/gio.h>

/* What the tests of the readers share. */

/* A file called @name with @length bytes of @content (all up to the NUL if that is -1), in a
 * directory of its own that remove_file() takes away too. (transfer full) */
GFile    *write_file        (const char *name,
                             const char *content,
                             gssize      length);
/* Removes it and frees it. */
void      remove_file       (GFile      *file);

/* The file @name of tests/fixtures. (transfer full) */
GByteArray *load_fixture    (const char *name);
/* Packs @length bytes with gzip. (transfer full) */
GByteArray *pack            (const guint8 *content,
                             gsize         length);

/* A linear model of @n_features features and @n_classes classes. @names: (nullable): members of
 * its document, such as "\"classes\": [\"a\", \"b\"],". (transfer full) */
Re3Model *make_model        (gsize       n_features,
                             gsize       n_classes,
                             const char *names);

/* Small enough to follow by hand: h1 = relu(x1 - 1), h2 = relu(x2 + 1) with x = value / 2, features
 * "a" (mm) and "b", and logits (h1 + 3, h2 - h1) of the classes "no" and "yes". (transfer full) */
Re3Model *make_small_model  (void);
/* Six samples for it in two regions, x = (3, 0), (4, 0), (0, 0), (0, 1), (3, 0), (0, 4), of the
 * classes no, yes, yes, yes, no, no; the last two are test samples. (transfer full) */
Re3Dataset *make_small_dataset (gboolean with_labels);

/* That reading gave nothing but a message that holds each text of @saying, parted by "&". Takes
 * and clears the error. */
void      assert_refused    (gconstpointer result,
                             GError      **error,
                             const char   *saying);
