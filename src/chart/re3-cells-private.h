/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-chart.h"

G_BEGIN_DECLS

/* In files a picture holds no more than so many cells to a chart unit: 600 dots per inch, beyond
 * which nobody sees more. */
#define RE3_CELLS_FILE_DENSITY (600.0 / 96.0)

/* (nullable) (transfer full): the tooltip of a cell. */
typedef char *(*Re3CellsDescribe) (Re3Chart *chart,
                                   gsize     row,
                                   gsize     column);

/**
 * Re3Cells:
 *
 * The body of a large table of colours. It is one mark, one picture in a file, and fast; its cells
 * are marks of their own only where they are looked at: item = what the row stands for, series =
 * column.
 *
 * Where cells are smaller than the pixels, each pixel shows that one of its cells that stands for
 * the number of the largest size. A mean of colours would hide the extremes, for which people look
 * at such a map, and any one cell would be a matter of chance. The same cell answers to the pointer.
 */
typedef struct _Re3Cells Re3Cells;

/* All cells are empty. @row_items: n_rows items; @chart and @describe: for tooltips. */
Re3Cells        *re3_cells_new        (Re3Chart         *chart,
                                       gsize             n_rows,
                                       gsize             n_columns,
                                       const int        *row_items,
                                       Re3CellsDescribe  describe);
void             re3_cells_free       (Re3Cells         *self);
/* @color: opaque; @size: of the number that it stands for. */
void             re3_cells_set        (Re3Cells         *self,
                                       gsize             row,
                                       gsize             column,
                                       const Re3Color   *color,
                                       double            size);
gsize            re3_cells_get_n_rows (const Re3Cells   *self);
gsize            re3_cells_get_n_columns (const Re3Cells *self);
gboolean         re3_cells_is_empty   (const Re3Cells   *self,
                                       gsize             row,
                                       gsize             column);
/* The row that stands for @item. */
gboolean         re3_cells_find_row   (const Re3Cells   *self,
                                       int               item,
                                       gsize            *row);
/* Where a cell is if all of them fill @bounds. */
Re3Rect          re3_cells_get_bounds (const Re3Cells   *self,
                                       const Re3Rect    *bounds,
                                       gsize             row,
                                       gsize             column);
/* The cell that is seen at (x, y). Returns: whether there is one. */
gboolean         re3_cells_locate     (const Re3Cells   *self,
                                       const Re3Rect    *bounds,
                                       double            x,
                                       double            y,
                                       gsize            *row,
                                       gsize            *column);
/* The mark of a cell of @whole, the mark of all of them; it lives as long as @self. */
const Re3Mark   *re3_cells_get_mark   (Re3Cells         *self,
                                       const Re3Mark    *whole,
                                       gsize             row,
                                       gsize             column);
/* One pixel for each cell, or fewer where @bounds have fewer pixels at @density of them to a unit.
 * (transfer none): until the next one is asked for */
cairo_surface_t *re3_cells_get_image  (Re3Cells         *self,
                                       const Re3Rect    *bounds,
                                       double            density);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Re3Cells, re3_cells_free)

G_END_DECLS
