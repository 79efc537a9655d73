/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-chart.h"
#include "re3-chart-table-private.h"
#include "re3-scene-private.h"

G_BEGIN_DECLS

/* What each kind of chart knows how to do. @layout adds marks to a scene of the wanted size;
 * @fill_table gives the numbers that are drawn, as they were given, to a new table.
 *
 * The rest is (nullable). @light adds what belongs together with a datum; without it nothing fades.
 * @get_key and @find_key name data by what they are; without them a datum is its indices. @move
 * goes on to what is next; without it, and where it returns %FALSE, places decide. */
typedef struct {
  double (*get_natural_height) (Re3Chart       *self,
                                const Re3Theme *theme,
                                double          width);
  void   (*layout)             (Re3Chart *self,
                                Re3Scene *scene);
  void   (*fill_table)         (Re3Chart      *self,
                                Re3ChartTable *table);
  void   (*finalize)           (Re3Chart *self);
  void   (*light)              (Re3Chart     *self,
                                int           item,
                                int           series,
                                Re3Highlight *highlight);
  void   (*get_key)            (Re3Chart    *self,
                                int          item,
                                int          series,
                                Re3DatumKey *key);
  gboolean (*find_key)         (Re3Chart          *self,
                                const Re3DatumKey *key,
                                int               *item,
                                int               *series);
  gboolean (*move)             (Re3Chart    *self,
                                Re3Direction direction,
                                int         *item,
                                int         *series);
} Re3ChartKind;

/* The head of every kind's own struct. */
struct _Re3Chart {
  const Re3ChartKind *kind;
  gatomicrefcount n_references;
  GStringChunk *texts;
  const char *title;
  const char *description;
};

/* Sets up the head of @self, which is zeroed memory of a kind's own struct from g_malloc0(). */
void        re3_chart_init       (Re3Chart           *self,
                                  const Re3ChartKind *kind,
                                  const char         *title,
                                  const char         *description);
/* A copy that lives as long as the chart, with what is no UTF-8 replaced; %NULL of %NULL. */
const char *re3_chart_copy_text  (Re3Chart           *self,
                                  const char         *text);
/* The same of @n texts. (transfer container) */
const char **re3_chart_copy_texts (Re3Chart          *self,
                                  const char *const  *texts,
                                  gsize               n);
/* Takes @wanted off @remaining, the height that a layout has yet to give away, if at least @keep
 * is left then. Returns: what it took. */
static inline double
re3_take_room (double *remaining, double wanted, double keep)
{
  if (*remaining - wanted < keep)
    return 0;
  *remaining -= wanted;
  return wanted;
}

G_END_DECLS
