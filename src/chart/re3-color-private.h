/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-theme.h"

G_BEGIN_DECLS

/* Colours between colours, as even as the eye takes them: mixed in OKLab (Ottosson 2020). */

/* @from at 0, @to at 1, evenly between; alpha is mixed as a number. */
Re3Color re3_color_mix        (const Re3Color *from,
                               const Re3Color *to,
                               double          share);
/* The same colour with another opacity. */
Re3Color re3_color_with_alpha (const Re3Color *self,
                               double          alpha);
/* Contrast ratio of two opaque colours, 1 to 21 (WCAG 2.1). */
double   re3_color_contrast   (const Re3Color *a,
                               const Re3Color *b);

G_END_DECLS
