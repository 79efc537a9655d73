/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-cli-baseline.h"
#include "re3-cli-commands.h"
#include "re3-cli-input.h"
#include "re3-export.h"
#include "re3-figures.h"
#include "re3-io-error.h"
#include "re3-picture-shape.h"

#include <glib/gi18n.h>

/* Of width, height and resolution. Only against nonsense; the chart knows better what it can
 * draw. */
#define MAX_SIZE 1e6

/* Of regions that are drawn one by one. */
#define MAX_REGIONS 100000

typedef struct {
  char *output;
  char *row;
  char *class_text;
  char *width;
  char *height;
  char *dpi;
  char *theme;
  char *font;
  char *mode;
  char *set;
  char *metric;
  char *order;
  char *regions;
  gboolean is_signed;
  char *nodes;
  char *contributions;
  char *form;
  char *baseline;
  char *with;
  char *feature;
  char *top;
} Options;

static void
options_clear (Options *self)
{
  g_clear_pointer (&self->output, g_free);
  g_clear_pointer (&self->row, g_free);
  g_clear_pointer (&self->class_text, g_free);
  g_clear_pointer (&self->width, g_free);
  g_clear_pointer (&self->height, g_free);
  g_clear_pointer (&self->dpi, g_free);
  g_clear_pointer (&self->theme, g_free);
  g_clear_pointer (&self->font, g_free);
  g_clear_pointer (&self->mode, g_free);
  g_clear_pointer (&self->set, g_free);
  g_clear_pointer (&self->metric, g_free);
  g_clear_pointer (&self->nodes, g_free);
  g_clear_pointer (&self->contributions, g_free);
  g_clear_pointer (&self->form, g_free);
  g_clear_pointer (&self->baseline, g_free);
  g_clear_pointer (&self->with, g_free);
  g_clear_pointer (&self->order, g_free);
  g_clear_pointer (&self->regions, g_free);
  g_clear_pointer (&self->feature, g_free);
  g_clear_pointer (&self->top, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static void
add_options (Options *self, Re3CliParser *parser)
{
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &self->output,
      N_ ("The file to write; its name ends in .png, .svg or .pdf, or in .csv for its numbers"),
      N_ ("FILE") },
    { "row", 0, 0, G_OPTION_ARG_STRING, &self->row,
      N_ ("The data row of a figure of one sample, from 0"), N_ ("N") },
    { "class", 0, 0, G_OPTION_ARG_STRING, &self->class_text,
      N_ ("The class that it explains, by name or by number from 0 (the predicted one)"),
      N_ ("C") },
    { "width", 0, 0, G_OPTION_ARG_STRING, &self->width,
      N_ ("Its width, such as 85mm or 640px, of which 96 are an inch (640)"), N_ ("W") },
    { "height", 0, 0, G_OPTION_ARG_STRING, &self->height,
      N_ ("Its height, in the same way (what it needs)"), N_ ("H") },
    { "dpi", 0, 0, G_OPTION_ARG_STRING, &self->dpi, N_ ("Pixels to an inch, for PNG (300)"),
      N_ ("DPI") },
    { "theme", 0, 0, G_OPTION_ARG_STRING, &self->theme,
      N_ ("print, light, dark, high-contrast or high-contrast-dark (print)"), N_ ("THEME") },
    { "font", 0, 0, G_OPTION_ARG_STRING, &self->font,
      N_ ("A font family to write in, such as “Times New Roman” (the theme’s own)"),
      N_ ("FAMILY") },
    { "mode", 0, 0, G_OPTION_ARG_STRING, &self->mode,
      N_ ("Of the Sankey diagram: conserved or paper (conserved)"), N_ ("MODE") },
    { "set", 0, 0, G_OPTION_ARG_STRING, &self->set,
      N_ ("Of the data set: train, test or all (test, or all without test rows)"), N_ ("SET") },
    { "metric", 0, 0, G_OPTION_ARG_STRING, &self->metric,
      N_ ("Of distances: l2, l1, linf, paper or both (l2); both, l2 and paper, is for the validity "
          "curve"),
      N_ ("METRIC") },
    { "order", 0, 0, G_OPTION_ARG_STRING, &self->order,
      N_ ("Of the regions in their profiles: size or clustered (size)"), N_ ("ORDER") },
    { "regions", 0, 0, G_OPTION_ARG_STRING, &self->regions,
      N_ ("How many regions are shown one by one, the largest first (16)"), N_ ("N") },
    { "signed", 0, 0, G_OPTION_ARG_NONE, &self->is_signed,
      N_ ("Show the importance of features by means that keep their sign"), NULL },
    { "nodes", 0, 0, G_OPTION_ARG_STRING, &self->nodes,
      N_ ("How many nodes a column of the Sankey diagram has before others are taken together "
          "(16)"),
      N_ ("K") },
    { "contributions", 0, 0, G_OPTION_ARG_STRING, &self->contributions,
      N_ ("What contributions add up to: logit, probability or linearised (logit); the last is "
          "the probability's linearisation"),
      N_ ("OUTPUT") },
    { "form", 0, 0, G_OPTION_ARG_STRING, &self->form,
      N_ ("Of the contributions: bars or waterfall (bars)"), N_ ("FORM") },
    { "baseline", 0, 0, G_OPTION_ARG_STRING, &self->baseline,
      N_ ("Of the contributions: also those along the straight line from the training mean, from "
          "zero of all features in original units, or from a data row: mean, zero or N (none)"),
      N_ ("B") },
    { "with", 0, 0, G_OPTION_ARG_STRING, &self->with,
      N_ ("Of the comparison: the data row that --row is compared with, where the line starts"),
      N_ ("N") },
    { "feature", 0, 0, G_OPTION_ARG_STRING, &self->feature,
      N_ ("Of the responses: the feature that moves (those that contribute most)"), N_ ("F") },
    { "top", 0, 0, G_OPTION_ARG_STRING, &self->top,
      N_ ("Of the responses: how many features, each in a panel (6)"), N_ ("K") },
    G_OPTION_ENTRY_NULL,
  };

  re3_cli_parser_add (parser, entries);
}

static gboolean
set_usage_error (GError **error, const char *option, const char *values, const char *text)
{
  g_set_error (error, RE3_CLI_ERROR, RE3_CLI_ERROR_USAGE, _ ("%s is one of %s, not “%s”."), option,
               values, text);
  return FALSE;
}

static gboolean
parse_export_options (const Options *self, Re3ExportOptions *options, GError **error)
{
  const char *number = _ ("a number from 1 to 1000000");
  const char *length = _ ("a length from 1px to 1000000px, such as 640, 640px or 85mm");

  *options = RE3_EXPORT_OPTIONS_DEFAULT;

  if (self->output == NULL) {
    g_set_error_literal (error, RE3_CLI_ERROR, RE3_CLI_ERROR_USAGE,
                         _ ("-o FILE is missing: the file to write."));
    return FALSE;
  }
  if (self->theme != NULL) {
    options->theme = re3_theme_find (self->theme);
    if (options->theme == NULL)
      return set_usage_error (error, "--theme",
                              "print, light, dark, high-contrast, high-contrast-dark", self->theme);
  }
  options->font_family = self->font;

  return re3_cli_parse_length ("--width", self->width, 1, MAX_SIZE, length, &options->width,
                               error) &&
         re3_cli_parse_length ("--height", self->height, 1, MAX_SIZE, length, &options->height,
                               error) &&
         re3_cli_parse_number ("--dpi", self->dpi, 1, MAX_SIZE, number, &options->dpi, error);
}

/* Which of @values @text is; the first one without a text. */
static gboolean
parse_choice (const char *option,
              const char *text,
              const char *const *values,
              int *choice,
              GError **error)
{
  g_autofree char *list = NULL;

  *choice = 0;
  if (text == NULL)
    return TRUE;
  for (; values[*choice] != NULL; (*choice)++)
    if (g_str_equal (values[*choice], text))
      return TRUE;

  list = g_strjoinv (", ", (char **) values);
  return set_usage_error (error, option, list, text);
}

/* What is asked of single figures. */
static gboolean
parse_figure_options (const Options *self, Re3FigureInput *input, GError **error)
{
  static const char *const modes[] = { "conserved", "paper", NULL };
  static const char *const outputs[] = { "logit", "probability", "linearised", NULL };
  static const char *const forms[] = { "bars", "waterfall", NULL };
  static const Re3ContributionOutput output_of[] = { RE3_CONTRIBUTION_LOGIT, RE3_CONTRIBUTION_PATH,
                                                     RE3_CONTRIBUTION_PROBABILITY };
  double nodes = 0;
  int mode;
  int output;
  int form;

  if (!parse_choice ("--mode", self->mode, modes, &mode, error) ||
      !parse_choice ("--contributions", self->contributions, outputs, &output, error) ||
      !parse_choice ("--form", self->form, forms, &form, error) ||
      !re3_cli_parse_number ("--nodes", self->nodes, 1, MAX_SIZE, _ ("a number from 1 to 1000000"),
                             &nodes, error))
    return FALSE;

  input->sankey_mode = mode == 1 ? RE3_SANKEY_PAPER : RE3_SANKEY_CONSERVED;
  input->max_nodes = (gsize) nodes;
  input->contribution_output = output_of[output];
  input->waterfall = form == 1;
  return TRUE;
}

static gboolean
parse_set (const Options *self, Re3FigureInput *input, GError **error)
{
  static const char *const names[RE3_N_SAMPLE_SETS] = { "train", "test", "all" };

  if (self->set == NULL)
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (self->set, names[i])) {
      input->has_set = TRUE;
      input->set = (Re3SampleSet) i;
      return TRUE;
    }
  return set_usage_error (error, "--set", "train, test, all", self->set);
}

static gboolean
parse_metric (const Options *self, const Re3Figure *figure, Re3FigureInput *input, GError **error)
{
  if (self->metric == NULL)
    return TRUE;
  if (g_str_equal (self->metric, "both")) {
    input->both_metrics = TRUE;
    if (!figure->shows_both_metrics)
      g_set_error (error, RE3_CLI_ERROR, RE3_CLI_ERROR_USAGE,
                   _ ("%s shows one metric: --metric is one of l2, l1, linf, paper."),
                   figure->name);
    return figure->shows_both_metrics;
  }
  if (re3_cli_find_metric (self->metric, &input->metric))
    return TRUE;
  return set_usage_error (error, "--metric", "l2, l1, linf, paper, both", self->metric);
}

static gboolean
parse_regions (const Options *self, Re3FigureInput *input, GError **error)
{
  guint64 n_regions = 0;

  if (self->regions != NULL) {
    if (!re3_cli_parse_count ("--regions", self->regions, &n_regions, error))
      return FALSE;
    if (n_regions < 1 || n_regions > MAX_REGIONS) {
      g_set_error (error, RE3_CLI_ERROR, RE3_CLI_ERROR_USAGE,
                   _ ("--regions takes a number from 1 to %d, not “%s”."), MAX_REGIONS,
                   self->regions);
      return FALSE;
    }
    input->max_regions = (gsize) n_regions;
  }
  if (self->order == NULL || g_str_equal (self->order, "size"))
    return TRUE;
  if (!g_str_equal (self->order, "clustered"))
    return set_usage_error (error, "--order", "size, clustered", self->order);

  input->region_order = RE3_REGIONS_CLUSTERED;
  return TRUE;
}

static const Re3Figure *
find_figure (const char *name, const Options *options, GError **error)
{
  const Re3Figure *figure = re3_figures_find (name);
  g_autoptr (GString) list = NULL;
  g_autofree char *shown = NULL;
  const Re3Figure *figures;
  gsize n_figures;

  if (figure != NULL) {
    if (figure->needs_sample && options->row == NULL)
      g_set_error (error, RE3_CLI_ERROR, RE3_CLI_ERROR_USAGE,
                   _ ("%s is a figure of one sample: --row N is missing."), name);
    else if (figure->needs_pin && options->with == NULL)
      g_set_error (error, RE3_CLI_ERROR, RE3_CLI_ERROR_USAGE,
                   _ ("%s is a figure of two samples: --with N is missing."), name);
    else
      return figure;
    return NULL;
  }

  figures = re3_figures_list (&n_figures);
  list = g_string_new (NULL);
  for (gsize i = 0; i < n_figures; i++)
    g_string_append_printf (list, "%s%s", i == 0 ? "" : ", ", figures[i].name);
  shown = g_filename_display_name (name);
  set_usage_error (error, _ ("FIGURE"), list->str, shown);
  return NULL;
}

/* Features move between the ends of the data. */
static gboolean
parse_response (const Options *self,
                const Re3CliInput *input,
                Re3FigureInput *figure_input,
                double *lows,
                double *highs,
                GError **error)
{
  guint64 top = 0;

  if (!re3_cli_parse_count ("--top", self->top, &top, error))
    return FALSE;
  if (self->feature != NULL) {
    if (!re3_cli_input_find_feature (input, self->feature, &figure_input->feature, error))
      return FALSE;
    figure_input->has_feature = TRUE;
  }
  for (gsize i = 0; i < re3_model_get_n_features (input->model); i++)
    re3_dataset_get_range (input->dataset, i, &lows[i], &highs[i]);
  figure_input->max_features = (gsize) MIN (top, G_MAXSIZE);
  figure_input->feature_lows = lows;
  figure_input->feature_highs = highs;
  return TRUE;
}

static Re3Chart *
create_chart (const Re3Figure *figure,
              const Options *options,
              Re3FigureInput *figure_input,
              const Re3CliInput *input,
              GError **error)
{
  g_autoptr (Re3Analysis) analysis = NULL;
  g_autoptr (Re3Baseline) baseline = NULL;
  g_autoptr (Re3Baseline) pinned = NULL;
  g_auto (Re3CliSample) sample = { 0 };
  gsize n_features = re3_model_get_n_features (input->model);
  g_autofree double *lows = g_new (double, n_features);
  g_autofree double *highs = g_new (double, n_features);

  if (figure->needs_classes && re3_model_is_regression (input->model)) {
    g_set_error (error, RE3_CLI_ERROR, RE3_CLI_ERROR_USAGE,
                 _ ("%s is a figure of classes, and %s is a regression network, which has none."),
                 figure->name, input->model_name);
    return NULL;
  }

  if (!parse_response (options, input, figure_input, lows, highs, error))
    return NULL;
  if (figure->needs_sample) {
    if (!re3_cli_sample_init (&sample, input, options->row, options->class_text, NULL, error))
      return NULL;
    if (options->baseline != NULL) {
      baseline = re3_cli_baseline_new (input, options->baseline, error);
      if (baseline == NULL)
        return NULL;
    }
    if (figure->needs_pin) {
      pinned = re3_cli_baseline_new_for_row (input, "--with", options->with, error);
      if (pinned == NULL)
        return NULL;
    }
    if (!re3_picture_shape_find (input->model, input->dataset, &figure_input->picture_rows,
                                 &figure_input->picture_columns) &&
        figure->needs_picture) {
      g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_MISMATCH,
                   _ ("%s is a figure of samples that are pictures: the data are an IDX file or a "
                      "NumPy array of three dimensions, or the features of %s are called p(1,1), "
                      "p(1,2), ..."),
                   figure->name, input->model_name);
      return NULL;
    }
    figure_input->baseline = baseline;
    figure_input->pinned = pinned;
    figure_input->explanation = sample.explanation;
    figure_input->class_index = sample.class_index;
  } else {
    analysis = re3_analysis_new (input->model, input->dataset, NULL, error);
    if (analysis == NULL)
      return NULL;
    figure_input->analysis = analysis;
  }

  return figure->create (figure_input);
}

static gboolean
export_chart (Re3Chart *chart, const Re3ExportOptions *options, const char *path, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *shown = NULL;

  if (re3_chart_export (chart, options, path, &local_error))
    return TRUE;

  /* Only a file that could not be written is named by the sentence itself. */
  if (g_error_matches (local_error, RE3_EXPORT_ERROR, RE3_EXPORT_ERROR_WRITE)) {
    g_propagate_error (error, g_steal_pointer (&local_error));
  } else {
    shown = g_filename_display_name (path);
    g_propagate_prefixed_error (error, g_steal_pointer (&local_error), "%s: ", shown);
  }
  return FALSE;
}

char *
re3_cli_render (int argc, char **argv, GError **error)
{
  g_auto (Re3CliParser) parser = { 0 };
  g_auto (Re3CliInput) input = { 0 };
  g_auto (Options) options = { 0 };
  g_autoptr (Re3Chart) chart = NULL;
  const Re3Figure *figure;
  Re3ExportOptions export_options;
  Re3FigureInput figure_input = { 0 };
  char *help = NULL;

  re3_cli_parser_init (&parser, "render", "FIGURE MODEL DATA -o FILE",
                       _ ("Draws a figure of a data set, or of one of its rows."));
  add_options (&options, &parser);
  re3_cli_input_add_options (&input, &parser);
  if (!re3_cli_parser_parse (&parser, argc, argv, 3, 3, &help, error))
    return help;

  figure = find_figure (parser.paths[0], &options, error);
  if (figure == NULL || !parse_export_options (&options, &export_options, error) ||
      !parse_figure_options (&options, &figure_input, error) ||
      !parse_set (&options, &figure_input, error) ||
      !parse_metric (&options, figure, &figure_input, error) ||
      !parse_regions (&options, &figure_input, error) ||
      !re3_cli_input_load (&input, parser.paths + 1, error))
    return NULL;

  figure_input.is_signed = options.is_signed;
  chart = create_chart (figure, &options, &figure_input, &input, error);
  if (chart == NULL)
    return NULL;

  return export_chart (chart, &export_options, options.output, error) ? g_strdup ("") : NULL;
}
