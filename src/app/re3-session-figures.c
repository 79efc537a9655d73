/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-session-figures.h"

#include "re3-figures.h"

Re3Chart *
re3_session_make_figure (Re3Session *session, const char *name)
{
  g_return_val_if_fail (RE3_IS_SESSION (session), NULL);

  const Re3Figure *figure = re3_figures_find (name);
  const Re3ViewOptions *view = re3_session_get_view_options (session);
  Re3FigureInput input = {
    .analysis = re3_session_get_analysis (session),
    .explanation = re3_session_get_explanation (session),
    .original = re3_session_get_original (session),
    .purity_threshold = re3_session_get_purity_threshold (session),
    .max_regions = RE3_MAX_REGIONS_SHOWN,
    .sankey_mode = view->paper_pathway ? RE3_SANKEY_PAPER : RE3_SANKEY_CONSERVED,
  };

  g_return_val_if_fail (figure != NULL, NULL);

  if (figure->needs_sample ? input.explanation == NULL : input.analysis == NULL)
    return NULL;
  if (figure->needs_complete && !re3_analysis_is_complete (input.analysis))
    return NULL;
  if (input.explanation != NULL)
    input.class_index = re3_session_get_class_index (session);

  return figure->create (&input);
}
