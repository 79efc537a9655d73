/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-chart.h"

G_BEGIN_DECLS

/**
 * Re3ColorBarData:
 * @scale: its colours
 * @largest: the number at its end; a diverging scale starts at minus the same
 * @color_title: what the colours measure
 *
 * A colour bar alone, for several maps that share it. It has no data, and its marks no items.
 */
typedef struct {
  Re3ColorScale scale;
  double largest;
  const char *color_title;
} Re3ColorBarData;

Re3Chart *re3_color_bar_chart_new (const Re3ColorBarData *data);

G_END_DECLS
