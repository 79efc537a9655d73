/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-data-dialog.h"

#include "re3-data-columns.h"
#include "re3-data-preview.h"
#include "re3-io-file.h"
#include "re3-model-file.h"
#include "re3-preview-table.h"
#include "re3-settings.h"

#include <glib/gi18n.h>

/* What the label row offers before the columns. */
enum { LABEL_GUESS, LABEL_NONE, N_LABEL_CHOICES };

struct _Re3DataDialog {
  AdwWindow parent_instance;

  AdwComboRow *delimiter_row;
  AdwComboRow *header_row;
  AdwComboRow *label_row;
  AdwEntryRow *left_out_row;
  AdwComboRow *missing_row;
  GtkLabel *error_label;
  GtkLabel *found_label;
  GtkStack *stack;
  GtkColumnView *column_view;

  Re3Session *session;
  GFile *model_file; /* (nullable) */
  GFile *data_file;
  Re3Worker *worker;
  Re3Reading *reading;
  Re3DataPreview *preview; /* (nullable) */
  gboolean is_filling;
};

G_DEFINE_FINAL_TYPE (Re3DataDialog, re3_data_dialog, ADW_TYPE_WINDOW)

static guint read_signal;

/* In the order of the row's items. */
static const char delimiters[] = {
  RE3_CSV_GUESS_DELIMITER, ',', ';', '\t', '|', RE3_CSV_WHITE_SPACE,
};
static const Re3CsvHeader headers[] = {
  RE3_CSV_HEADER_GUESS,
  RE3_CSV_HEADER_FIRST_LINE,
  RE3_CSV_HEADER_NONE,
};

/* --- Looking at the file -------------------------------------------------------------------- */

typedef struct {
  GFile *model_file;
  GFile *data_file;
  Re3Model *model;
  Re3Reading *reading;
} LookInput;

static void
look_input_free (gpointer data)
{
  LookInput *input = data;

  g_clear_object (&input->model_file);
  g_clear_object (&input->data_file);
  g_clear_pointer (&input->model, re3_model_unref);
  g_clear_pointer (&input->reading, re3_reading_free);
  g_free (input);
}

static gpointer
look_work (gpointer data, Re3Job *job, GError **error)
{
  LookInput *input = data;
  GCancellable *cancellable = re3_job_get_cancellable (job);
  Re3DataOptions options = re3_reading_get_options (input->reading);

  if (input->model == NULL)
    input->model = re3_model_file_read (input->model_file, cancellable, error);
  return input->model != NULL
             ? re3_data_preview_new (input->data_file, input->model, &options, cancellable, error)
             : NULL;
}

static void
show_error (Re3DataDialog *self, const char *text)
{
  gtk_label_set_text (self->error_label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), text != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "dialog.read", text == NULL);
}

/* Puts @columns after what is offered before them. What stays the same is not touched, for a list
 * that was just chosen from loses the keyboard with its items. */
static void
list_columns (GtkStringList *labels, GPtrArray *columns)
{
  guint n_old = g_list_model_get_n_items (G_LIST_MODEL (labels)) - N_LABEL_CHOICES;
  guint n_same = 0;

  while (n_same < MIN (n_old, columns->len) &&
         g_str_equal (gtk_string_list_get_string (labels, N_LABEL_CHOICES + n_same),
                      g_ptr_array_index (columns, n_same)))
    n_same++;
  g_ptr_array_add (columns, NULL);
  gtk_string_list_splice (labels, N_LABEL_CHOICES + n_same, n_old - n_same,
                          (const char *const *) columns->pdata + n_same);
}

/* The columns that can be the label are known once the file was looked at. A label that is none of
 * them is what the file cannot be read for, so it is listed too. @format: (nullable) */
static void
fill_labels (Re3DataDialog *self, const Re3CsvFormat *format)
{
  const char *label = self->reading->label;
  g_autoptr (GPtrArray) columns = g_ptr_array_new ();
  guint selected = LABEL_GUESS;

  for (gsize i = 0; format != NULL && i < format->n_columns; i++)
    g_ptr_array_add (columns, format->columns[i]);
  if (label != NULL && *label == '\0') {
    selected = LABEL_NONE;
  } else if (label != NULL) {
    gssize column = format != NULL ? re3_data_columns_find (format, label) : RE3_NO_COLUMN;

    if (column == RE3_NO_COLUMN) {
      column = (gssize) columns->len;
      g_ptr_array_add (columns, (gpointer) label);
    }
    selected = N_LABEL_CHOICES + (guint) column;
  }

  self->is_filling = TRUE;
  list_columns (GTK_STRING_LIST (adw_combo_row_get_model (self->label_row)), columns);
  adw_combo_row_set_selected (self->label_row, selected);
  self->is_filling = FALSE;
}

static void
show_found (Re3DataDialog *self)
{
  const Re3DataReport *report = self->preview->report;
  g_autoptr (GString) text = g_string_new (NULL);

  if (report != NULL) {
    g_autofree char *found = re3_data_report_describe (report);

    if (!self->preview->whole)
      g_string_append_printf (text,
                              _ ("The file is large: this is what its first %zu samples show.\n"),
                              self->preview->n_rows);
    g_string_append (text, found);
  }
  gtk_label_set_text (self->found_label, g_strchomp (text->str));
}

static void
looked_cb (gpointer result, const GError *error, gpointer user_data)
{
  Re3DataDialog *self = user_data;
  Re3DataPreview *previous = self->preview;

  if (error != NULL) {
    show_error (self, error->message);
    return;
  }
  self->preview = result;
  show_error (self, self->preview->error != NULL ? self->preview->error->message : NULL);
  show_found (self);
  re3_preview_table_show (self->column_view, self->preview);
  gtk_stack_set_visible_child_name (self->stack,
                                    self->preview->format != NULL ? "table" : "nothing");
  if (self->preview->format != NULL)
    fill_labels (self, self->preview->format);
  re3_data_preview_free (previous);
}

static void
look (Re3DataDialog *self)
{
  LookInput *input = g_new0 (LookInput, 1);

  g_set_object (&input->model_file, self->model_file);
  g_set_object (&input->data_file, self->data_file);
  if (self->model_file == NULL)
    input->model = re3_model_ref (re3_session_get_model (self->session));
  input->reading = re3_reading_copy (self->reading);
  re3_worker_submit (self->worker, look_work, input, look_input_free,
                     (GDestroyNotify) re3_data_preview_free, NULL, looked_cb, self);
}

/* --- Choosing ------------------------------------------------------------------------------- */

static void
take_label (Re3DataDialog *self)
{
  guint selected = adw_combo_row_get_selected (self->label_row);
  GtkStringObject *item = adw_combo_row_get_selected_item (self->label_row);

  g_clear_pointer (&self->reading->label, g_free);
  if (selected == LABEL_NONE)
    self->reading->label = g_strdup ("");
  else if (selected >= N_LABEL_CHOICES)
    self->reading->label = g_strdup (gtk_string_object_get_string (item));
}

/* "id, 3" */
static void
take_left_out (Re3DataDialog *self)
{
  g_auto (GStrv) parts =
      g_strsplit (gtk_editable_get_text (GTK_EDITABLE (self->left_out_row)), ",", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (gsize i = 0; parts[i] != NULL; i++)
    if (*g_strstrip (parts[i]) != '\0')
      g_strv_builder_add (builder, parts[i]);
  g_clear_pointer (&self->reading->left_out, g_strfreev);
  self->reading->left_out = g_strv_builder_end (builder);
  if (self->reading->left_out[0] == NULL)
    g_clear_pointer (&self->reading->left_out, g_strfreev);
}

static void
choice_changed_cb (Re3DataDialog *self)
{
  if (self->is_filling || self->reading == NULL)
    return;

  self->reading->delimiter = delimiters[adw_combo_row_get_selected (self->delimiter_row)];
  self->reading->header = headers[adw_combo_row_get_selected (self->header_row)];
  self->reading->fill =
      adw_combo_row_get_selected (self->missing_row) == 0 ? RE3_DATA_FILL_NONE : RE3_DATA_FILL_MEAN;
  take_label (self);
  take_left_out (self);
  look (self);
}

static void
fill_choices (Re3DataDialog *self)
{
  g_autofree char *left_out =
      self->reading->left_out != NULL ? g_strjoinv (", ", self->reading->left_out) : NULL;

  self->is_filling = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (delimiters); i++)
    if (delimiters[i] == self->reading->delimiter)
      adw_combo_row_set_selected (self->delimiter_row, i);
  for (guint i = 0; i < G_N_ELEMENTS (headers); i++)
    if (headers[i] == self->reading->header)
      adw_combo_row_set_selected (self->header_row, i);
  adw_combo_row_set_selected (self->missing_row, self->reading->fill == RE3_DATA_FILL_MEAN ? 1 : 0);
  gtk_editable_set_text (GTK_EDITABLE (self->left_out_row), left_out != NULL ? left_out : "");
  self->is_filling = FALSE;
  fill_labels (self, NULL);
}

static void
read_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  Re3DataDialog *self = RE3_DATA_DIALOG (widget);
  g_autoptr (GVariant) readings = re3_settings_add_reading (self->data_file, self->reading);

  re3_session_set_readings (self->session, readings);
  g_signal_emit (self, read_signal, 0, self->model_file, self->data_file);
  gtk_window_close (GTK_WINDOW (self));
}

/* --- Life ----------------------------------------------------------------------------------- */

static void
re3_data_dialog_dispose (GObject *object)
{
  Re3DataDialog *self = RE3_DATA_DIALOG (object);

  if (self->worker != NULL)
    re3_worker_abandon (self->worker);
  g_clear_object (&self->worker);
  /* Its rows point into the preview. */
  if (self->column_view != NULL)
    gtk_column_view_set_model (self->column_view, NULL);
  g_clear_object (&self->session);
  g_clear_object (&self->model_file);
  g_clear_object (&self->data_file);
  g_clear_pointer (&self->reading, re3_reading_free);
  g_clear_pointer (&self->preview, re3_data_preview_free);

  G_OBJECT_CLASS (re3_data_dialog_parent_class)->dispose (object);
}

static void
re3_data_dialog_class_init (Re3DataDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = re3_data_dialog_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/re3/Re3/ui/re3-data-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, Re3DataDialog, delimiter_row);
  gtk_widget_class_bind_template_child (widget_class, Re3DataDialog, header_row);
  gtk_widget_class_bind_template_child (widget_class, Re3DataDialog, label_row);
  gtk_widget_class_bind_template_child (widget_class, Re3DataDialog, left_out_row);
  gtk_widget_class_bind_template_child (widget_class, Re3DataDialog, missing_row);
  gtk_widget_class_bind_template_child (widget_class, Re3DataDialog, error_label);
  gtk_widget_class_bind_template_child (widget_class, Re3DataDialog, found_label);
  gtk_widget_class_bind_template_child (widget_class, Re3DataDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, Re3DataDialog, column_view);
  gtk_widget_class_bind_template_callback (widget_class, choice_changed_cb);
  read_signal = g_signal_new ("read", RE3_TYPE_DATA_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                              G_TYPE_NONE, 2, G_TYPE_FILE, G_TYPE_FILE);
  gtk_widget_class_install_action (widget_class, "dialog.read", NULL, read_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
re3_data_dialog_init (Re3DataDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->worker = re3_worker_new ();
}

/* That of the document, if it is its file, which need not be what was last chosen for it. */
static Re3Reading *
find_reading (Re3Session *session, GFile *file)
{
  Re3Document *document = re3_session_get_document (session);
  GFile *open_file = document != NULL ? re3_document_get_data_file (document) : NULL;
  g_autoptr (GVariant) readings = re3_settings_get_readings ();
  Re3Reading *found = NULL;

  if (open_file == NULL || !g_file_equal (open_file, file))
    found = re3_readings_find (readings, file);
  else if (re3_document_get_reading (document) != NULL)
    found = re3_reading_copy (re3_document_get_reading (document));
  return found != NULL ? found : re3_reading_new ();
}

GtkWidget *
re3_data_dialog_new (GtkWindow *parent, Re3Session *session, GFile *model_file, GFile *data_file)
{
  g_return_val_if_fail (GTK_IS_WINDOW (parent), NULL);
  g_return_val_if_fail (RE3_IS_SESSION (session), NULL);
  g_return_val_if_fail (model_file != NULL || re3_session_get_model (session) != NULL, NULL);
  g_return_val_if_fail (G_IS_FILE (data_file), NULL);

  Re3DataDialog *self = g_object_new (RE3_TYPE_DATA_DIALOG, "transient-for", parent, NULL);
  g_autofree char *name = re3_io_file_get_name (data_file);
  /* Translators: %s is the name of a data file. */
  g_autofree char *title = g_strdup_printf (_ ("How %s Is Read"), name);

  gtk_window_set_title (GTK_WINDOW (self), title);
  self->session = g_object_ref (session);
  g_set_object (&self->model_file, model_file);
  self->data_file = g_object_ref (data_file);
  self->reading = find_reading (session, data_file);
  fill_choices (self);
  show_error (self, NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "dialog.read", FALSE);
  look (self);
  return GTK_WIDGET (self);
}
