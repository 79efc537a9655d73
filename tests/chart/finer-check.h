/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

/* What is drawn pixel by pixel, beside what Cairo draws. It is compared with the mean of so many
 * times finer pixels: Cairo by itself counts the parts of a pixel that are covered on a coarse
 * grid. */
#define FINER_CHECK_SIDE   96
#define FINER_CHECK_PIXELS 8

/* A picture of FINER_CHECK_SIDE units, each of @finer by @finer pixels, with a ground that is opaque
 * above and transparent below. */
cairo_surface_t *finer_check_begin (int              finer,
                                    cairo_t        **cr);
/* All four channels of @picture, of one pixel a unit, are those of @finer. The greatest and the mean
 * difference are of 255. */
void             finer_check_same  (cairo_surface_t *picture,
                                    cairo_surface_t *finer,
                                    double           most_difference,
                                    double           most_mean);

G_END_DECLS
