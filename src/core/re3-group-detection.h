/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-dataset.h"
#include "re3-model.h"

G_BEGIN_DECLS

/* The features that look like one choice but are not declared as such: all the neighbours in the
 * model's order whose names begin alike up to a sign (colour_red, colour_green; colour=red), if in their
 * columns, of nothing but 0 and 1, each training row has one 1, and two or more of them are chosen by
 * some. Of several ways to see a group the one with the shortest beginning is taken. It is a guess:
 * whoever uses it must ask.
 * (transfer full) (element-type Re3FeatureGroup): in the order of their features */
GPtrArray *re3_feature_groups_detect (const Re3Model   *model,
                                      const Re3Dataset *dataset);

G_END_DECLS
