/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-model.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Opens a model of any format that Re3 reads, told by its content, and says of the others how to
 * get to one. The one door for window and command line. (transfer full) */
Re3Model *re3_model_file_read  (GFile        *file,
                                GCancellable *cancellable,
                                GError      **error);

/* Writes @model in the format that the ending of @file's name asks for. */
gboolean  re3_model_file_write (Re3Model     *model,
                                GFile        *file,
                                GError      **error);

/* Whether names are kept in a sidecar of @file: it is there, and a model of another format than Re3's
 * own, which holds them itself. Reads only its beginning. */
gboolean  re3_model_file_takes_sidecar (GFile *file);

/* Whether the name of @file is one of a model's rather than of a data set's. */
gboolean  re3_model_file_is_model_name (GFile *file);

G_END_DECLS
