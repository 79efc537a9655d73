/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-json-writer.h"
#include "re3-json.h"
#include "re3-model.h"

G_BEGIN_DECLS

/* The member "groups" of a model's document: [{"name": "colour", "features": ["red", "green"]}]. The
 * features must be there before. @file: its name, for messages */
gboolean re3_model_json_read_groups  (const cJSON     *array,
                                      const char      *file,
                                      Re3ModelBuilder *builder,
                                      GError         **error);
void     re3_model_json_write_groups (const Re3Model  *model,
                                      Re3JsonWriter   *writer);

G_END_DECLS
