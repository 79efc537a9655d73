/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-data-table.h"

G_BEGIN_DECLS

/* Fills @self, which is empty, from an array file, IDX or NumPy: one row for each of its first
 * index, with the numbers of all others as features, in the model's order. Labels are those of a second
 * file: @labels_file, or one beside it that is called as its labels would be: labels-idx1 for
 * images-idx3, y.npy for X.npy.
 * @stream: of the file, from which @head has been read
 * @labels_file: (nullable) */
gboolean re3_array_table_read  (Re3DataTable         *self,
                                GFile                *file,
                                GInputStream         *stream,
                                GByteArray           *head,
                                const Re3Model       *model,
                                const Re3DataOptions *options,
                                GFile                *labels_file,
                                GCancellable         *cancellable,
                                GError              **error);

/* What the labels of a file called @name may be called, the likeliest first.
 * (transfer full) (element-type utf8) */
GPtrArray *re3_array_table_name_labels (const char *name);

G_END_DECLS
