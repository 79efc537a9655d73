/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Kernel density estimates with a Gaussian kernel (Silverman 1986). @sorted: @n finite numbers, the
 * smallest first. */

/* Samples beyond this number are put into bins first; see re3_density_estimate(). */
#define RE3_DENSITY_MOST_EXACT 2048

/* Silverman's rule of thumb, 0.9 min (sd, IQR / 1.34) n^(-1/5) (1986, equation 3.31), with the sample
 * deviation (n - 1) and quartiles as numpy.percentile; the deviation alone where the quartiles are
 * equal. 0 where all numbers are, or where there are fewer than two. */
double re3_density_get_bandwidth (const double *sorted,
                                  gsize         n);
/* The density at @n_points places, evenly from @low to @high, with both. What lies beyond the ends is
 * cut off, and what remains is not scaled up. @bandwidth: above 0.
 *
 * Up to RE3_DENSITY_MOST_EXACT samples the kernels are summed one by one. More are shared out to
 * bins of a 16th of the bandwidth, each to the two next to it: kernels at the bins in place of those
 * of the samples err by less than 1 / (8 * 16^2) = 0.0005 of a kernel's peak, so the density by less
 * than 0.0005 * 0.4 / @bandwidth. Beyond 8 bandwidths kernels are left out: less than 1e-13 of it. */
void   re3_density_estimate      (const double *sorted,
                                  gsize         n,
                                  double        bandwidth,
                                  double        low,
                                  double        high,
                                  gsize         n_points,
                                  double       *densities);

G_END_DECLS
