/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-file-actions.h"

#include "re3-actions.h"
#include "re3-data-dialog.h"
#include "re3-dialogs.h"
#include "re3-document-text.h"
#include "re3-io-file.h"
#include "re3-model-file.h"
#include "re3-naming-dialog.h"
#include "re3-recent-files.h"
#include "re3-recent-list.h"
#include "re3-session-file.h"
#include "re3-settings.h"

#include <glib/gi18n.h>
#include <string.h>

struct _Re3FileActions {
  GtkWindow *window;
  Re3Session *session;
  Re3SessionFiles *session_files;
  GFile *model; /* (nullable): what is being opened, of a person's choice */
  GFile *data;  /* (nullable) */

  GdkFrameClock *clock; /* (nullable): of the window, until its first frame is on the screen */
  GPtrArray *waiting;   /* (nullable): of GFile, to be opened then */
};

/* What a person has asked for; a saved session comes by another way. */
static void
opening_cb (Re3FileActions *self)
{
  g_clear_object (&self->model);
  g_clear_object (&self->data);
}

static gboolean
is_open_data (Re3FileActions *self, GFile *file)
{
  Re3Document *document = re3_session_get_document (self->session);
  GFile *open_file = document != NULL ? re3_document_get_data_file (document) : NULL;

  return open_file != NULL && g_file_equal (open_file, file);
}

/* @model, @data: either is (nullable). The data set that is open already is only read anew. */
static void
open_files (Re3FileActions *self, GFile *model, GFile *data)
{
  if (model == NULL && is_open_data (self, data))
    re3_session_files_reopen (self->session_files, RE3_REOPEN_AS_CHOSEN);
  else
    re3_session_open (self->session, model, data);
  g_set_object (&self->model, model);
  g_set_object (&self->data, data);
}

static void
show_data_dialog (Re3FileActions *self, GFile *model, GFile *data)
{
  GtkWidget *dialog = re3_data_dialog_new (self->window, self->session, model, data);

  g_signal_connect_swapped (dialog, "read", G_CALLBACK (open_files), self);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
read_failed_data_cb (gpointer user_data)
{
  Re3FileActions *self = user_data;

  if (self->data != NULL)
    show_data_dialog (self, self->model, self->data);
}

/* Whether @error is about what the data file holds: such a message begins with its name. */
static gboolean
is_of_data (Re3FileActions *self, const GError *error)
{
  g_autofree char *name = self->data != NULL ? re3_io_file_get_name (self->data) : NULL;

  return name != NULL && g_str_has_prefix (error->message, name) &&
         error->message[strlen (name)] == ':' &&
         (self->model != NULL || re3_session_get_model (self->session) != NULL);
}

static void
failed_cb (Re3FileActions *self, const GError *error)
{
  if (is_of_data (self, error))
    re3_show_message_with_way_out (self->window, _ ("Could Not Open"), error->message,
                                   _ ("_Read Differently…"), read_failed_data_cb, self);
  else
    re3_show_message (self->window, _ ("Could Not Open"), error->message);
}

static void
analysis_failed_cb (Re3FileActions *self, const GError *error)
{
  re3_show_message (self->window, _ ("Could Not Analyse"), error->message);
}

static void
take_readings (Re3FileActions *self)
{
  g_autoptr (GVariant) readings = re3_settings_get_readings ();

  re3_session_set_readings (self->session, readings);
}

static void
stop_waiting (Re3FileActions *self)
{
  if (self->clock != NULL)
    g_signal_handlers_disconnect_by_data (self->clock, self);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->waiting, g_ptr_array_unref);
}

/* What opens at once: a session, or a model and a data set. */
typedef struct {
  GFile *saved;
  GFile *model;
  GFile *data;
} Sorted;

static GFile **
find_place (Sorted *sorted, GFile *file)
{
  if (re3_session_file_is_name (file))
    return &sorted->saved;

  return re3_model_file_is_model_name (file) ? &sorted->model : &sorted->data;
}

/* Nothing is left out without a word. */
static void
refuse_two (Re3FileActions *self, GFile *first, GFile *second)
{
  g_autofree char *first_name = g_file_get_basename (first);
  g_autofree char *second_name = g_file_get_basename (second);
  g_autofree char *body = g_strdup_printf (
      _ ("Open either one session, or one model and one data set: “%s” and “%s” cannot both be "
         "opened. What belongs to a file, such as its labels or names, is found beside it."),
      first_name, second_name);

  re3_show_message (self->window, _ ("Could Not Open"), body);
}

void
re3_file_actions_open (Re3FileActions *self, GFile **files, gsize n_files)
{
  Sorted sorted = { 0 };

  g_return_if_fail (self != NULL);

  for (gsize i = 0; i < n_files; i++) {
    GFile **place = find_place (&sorted, files[i]);

    if (*place != NULL) {
      refuse_two (self, *place, files[i]);
      return;
    }
    *place = files[i];
  }

  if (sorted.saved != NULL && n_files > 1)
    refuse_two (self, sorted.saved, sorted.model != NULL ? sorted.model : sorted.data);
  else if (sorted.saved != NULL)
    re3_session_files_open (self->session_files, sorted.saved);
  else if (n_files > 0)
    open_files (self, sorted.model, sorted.data);
}

static void
shown_cb (Re3FileActions *self)
{
  g_autoptr (GPtrArray) files = g_steal_pointer (&self->waiting);

  stop_waiting (self);
  re3_file_actions_open (self, (GFile **) files->pdata, files->len);
}

void
re3_file_actions_open_when_shown (Re3FileActions *self, GFile **files, gsize n_files)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (gtk_widget_get_realized (GTK_WIDGET (self->window)));

  stop_waiting (self);
  self->clock = g_object_ref (gtk_widget_get_frame_clock (GTK_WIDGET (self->window)));
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  for (gsize i = 0; i < n_files; i++)
    g_ptr_array_add (self->waiting, g_object_ref (files[i]));
  g_signal_connect_swapped (self->clock, "after-paint", G_CALLBACK (shown_cb), self);
  gtk_widget_queue_draw (GTK_WIDGET (self->window));
}

gboolean
re3_file_actions_is_waiting (Re3FileActions *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->waiting != NULL;
}

/* --- Choosing ------------------------------------------------------------------------------- */

/* What was asked for decides what a file is, but for a session, which is one wherever it is met. */
static void
open_chosen (Re3FileActions *self, GFile *file, gboolean is_model)
{
  g_autoptr (GFile) folder = g_file_get_parent (file);

  re3_settings_set_folder ("open-folder", folder);
  if (re3_session_file_is_name (file))
    re3_session_files_open (self->session_files, file);
  else
    open_files (self, is_model ? file : NULL, is_model ? NULL : file);
}

static void
model_chosen_cb (GFile *file, gpointer user_data)
{
  open_chosen (user_data, file, TRUE);
}

static void
data_chosen_cb (GFile *file, gpointer user_data)
{
  open_chosen (user_data, file, FALSE);
}

static void
choose (Re3FileActions *self,
        const char *title,
        const char *kind,
        const char *const *suffixes,
        Re3FileChosenFunc chosen)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  g_autoptr (GFile) folder = re3_settings_get_folder ("open-folder");

  gtk_file_filter_set_name (filter, kind);
  for (gsize i = 0; suffixes[i] != NULL; i++)
    gtk_file_filter_add_suffix (filter, suffixes[i]);
  re3_choose_file_to_open (self->window, title, filter, folder, chosen, self);
}

static void
open_model_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  static const char *const suffixes[] = { "json", "onnx",       "nnet", "safetensors",
                                          "gz",   "re3session", NULL };

  choose (user_data, _ ("Open Model or Session"), _ ("Models and sessions"), suffixes,
          model_chosen_cb);
}

static void
open_data_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  static const char *const suffixes[] = { "csv", "tsv", "txt", "data", "dat", "npy", "gz", NULL };

  choose (user_data, _ ("Open Data"), _ ("Data sets"), suffixes, data_chosen_cb);
}

/* --- What is open --------------------------------------------------------------------------- */

static void
read_differently_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Re3FileActions *self = user_data;

  show_data_dialog (self, NULL,
                    re3_document_get_data_file (re3_session_get_document (self->session)));
}

/* Whether the other way to take missing values, @fill, makes a difference to what is open. */
static gboolean
can_read_missing (Re3Document *document, Re3DataFill fill)
{
  const Re3DataReport *report = document != NULL ? re3_document_get_data_report (document) : NULL;

  if (report == NULL)
    return FALSE;
  return fill == RE3_DATA_FILL_NONE ? report->n_filled > 0 : re3_document_can_fill (document);
}

/* Reads the data set again, with rows that miss values skipped or filled, and remembers that for
 * the file. Does nothing without such rows. */
static void
read_missing (Re3FileActions *self, Re3DataFill fill)
{
  Re3Document *document = re3_session_get_document (self->session);
  const Re3Reading *chosen;
  g_autoptr (Re3Reading) reading = NULL;
  g_autoptr (GVariant) readings = NULL;
  GFile *file;

  if (!can_read_missing (document, fill))
    return;
  chosen = re3_document_get_reading (document);
  reading = chosen != NULL ? re3_reading_copy (chosen) : re3_reading_new ();
  reading->fill = fill;
  file = re3_document_get_data_file (document);
  readings = re3_settings_add_reading (file, reading);
  re3_session_set_readings (self->session, readings);
  open_files (self, NULL, file);
}

static void
fill_missing_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  read_missing (user_data,
                g_variant_get_boolean (parameter) ? RE3_DATA_FILL_MEAN : RE3_DATA_FILL_NONE);
}

static void
fill_confirmed_cb (gpointer user_data)
{
  read_missing (user_data, RE3_DATA_FILL_MEAN);
}

static void
skip_confirmed_cb (gpointer user_data)
{
  read_missing (user_data, RE3_DATA_FILL_NONE);
}

static void
document_info_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Re3FileActions *self = user_data;
  Re3Document *document = re3_session_get_document (self->session);
  g_autofree char *text = re3_document_describe (document);

  if (can_read_missing (document, RE3_DATA_FILL_MEAN))
    re3_show_message_with_way_out (self->window, _ ("Model and Data"), text,
                                   _ ("_Fill with the Training Mean"), fill_confirmed_cb, self);
  else if (can_read_missing (document, RE3_DATA_FILL_NONE))
    re3_show_message_with_way_out (self->window, _ ("Model and Data"), text,
                                   _ ("_Skip Rows with Missing Values"), skip_confirmed_cb, self);
  else
    re3_show_message (self->window, _ ("Model and Data"), text);
}

static void
fit_scaler_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Re3FileActions *self = user_data;

  re3_session_files_reopen (self->session_files, RE3_REOPEN_WITH_SCALER);
}

static void
named_cb (Re3FileActions *self)
{
  re3_session_files_reopen (self->session_files, RE3_REOPEN_AS_IT_IS);
}

/* Names features and classes of the model in a file beside it; where the model's own file is the
 * place for them, says so. */
static void
name_things_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Re3FileActions *self = user_data;
  Re3Document *document = re3_session_get_document (self->session);
  GFile *file = re3_document_get_model_file (document);
  GtkWidget *dialog;

  if (!re3_model_file_takes_sidecar (file)) {
    g_autofree char *path = g_file_get_parse_name (file);
    g_autofree char *body =
        g_strdup_printf (_ ("%s is a Re3 model, and names them itself: change “features” and "
                            "“classes” in it with a text editor, and open it again."),
                         path);

    re3_show_message (self->window, _ ("Names of Features and Classes"), body);
    return;
  }
  dialog = re3_naming_dialog_new (self->window, document);
  g_signal_connect_swapped (dialog, "saved", G_CALLBACK (named_cb), self);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* --- What was open -------------------------------------------------------------------------- */

static void
open_recent_action (GSimpleAction *action, GVariant *pair, gpointer user_data)
{
  Re3FileActions *self = user_data;
  g_autoptr (GVariant) list =
      g_variant_ref_sink (g_variant_new_array (G_VARIANT_TYPE ("(ss)"), &pair, 1));
  g_autoptr (GPtrArray) entries = re3_recent_list_read (list);
  const Re3RecentEntry *entry = entries->len > 0 ? g_ptr_array_index (entries, 0) : NULL;
  GFile *missing = entry != NULL ? re3_recent_entry_find_missing (entry) : NULL;

  if (entry == NULL)
    return;
  if (missing != NULL) {
    g_autofree char *path = g_file_get_parse_name (missing);
    g_autofree char *body =
        g_strdup_printf (_ ("%s is not there any more, and was taken off the list."), path);

    re3_recent_files_remove (entry->first, entry->data);
    re3_show_message (self->window, _ ("Could Not Open"), body);
  } else if (re3_session_file_is_name (entry->first)) {
    re3_session_files_open (self->session_files, entry->first);
  } else {
    re3_session_open_anew (self->session, entry->first, entry->data, NULL, FALSE);
    g_set_object (&self->model, entry->first);
    g_set_object (&self->data, entry->data);
  }
}

static void
clear_recent_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  re3_recent_files_clear ();
}

/* --- Dropping ------------------------------------------------------------------------------- */

static gboolean
dropped_cb (Re3FileActions *self, const GValue *value, double x, double y)
{
  GdkFileList *list = g_value_get_boxed (value);
  g_autoptr (GSList) files = gdk_file_list_get_files (list);
  g_autoptr (GPtrArray) array = g_ptr_array_new ();

  for (GSList *item = files; item != NULL; item = item->next)
    g_ptr_array_add (array, item->data);
  re3_file_actions_open (self, (GFile **) array->pdata, array->len);
  return array->len > 0;
}

void
re3_file_actions_take_drops (Re3FileActions *self, GtkWidget *widget)
{
  GtkDropTarget *drop;

  g_return_if_fail (self != NULL && GTK_IS_WIDGET (widget));

  drop = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);
  g_signal_connect_swapped (drop, "drop", G_CALLBACK (dropped_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (drop));
}

/* --- A window's ----------------------------------------------------------------------------- */

static const GActionEntry entries[] = {
  { .name = "open-model", .activate = open_model_action },
  { .name = "open-data", .activate = open_data_action },
  { .name = "open-recent", .activate = open_recent_action, .parameter_type = "(ss)" },
  { .name = "clear-recent", .activate = clear_recent_action },
  { .name = "read-differently", .activate = read_differently_action },
  { .name = "fill-missing", .activate = fill_missing_action, .parameter_type = "b" },
  { .name = "document-info", .activate = document_info_action },
  { .name = "fit-scaler", .activate = fit_scaler_action },
  { .name = "name-things", .activate = name_things_action },
};

static void
enable_actions (Re3FileActions *self)
{
  GActionMap *map = G_ACTION_MAP (self->window);
  Re3Document *document = re3_session_get_document (self->session);
  gboolean has_data = re3_session_get_dataset (self->session) != NULL;

  re3_action_set_enabled (map, "document-info", document != NULL);
  re3_action_set_enabled (map, "name-things", document != NULL);
  re3_action_set_enabled (map, "read-differently", has_data);
  re3_action_set_enabled (map, "fit-scaler",
                          has_data && !re3_model_has_scaler (re3_document_get_model (document)));
}

/* A session stands for its model and data. */
static void
document_changed_cb (Re3FileActions *self)
{
  Re3Document *document = re3_session_get_document (self->session);

  enable_actions (self);
  if (!re3_session_files_is_opening (self->session_files))
    re3_recent_files_add (re3_document_get_model_file (document),
                          re3_document_get_data_file (document));
}

Re3FileActions *
re3_file_actions_new (GtkWindow *window, Re3Session *session, Re3SessionFiles *session_files)
{
  g_return_val_if_fail (GTK_IS_WINDOW (window) && G_IS_ACTION_MAP (window), NULL);
  g_return_val_if_fail (RE3_IS_SESSION (session), NULL);
  g_return_val_if_fail (session_files != NULL, NULL);

  Re3FileActions *self = g_new0 (Re3FileActions, 1);

  self->window = window;
  self->session = g_object_ref (session);
  self->session_files = session_files;
  g_action_map_add_action_entries (G_ACTION_MAP (window), entries, G_N_ELEMENTS (entries), self);
  g_signal_connect_swapped (session, "opening", G_CALLBACK (opening_cb), self);
  g_signal_connect_swapped (session, "failed", G_CALLBACK (failed_cb), self);
  g_signal_connect_swapped (session, "analysis-failed", G_CALLBACK (analysis_failed_cb), self);
  g_signal_connect_swapped (session, "document-changed", G_CALLBACK (document_changed_cb), self);
  enable_actions (self);
  take_readings (self);
  if (re3_settings_get () != NULL)
    g_signal_connect_swapped (re3_settings_get (), "changed::readings", G_CALLBACK (take_readings),
                              self);
  return self;
}

void
re3_file_actions_free (Re3FileActions *self)
{
  if (self == NULL)
    return;

  re3_actions_remove (G_ACTION_MAP (self->window), entries, G_N_ELEMENTS (entries));
  if (re3_settings_get () != NULL)
    g_signal_handlers_disconnect_by_data (re3_settings_get (), self);
  g_signal_handlers_disconnect_by_data (self->session, self);
  stop_waiting (self);
  g_clear_object (&self->model);
  g_clear_object (&self->data);
  g_object_unref (self->session);
  g_free (self);
}
