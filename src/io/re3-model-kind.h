/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Enough of a file to know its kind. */
#define RE3_MODEL_KIND_HEAD_SIZE (64 * 1024)

typedef enum {
  RE3_MODEL_KIND_JSON,
  RE3_MODEL_KIND_EMPTY,
  RE3_MODEL_KIND_ONNX,
  RE3_MODEL_KIND_NNET,
  RE3_MODEL_KIND_SAFETENSORS,
  RE3_MODEL_KIND_HDF5,
  RE3_MODEL_KIND_ZIP,
  RE3_MODEL_KIND_PICKLE,
  RE3_MODEL_KIND_TFLITE,
  RE3_MODEL_KIND_UTF16,
  RE3_MODEL_KIND_TABLE,
  RE3_MODEL_KIND_UNKNOWN,
} Re3ModelKind;

/* What a file is, told by its first bytes, and by its name where these say nothing. @whole: whether
 * @head is all of it */
Re3ModelKind re3_model_kind_find     (const GByteArray *head,
                                      gboolean          whole,
                                      const char       *name);
/* A sentence on a kind that is not read: what it is, and how to get from it to a model that opens. */
const char  *re3_model_kind_refuse   (Re3ModelKind      kind,
                                      const char       *name);
/* Whether @name ends in one of @suffixes, which ends in %NULL, in letters of any case. */
gboolean     re3_has_any_suffix      (const char        *name,
                                      const char *const *suffixes);

G_END_DECLS
