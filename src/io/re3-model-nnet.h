/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-foreign-model.h"

G_BEGIN_DECLS

/* A larger file is not read. */
#define RE3_MODEL_NNET_MAX_SIZE (64 * 1024 * 1024)

/* Reads a network in the NNet text format (Julian, Stanford Intelligent Systems Laboratory), in which
 * the ACAS Xu networks are given. Its normalisation of the inputs becomes the scaler, that of the
 * outputs is folded into the last layer. @text has a NUL after its @length bytes; @name is the
 * file's, for messages. (transfer full) */
Re3ForeignModel *re3_model_nnet_parse (const char  *text,
                                       gsize        length,
                                       const char  *name,
                                       GError     **error);

G_END_DECLS
