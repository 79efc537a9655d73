/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-chart.h"

G_BEGIN_DECLS

/* One datum of a chart; none if the item is RE3_NO_ITEM. */
typedef struct {
  int panel;
  int item;
  int series;
} Re3ChartDatum;

/**
 * Re3ChartLight:
 *
 * What a person looks at in a chart: what is under the pointer, what has the keyboard's focus, and
 * what is pinned. One of them is lit: what is pinned, else what the pointer is on, else a focus that
 * is seen. When the chart is replaced, by that of another sample, they follow their data to
 * wherever these are then; a pin also waits for data that are not there for a while.
 */
typedef struct _Re3ChartLight Re3ChartLight;

Re3ChartLight       *re3_chart_light_new           (void);
void                 re3_chart_light_free          (Re3ChartLight       *self);
/* @chart: (nullable): then nothing is looked at any more */
void                 re3_chart_light_set_chart     (Re3ChartLight       *self,
                                                    Re3Chart            *chart);

/* @mark: (nullable): none of its data. All return whether the highlight has changed. */
gboolean             re3_chart_light_set_hover     (Re3ChartLight       *self,
                                                    const Re3Mark       *mark);
gboolean             re3_chart_light_set_focus     (Re3ChartLight       *self,
                                                    const Re3Mark       *mark);
gboolean             re3_chart_light_show_focus    (Re3ChartLight       *self,
                                                    gboolean             is_seen);
/* Pins @datum; takes back what is pinned where @datum is that already, is none, or lights nothing. */
gboolean             re3_chart_light_pin           (Re3ChartLight       *self,
                                                    const Re3ChartDatum *datum);
gboolean             re3_chart_light_is_pinned     (const Re3ChartLight *self);

const Re3ChartDatum *re3_chart_light_get_hover     (const Re3ChartLight *self);
const Re3ChartDatum *re3_chart_light_get_focus     (const Re3ChartLight *self);
/* (nullable): nothing fades */
const Re3Highlight  *re3_chart_light_get_highlight (const Re3ChartLight *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Re3ChartLight, re3_chart_light_free)

G_END_DECLS
