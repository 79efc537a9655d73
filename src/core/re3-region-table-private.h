/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-region-table.h"

G_BEGIN_DECLS

/* A table is written by its builder, and read-only from then on. */
struct _Re3RegionTable {
  GArray *regions;         /* of Re3RegionRow, each with its pattern and counts */
  GHashTable *places;      /* pattern (of the region) -> its place in @regions */
  guint32 *region_of_row;
  guint32 *rows;           /* by region, each in file order */
  gsize n_rows;
  gsize n_test;
  gsize n_classes;
};

G_END_DECLS
