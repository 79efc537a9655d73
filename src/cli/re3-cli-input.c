/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-cli-input.h"

#include "re3-io-error.h"
#include "re3-io-file.h"
#include "re3-model-file.h"
#include "re3-number-format.h"
#include "re3-scaler.h"
#include "re3-scaling-check.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

void
re3_cli_input_add_options (Re3CliInput *self, Re3CliParser *parser)
{
  const GOptionEntry entries[] = {
    { "label", 0, 0, G_OPTION_ARG_STRING, &self->label,
      N_ ("The column with the true classes, by name or by number from 1; \"\" for none"),
      N_ ("COLUMN") },
    { "labels", 0, 0, G_OPTION_ARG_FILENAME, &self->labels,
      N_ ("Of an array (IDX, NumPy): the file with its labels, where it is not found beside it"),
      N_ ("FILE") },
    { "no-header", 0, 0, G_OPTION_ARG_NONE, &self->no_header,
      N_ ("The first line is a row, whatever it looks like"), NULL },
    { "test", 0, 0, G_OPTION_ARG_FILENAME, &self->test,
      N_ ("A second file with the test samples; DATA is then for training"), N_ ("FILE") },
    { "split", 0, 0, G_OPTION_ARG_STRING, &self->split, N_ ("A column that says train or test"),
      N_ ("COLUMN") },
    { "test-fraction", 0, 0, G_OPTION_ARG_STRING, &self->test_fraction,
      N_ ("The share of rows to test on, chosen by class (0.2)"), N_ ("F") },
    { "seed", 0, 0, G_OPTION_ARG_STRING, &self->seed, N_ ("The seed of that choice (42)"),
      N_ ("N") },
    { "fill", 0, 0, G_OPTION_ARG_STRING, &self->fill,
      N_ ("What missing values become: none or mean (none): their rows are skipped, or each takes "
          "the mean of its column over the training rows that have a value there"),
      N_ ("WITH") },
    { "fit-scaler", 0, 0, G_OPTION_ARG_STRING, &self->fit_scaler,
      N_ ("For a model without scaler: fit one to the training rows"), "train" },
    G_OPTION_ENTRY_NULL,
  };

  re3_cli_parser_add (parser, entries);
}

void
re3_cli_input_clear (Re3CliInput *self)
{
  g_clear_pointer (&self->model, re3_model_unref);
  g_clear_pointer (&self->model_name, g_free);
  g_clear_pointer (&self->dataset, re3_dataset_unref);
  g_clear_pointer (&self->data_name, g_free);
  g_clear_pointer (&self->report, re3_data_report_free);
  g_clear_pointer (&self->label, g_free);
  g_clear_pointer (&self->labels, g_free);
  g_clear_pointer (&self->test, g_free);
  g_clear_pointer (&self->split, g_free);
  g_clear_pointer (&self->test_fraction, g_free);
  g_clear_pointer (&self->seed, g_free);
  g_clear_pointer (&self->fill, g_free);
  g_clear_pointer (&self->fit_scaler, g_free);
}

static gboolean
parse_data_options (const Re3CliInput *self, Re3DataOptions *options, GError **error)
{
  *options = RE3_DATA_OPTIONS_DEFAULT;

  if ((self->test != NULL) + (self->split != NULL) +
          (self->test_fraction != NULL || self->seed != NULL) >
      1) {
    g_set_error_literal (error, RE3_CLI_ERROR, RE3_CLI_ERROR_USAGE,
                         _ ("--test, --split and --test-fraction with --seed are three ways to "
                            "choose the test samples; give one."));
    return FALSE;
  }

  if (self->fit_scaler != NULL && !g_str_equal (self->fit_scaler, "train")) {
    g_set_error (error, RE3_CLI_ERROR, RE3_CLI_ERROR_USAGE,
                 _ ("--fit-scaler is “train”, for the training rows, and not “%s”."),
                 self->fit_scaler);
    return FALSE;
  }

  if (self->fill != NULL && !g_str_equal (self->fill, "none") &&
      !g_str_equal (self->fill, "mean")) {
    g_set_error (error, RE3_CLI_ERROR, RE3_CLI_ERROR_USAGE,
                 _ ("--fill is one of none, mean, not “%s”."), self->fill);
    return FALSE;
  }

  options->fill = g_strcmp0 (self->fill, "mean") == 0 ? RE3_DATA_FILL_MEAN : RE3_DATA_FILL_NONE;
  options->header = self->no_header ? RE3_CSV_HEADER_NONE : RE3_CSV_HEADER_GUESS;
  options->label = self->label;
  options->split_column = self->split;

  return re3_cli_parse_number ("--test-fraction", self->test_fraction, 0, 1,
                               _ ("a number from 0 to 1"), &options->test_fraction, error) &&
         re3_cli_parse_count ("--seed", self->seed, &options->seed, error);
}

static char *
get_file_name (GFile *file)
{
  g_autofree char *base = g_file_get_basename (file);

  return g_filename_display_name (base != NULL ? base : "");
}

static void
note_tests (const Re3CliInput *self)
{
  double worst;
  g_autofree char *difference = NULL;

  if (re3_model_reproduces_tests (self->model, &worst))
    return;

  difference = re3_format_number (worst, 2);
  g_printerr (_ ("re3-cli: note: %s: the network does not give the logits that its file says it "
                 "gave where it was trained; the largest difference is %s.\n"),
              self->model_name, difference);
}

/* What the reader had to decide that the file does not say. */
static void
note_decisions (const Re3CliInput *self)
{
  for (gsize i = 0; i < re3_model_get_n_notes (self->model); i++)
    g_printerr (_ ("re3-cli: note: %s\n"), re3_model_get_note (self->model, i));
}

/* What had to be guessed of a data file, and what of it is not read. */
static void
note_reading (const Re3CliInput *self, const Re3DataReport *report)
{
  g_auto (GStrv) notes = re3_data_report_list_notes (report, self->model);

  for (gsize i = 0; notes[i] != NULL; i++)
    g_printerr (_ ("re3-cli: note: %s\n"), notes[i]);
}

static void
note_skipped_rows (const Re3CliInput *self)
{
  g_autofree char *first = NULL;

  if (self->report->n_skipped == 0)
    return;

  first = re3_skipped_row_describe (g_ptr_array_index (self->report->skipped, 0));
  g_printerr (ngettext ("re3-cli: note: %s; %zu row was skipped.\n",
                        "re3-cli: note: %s; %zu rows were skipped.\n", self->report->n_skipped),
              first, self->report->n_skipped);
}

static void
note_filled_values (const Re3CliInput *self)
{
  g_autoptr (GPtrArray) columns = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *list = NULL;

  if (self->report->n_filled == 0)
    return;

  for (guint i = 0; i < self->report->filled->len; i++) {
    const Re3FilledColumn *filled = g_ptr_array_index (self->report->filled, i);
    g_autofree char *column = re3_io_quote (filled->column);

    g_ptr_array_add (columns, g_strdup_printf ("%s (%zu)", column, filled->n_cells));
  }
  list = re3_io_join_names ((const char *const *) columns->pdata, columns->len);
  g_printerr (ngettext ("re3-cli: note: %s: %zu missing value was filled with the training mean of "
                        "its column: %s.\n",
                        "re3-cli: note: %s: %zu missing values were filled with the training means "
                        "of their columns: %s.\n",
                        self->report->n_filled),
              self->data_name, self->report->n_filled, list);
}

/* A model with a scaler that is fitted to the training rows, in place of the one without. */
static gboolean
fit_scaler (Re3CliInput *self, GError **error)
{
  gsize n_features = re3_model_get_n_features (self->model);
  g_autofree double *mean = g_new (double, n_features);
  g_autofree double *scale = g_new (double, n_features);
  Re3Model *scaled;

  if (re3_model_has_scaler (self->model)) {
    g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_MISMATCH,
                 _ ("%s: the model has a scaler of its own; leave --fit-scaler out."),
                 self->model_name);
    return FALSE;
  }

  if (!re3_scaler_fit (self->dataset, mean, scale, error)) {
    g_prefix_error (error, "%s: ", self->data_name);
    return FALSE;
  }
  scaled = re3_model_new_with_scaler (self->model, mean, scale, error);
  if (scaled == NULL) {
    g_prefix_error (error, "%s: ", self->model_name);
    return FALSE;
  }

  re3_model_unref (self->model);
  self->model = scaled;
  self->scaler_is_fitted = TRUE;
  g_printerr (_ ("re3-cli: note: %s has no scaler; one was fitted to the training rows of %s: each "
                 "feature less its mean, divided by its standard deviation.\n"),
              self->model_name, self->data_name);

  return TRUE;
}

static void
warn_of_unscaled_data (const Re3CliInput *self)
{
  g_autoptr (Re3ScalingCheck) check = re3_scaling_check_new (self->model, self->dataset);
  g_autofree char *warning = check != NULL ? re3_scaling_check_describe (check, self->model) : NULL;
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autofree char *list = NULL;

  if (warning == NULL)
    return;

  for (gsize i = 0; i < check->n_features; i++)
    if (check->features[i].looks_unscaled)
      g_ptr_array_add (names, (gpointer) re3_model_get_feature_name (self->model, i));
  list = re3_io_join_names ((const char *const *) names->pdata, names->len);

  g_printerr (
      _ ("re3-cli: warning: %s: %s The features are: %s. --fit-scaler train fits a scaler to the "
         "training rows.\n"),
      self->data_name, warning, list);
}

/* How to say what the message asks for. */
static void
add_label_hint (GError **error)
{
  g_autoptr (GError) refused = g_steal_pointer (error);

  g_set_error (
      error, refused->domain, refused->code, "%s %s", refused->message,
      _ ("--label COLUMN chooses the label (of an array, --labels FILE), --label \"\" opens "
         "the data without."));
}

static gboolean
load_data (Re3CliInput *self, const char *path, Re3DataOptions *options, GError **error)
{
  g_autoptr (GFile) data_file = g_file_new_for_commandline_arg (path);
  g_autoptr (GFile) test_file = NULL;
  g_autoptr (GFile) labels_file = NULL;

  if (self->labels != NULL)
    labels_file = g_file_new_for_commandline_arg (self->labels);
  options->labels_file = labels_file;
  if (self->test != NULL)
    test_file = g_file_new_for_commandline_arg (self->test);
  options->test_file = test_file;

  self->dataset =
      re3_data_file_read (data_file, self->model, options, self->cancellable, &self->report, error);
  if (self->dataset == NULL) {
    if (g_error_matches (*error, RE3_IO_ERROR, RE3_IO_ERROR_LABEL))
      add_label_hint (error);
    return FALSE;
  }
  self->data_name = get_file_name (data_file);
  note_reading (self, self->report);
  if (self->report->test != NULL)
    note_reading (self, self->report->test);
  note_skipped_rows (self);
  note_filled_values (self);

  if (self->fit_scaler != NULL)
    return fit_scaler (self, error);

  warn_of_unscaled_data (self);
  return TRUE;
}

/* Without DATA nothing can be said of it. */
static gboolean
check_no_data_options (const Re3CliInput *self, GError **error)
{
  const struct {
    const char *option;
    gboolean is_given;
  } options[] = {
    { "--label", self->label != NULL },
    { "--labels", self->labels != NULL },
    { "--no-header", self->no_header },
    { "--test", self->test != NULL },
    { "--split", self->split != NULL },
    { "--test-fraction", self->test_fraction != NULL },
    { "--seed", self->seed != NULL },
    { "--fill", self->fill != NULL },
    { "--fit-scaler", self->fit_scaler != NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (options); i++) {
    if (!options[i].is_given)
      continue;
    g_set_error (error, RE3_CLI_ERROR, RE3_CLI_ERROR_USAGE, _ ("%s needs DATA."),
                 options[i].option);
    return FALSE;
  }

  return TRUE;
}

gboolean
re3_cli_input_load (Re3CliInput *self, GStrv paths, GError **error)
{
  g_autoptr (GFile) model_file = g_file_new_for_commandline_arg (paths[0]);
  Re3DataOptions options;

  if (!parse_data_options (self, &options, error))
    return FALSE;
  if (paths[1] == NULL && !check_no_data_options (self, error))
    return FALSE;

  self->model = re3_model_file_read (model_file, self->cancellable, error);
  if (self->model == NULL)
    return FALSE;
  self->model_name = get_file_name (model_file);
  note_tests (self);
  note_decisions (self);

  return paths[1] == NULL || load_data (self, paths[1], &options, error);
}

/* "a, b, c" */
static char *
list_names (const Re3Model *model,
            gsize n_names,
            const char *(*get_name) (const Re3Model *model, gsize index))
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (gsize i = 0; i < n_names; i++)
    g_string_append_printf (list, "%s%s", i == 0 ? "" : ", ", get_name (model, i));

  return g_string_free (g_steal_pointer (&list), FALSE);
}

gboolean
re3_cli_input_find_class (const Re3CliInput *self,
                          const char *text,
                          gsize *class_index,
                          GError **error)
{
  gsize n_classes = re3_model_get_n_classes (self->model);
  gssize named = re3_model_find_class (self->model, text);
  g_autofree char *list = NULL;
  guint64 index;

  if (named >= 0) {
    *class_index = (gsize) named;
    return TRUE;
  }
  if (g_ascii_string_to_unsigned (text, 10, 0, n_classes - 1, &index, NULL)) {
    *class_index = (gsize) index;
    return TRUE;
  }

  list = list_names (self->model, n_classes, re3_model_get_class_name);
  g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_MISMATCH,
               _ ("%s: there is no class “%s”; the classes are: %s."), self->model_name, text,
               list);
  return FALSE;
}

gboolean
re3_cli_input_find_feature (const Re3CliInput *self,
                            const char *name,
                            gsize *feature,
                            GError **error)
{
  gssize found = re3_model_find_feature (self->model, name);
  g_autofree char *list = NULL;

  if (found >= 0) {
    *feature = (gsize) found;
    return TRUE;
  }
  if (found == RE3_NAME_AMBIGUOUS) {
    g_autoptr (GPtrArray) names = g_ptr_array_new ();

    for (gsize i = 0; i < re3_model_get_n_features (self->model); i++)
      if (re3_names_match (re3_model_get_feature_name (self->model, i), name))
        g_ptr_array_add (names, (gpointer) re3_model_get_feature_name (self->model, i));
    list = re3_io_join_names ((const char *const *) names->pdata, names->len);
    g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_MISMATCH,
                 _ ("%s: “%s” could be any of several features: %s; give the whole name."),
                 self->model_name, name, list);
    return FALSE;
  }

  list =
      list_names (self->model, re3_model_get_n_features (self->model), re3_model_get_feature_name);
  g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_MISMATCH,
               _ ("%s: there is no feature “%s”; the features are: %s."), self->model_name, name,
               list);
  return FALSE;
}

const Re3FeatureGroup *
re3_cli_input_find_group (const Re3CliInput *self, const char *name)
{
  gssize feature = re3_model_find_feature (self->model, name);

  if (feature >= 0 && g_str_equal (re3_model_get_feature_name (self->model, (gsize) feature), name))
    return NULL;

  return re3_feature_groups_find_named (re3_model_get_groups (self->model), name);
}

/* Applies "GROUP=CHOICE". */
static gboolean
apply_choice (const Re3CliInput *input,
              const Re3FeatureGroup *group,
              const char *text,
              double *values,
              GError **error)
{
  g_autofree const char **names = g_new (const char *, group->n_features);
  g_autofree char *list = NULL;
  gssize choice;

  for (gsize i = 0; i < group->n_features; i++)
    names[i] = re3_model_get_feature_name (input->model, group->features[i]);
  choice = re3_feature_group_find (group, names, text);
  if (choice != RE3_NO_CHOICE) {
    re3_feature_group_set_choice (group, (gsize) choice, values);
    return TRUE;
  }

  list = g_strjoinv (", ", group->choices);
  g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_MISMATCH,
               _ ("%s: “%s” is no choice of “%s”; the choices are: %s."), input->model_name, text,
               group->name, list);
  return FALSE;
}

/* Applies "FEATURE=VALUE" or "GROUP=CHOICE". A name may hold the sign of equality, a number cannot.
 */
static gboolean
apply_edit (const Re3CliInput *input, const char *edit, double *values, GError **error)
{
  const char *equals = strrchr (edit, '=');
  g_autofree char *name = NULL;
  g_autofree char *option = NULL;
  g_autofree char *choice = NULL;
  const Re3FeatureGroup *group;
  gsize feature;
  double value;

  if (equals == NULL || equals == edit) {
    g_set_error (error, RE3_CLI_ERROR, RE3_CLI_ERROR_USAGE,
                 _ ("--set takes a feature and a value, such as \"petal width=1.8\", not “%s”."),
                 edit);
    return FALSE;
  }

  name = g_strchomp (g_strndup (edit, (gsize) (equals - edit)));
  group = re3_cli_input_find_group (input, name);
  if (group != NULL) {
    choice = g_strstrip (g_strdup (equals + 1));
    return apply_choice (input, group, choice, values, error);
  }

  option = g_strdup_printf ("--set \"%s=\"", name);
  if (!re3_cli_parse_number (option, equals + 1, -G_MAXDOUBLE, G_MAXDOUBLE, _ ("a finite number"),
                             &value, error) ||
      !re3_cli_input_find_feature (input, name, &feature, error))
    return FALSE;

  values[feature] = value;

  return TRUE;
}

/* What was filled and is still so. (transfer full) (element-type gsize) */
static GArray *
list_filled (const Re3CliInput *input, gsize row, const double *values)
{
  GArray *features = g_array_new (FALSE, FALSE, sizeof (gsize));
  gsize n_filled;
  const Re3Cell *filled = re3_dataset_get_filled (input->dataset, row, &n_filled);

  for (gsize i = 0; i < n_filled; i++) {
    gsize feature = filled[i].feature;

    if (values[feature] == re3_dataset_get_value (input->dataset, row, feature))
      g_array_append_val (features, feature);
  }

  return features;
}

static gboolean
has_finite_logits (const Re3Explanation *explanation)
{
  for (gsize c = 0; c < re3_model_get_n_classes (explanation->model); c++) {
    if (!isfinite (explanation->forward->logits[c]))
      return FALSE;
  }

  return TRUE;
}

gboolean
re3_cli_sample_init (Re3CliSample *self,
                     const Re3CliInput *input,
                     const char *row_text,
                     const char *class_text,
                     const char *const *edits,
                     GError **error)
{
  gsize n_rows = re3_dataset_get_n_rows (input->dataset);
  g_autofree double *values = g_new (double, re3_dataset_get_n_features (input->dataset));
  guint64 row;

  if (!re3_cli_parse_count ("--row", row_text, &row, error))
    return FALSE;
  if (row >= n_rows) {
    g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_MISMATCH,
                 _ ("%s: there is no row %s; the rows are 0 to %zu."), input->data_name, row_text,
                 n_rows - 1);
    return FALSE;
  }

  self->row = (gsize) row;
  re3_dataset_get_row (input->dataset, self->row, values);
  for (gsize i = 0; edits != NULL && edits[i] != NULL; i++) {
    if (!apply_edit (input, edits[i], values, error))
      return FALSE;
    self->n_edits++;
  }

  if (class_text != NULL &&
      !re3_cli_input_find_class (input, class_text, &self->class_index, error))
    return FALSE;

  self->filled = list_filled (input, self->row, values);
  self->explanation = re3_explanation_new (input->model, values, NULL);
  if (!has_finite_logits (self->explanation)) {
    g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_MISMATCH,
                 _ ("%s: the values of row %zu are so large that the logits are too large for "
                    "numbers in double precision."),
                 input->data_name, self->row);
    return FALSE;
  }
  if (class_text == NULL)
    self->class_index = self->explanation->prediction;

  return TRUE;
}

void
re3_cli_sample_clear (Re3CliSample *self)
{
  g_clear_pointer (&self->explanation, re3_explanation_unref);
  g_clear_pointer (&self->filled, g_array_unref);
}
