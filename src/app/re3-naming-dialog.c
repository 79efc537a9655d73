/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-naming-dialog.h"

#include "re3-io-error.h"
#include "re3-io-file.h"
#include "re3-model-sidecar.h"
#include "re3-name-item.h"

#include <glib/gi18n.h>

struct _Re3NamingDialog {
  AdwWindow parent_instance;

  GtkColumnView *feature_view;
  GtkColumnView *class_view;
  GtkLabel *error_label;
  GtkLabel *place_label;

  Re3Document *document;
  GListStore *features; /* of Re3NameItem */
  GListStore *classes;
};

/* A longer name of a column is cut, and one that is too long for the window to these few letters.
 */
#define COLUMN_CHARS       14
#define LEAST_COLUMN_CHARS 6

/* An entry shows so much of a name, or of a unit, at least. */
#define LEAST_NAME_CHARS 9
#define LEAST_UNIT_CHARS 4

G_DEFINE_FINAL_TYPE (Re3NamingDialog, re3_naming_dialog, ADW_TYPE_WINDOW)

enum { SAVED, N_SIGNALS };

static guint signals[N_SIGNALS];

/* --- Names ---------------------------------------------------------------------------------- */

/* @units: (out) (transfer full), and so is what is returned. */
static GStrv
take_names (GListStore *items, GStrv *units)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (items));
  GStrv names = g_new0 (char *, n_items + 1);

  *units = g_new0 (char *, n_items + 1);
  for (guint i = 0; i < n_items; i++) {
    g_autoptr (Re3NameItem) item = g_list_model_get_item (G_LIST_MODEL (items), i);

    names[i] = g_strstrip (g_strdup (re3_name_item_get_name (item)));
    (*units)[i] = g_strstrip (g_strdup (re3_name_item_get_unit (item)));
  }
  return names;
}

/* (nullable): for each feature the column of the data set that it is in, if the columns have names.
 */
static GStrv
list_columns (Re3Document *document)
{
  const Re3DataReport *report = re3_document_get_data_report (document);

  return report != NULL && report->array == NULL && report->format->has_header
             ? report->feature_columns
             : NULL;
}

/* Columns of choices are found by the names of their groups. */
static gboolean
is_choice (Re3Document *document, const char *column)
{
  const GPtrArray *choices = re3_document_get_data_report (document)->choice_columns;

  for (guint i = 0; i < choices->len; i++)
    if (g_str_equal (((Re3ChoiceColumn *) g_ptr_array_index (choices, i))->column, column))
      return TRUE;
  return FALSE;
}

/* Features may be called what people like: the column that each is in goes with it, where that is
 * not what it is called, or the data set could not be opened any more. (transfer full) */
static GStrv
take_columns (Re3NamingDialog *self, GStrv names)
{
  GStrv found = list_columns (self->document);
  GStrv columns = g_new0 (char *, g_strv_length (names) + 1);

  for (gsize i = 0; names[i] != NULL; i++) {
    const char *before = re3_model_get_feature_column (re3_document_get_model (self->document), i);

    if (found == NULL || is_choice (self->document, found[i]))
      columns[i] = g_strdup (before != NULL ? before : "");
    else
      columns[i] = g_strdup (g_str_equal (found[i], names[i]) ? "" : found[i]);
  }
  return columns;
}

static Re3ModelNames *
take_all_names (Re3NamingDialog *self)
{
  Re3ModelNames *names = g_new0 (Re3ModelNames, 1);

  names->features = take_names (self->features, &names->feature_units);
  names->feature_columns = take_columns (self, names->features);
  names->classes = take_names (self->classes, &names->class_units);
  return names;
}

static void
show_error (Re3NamingDialog *self, const GError *error)
{
  gtk_label_set_text (self->error_label, error != NULL ? error->message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), error != NULL);
}

static void
check (Re3NamingDialog *self)
{
  g_autoptr (Re3ModelNames) names = take_all_names (self);
  g_autoptr (GError) error = NULL;
  gboolean fits = re3_model_names_check (names, re3_document_get_model (self->document), &error);

  show_error (self, error);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "dialog.save", fits);
}

static GListStore *
make_items (Re3NamingDialog *self, GStrv names, GStrv units)
{
  GListStore *items = g_list_store_new (RE3_TYPE_NAME_ITEM);

  for (gsize i = 0; names[i] != NULL; i++) {
    g_autoptr (Re3NameItem) item = re3_name_item_new (names[i], units[i]);

    g_signal_connect_object (item, "notify", G_CALLBACK (check), self, G_CONNECT_SWAPPED);
    g_list_store_append (items, item);
  }
  return items;
}

/* (nullable): the columns of the data set, where these are the only names of the features. */
static GStrv
find_only_names (Re3Document *document)
{
  return re3_model_has_feature_names (re3_document_get_model (document)) ? NULL
                                                                         : list_columns (document);
}

static void
save_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  Re3NamingDialog *self = RE3_NAMING_DIALOG (widget);
  g_autoptr (Re3ModelNames) names = take_all_names (self);
  g_autoptr (GError) error = NULL;

  if (!re3_model_sidecar_write (re3_document_get_model_file (self->document),
                                re3_document_get_model (self->document), names, &error)) {
    show_error (self, error);
    return;
  }
  g_signal_emit (self, signals[SAVED], 0);
  gtk_window_close (GTK_WINDOW (self));
}

/* --- Tables --------------------------------------------------------------------------------- */

/* From one row to the next, so that a list of names is typed in one go. */
static void
activate_cb (GtkWidget *entry)
{
  GtkWidget *cell = gtk_widget_get_parent (entry);
  GtkWidget *row = gtk_widget_get_next_sibling (gtk_widget_get_parent (cell));
  GtkWidget *below = row != NULL ? gtk_widget_get_first_child (row) : NULL;

  /* The cell of the same column; the rows next to what is seen are there, too. */
  while (below != NULL && (cell = gtk_widget_get_prev_sibling (cell)) != NULL)
    below = gtk_widget_get_next_sibling (below);
  if (below != NULL)
    gtk_widget_child_focus (below, GTK_DIR_TAB_FORWARD);
}

static void
setup_number_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_list_item_set_child (item, label);
  gtk_list_item_set_activatable (item, FALSE);
}

static void
bind_number_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  g_autofree char *number = g_strdup_printf ("%u", gtk_list_item_get_position (item) + 1);

  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (item)), number);
}

static void
setup_column_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (label), LEAST_COLUMN_CHARS);
  gtk_label_set_max_width_chars (GTK_LABEL (label), COLUMN_CHARS);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_list_item_set_child (item, label);
  gtk_list_item_set_activatable (item, FALSE);
}

static void
bind_column_cb (GtkSignalListItemFactory *factory, GtkListItem *item, Re3NamingDialog *self)
{
  GtkWidget *label = gtk_list_item_get_child (item);
  const char *column = list_columns (self->document)[gtk_list_item_get_position (item)];

  gtk_label_set_text (GTK_LABEL (label), column);
  gtk_widget_set_tooltip_text (label, column);
}

static void
setup_entry_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *entry = gtk_entry_new ();

  gtk_widget_set_hexpand (entry, TRUE);
  g_signal_connect (entry, "activate", G_CALLBACK (activate_cb), NULL);
  gtk_list_item_set_child (item, entry);
  gtk_list_item_set_activatable (item, FALSE);
}

/* @title: of the column, for those who hear the entry and do not see where it stands */
static void
bind_entry (GtkListItem *item, const char *property, const char *title)
{
  GtkWidget *entry = gtk_list_item_get_child (item);
  GBinding *binding =
      g_object_bind_property (gtk_list_item_get_item (item), property, entry, "text",
                              G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  g_autofree char *label = g_strdup_printf ("%s %u", title, gtk_list_item_get_position (item) + 1);

  g_object_set_data (G_OBJECT (item), "binding", binding);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
bind_name_cb (GtkSignalListItemFactory *factory, GtkListItem *item, const char *title)
{
  gtk_editable_set_width_chars (GTK_EDITABLE (gtk_list_item_get_child (item)), LEAST_NAME_CHARS);
  bind_entry (item, "name", title);
}

static void
bind_unit_cb (GtkSignalListItemFactory *factory, GtkListItem *item, const char *title)
{
  gtk_editable_set_width_chars (GTK_EDITABLE (gtk_list_item_get_child (item)), LEAST_UNIT_CHARS);
  bind_entry (item, "unit", title);
}

static void
unbind_entry_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  g_binding_unbind (g_object_steal_data (G_OBJECT (item), "binding"));
}

static void
append_column (GtkColumnView *view, const char *title, GtkListItemFactory *factory, gboolean expand)
{
  g_autoptr (GtkColumnViewColumn) column = gtk_column_view_column_new (title, factory);

  gtk_column_view_column_set_expand (column, expand);
  gtk_column_view_append_column (view, column);
}

/* In which column of the data set each feature is. */
static void
append_data_columns (Re3NamingDialog *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_column_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_column_cb), self);
  append_column (self->feature_view, _ ("In the Data"), factory, FALSE);
}

/* @title: translated, so that it stays where it is */
static void
append_entries (GtkColumnView *view, const char *title, GCallback bind, gboolean expand)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_entry_cb), NULL);
  g_signal_connect (factory, "bind", bind, (gpointer) title);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_entry_cb), NULL);
  append_column (view, title, factory, expand);
}

static void
fill_view (GtkColumnView *view, GListStore *items, const char *title, gboolean with_units)
{
  GtkListItemFactory *numbers = gtk_signal_list_item_factory_new ();
  GListModel *model = G_LIST_MODEL (g_object_ref (items));

  g_signal_connect (numbers, "setup", G_CALLBACK (setup_number_cb), NULL);
  g_signal_connect (numbers, "bind", G_CALLBACK (bind_number_cb), NULL);
  append_column (view, NULL, numbers, FALSE);
  append_entries (view, title, G_CALLBACK (bind_name_cb), TRUE);
  if (with_units)
    append_entries (view, _ ("Unit"), G_CALLBACK (bind_unit_cb), FALSE);
  gtk_column_view_set_model (view, GTK_SELECTION_MODEL (gtk_no_selection_new (model)));
}

/* --- Life ----------------------------------------------------------------------------------- */

static void
re3_naming_dialog_dispose (GObject *object)
{
  Re3NamingDialog *self = RE3_NAMING_DIALOG (object);

  g_clear_object (&self->document);
  g_clear_object (&self->features);
  g_clear_object (&self->classes);

  G_OBJECT_CLASS (re3_naming_dialog_parent_class)->dispose (object);
}

static void
re3_naming_dialog_class_init (Re3NamingDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = re3_naming_dialog_dispose;

  signals[SAVED] = g_signal_new ("saved", RE3_TYPE_NAMING_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/re3/Re3/ui/re3-naming-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, Re3NamingDialog, feature_view);
  gtk_widget_class_bind_template_child (widget_class, Re3NamingDialog, class_view);
  gtk_widget_class_bind_template_child (widget_class, Re3NamingDialog, error_label);
  gtk_widget_class_bind_template_child (widget_class, Re3NamingDialog, place_label);
  gtk_widget_class_install_action (widget_class, "dialog.save", NULL, save_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
re3_naming_dialog_init (Re3NamingDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Where the names are kept, and whose they are now. */
static char *
describe_place (Re3Document *document)
{
  g_autoptr (GFile) file = re3_model_sidecar_get_file (re3_document_get_model_file (document));
  g_autofree char *name = re3_io_file_get_name (file);
  g_autofree char *place =
      /* Translators: %s is the name of a file. */
      g_strdup_printf (_ ("Saved as %s beside the model, which stays as it is."), name);

  return find_only_names (document) == NULL
             ? g_steal_pointer (&place)
             : g_strconcat (place, " ", _ ("The data set's columns name the features."), NULL);
}

GtkWidget *
re3_naming_dialog_new (GtkWindow *parent, Re3Document *document)
{
  g_return_val_if_fail (GTK_IS_WINDOW (parent), NULL);
  g_return_val_if_fail (RE3_IS_DOCUMENT (document), NULL);

  Re3NamingDialog *self = g_object_new (RE3_TYPE_NAMING_DIALOG, "transient-for", parent, NULL);
  Re3Model *model = re3_document_get_model (document);
  gboolean is_regression = re3_model_is_regression (model);
  g_autoptr (Re3ModelNames) names = re3_model_names_new (model);
  GStrv columns = find_only_names (document);
  g_autofree char *place = describe_place (document);

  self->document = g_object_ref (document);
  self->features =
      make_items (self, columns != NULL ? columns : names->features, names->feature_units);
  self->classes = make_items (self, names->classes, names->class_units);
  fill_view (self->feature_view, self->features, _ ("Feature"), TRUE);
  if (list_columns (document) != NULL)
    append_data_columns (self);
  fill_view (self->class_view, self->classes, is_regression ? _ ("Output") : _ ("Class"),
             is_regression);
  if (is_regression)
    gtk_window_set_title (GTK_WINDOW (self), _ ("Names of Features and Outputs"));
  gtk_label_set_text (self->place_label, place);
  check (self);
  return GTK_WIDGET (self);
}
