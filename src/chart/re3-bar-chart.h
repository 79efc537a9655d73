/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-chart.h"

G_BEGIN_DECLS

typedef enum {
  RE3_BAR_SIGNED, /* coloured by sign */
  RE3_BAR_CLASS,  /* coloured by color_index */
  RE3_BAR_TOTAL,  /* a sum or an offset: neutral */
} Re3BarStyle;

/**
 * Re3Bar:
 * @label: its name
 * @detail: (nullable): quieter text under or after the name, such as the value with its unit
 * @value: its length, from @start
 * @tooltip: (nullable)
 * @start: 0 in plain bars; in a waterfall where the bar before it ends
 * @printed: (nullable): what stands at its end; the value with three significant digits if %NULL
 */
typedef struct {
  const char *label;
  const char *detail;
  const char *tooltip;
  double value;
  Re3BarStyle style;
  int color_index;
  const char *printed;
  double start;
} Re3Bar;

/**
 * Re3BarData:
 * @axis_title: what the lengths are
 * @footnote: (nullable): a quiet line below, such as the residual
 * @low, @high: the axis range if low < high; else it is chosen to fit and holds zero
 * @items: (nullable): n_bars items that the bars stand for, where these are not 0, 1, ...
 *
 * Horizontal bars, top to bottom; a line leads from the end of one to the next that starts there.
 * Marks: item = bar index, or what the bar stands for.
 */
typedef struct {
  const char *title;
  const char *description;
  const char *axis_title;
  const char *footnote;
  const Re3Bar *bars;
  gsize n_bars;
  double low;
  double high;
  const int *items;
} Re3BarData;

Re3Chart *re3_bar_chart_new (const Re3BarData *data);

G_END_DECLS
