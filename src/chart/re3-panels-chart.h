/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-chart.h"

G_BEGIN_DECLS

/**
 * Re3Panel:
 * @chart: what is drawn in it; kept with a reference
 * @title: (nullable): a small title above it
 */
typedef struct {
  Re3Chart *chart;
  const char *title;
} Re3Panel;

/**
 * Re3PanelsData:
 * @header: (nullable): a chart above all panels, such as a legend that they share
 * @footer: (nullable): a chart below all panels, such as a colour bar
 * @least_width: panels stand side by side where each can be this wide, in ems
 * @most_columns: how many at most; 0 for any number
 *
 * Several charts drawn together: side by side, in a grid or in a column, as the width lets them;
 * those of a last row that is not full share its width. Rows of panels share the height in
 * proportion to what they would like to have. Marks: those of the panels, with @panel set to the
 * index of the panel; the header's are in panel n_panels, and the footer's in the next one.
 *
 * Its data are the rows of all panels' tables, under the names of the panels; columns of the same
 * name are one.
 */
typedef struct {
  const char *title;
  const char *description;
  const Re3Panel *panels;
  gsize n_panels;
  Re3Chart *header;
  Re3Chart *footer;
  double least_width;
  gsize most_columns;
} Re3PanelsData;

Re3Chart *re3_panels_chart_new (const Re3PanelsData *data);

G_END_DECLS
