/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-model.h"
#include "re3-network-steps.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * Re3ForeignModel:
 * @name: of the file, for messages
 * @steps: the network; scalings that it starts with become the scaler of the model
 * @title: (nullable): what the file calls the model
 * @classes: (nullable): what it calls the classes, %NULL-terminated
 * @document: (nullable): text of the Re3 document that it carries (design §5)
 * @notes: (element-type utf8): what the reader had to decide
 *
 * What a reader of a format that is not Re3's own has found in a file. It takes everything.
 */
typedef struct {
  char *name;
  Re3NetworkSteps *steps;
  char *title;
  GStrv classes;
  char *document;
  GPtrArray *notes;
} Re3ForeignModel;

/* (transfer full) */
Re3ForeignModel *re3_foreign_model_new   (const char       *name);
void             re3_foreign_model_free  (Re3ForeignModel  *self);

/* The model that it is. What the sidecar says goes before what the file's own document says, and
 * that before what the reader found. @sidecar: (nullable): its text; @sidecar_name: its file.
 * (transfer full); @self is of no further use. */
Re3Model        *re3_foreign_model_build (Re3ForeignModel  *self,
                                          const char       *sidecar,
                                          const char       *sidecar_name,
                                          GError          **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Re3ForeignModel, re3_foreign_model_free)

G_END_DECLS
