/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-analysis.h"

G_BEGIN_DECLS

/* An analysis is written while it is computed, and read-only from then on. */
struct _Re3Analysis {
  Re3Model *model;
  Re3Dataset *dataset;
  Re3RegionTable *table;

  /* Of each row. */
  int *predictions;
  double *confidences;
  double *distances;
  double *paper_distances;

  /* Of each region: n_features numbers; and n_classes pointers to as many, %NULL where the region
   * has no sample of the class. */
  double **profiles;
  double **class_profiles;

  double train_accuracy;
  double test_accuracy;
  gsize *confusion;
  double residual_max;
  Re3Validity validity;
  Re3Validity paper_validity;
};

/* Computes everything. @self has its model and data set; the rest is zero. */
gboolean re3_analysis_compute (Re3Analysis       *self,
                               const Re3Monitor  *monitor,
                               GError           **error);

G_END_DECLS
