/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-data-file.h"
#include "re3-io-file.h"

#include <glib/gi18n-lib.h>

/* So many skipped rows, and columns with filled values, are told one by one. */
#define MAX_SKIPPED_TOLD 5
#define MAX_FILLED_TOLD  12

void
re3_data_report_free (Re3DataReport *self)
{
  if (self == NULL)
    return;

  g_free (self->file);
  g_clear_pointer (&self->format, re3_csv_format_free);
  g_clear_pointer (&self->test, re3_data_report_free);
  g_free (self->array);
  g_free (self->label_column);
  g_free (self->label_doubt);
  g_free (self->label_mapping);
  g_strfreev (self->feature_columns);
  g_clear_pointer (&self->choice_columns, g_ptr_array_unref);
  g_clear_pointer (&self->filled, g_ptr_array_unref);
  g_strfreev (self->left_out);
  g_clear_pointer (&self->skipped, g_ptr_array_unref);
  g_free (self);
}

char *
re3_skipped_row_describe (const Re3SkippedRow *self)
{
  g_autofree char *place = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  place = self->is_index ? g_strdup_printf ("%s[%u]", self->file, self->line - 1)
                         : g_strdup_printf ("%s:%u", self->file, self->line);
  if (self->column == NULL)
    /* Translators: a place in a file, and what is wrong there. */
    return g_strdup_printf (_ ("%s: %s"), place, self->reason);

  return g_strdup_printf (_ ("%s: column “%s”: %s"), place, self->column, self->reason);
}

static void
describe_form (const Re3DataReport *self, GString *text)
{
  if (self->array != NULL) {
    /* Translators: such as "IDX, 300 × 28 × 28". */
    g_string_append_printf (text, _ ("Array: %s.\n"), self->array);
    return;
  }

  g_string_append_printf (text, _ ("Delimiter: %s.\n"),
                          re3_csv_get_delimiter_name (self->format->delimiter));
  g_string_append (text, self->format->has_header ? _ ("The first line names the columns.\n")
                                                  : _ ("There is no line of names.\n"));
}

static void
describe_label (const Re3DataReport *self, GString *text)
{
  if (self->label_column == NULL) {
    g_string_append (text, _ ("Label: none.\n"));
    return;
  }

  if (self->array != NULL && self->label_guessed)
    g_string_append_printf (text, _ ("Labels: in %s, found beside it.\n"), self->label_column);
  else if (self->array != NULL)
    g_string_append_printf (text, _ ("Labels: in %s.\n"), self->label_column);
  else if (self->label_guessed)
    g_string_append_printf (text, _ ("Label: the column “%s”, found by looking.\n"),
                            self->label_column);
  else
    g_string_append_printf (text, _ ("Label: the column “%s”.\n"), self->label_column);
}

static void
describe_mapping (const Re3DataReport *self, GString *text)
{
  if (self->label_mapping != NULL)
    g_string_append_printf (text, _ ("Labels: %s.\n"), self->label_mapping);
}

static void
describe_form_doubts (const Re3DataReport *self, GString *text)
{
  if (self->format->rival != RE3_CSV_GUESS_DELIMITER)
    /* Translators: %s is a delimiter, such as "comma". */
    g_string_append_printf (text, _ ("In doubt: the delimiter might be another one: %s.\n"),
                            re3_csv_get_delimiter_name (self->format->rival));
  if (self->format->header_in_doubt)
    g_string_append (text, self->format->has_header
                               ? _ ("In doubt: the first line has numbers and might be a sample.\n")
                               : _ ("In doubt: the first line might name the columns.\n"));
}

static void
describe_skipped (const Re3DataReport *self, GString *text)
{
  if (self->n_skipped == 0)
    return;

  g_string_append_printf (text,
                          g_dngettext (GETTEXT_PACKAGE, "%zu row skipped:\n", "%zu rows skipped:\n",
                                       self->n_skipped),
                          self->n_skipped);
  if (self->n_missing > 0)
    g_string_append_printf (text, _ ("  a missing value: %zu, otherwise unreadable: %zu\n"),
                            self->n_missing, self->n_skipped - self->n_missing);
  for (guint i = 0; i < MIN (self->skipped->len, MAX_SKIPPED_TOLD); i++) {
    g_autofree char *row = re3_skipped_row_describe (g_ptr_array_index (self->skipped, i));

    g_string_append_printf (text, "  %s\n", row);
  }
  if (self->n_skipped > MAX_SKIPPED_TOLD)
    g_string_append_printf (text, _ ("  and %zu more\n"), self->n_skipped - MAX_SKIPPED_TOLD);
}

static void
describe_choices (const Re3DataReport *self, GString *text)
{
  for (guint i = 0; i < self->choice_columns->len; i++) {
    const Re3ChoiceColumn *choice = g_ptr_array_index (self->choice_columns, i);
    g_autofree char *column = re3_io_quote (choice->column);
    g_autofree char *list =
        re3_io_join_names ((const char *const *) choice->choices, g_strv_length (choice->choices));

    /* Translators: a column of texts, and what they may be. */
    g_string_append_printf (text, _ ("Choices: the column “%s” holds one of %s.\n"), column, list);
  }
}

static void
describe_filled (const Re3DataReport *self, GString *text)
{
  if (self->n_filled == 0)
    return;

  g_string_append_printf (
      text,
      g_dngettext (GETTEXT_PACKAGE, "%zu missing value filled with the training mean:\n",
                   "%zu missing values filled with the training mean:\n", self->n_filled),
      self->n_filled);
  for (guint i = 0; i < MIN (self->filled->len, MAX_FILLED_TOLD); i++) {
    const Re3FilledColumn *filled = g_ptr_array_index (self->filled, i);
    g_autofree char *column = re3_io_quote (filled->column);

    /* Translators: a column, how many values, and the number that they are now. */
    g_string_append_printf (text, _ ("  the column “%s”: %zu, with %.6g\n"), column,
                            filled->n_cells, filled->mean);
  }
  if (self->filled->len > MAX_FILLED_TOLD)
    g_string_append_printf (text, _ ("  and %u more columns\n"),
                            self->filled->len - MAX_FILLED_TOLD);
}

static void
describe_matching (const Re3DataReport *self, GString *text)
{
  g_string_append (text, self->matched_by_name ? _ ("Features: found by name.\n")
                                               : _ ("Features: taken by position.\n"));
}

static void
describe_left_out (const Re3DataReport *self, GString *text)
{
  g_autofree char *list = NULL;

  if (self->left_out[0] == NULL)
    return;

  list = re3_io_join_names ((const char *const *) self->left_out, g_strv_length (self->left_out));
  g_string_append_printf (text, _ ("Left out: %s.\n"), list);
}

static void
describe_encoding (const Re3DataReport *self, GString *text)
{
  if (!self->format->is_utf8)
    g_string_append (text, _ ("Not all of the file is UTF-8.\n"));
}

/* What is known of each file by itself. */
static void
describe_file (const Re3DataReport *self, GString *text)
{
  describe_form (self, text);
  describe_matching (self, text);
  describe_choices (self, text);
  describe_label (self, text);
  describe_mapping (self, text);
  describe_left_out (self, text);
  describe_form_doubts (self, text);
  if (self->label_doubt != NULL)
    g_string_append_printf (text, _ ("In doubt: %s\n"), self->label_doubt);
  describe_encoding (self, text);
}

static void
describe_test_file (const Re3DataReport *self, GString *text)
{
  g_autoptr (GString) own = g_string_new (NULL);
  g_auto (GStrv) lines = NULL;

  if (self->test == NULL)
    return;

  g_string_append_printf (text, _ ("Test file: %s\n"), self->test->file);
  describe_file (self->test, own);
  lines = g_strsplit (g_strchomp (own->str), "\n", -1);
  for (gsize i = 0; lines[i] != NULL; i++)
    g_string_append_printf (text, "  %s\n", lines[i]);
}

char *
re3_data_report_describe (const Re3DataReport *self)
{
  GString *text;

  g_return_val_if_fail (self != NULL, NULL);

  text = g_string_new (NULL);
  describe_file (self, text);
  describe_test_file (self, text);
  describe_skipped (self, text);
  describe_filled (self, text);

  return g_string_free (text, FALSE);
}

GStrv
re3_data_report_list_notes (const Re3DataReport *self, const Re3Model *model)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GStrvBuilder) notes = g_strv_builder_new ();
  g_auto (GStrv) lines = NULL;

  g_return_val_if_fail (self != NULL && model != NULL, NULL);

  if (re3_model_has_feature_names (model) && !self->matched_by_name)
    describe_matching (self, text);
  if (self->label_guessed && (self->label_mapping != NULL || !re3_model_has_class_names (model) ||
                              re3_model_is_regression (model)))
    describe_label (self, text);
  describe_mapping (self, text);
  describe_left_out (self, text);
  describe_form_doubts (self, text);
  describe_encoding (self, text);

  lines = g_strsplit (g_strchomp (text->str), "\n", -1);
  for (gsize i = 0; lines[i] != NULL; i++) {
    g_autofree char *note = g_strdup_printf ("%s: %s", self->file, lines[i]);

    g_strv_builder_add (notes, note);
  }
  if (self->label_doubt != NULL)
    g_strv_builder_add (notes, self->label_doubt);

  return g_strv_builder_end (notes);
}
