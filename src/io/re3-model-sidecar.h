/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-model.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* A larger document beside a model is not read. */
#define RE3_SIDECAR_MAX_SIZE (16 * 1024 * 1024)

/* The *sidecar* of a model that is not in Re3's own format: a Re3 document beside it without
 * "layers", NAME.re3.json for NAME.onnx, that says what the file does not (design §5). */

/**
 * Re3ModelNames:
 * @features: a name for each feature
 * @feature_units: a unit for each; an empty one is none
 * @feature_columns: for each the column of a data set; an empty one is called as the feature
 * @classes: a name for each class, or for each output of a regression network
 * @class_units: a unit for each, all empty for a classifier
 *
 * What people call the features and the classes of a model. All are %NULL-terminated.
 */
typedef struct {
  GStrv features;
  GStrv feature_units;
  GStrv feature_columns;
  GStrv classes;
  GStrv class_units;
} Re3ModelNames;

/* Those that @model has now. (transfer full) */
Re3ModelNames *re3_model_names_new     (const Re3Model      *model);
void           re3_model_names_free    (Re3ModelNames       *self);
/* Whether they can be those of @model: one for each, none empty, no two alike. */
gboolean       re3_model_names_check   (const Re3ModelNames *self,
                                        const Re3Model      *model,
                                        GError             **error);

/* What the sidecar of @model_file is called, whether it is there or not. (transfer full) (nullable) */
GFile         *re3_model_sidecar_get_file (GFile            *model_file);
/* A document with "layers" is a model of its own and no sidecar. @text: (out) (nullable)
 * (transfer full): %NULL where there is none; @name: (out) (transfer full): of that file */
gboolean       re3_model_sidecar_load  (GFile               *model_file,
                                        char               **text,
                                        char               **name,
                                        GCancellable        *cancellable,
                                        GError             **error);
/* Writes @names, whole or not at all, into the sidecar of @model_file, which @model was read from.
 * All else that the sidecar says stays; the members of its groups are renamed. Names that the model
 * has from Re3 alone, as they were, are not written. Fails where they do not check, and where a model
 * of its own has the sidecar's place. */
gboolean       re3_model_sidecar_write (GFile               *model_file,
                                        const Re3Model      *model,
                                        const Re3ModelNames *names,
                                        GError             **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Re3ModelNames, re3_model_names_free)

G_END_DECLS
