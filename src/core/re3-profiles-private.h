/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-region-table.h"
#include "re3-region.h"

G_BEGIN_DECLS

/**
 * Re3Profiles:
 *
 * The feature profiles of all regions (paper, Algorithm 4): see re3_analysis_get_profile(). Those of
 * one region may be written in one thread while those of another are in the next.
 */
typedef struct _Re3Profiles Re3Profiles;

/* @table lasts as long as the profiles. Fails where there is no memory for them. */
Re3Profiles  *re3_profiles_new       (const Re3RegionTable *table,
                                      gsize                 n_classes,
                                      gsize                 n_features,
                                      GError              **error);
void          re3_profiles_free      (Re3Profiles          *self);
/* Makes those of the region at @place of the sums of its inputs: n_features numbers for each true
 * class, and, last, for all of its samples. @majority: the class that the region is shown for. */
void          re3_profiles_set       (Re3Profiles          *self,
                                      gsize                 place,
                                      const Re3Region      *region,
                                      gsize                 majority,
                                      const double         *sums);
const double *re3_profiles_get       (const Re3Profiles    *self,
                                      gsize                 place);
const double *re3_profiles_get_class (const Re3Profiles    *self,
                                      gsize                 place,
                                      gsize                 class_index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Re3Profiles, re3_profiles_free)

G_END_DECLS
