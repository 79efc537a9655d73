/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-scene-private.h"

G_BEGIN_DECLS

/* Scenes written as SVG that a person can edit: each mark is one element, in painting order, and
 * texts are texts. Cairo's own SVG files hold the outlines of letters. Numbers are rounded to a
 * thousandth of a unit; the same scenes give the same bytes. */

/* Starts a picture of @width by @height chart units on the theme's background. @title, @description:
 * what viewers and screen readers tell about it; "" for nothing. (transfer full) */
GString *re3_svg_begin     (const Re3Theme *theme,
                            double          width,
                            double          height,
                            const char     *title,
                            const char     *description);
/* Adds the marks of @scene, whose (0, 0) comes to (@x, @y). Those that have a tooltip show it. */
void     re3_svg_add_scene (GString        *svg,
                            const Re3Scene *scene,
                            double          x,
                            double          y);
void     re3_svg_end       (GString        *svg);

G_END_DECLS
