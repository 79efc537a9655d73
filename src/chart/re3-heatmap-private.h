/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-chart-private.h"
#include "re3-color-bar-private.h"
#include "re3-heatmap-chart.h"
#include "re3-rows-private.h"

G_BEGIN_DECLS

typedef struct {
  Re3Chart parent;
  const char **row_labels;
  int *row_colors;
  gsize n_rows;
  const char **column_labels;
  gsize n_columns;
  double *values;
  const char **tooltips; /* (nullable) */
  int *row_items;
  const char *row_title;    /* (nullable) */
  const char *column_title; /* (nullable) */
  const char **texts;       /* (nullable) */
  const char **details;     /* (nullable) */
  Re3ColorBar color_bar;
  gboolean hide_color_bar;
  gboolean last_apart;
  gboolean compact;
  double *numbers; /* (nullable) */
  double largest;  /* the largest size among the values */
  int decimals;
} Re3HeatmapChart;

/* Lengths in chart units. */
typedef struct {
  Re3Rows rows;
  double label_width;
  double label_end;
  double swatch_x; /* NAN: none */
  double left;
  double cell_width;
  double last_gap; /* before the last column */
  double last_width;
  double gap;
  double row_title_width;     /* 0: none, or no room */
  double column_title_height; /* likewise */
  double header_height;       /* likewise, with that title */
  gboolean vertical;
  gsize column_every;
  double column_size;
  double legend_y; /* NAN: no room */
  gboolean has_title;
} Re3HeatmapFrame;

/* Where the parts of a heatmap go in a scene; a cell width of 0 or less: nothing has room. */
Re3HeatmapFrame re3_heatmap_make_frame         (const Re3HeatmapChart *self,
                                                const Re3Scene        *scene);
double          re3_heatmap_get_natural_height (Re3Chart              *chart,
                                                const Re3Theme        *theme,
                                                double                 width);
double          re3_heatmap_column_left        (const Re3HeatmapChart *self,
                                                const Re3HeatmapFrame *frame,
                                                gsize                  column);
double          re3_heatmap_column_width       (const Re3HeatmapChart *self,
                                                const Re3HeatmapFrame *frame,
                                                gsize                  column);

G_END_DECLS
