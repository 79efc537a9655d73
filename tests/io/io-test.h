/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

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

/* A linear model of @n_features features and @n_classes classes. @names: (nullable): members of
 * its document, such as "\"classes\": [\"a\", \"b\"],". (transfer full) */
Re3Model *make_model        (gsize       n_features,
                             gsize       n_classes,
                             const char *names);

/* That reading gave nothing but a message that holds each text of @saying, parted by "&". Takes
 * and clears the error. */
void      assert_refused    (gconstpointer result,
                             GError      **error,
                             const char   *saying);
