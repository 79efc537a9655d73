/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-model.h"

#include <gio/gio.h>

/* ONNX files byte by byte, as the public schema has them: independent of the code under test. */
typedef struct _OnnxFile OnnxFile;

#define ONNX_SAMPLES (-1)

OnnxFile *onnx_file_new          (gint64        opset);
void      onnx_file_free         (OnnxFile     *self);
/* Input "x" of float32 with the sizes @dims, which end in 0; ONNX_SAMPLES is "N". */
void      onnx_file_add_input    (OnnxFile     *self,
                                  const char   *name,
                                  const int    *dims);
void      onnx_file_add_output   (OnnxFile     *self,
                                  const char   *name);
/* A float64 initializer; @dims end in -1. @values as "1 2 3". */
void      onnx_file_add_tensor   (OnnxFile     *self,
                                  const char   *name,
                                  const int    *dims,
                                  const char   *values);
/* The same as int64. */
void      onnx_file_add_integers (OnnxFile     *self,
                                  const char   *name,
                                  const char   *values);
/* An initializer as a message of its own making. */
void      onnx_file_add_message  (OnnxFile     *self,
                                  GByteArray   *tensor);
/* @node: "Gemm fc1: x w b -> y; transB=1 alpha=0.5 axes=[1,2] norm=L1". The name may be missing, and
 * a type may have a domain before a slash: "ai.onnx.ml/Scaler". */
void      onnx_file_add_node     (OnnxFile     *self,
                                  const char   *node);
void      onnx_file_add_metadata (OnnxFile     *self,
                                  const char   *key,
                                  const char   *value);
/* (transfer full) */
GByteArray *onnx_file_finish     (OnnxFile     *self);

/* Fields of a protocol buffer. */
void      onnx_put_number        (GByteArray   *message,
                                  guint         field,
                                  guint64       number);
void      onnx_put_bytes         (GByteArray   *message,
                                  guint         field,
                                  const void   *bytes,
                                  gsize         length);
void      onnx_put_text          (GByteArray   *message,
                                  guint         field,
                                  const char   *text);

/* Reads the file as "m.onnx". */
Re3Model *onnx_file_read         (OnnxFile     *self,
                                  GError      **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OnnxFile, onnx_file_free)
