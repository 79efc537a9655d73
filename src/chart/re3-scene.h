/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-highlight.h"
#include "re3-theme.h"

#include <cairo.h>

G_BEGIN_DECLS

typedef struct {
  double x;
  double y;
  double width;
  double height;
} Re3Rect;

typedef enum {
  RE3_MARK_RECTANGLE,
  RE3_MARK_PATH,
  RE3_MARK_TEXT,
  RE3_MARK_CELLS, /* many cells, each of which is picked as a mark of its own */
} Re3MarkKind;

/* Where to go from a datum. */
typedef enum {
  RE3_DIRECTION_LEFT,
  RE3_DIRECTION_RIGHT,
  RE3_DIRECTION_UP,
  RE3_DIRECTION_DOWN,
  RE3_DIRECTION_FIRST,
  RE3_DIRECTION_LAST,
} Re3Direction;

/* A mark that stands for no datum. */
#define RE3_NO_ITEM (-1)

/**
 * Re3Mark:
 * @kind: its form
 * @bounds: the rectangle that it stays in; of a text, what its ink and line height take
 * @item: what it stands for: the index of a bar, a row, a node or a link in the numbers that the
 *   chart was made from, or RE3_NO_ITEM for axes and decoration
 * @series: the second index, such as a segment of the bar or a column; 0 without one
 * @panel: in which of several charts that are drawn together it is; 0 in a chart alone. @item and
 *   @series are then those of that chart
 * @tooltip: (nullable): the numbers behind it, for people
 *
 * One shape of a laid-out chart. What is drawn and what is hit are the same marks.
 */
typedef struct {
  Re3MarkKind kind;
  Re3Rect bounds;
  int item;
  int series;
  int panel;
  const char *tooltip;
  /*< private >: how it is painted; see re3-scene.c and re3-scene-private.h */
} Re3Mark;

/* Whether @mark, which stands for a datum, is one of those that are meant. */
typedef gboolean (*Re3MarkFunc) (const Re3Mark *mark,
                                 gpointer       user_data);

/**
 * Re3Scene:
 *
 * A chart laid out for one size and theme: a list of marks in painting order. Made once, then
 * drawn, hit-tested and written to files without further thought. Immutable once laid out.
 */
typedef struct _Re3Scene Re3Scene;

void           re3_scene_free        (Re3Scene       *self);
double         re3_scene_get_width   (const Re3Scene *self);
double         re3_scene_get_height  (const Re3Scene *self);
gsize          re3_scene_get_n_marks (const Re3Scene *self);
const Re3Mark *re3_scene_get_mark    (const Re3Scene *self,
                                      gsize           index);
/* (nullable): the text of a text mark, as it is drawn. */
const char    *re3_scene_get_text    (const Re3Scene *self,
                                      gsize           index);
/* Paints the marks on @cr, in chart units from (0, 0); no background. */
void           re3_scene_draw        (const Re3Scene *self,
                                      cairo_t        *cr);
/* Paints an outline around the marks of (@item, @series) in @panel; in any panel and of any series
 * where these are -1. */
void           re3_scene_draw_focus  (const Re3Scene *self,
                                      cairo_t        *cr,
                                      int             panel,
                                      int             item,
                                      int             series);
/* The same, quieter: what the pointer is on. */
void           re3_scene_draw_hover  (const Re3Scene *self,
                                      cairo_t        *cr,
                                      int             panel,
                                      int             item,
                                      int             series);
/* Paints one outline around all marks that @is_in says yes to; those that touch are one shape. */
void           re3_scene_draw_outline (const Re3Scene *self,
                                      cairo_t        *cr,
                                      Re3MarkFunc     is_in,
                                      gpointer        user_data);
/* (nullable): the topmost mark at (x, y) that stands for a datum. */
const Re3Mark *re3_scene_pick        (const Re3Scene *self,
                                      double          x,
                                      double          y);
/* (nullable): the first mark of (@item, @series) in @panel that has a tooltip. */
const Re3Mark *re3_scene_find        (const Re3Scene *self,
                                      int             panel,
                                      int             item,
                                      int             series);

/* Paints the marks, those of data that are not in @highlight faded. (nullable): none are. */
void           re3_scene_draw_highlighted (const Re3Scene     *self,
                                      cairo_t            *cr,
                                      const Re3Highlight *highlight);
/* (nullable): the mark of the datum that lies next to @from's, which is none of its own if %NULL;
 * only data that have a tooltip are gone to. Without @from it is the first one. */
const Re3Mark *re3_scene_move        (const Re3Scene *self,
                                      const Re3Mark  *from,
                                      Re3Direction    direction);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Re3Scene, re3_scene_free)

G_END_DECLS
