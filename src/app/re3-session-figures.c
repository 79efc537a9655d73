/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-session-figures.h"

gboolean
re3_session_find_picture_shape (Re3Session *session, gsize *n_rows, gsize *n_columns)
{
  g_return_val_if_fail (RE3_IS_SESSION (session), FALSE);

  Re3Document *document = re3_session_get_document (session);

  return document != NULL && re3_document_get_picture_shape (document, n_rows, n_columns);
}

gboolean
re3_session_get_figure_input (Re3Session *session, const Re3Figure *figure, Re3FigureInput *input)
{
  g_return_val_if_fail (RE3_IS_SESSION (session), FALSE);
  g_return_val_if_fail (figure != NULL && input != NULL, FALSE);

  const Re3ViewOptions *view = re3_session_get_view_options (session);
  Re3Document *document = re3_session_get_document (session);
  const Re3FeatureReach *reach = document != NULL ? re3_document_get_reach (document) : NULL;
  gsize feature = re3_selection_get_feature (re3_session_get_selection (session));
  const Re3Model *model = re3_session_get_model (session);

  *input = (Re3FigureInput){
    .analysis = re3_session_get_analysis (session),
    .explanation = re3_session_get_explanation (session),
    .original = re3_session_get_original (session),
    .purity_threshold = re3_session_get_purity_threshold (session),
    .first_region = view->first_region,
    .metric = view->metric,
    .both_metrics = view->both_metrics,
    .is_signed = view->signed_importance,
    .max_regions = RE3_MAX_REGIONS_SHOWN,
    .max_nodes = view->pathway_nodes,
    .contribution_output = view->contribution_output,
    .waterfall = view->waterfall,
    .baseline = re3_session_get_baseline (session),
    .pinned = re3_pin_get_baseline (re3_session_get_pin (session)),
    .has_feature = view->single_response && feature != RE3_NO_FEATURE,
    .feature = feature,
    .region_order = view->clustered_regions ? RE3_REGIONS_CLUSTERED : RE3_REGIONS_BY_SIZE,
    .sankey_mode = view->paper_pathway ? RE3_SANKEY_PAPER : RE3_SANKEY_CONSERVED,
  };
  if (input->explanation != NULL)
    input->class_index = re3_session_get_class_index (session);
  if (reach != NULL) {
    input->feature_lows = reach->lows;
    input->feature_highs = reach->highs;
  }

  if (!re3_session_find_picture_shape (session, &input->picture_rows, &input->picture_columns))
    input->picture_rows = input->picture_columns = 0;

  if (figure->needs_classes && model != NULL && re3_model_is_regression (model))
    return FALSE;
  if (figure->needs_sample)
    return input->explanation != NULL && (!figure->needs_pin || input->pinned != NULL) &&
           (!figure->needs_picture || input->picture_rows > 0);
  return input->analysis != NULL &&
         (!figure->needs_complete || re3_analysis_is_complete (input->analysis));
}

Re3Chart *
re3_session_make_figure (Re3Session *session, const char *name)
{
  g_return_val_if_fail (RE3_IS_SESSION (session), NULL);

  const Re3Figure *figure = re3_figures_find (name);
  Re3FigureInput input;

  g_return_val_if_fail (figure != NULL, NULL);

  return re3_session_get_figure_input (session, figure, &input) ? figure->create (&input) : NULL;
}

char *
re3_session_name_figure_file (Re3Session *session, const char *name, const char *ending)
{
  g_return_val_if_fail (RE3_IS_SESSION (session), NULL);

  Re3Document *document = re3_session_get_document (session);
  const Re3Figure *figure = re3_figures_find (name);
  g_autofree char *title = NULL;

  g_return_val_if_fail (figure != NULL && document != NULL && ending != NULL, NULL);

  /* "iris-16-8-4 on iris.csv" makes no good file name. */
  title = g_strdelimit (g_strdup (re3_document_get_title (document)), " /\\:.", '-');
  if (figure->needs_sample)
    return g_strdup_printf ("%s-row-%zd-%s.%s", title, re3_session_get_row (session), name, ending);
  return g_strdup_printf ("%s-%s.%s", title, name, ending);
}
