/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-pattern-set.h"
#include "re3-region-table.h"

G_BEGIN_DECLS

/* A table is written by its builder, and read-only from then on. */
struct _Re3RegionTable {
  gsize n_classes;
  gsize n_rows;
  gsize n_test;
  gsize n_regions;
  Re3RegionRow *regions;
  Re3PatternSet *patterns;  /* of the regions, each once */
  guint32 *places;          /* number of a pattern in @patterns -> its place in @regions */
  gsize *counts;            /* n_classes for each pattern in @patterns */
  guint32 *region_of_row;
  guint32 *rows;            /* by region, each in file order */
};

G_END_DECLS
