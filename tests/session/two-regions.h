/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-analysis.h"

G_BEGIN_DECLS

#define TWO_REGIONS_ROWS 6

/* f(x) = (relu(x), -relu(x)): class 0 where x > 0 and, at a tie, which the first class wins, at
 * 0 and below; two regions, x > 0 and the rest. One class's name, "Upright", holds the other's,
 * "right", so that a search for it finds both. Over six samples, of which the last two are for
 * testing:
 *
 *   row       0   1   2   3   4   5
 *   x         3  -1   1   2  -2   1
 *   label     0   0   1   0   1   1
 */
Re3Analysis *two_regions_analyse (void);

G_END_DECLS
