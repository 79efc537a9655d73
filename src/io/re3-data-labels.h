/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-model.h"

G_BEGIN_DECLS

/* From what a label column holds to the classes of a model. */

/* How well values would do as labels. Texts are better evidence than numbers. */
typedef enum {
  RE3_LABEL_FIT_NONE,
  RE3_LABEL_FIT_NUMBERS,
  RE3_LABEL_FIT_TEXTS,
} Re3LabelFit;

/* @values: the different values of a column */
Re3LabelFit re3_labels_judge (const Re3Model    *model,
                              const char *const *values,
                              gsize              n_values);

/* Finds the class of each of the different @values of the label column called @column: by name,
 * or else as numbers that count from anywhere: as many numbers as classes are the classes in
 * order; fewer count from 0 or from 1 if only one of the two is possible.
 * @classes: (out) (array length=n_values): classes, and RE3_NO_LABEL for a value that is none
 * @mapping: (out) (nullable): "1 = setosa, 2 = ...", where numbers stand for other names */
gboolean    re3_labels_map   (const Re3Model    *model,
                              const char *const *values,
                              gsize              n_values,
                              const char        *column,
                              const char        *name,
                              int               *classes,
                              char             **mapping,
                              GError           **error);

/* The same for a regression network, whose label column holds its targets: @targets: (out)
 * (array length=n_values): numbers, and NAN for a value that is none. Fails where none is. */
gboolean    re3_targets_read (const char *const *values,
                              gsize              n_values,
                              const char        *column,
                              const char        *name,
                              double            *targets,
                              GError           **error);

G_END_DECLS
