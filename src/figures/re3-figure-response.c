/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-figures-private.h"

#include "re3-curves-private.h"
#include "re3-line-chart.h"
#include "re3-number-format.h"
#include "re3-panels-chart.h"
#include "re3-response.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Panels are this wide at least, in ems. */
#define LEAST_WIDTH 19.0

#define DIGITS 4

/* What several features have in common. */
typedef struct {
  const Re3Explanation *explanation;
  const Re3Explanation *original; /* (nullable) */
  const double *lows;             /* (nullable) */
  const double *highs;            /* (nullable) */
} Subject;

/* The values that the feature takes: those asked for, and the sample's own. Where there is but one,
 * as much again to either side. */
static Re3Response *
respond (const Subject *subject, gsize feature)
{
  const Re3Explanation *explanation = subject->explanation;
  double value = explanation->values[feature];
  double from = subject->lows != NULL ? MIN (subject->lows[feature], value) : value;
  double to = subject->highs != NULL ? MAX (subject->highs[feature], value) : value;

  if (subject->original != NULL) {
    from = MIN (from, subject->original->values[feature]);
    to = MAX (to, subject->original->values[feature]);
  }
  if (!(from < to)) {
    double margin = MAX (1, fabs (value));

    from = value - margin;
    to = value + margin;
  }
  /* No line is that long; numbers so large have no neighbours to go to. */
  if (!(from < to) || !isfinite (to - from))
    return NULL;
  return re3_response_new (explanation, feature, from, to);
}

/* "+0.8 per cm" */
static char *
format_slope (const Re3Model *model, gsize feature, double slope)
{
  const char *unit = re3_model_get_feature_unit (model, feature);
  g_autofree char *number = re3_format_signed (slope, DIGITS);

  /* Translators: a number and the unit of a feature. */
  return unit != NULL && *unit != '\0' ? g_strdup_printf (_ ("%s per %s"), number, unit)
                                       : g_strdup_printf (_ ("%s per unit"), number);
}

static void
append_switches (GString *text, const Re3Model *model, const Re3Response *response, gsize piece)
{
  g_autofree char *value =
      re3_figure_format_feature (model, response->feature, response->pieces[piece].from);
  g_autofree char *names =
      re3_name_switches (re3_model_get_network (model), response->pieces[piece - 1].pattern,
                         response->pieces[piece].pattern, RE3_CURVES_MOST_NAMED);

  /* Translators: a value, and the neurons that switch there, such as "L1·3 on". */
  g_string_append_printf (text, _ ("\nat %s: %s"), value, names);
}

static char *
describe_piece (const Re3Model *model, const Re3Response *response, gsize index)
{
  const Re3ResponsePiece *piece = &response->pieces[index];
  g_autofree char *from = re3_format_number (piece->from, DIGITS);
  g_autofree char *to = re3_figure_format_feature (model, response->feature, piece->to);
  g_autoptr (GString) text = g_string_new (NULL);
  gsize n_shown = MIN (response->n_classes, RE3_CURVES_MOST_NAMED);

  /* Translators: a piece of a curve: a feature, and two values of it. */
  g_string_append_printf (text, _ ("%s %s to %s"),
                          re3_model_get_feature_name (model, response->feature), from, to);
  for (gsize c = 0; c < n_shown; c++) {
    g_autofree char *slope = format_slope (model, response->feature, piece->slope[c]);

    g_string_append_printf (text,
                            re3_model_is_regression (model) ? "\n%s: %s"
                                                            /* Translators: a class and a slope. */
                                                            : _ ("\nlogit of %s: %s"),
                            re3_model_get_class_name (model, c), slope);
  }
  if (n_shown < response->n_classes)
    g_string_append (text, "\n…");
  if (index > 0)
    append_switches (text, model, response, index);
  if (index + 1 < response->n_pieces)
    append_switches (text, model, response, index + 1);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static Re3Curves *
make_curves (const Subject *subject, const Re3Response *response)
{
  const Re3Model *model = subject->explanation->model;
  Re3Curves *curves = re3_curves_new (model, response->trace, response->from, response->to);
  double value = subject->explanation->values[response->feature];

  for (gsize i = 0; i < response->n_pieces; i++)
    re3_curves_take_piece (curves, response->pieces[i].from, response->pieces[i].to,
                           describe_piece (model, response, i));
  for (gsize i = 0; i < response->n_stretches; i++)
    re3_curves_add_stretch (curves, response->stretches[i].from, response->stretches[i].to,
                            response->stretches[i].class_index);
  if (subject->original != NULL && subject->original->values[response->feature] != value) {
    double original = subject->original->values[response->feature];
    g_autofree char *text = re3_figure_format_feature (model, response->feature, original);

    /* Translators: a value before it was edited. */
    re3_curves_take_marker (curves, g_strdup_printf (_ ("originally %s"), text), original, TRUE);
  }
  re3_curves_take_marker (curves, re3_figure_format_feature (model, response->feature, value),
                          value, FALSE);
  return curves;
}

/* "petal width (cm)" */
static char *
title_feature (const Re3Model *model, gsize feature)
{
  const char *name = re3_model_get_feature_name (model, feature);
  const char *unit = re3_model_get_feature_unit (model, feature);

  return unit != NULL && *unit != '\0' ? g_strdup_printf ("%s (%s)", name, unit) : g_strdup (name);
}

/* "petal width from 0 to 2.5 cm: setosa up to 0.8 cm, versicolor up to 1.6 cm, virginica" */
static void
append_description (GString *text, const Re3Model *model, const Re3Response *response)
{
  g_autofree char *from = re3_format_number (response->from, DIGITS);
  g_autofree char *to = re3_figure_format_feature (model, response->feature, response->to);

  /* Translators: a feature and two values of it. */
  g_string_append_printf (text, _ ("%s from %s to %s: "),
                          re3_model_get_feature_name (model, response->feature), from, to);
  for (gsize i = 0; i < response->n_stretches && !re3_model_is_regression (model); i++) {
    const Re3ResponseStretch *stretch = &response->stretches[i];
    const char *name = re3_model_get_class_name (model, stretch->class_index);
    g_autofree char *end = re3_format_number (stretch->to, DIGITS);

    if (i + 1 < response->n_stretches)
      /* Translators: a class that is predicted, and up to which value. */
      g_string_append_printf (text, _ ("%s up to %s, "), name, end);
    else
      g_string_append_printf (text, "%s; ", name);
  }
  g_string_append_printf (
      text, g_dngettext (GETTEXT_PACKAGE, "%zu piece.", "%zu pieces.", response->n_pieces),
      response->n_pieces);
}

/* Logit and probability beside each other. */
static Re3Chart *
make_one (const Subject *subject, gsize feature)
{
  const Re3Model *model = subject->explanation->model;
  g_autofree char *x_title = title_feature (model, feature);
  g_autofree char *title =
      g_strdup_printf (_ ("Response to %s"), re3_model_get_feature_name (model, feature));
  g_autoptr (Re3Response) response = respond (subject, feature);
  g_autoptr (Re3Curves) curves = NULL;
  g_autoptr (GString) description = g_string_new (NULL);

  if (response == NULL)
    return re3_panels_chart_new (&(Re3PanelsData){ .title = title });
  curves = make_curves (subject, response);
  append_description (description, model, response);
  return re3_curves_draw_both (curves, title, description->str, x_title);
}

/* The probability, or of a regression network the output, against one feature after the other. */
static Re3Chart *
make_several (const Subject *subject, const gsize *features, gsize n_features)
{
  const Re3Model *model = subject->explanation->model;
  g_autofree Re3Panel *panels = g_new0 (Re3Panel, n_features);
  g_autoptr (GPtrArray) titles = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) description = g_string_new (NULL);
  g_autofree char *title = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Response to %zu feature",
                                                         "Responses to %zu features", n_features),
                                            n_features);
  g_autoptr (Re3Chart) legend = re3_curves_legend_new (model);
  Re3Chart *chart;

  for (gsize i = 0; i < n_features; i++) {
    g_autoptr (Re3Response) response = respond (subject, features[i]);
    g_autoptr (Re3Curves) curves = NULL;

    g_ptr_array_add (titles, title_feature (model, features[i]));
    panels[i].title = titles->pdata[i];
    if (response == NULL) {
      panels[i].chart = re3_line_chart_new (&(Re3LineData){ .title = titles->pdata[i] });
      continue;
    }
    curves = make_curves (subject, response);
    panels[i].chart = re3_curves_draw (curves, !re3_model_is_regression (model), titles->pdata[i]);
    if (i > 0)
      g_string_append_c (description, ' ');
    append_description (description, model, response);
  }
  chart = re3_panels_chart_new (&(Re3PanelsData){
      .title = title,
      .description = description->str,
      .panels = panels,
      .n_panels = n_features,
      .header = legend,
      .least_width = LEAST_WIDTH,
  });
  for (gsize i = 0; i < n_features; i++)
    re3_chart_unref (panels[i].chart);
  return chart;
}

Re3Chart *
re3_figure_response (const Re3Explanation *explanation,
                     const Re3Explanation *original,
                     const double *lows,
                     const double *highs,
                     const gsize *features,
                     gsize n_features)
{
  Subject subject = { explanation, original, lows, highs };

  g_return_val_if_fail (explanation != NULL, NULL);
  g_return_val_if_fail (original == NULL || original->model == explanation->model, NULL);
  g_return_val_if_fail (features != NULL && n_features > 0, NULL);
  for (gsize i = 0; i < n_features; i++)
    g_return_val_if_fail (features[i] < re3_model_get_n_features (explanation->model), NULL);

  return n_features == 1 ? make_one (&subject, features[0])
                         : make_several (&subject, features, n_features);
}
