/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-foreign-model.h"

#include "re3-model-json.h"

#include <glib/gi18n-lib.h>
#include <string.h>

Re3ForeignModel *
re3_foreign_model_new (const char *name)
{
  Re3ForeignModel *self = g_new0 (Re3ForeignModel, 1);

  self->name = g_strdup (name);
  self->notes = g_ptr_array_new_with_free_func (g_free);

  return self;
}

void
re3_foreign_model_free (Re3ForeignModel *self)
{
  if (self == NULL)
    return;

  g_free (self->name);
  re3_network_steps_free (self->steps);
  g_free (self->title);
  g_strfreev (self->classes);
  g_free (self->document);
  g_ptr_array_unref (self->notes);
  g_free (self);
}

/* (nullable): the document of @text, which may be none. */
static gboolean
parse_document (const char *text, const char *name, cJSON **document, GError **error)
{
  *document = NULL;
  if (text == NULL)
    return TRUE;

  *document = re3_json_parse (text, strlen (text), name, error);

  return *document != NULL && re3_model_json_check_format (*document, name, error);
}

static gboolean
has_member (const cJSON *document, const char *key)
{
  return document != NULL && re3_json_get_member (document, key) != NULL;
}

/* Class names that do not fit, two of one name for example, are told and left out. */
static void
set_found_classes (const Re3ForeignModel *self, Re3ModelBuilder *builder)
{
  g_autoptr (GError) error = NULL;

  if (self->classes == NULL ||
      re3_model_builder_set_classes (builder, (const char *const *) self->classes, &error))
    return;

  g_ptr_array_add (self->notes,
                   g_strdup_printf (_ ("%s: the names of the classes are left out. %s"), self->name,
                                    error->message));
}

Re3Model *
re3_foreign_model_build (Re3ForeignModel *self,
                         const char *sidecar,
                         const char *sidecar_name,
                         GError **error)
{
  g_autofree char *own_name = g_strdup_printf (_ ("%s, metadata “re3”"), self->name);
  g_autoptr (cJSON) own = NULL;
  g_autoptr (cJSON) beside = NULL;
  g_autoptr (Re3Network) network = NULL;
  g_autoptr (Re3ModelBuilder) builder = NULL;
  g_autofree double *mean = NULL;
  g_autofree double *scale = NULL;
  gboolean has_scaler;

  g_return_val_if_fail (self != NULL && self->steps != NULL, NULL);

  if (!parse_document (self->document, own_name, &own, error) ||
      !parse_document (sidecar, sidecar_name, &beside, error))
    return NULL;

  /* A document that has a scaler means the one before all that is in the file. */
  has_scaler = !has_member (own, "scaler") && !has_member (beside, "scaler") &&
               re3_network_steps_take_scaler (self->steps, &mean, &scale);
  network = re3_network_steps_build (self->steps, self->name, error);
  if (network == NULL)
    return NULL;

  builder = re3_model_builder_new (network);
  re3_model_builder_set_name (builder, self->title);
  if (!has_member (own, "classes") && !has_member (beside, "classes"))
    set_found_classes (self, builder);
  if (has_scaler && !re3_model_builder_set_scaler (builder, mean, scale, error)) {
    g_prefix_error (error, "%s: ", self->name);
    return NULL;
  }

  if (has_member (beside, "tests"))
    cJSON_DeleteItemFromObjectCaseSensitive (own, "tests");
  if ((own != NULL && !re3_model_json_describe (own, own_name, network, builder, error)) ||
      (beside != NULL && !re3_model_json_describe (beside, sidecar_name, network, builder, error)))
    return NULL;

  for (guint i = 0; i < self->notes->len; i++)
    re3_model_builder_add_note (builder, g_ptr_array_index (self->notes, i));

  return re3_model_builder_finish (builder);
}
