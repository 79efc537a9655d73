/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-json.h"
#include "re3-network.h"

G_BEGIN_DECLS

/* Reads the "layers" of a Re3 model, a list of the types of design §5. @name: the file's.
 * (transfer full) */
Re3Network *re3_model_json_read_layers (const cJSON  *layers,
                                        const char   *name,
                                        GError      **error);

G_END_DECLS
