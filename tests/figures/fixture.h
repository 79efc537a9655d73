/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-analysis.h"
#include "re3-explanation.h"

G_BEGIN_DECLS

/* A network small enough to follow by hand. Features: width (cm; mean 1, scale 2) and height (no
 * unit, no scaling); three hidden neurons; classes no and yes.
 *
 *   z1 = x1 - x2 + 0.5        no  = h1 + 2 h2 + 3 h3 + 0.25
 *   z2 = 0.5 x1 + 2 x2 - 1    yes = -h1 + h2 - 0.5
 *   z3 = -x1 - x2
 *
 * (transfer full) */
Re3Model *small_model_new (void);
/* width 5 cm and height 1, so x = (2, 1), z = (1.5, 2, -3) and the logits are 5.75 and 0. */
Re3Explanation *small_explanation_new (void);

/* A network with these widths and random weights. (transfer full) */
Re3Model *random_model_new (const gsize *widths,
                            gsize        n_widths,
                            double       negative_slope,
                            guint64      seed);

/* Rows of the small network's data; label -1 is none. */
typedef struct {
  double width;
  double height;
  int label;
  gboolean is_test;
} SmallRow;

/* (transfer full) */
Re3Analysis *small_analysis_new (const SmallRow *rows,
                                 gsize           n_rows);
/* @n_rows random samples of @model with random labels, every third one to test on.
 * (transfer full) */
Re3Analysis *random_analysis_new (Re3Model *model,
                                  gsize     n_rows,
                                  guint64   seed);
/* What is known of one row of the data of @analysis. (transfer full) */
Re3Explanation *explain_row (const Re3Analysis *analysis,
                             gsize              row);

G_END_DECLS
