/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-baseline.h"
#include "re3-boundary.h"
#include "re3-contributions.h"
#include "re3-region-table.h"

G_BEGIN_DECLS

/**
 * Re3ViewOptions:
 * @paper_pathway: the pathway is drawn as in the paper, |weight * activation|, and does not conserve
 *   the logit
 * @pathway_nodes: how many nodes a column of the pathway has before the rest is taken together
 * @contribution_output: what the contributions add up to
 * @waterfall: contributions go on from each other, from the base to the output, instead of all
 *   from zero
 * @baseline: which input contributions are also shown from, along the straight line;
 *   RE3_BASELINE_SAMPLE is the pinned one
 * @metric: how distances to the boundary are measured
 * @both_metrics: the paper's distance is drawn beside it
 * @signed_importance: means of contributions keep their sign
 * @clustered_regions: regions with similar profiles stand together
 * @single_response: only the response to the selected feature is drawn, if one is
 * @first_region: the first of the page of regions that is looked at
 *
 * How a person has chosen to look at things: what none of them changes is the numbers. A value: it
 * is copied and compared, never shared.
 */
typedef struct {
  gboolean paper_pathway;
  gsize pathway_nodes;
  Re3ContributionOutput contribution_output;
  gboolean waterfall;
  Re3BaselineKind baseline;
  Re3Metric metric;
  gboolean both_metrics;
  gboolean signed_importance;
  gboolean clustered_regions;
  gboolean single_response;
  gsize first_region;
} Re3ViewOptions;

#define RE3_VIEW_OPTIONS_DEFAULT ((Re3ViewOptions){ .pathway_nodes = 16 })

gboolean re3_view_options_equal (const Re3ViewOptions *self,
                                 const Re3ViewOptions *other);
/* Looks at the first regions where @regions are fewer than were looked at, as by a saved session of
 * another model. Returns: whether it does so now and did not before */
gboolean re3_view_options_fit   (Re3ViewOptions       *self,
                                 const Re3RegionTable *regions);

G_END_DECLS
