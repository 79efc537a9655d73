/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * Re3Quality:
 * @n_classes: number of classes; none of a regression network
 * @n_samples: samples with a label; the others say nothing of the quality
 * @confusion: (n_classes, n_classes): samples of true class [row] that were taken for [column]
 *
 * How often a model is right. Numbers are shares of 1, and NAN where there is nothing to share out.
 */
typedef struct {
  gsize n_classes;
  gsize n_samples;
  gsize *confusion;
} Re3Quality;

/* Nothing counted. Fails where there is no memory for it. */
Re3Quality *re3_quality_new           (gsize             n_classes,
                                       GError          **error);
void        re3_quality_free          (Re3Quality       *self);
void        re3_quality_add           (Re3Quality       *self,
                                       gsize             actual,
                                       gsize             predicted);
/* Counts the samples of @other too. */
void        re3_quality_add_all       (Re3Quality       *self,
                                       const Re3Quality *other);
double      re3_quality_get_accuracy  (const Re3Quality *self);
/* Of those taken for the class, the share that is of it. */
double      re3_quality_get_precision (const Re3Quality *self,
                                       gsize             class_index);
/* Of those of the class, the share that was taken for it. */
double      re3_quality_get_recall    (const Re3Quality *self,
                                       gsize             class_index);
/* The harmonic mean of both, 2 hits / (2 hits + misses + false alarms): NAN only where the class
 * is neither among the labels nor among the predictions. */
double      re3_quality_get_f1        (const Re3Quality *self,
                                       gsize             class_index);
/* Samples of the class. */
gsize       re3_quality_get_support   (const Re3Quality *self,
                                       gsize             class_index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Re3Quality, re3_quality_free)

G_END_DECLS
