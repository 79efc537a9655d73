/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-baseline.h"
#include "re3-what-if.h"

G_BEGIN_DECLS

#define RE3_TYPE_PIN (re3_pin_get_type ())
G_DECLARE_FINAL_TYPE (Re3Pin, re3_pin, RE3, PIN, GObject)

/**
 * Re3Pin:
 *
 * A sample that was put aside, as it was edited then, to compare others with it. It stays as it is
 * whatever becomes of its row: it is filtered out, edited further, or another one is selected.
 *
 * Signals:
 *  - changed: another input is pinned, or none any more
 */
Re3Pin            *re3_pin_new          (void);
/* What @what_if explains now, if it has a row. */
void               re3_pin_take         (Re3Pin           *self,
                                         Re3WhatIf        *what_if);
/* Any input. @values: n_features numbers in original units; @row: the row of @dataset that it comes
 * from. Returns: %FALSE, and changes nothing, where the network's numbers would overflow */
gboolean           re3_pin_set          (Re3Pin           *self,
                                         Re3Model         *model,
                                         const Re3Dataset *dataset,
                                         gsize             row,
                                         const double     *values);
void               re3_pin_clear        (Re3Pin           *self);
/* (nullable): what is pinned, under a name such as "pinned row 5, edited". */
const Re3Baseline *re3_pin_get_baseline (Re3Pin           *self);
/* RE3_NO_ROW where nothing is pinned. */
gssize             re3_pin_get_row      (Re3Pin           *self);
/* Whether its values are others than the row has in the data set. */
gboolean           re3_pin_is_edited    (Re3Pin           *self);

G_END_DECLS
