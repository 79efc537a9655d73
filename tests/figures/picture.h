/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

/* Pictures of figures, side by side. */

/* (transfer full) */
cairo_surface_t *picture_from_png (GBytes          *png);

/**
 * PictureDifference:
 * @mean: over all pixels and colours
 * @worst: of the means over squares of 3 x 3 pixels. So the edge of a letter may fall otherwise on
 *   the pixels, but a letter may not be elsewhere
 *
 * How far two pictures are apart, from 0 to 255; infinitely far where their sizes are not the same.
 */
typedef struct {
  double mean;
  double worst;
} PictureDifference;

PictureDifference picture_compare (cairo_surface_t *a,
                                   cairo_surface_t *b);
/* Whether that is what versions of libraries make different. */
gboolean          picture_is_same (PictureDifference difference);
/* Both, and where they are not the same in black on white. */
gboolean          picture_write_comparison (cairo_surface_t *before,
                                            cairo_surface_t *after,
                                            const char      *path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (cairo_surface_t, cairo_surface_destroy)

G_END_DECLS
