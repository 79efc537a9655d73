/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-region.h"

G_BEGIN_DECLS

/* Below this distance to the hyperplane of a gate the side that a sample is on is rounding error. */
#define RE3_UNDECIDED_DISTANCE 1e-10

/* "No neuron": the distance is infinite. */
#define RE3_NO_NEURON G_MAXSIZE

/* How a distance to the boundary is measured. */
typedef enum {
  RE3_METRIC_L2,
  RE3_METRIC_L1,
  RE3_METRIC_LINF,
  RE3_METRIC_PAPER,
} Re3Metric;

#define RE3_N_METRICS 4

/**
 * Re3Boundary:
 * @l2: exact L2 distance from the sample to the nearest change of pattern, min |z_j - t| /
 *   |grad z_j| over the gates z_j = t, t = 0 for ReLU (design 4.7); likewise @l1 (dual norm Linf) and @linf (dual norm L1). INFINITY without one.
 * @neuron: the hidden neuron that limits @l2, or RE3_NO_NEURON
 * @neuron_l1: the one that limits @l1
 * @neuron_linf: the one that limits @linf
 * @paper: the paper's rho, min |z_j - t| / |w_j| (design 4.6): no bound in x past the first layer
 * @neuron_paper: the one that limits @paper
 * @n_undecided: gates whose hyperplane is nearer than RE3_UNDECIDED_DISTANCE in L2: the side the
 *   sample is on is not decided, and so neither is its region
 */
typedef struct {
  double l2;
  double l1;
  double linf;
  double paper;
  gsize neuron;
  gsize neuron_l1;
  gsize neuron_linf;
  gsize neuron_paper;
  gsize n_undecided;
} Re3Boundary;

/* @pre_activations: the sample's z, n_neurons numbers that stand @stride apart. */
void re3_boundary_measure  (const Re3Network *network,
                            const Re3Region  *region,
                            const double     *pre_activations,
                            gsize             stride,
                            Re3Boundary      *boundary);
/* The same of @n samples that lie in @region, in one metric: @pre_activations (n_neurons, n), its rows
 * @stride apart; @distances and @neurons: n each. */
void re3_boundary_measure_block (const Re3Network *network,
                            const Re3Region  *region,
                            Re3Metric         metric,
                            const double     *pre_activations,
                            gsize             stride,
                            gsize             n,
                            double           *distances,
                            guint64          *neurons);

/* @neuron: (out) (nullable): the one that limits it, or RE3_NO_NEURON. */
double   re3_boundary_get_distance (const Re3Boundary *self,
                                    Re3Metric          metric,
                                    gsize             *neuron);
/* "l2", "l1", "linf", "paper". */
const char *re3_metric_get_name (Re3Metric metric);

/* Whether the sample is too near to a hyperplane of @neuron to tell its state. */
gboolean re3_boundary_is_undecided (const Re3Network *network,
                                    const Re3Region  *region,
                                    const double     *pre_activations,
                                    gsize             neuron);

/* How far each feature can move, the others fixed, before the pattern changes (design 4.10): the
 * ratio test on all gates. @low and @high: n_inputs numbers in the network's own units, infinite
 * where nothing bounds. */
void re3_feature_intervals (const Re3Network *network,
                            const Re3Region  *region,
                            const double     *input,
                            const double     *pre_activations,
                            double           *low,
                            double           *high);

G_END_DECLS
