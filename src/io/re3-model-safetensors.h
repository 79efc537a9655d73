/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-foreign-model.h"

G_BEGIN_DECLS

/* A larger file is not read. */
#define RE3_MODEL_SAFETENSORS_MAX_SIZE (512 * 1024 * 1024)

/* Reads the linear layers of a safetensors file: pairs of P.weight and P.bias, as a PyTorch module
 * of linear layers has them. Such a file says neither their order nor what stands between them: they
 * are taken in the order of the file (or of their numbers, where only these tell them apart, because
 * "10.weight" stands before "2.weight" in a file) with ReLU between them, and a note says so.
 *
 * @name: of the file, for messages
 * (transfer full) */
Re3ForeignModel *re3_model_safetensors_parse (const guint8  *bytes,
                                              gsize          length,
                                              const char    *name,
                                              GError       **error);

G_END_DECLS
