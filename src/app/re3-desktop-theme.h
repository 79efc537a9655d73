/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-theme.h"

G_BEGIN_DECLS

/* The chart theme that fits the desktop's style as it is now: light or dark, high contrast or not. */
const Re3Theme *re3_desktop_theme (void);

G_END_DECLS
