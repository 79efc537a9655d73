/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-network-steps.h"
#include "re3-onnx-shape.h"

G_BEGIN_DECLS

/* What a value of the graph is. */
typedef enum {
  RE3_ONNX_CONSTANT,      /* the same for all samples */
  RE3_ONNX_ACTIVATION,    /* computed from a sample by the network */
  RE3_ONNX_PROBABILITIES, /* what Softmax or LogSoftmax makes of the logits */
  RE3_ONNX_POSITIVE,      /* what Sigmoid makes of one logit: the second of two classes */
  RE3_ONNX_NEGATIVE,      /* 1 - RE3_ONNX_POSITIVE: the first of two classes */
  RE3_ONNX_LABEL,         /* the class that wins */
} Re3OnnxValueKind;

/**
 * Re3OnnxValue:
 * @kind: what it is
 * @constant: (nullable): for RE3_ONNX_CONSTANT
 * @shape: of everything but a constant, and of that as well
 * @n_steps: the steps of the network that lead to it, or for what stands behind the logits, to these
 */
typedef struct {
  Re3OnnxValueKind kind;
  Re3OnnxTensor *constant;
  Re3OnnxShape shape;
  gsize n_steps;
} Re3OnnxValue;

/**
 * Re3OnnxReader:
 * @graph: what is read
 * @steps: (nullable): the network so far; %NULL until the width of the input is known
 * @values: name to Re3OnnxValue
 * @n_samples: number of samples that the model fixes, where that is more than one; or else 0
 * @tail: what the logits end in: RE3_ONNX_ACTIVATION if nothing
 * @classes: (nullable): names of the classes, %NULL-terminated
 * @notes: (element-type utf8): sentences that the person should see
 * @n_numbers: how many the reader has made so far
 *
 * Turns a graph into the steps of a network: first all constants are folded, then each node that
 * works on the samples becomes a step or is seen to change nothing. Behind the logits come nodes
 * that make probabilities, labels and tables of them; they are read for what they tell, and cut off.
 */
typedef struct {
  const Re3OnnxGraph *graph;
  Re3NetworkSteps *steps;
  GHashTable *values;
  gint64 n_samples;
  Re3OnnxValueKind tail;
  GStrv classes;
  GPtrArray *notes;
  gsize n_numbers;
} Re3OnnxReader;

/* (transfer full) */
Re3OnnxReader *re3_onnx_reader_new          (const Re3OnnxGraph  *graph);
void           re3_onnx_reader_free         (Re3OnnxReader       *self);
/* Reads the whole graph. */
gboolean       re3_onnx_reader_run          (Re3OnnxReader       *self,
                                             GError             **error);

/* The value called @name: made before, or read from an initializer. */
Re3OnnxValue  *re3_onnx_reader_find         (Re3OnnxReader       *self,
                                             const char          *name,
                                             GError             **error);
/* Input @index of @node as a constant; %NULL without an error where there is none such. A value
 * that is computed from the samples is refused. */
gboolean       re3_onnx_reader_get_constant (Re3OnnxReader       *self,
                                             const Re3OnnxNode   *node,
                                             gsize                index,
                                             Re3OnnxTensor      **constant,
                                             GError             **error);
/* Output 0 of @node. @constant: (transfer full) */
void           re3_onnx_reader_set_constant (Re3OnnxReader       *self,
                                             const Re3OnnxNode   *node,
                                             Re3OnnxTensor       *constant);
void           re3_onnx_reader_set_value    (Re3OnnxReader       *self,
                                             const Re3OnnxNode   *node,
                                             Re3OnnxValueKind     kind,
                                             const Re3OnnxShape  *shape,
                                             gsize                n_steps);
/* Whether @n_numbers more still fit: a file of a few bytes can ask for any size, and for the same
 * constant any number of times. */
gboolean       re3_onnx_reader_reserve      (Re3OnnxReader       *self,
                                             const Re3OnnxNode   *node,
                                             gsize                n_numbers,
                                             GError             **error);
/* @note: (transfer full) */
void           re3_onnx_reader_take_note    (Re3OnnxReader       *self,
                                             char                *note);

/* In re3-onnx-fold.c: computes @node, whose inputs are all constant. A node that it does not know
 * is left alone: to be refused if it is asked for. */
gboolean       re3_onnx_reader_fold         (Re3OnnxReader       *self,
                                             const Re3OnnxNode   *node,
                                             GError             **error);
/* In re3-onnx-operators.c: @node, which works on @input, an activation. */
gboolean       re3_onnx_reader_add_operator (Re3OnnxReader       *self,
                                             const Re3OnnxNode   *node,
                                             const Re3OnnxValue  *input,
                                             GError             **error);
/* In re3-onnx-tail.c: whether @type is one of the nodes that only stand behind the logits, and what
 * such a node, or one of those that change a shape, makes of @input. */
gboolean       re3_onnx_is_tail_operator    (const char          *type);
gboolean       re3_onnx_reader_add_tail     (Re3OnnxReader       *self,
                                             const Re3OnnxNode   *node,
                                             const Re3OnnxValue  *input,
                                             GError             **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Re3OnnxReader, re3_onnx_reader_free)

G_END_DECLS
