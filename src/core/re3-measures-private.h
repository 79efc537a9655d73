/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-answers-private.h"
#include "re3-boundary.h"
#include "re3-importance.h"
#include "re3-neuron-statistics-private.h"
#include "re3-profiles-private.h"
#include "re3-region-maps-private.h"
#include "re3-validity.h"

G_BEGIN_DECLS

/**
 * Re3Measures:
 * @distances: by metric, of each row
 * @neurons: by metric, the hidden neuron that limits each row, or RE3_MEASURES_NO_NEURON
 * @validity: by metric and sample set
 * @profiles: of all regions
 * @importance: by sample set
 * @neuron_tally: what all hidden neurons do
 * @maps: the affine maps of the largest regions
 * @residual_max: max over all rows of |A x + D - logits|
 *
 * What the affine maps of the regions tell about the rows: the second half of an analysis.
 */
typedef struct {
  double *distances[RE3_N_METRICS];
  guint32 *neurons[RE3_N_METRICS];
  Re3Validity validity[RE3_N_METRICS][RE3_N_SAMPLE_SETS];
  Re3Profiles *profiles;
  Re3Importance *importance[RE3_N_SAMPLE_SETS];
  Re3NeuronTally *neuron_tally;
  Re3RegionMaps *maps;
  double residual_max;
} Re3Measures;

#define RE3_MEASURES_NO_NEURON G_MAXUINT32

/* Advances @team by a step a row. @answers last as long as the measures. (transfer full) (nullable):
 * %NULL when @team is stopped or fails */
Re3Measures *re3_measures_new  (const Re3Model   *model,
                                const Re3Dataset *dataset,
                                const Re3Answers *answers,
                                Re3Team          *team);
void         re3_measures_free (Re3Measures      *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Re3Measures, re3_measures_free)

G_END_DECLS
