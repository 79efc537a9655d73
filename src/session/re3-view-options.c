/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-view-options.h"

gboolean
re3_view_options_equal (const Re3ViewOptions *self, const Re3ViewOptions *other)
{
  return self->paper_pathway == other->paper_pathway &&
         self->pathway_nodes == other->pathway_nodes &&
         self->contribution_output == other->contribution_output &&
         self->waterfall == other->waterfall && self->baseline == other->baseline &&
         self->first_region == other->first_region && self->metric == other->metric &&
         self->both_metrics == other->both_metrics &&
         self->signed_importance == other->signed_importance &&
         self->clustered_regions == other->clustered_regions &&
         self->single_response == other->single_response;
}

gboolean
re3_view_options_fit (Re3ViewOptions *self, const Re3RegionTable *regions)
{
  if (self->first_region < re3_region_table_get_n_regions (regions))
    return FALSE;

  self->first_region = 0;
  return TRUE;
}
