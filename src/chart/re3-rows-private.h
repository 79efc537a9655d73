/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-scene-private.h"

G_BEGIN_DECLS

/**
 * Re3Rows:
 * @n_rows: how many
 * @top: where the first row starts
 * @pitch: from one row to the next
 * @thickness: of what is drawn in a row, in the middle of it
 * @text_size: of text that fits the pitch; smaller than usual where rows are tight
 * @every: only every so many rows have room for a text
 *
 * Equal rows from top to bottom with a label each, as in bars and heatmaps.
 */
typedef struct {
  gsize n_rows;
  double top;
  double pitch;
  double thickness;
  double text_size;
  gsize every;
} Re3Rows;

/* @share: of the pitch that is drawn. Rows are not made larger than @most_pitch. */
void     re3_rows_init          (Re3Rows           *self,
                                 const Re3Theme    *theme,
                                 gsize              n_rows,
                                 double             top,
                                 double             height,
                                 double             most_pitch,
                                 double             share);
/* At which everything in a row reads well. */
double   re3_rows_natural_pitch (const Re3Theme    *theme);
double   re3_rows_get_middle    (const Re3Rows     *self,
                                 gsize              row);
double   re3_rows_get_bottom    (const Re3Rows     *self);
/* The text's height stays within the rows, and away from the next one. */
gboolean re3_rows_has_text      (const Re3Rows     *self,
                                 gsize              row);

G_END_DECLS
