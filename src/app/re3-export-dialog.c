/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-export-dialog.h"

#include "re3-chart-table.h"
#include "re3-dialogs.h"
#include "re3-export-choices.h"
#include "re3-figures.h"
#include "re3-number-text.h"
#include "re3-page-preview.h"
#include "re3-session-figures.h"
#include "re3-settings.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <math.h>

/* Of millimetres. */
#define LENGTH_DIGITS 4

/* In the order of the lists in the template. */
static const char *const formats[] = { "png", "svg", "pdf", "csv" };
static const Re3LengthUnit units[] = { RE3_LENGTH_MM, RE3_LENGTH_PX };
static const Re3Theme *const themes[] = { &re3_theme_print, &re3_theme_light, &re3_theme_dark,
                                          &re3_theme_high_contrast, &re3_theme_high_contrast_dark };

struct _Re3ExportDialog {
  AdwWindow parent_instance;

  Re3PagePreview *preview;
  GtkLabel *result_label;
  GtkWidget *export_button;
  AdwComboRow *figure_row;
  GtkSwitch *all_switch;
  AdwComboRow *format_row;
  GtkWidget *size_group;
  AdwComboRow *unit_row;
  GtkSpinButton *width_button;
  GtkWidget *height_row;
  GtkSpinButton *height_button;
  GtkSwitch *fit_switch;
  GtkWidget *dpi_row;
  GtkSpinButton *dpi_button;
  GtkWidget *look_group;
  AdwComboRow *theme_row;
  GtkDropDown *font_drop_down;

  Re3Session *session;
  GPtrArray *names;  /* of figures; they are static */
  GPtrArray *charts; /* of these figures */
  Re3ExportChoices choices;
  gboolean is_syncing; /* the widgets are being set to the choices */
  char *path;          /* of what waits for an answer whether it may be replaced */
};

enum { EXPORTED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (Re3ExportDialog, re3_export_dialog, ADW_TYPE_WINDOW)

static gboolean
is_format (Re3ExportDialog *self, const char *format)
{
  return g_str_equal (self->choices.format, format);
}

static Re3Chart *
get_chart (Re3ExportDialog *self)
{
  return g_ptr_array_index (self->charts, adw_combo_row_get_selected (self->figure_row));
}

/* --- Choices -------------------------------------------------------------------------------- */

static void
read_choices (Re3ExportDialog *self)
{
  Re3ExportChoices *choices = &self->choices;
  guint font = gtk_drop_down_get_selected (self->font_drop_down);
  GtkStringList *fonts = GTK_STRING_LIST (gtk_drop_down_get_model (self->font_drop_down));

  re3_export_choices_clear (choices);
  *choices = (Re3ExportChoices){
    .format = g_strdup (formats[adw_combo_row_get_selected (self->format_row)]),
    .unit = units[adw_combo_row_get_selected (self->unit_row)],
    .width = gtk_spin_button_get_value (self->width_button),
    .height = gtk_spin_button_get_value (self->height_button),
    .fit_height = gtk_switch_get_active (self->fit_switch),
    .dpi = gtk_spin_button_get_value (self->dpi_button),
    .theme = themes[adw_combo_row_get_selected (self->theme_row)],
    /* The first one stands for the theme's own. */
    .font = font == 0 || font == GTK_INVALID_LIST_POSITION
                ? NULL
                : g_strdup (gtk_string_list_get_string (fonts, font)),
  };
}

static void
show_length (GtkSpinButton *button, double length, Re3LengthUnit unit)
{
  double steps = unit == RE3_LENGTH_MM ? 10.0 : 1.0;

  gtk_spin_button_set_digits (button, unit == RE3_LENGTH_MM ? 1 : 0);
  gtk_spin_button_set_value (button, round (length * steps) / steps);
}

static void
show_choices (Re3ExportDialog *self)
{
  const Re3ExportChoices *choices = &self->choices;
  GListModel *fonts = gtk_drop_down_get_model (self->font_drop_down);
  guint font = 0;

  self->is_syncing = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (is_format (self, formats[i]))
      adw_combo_row_set_selected (self->format_row, i);
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (choices->unit == units[i])
      adw_combo_row_set_selected (self->unit_row, i);
  for (guint i = 0; i < G_N_ELEMENTS (themes); i++)
    if (choices->theme == themes[i])
      adw_combo_row_set_selected (self->theme_row, i);
  for (guint i = 1; choices->font != NULL && i < g_list_model_get_n_items (fonts); i++)
    if (g_str_equal (gtk_string_list_get_string (GTK_STRING_LIST (fonts), i), choices->font))
      font = i;
  gtk_drop_down_set_selected (self->font_drop_down, font);
  show_length (self->width_button, choices->width, choices->unit);
  show_length (self->height_button, choices->height, choices->unit);
  gtk_switch_set_active (self->fit_switch, choices->fit_height);
  gtk_spin_button_set_value (self->dpi_button, choices->dpi);
  self->is_syncing = FALSE;
}

/* In millimetres. */
static char *
describe_length (double length)
{
  return re3_number_text_new (re3_length_from_units (length, RE3_LENGTH_MM), LENGTH_DIGITS);
}

/* "2 008 × 1 098 pixels, 170 × 92.9 mm" */
static char *
describe_size (Re3ExportDialog *self, const Re3Page *page, GError **error)
{
  double dpi = is_format (self, "png") ? self->choices.dpi : RE3_UNITS_PER_INCH;
  double width;
  double height;

  if (!re3_page_get_pixel_size (page, dpi, &width, &height, error))
    return NULL;

  g_autofree char *width_text = re3_number_text_new (width, G_MAXINT8);
  g_autofree char *height_text = re3_number_text_new (height, G_MAXINT8);
  g_autofree char *width_mm = describe_length (re3_page_get_width (page));
  g_autofree char *height_mm = describe_length (re3_page_get_height (page));

  /* Translators: width and height in pixels, then in millimetres. */
  return g_strdup_printf (_ ("%s × %s pixels, %s × %s mm"), width_text, height_text, width_mm,
                          height_mm);
}

static char *
describe_data (Re3Chart *chart)
{
  g_autoptr (Re3ChartTable) table = re3_chart_get_data (chart);
  gsize n_rows = re3_chart_table_get_n_rows (table);
  g_autofree char *count = re3_number_text_new ((double) n_rows, G_MAXINT8);

  /* Translators: %s is the number of rows of a table, %zu that of its columns. */
  return g_strdup_printf (ngettext ("%s row of %zu columns", "%s rows of %zu columns", n_rows),
                          count, re3_chart_table_get_n_columns (table));
}

static void
show_result (Re3ExportDialog *self, const char *text, gboolean is_possible)
{
  gtk_label_set_text (self->result_label, text);
  if (is_possible)
    gtk_widget_remove_css_class (GTK_WIDGET (self->result_label), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->result_label), "error");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "dialog.export", is_possible);
}

/* Shows the page of @chart that the choices make, or why they make none. */
static void
show_page (Re3ExportDialog *self, Re3Chart *chart)
{
  Re3ExportOptions options = re3_export_choices_get_options (&self->choices);
  gboolean is_table = is_format (self, "csv");
  g_autoptr (GError) error = NULL;
  g_autoptr (Re3Page) page = re3_page_new (chart, &options, &error);
  g_autofree char *text = NULL;

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->preview), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  re3_chart_get_title (chart), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  re3_chart_get_description (chart), -1);
  if (page != NULL && self->choices.fit_height) {
    double height = re3_length_from_units (re3_page_get_height (page), self->choices.unit);

    self->is_syncing = TRUE;
    show_length (self->height_button, height, self->choices.unit);
    self->is_syncing = FALSE;
  }
  if (is_table)
    text = describe_data (chart);
  else if (page != NULL)
    text = describe_size (self, page, &error);
  show_result (self, text != NULL ? text : error->message, text != NULL);
  re3_page_preview_set_page (self->preview, g_steal_pointer (&page));
}

static void
update (Re3ExportDialog *self)
{
  gboolean is_table = is_format (self, "csv");

  gtk_widget_set_sensitive (self->size_group, !is_table);
  gtk_widget_set_sensitive (self->look_group, !is_table);
  gtk_widget_set_sensitive (self->height_row, !self->choices.fit_height);
  gtk_widget_set_sensitive (self->dpi_row, is_format (self, "png"));
  show_page (self, get_chart (self));
}

static void
choice_changed_cb (Re3ExportDialog *self)
{
  if (self->is_syncing || self->session == NULL)
    return;

  read_choices (self);
  update (self);
}

/* The size stays what it is, told in the other unit. */
static void
unit_changed_cb (Re3ExportDialog *self)
{
  Re3LengthUnit old_unit = self->choices.unit;
  Re3LengthUnit unit = units[adw_combo_row_get_selected (self->unit_row)];
  double width = re3_length_to_units (self->choices.width, old_unit);
  double height = re3_length_to_units (self->choices.height, old_unit);

  if (self->is_syncing || self->session == NULL)
    return;

  self->is_syncing = TRUE;
  show_length (self->width_button, re3_length_from_units (width, unit), unit);
  show_length (self->height_button, re3_length_from_units (height, unit), unit);
  self->is_syncing = FALSE;
  choice_changed_cb (self);
}

/* --- Writing -------------------------------------------------------------------------------- */

static void
complain (Re3ExportDialog *self, const char *text)
{
  re3_show_message (GTK_WINDOW (self), _ ("Could Not Export"), text);
}

static void
finish (Re3ExportDialog *self, const char *text)
{
  re3_export_choices_save (&self->choices);
  g_signal_emit (self, signals[EXPORTED], 0, text);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
write_one (gpointer user_data)
{
  Re3ExportDialog *self = user_data;
  Re3ExportOptions options = re3_export_choices_get_options (&self->choices);
  g_autofree char *name = g_path_get_basename (self->path);
  g_autofree char *shown = g_filename_display_name (name);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  if (!re3_chart_export (get_chart (self), &options, self->path, &error)) {
    complain (self, error->message);
    return;
  }
  /* Translators: %s is the name of a file. */
  text = g_strdup_printf (_ ("Saved %s"), shown);
  finish (self, text);
}

static char *
get_path_in (Re3ExportDialog *self, const char *folder, gsize index)
{
  g_autofree char *name = re3_session_name_figure_file (
      self->session, g_ptr_array_index (self->names, index), self->choices.format);

  return g_build_filename (folder, name, NULL);
}

static void
write_all (gpointer user_data)
{
  Re3ExportDialog *self = user_data;
  Re3ExportOptions options = re3_export_choices_get_options (&self->choices);
  g_autofree char *shown = g_filename_display_basename (self->path);
  g_autofree char *text = NULL;

  for (guint i = 0; i < self->charts->len; i++) {
    g_autofree char *path = get_path_in (self, self->path, i);
    g_autoptr (GError) error = NULL;

    if (!re3_chart_export (g_ptr_array_index (self->charts, i), &options, path, &error)) {
      /* Translators: two numbers of files, and a sentence that says what is wrong. */
      text = g_strdup_printf (ngettext ("%u of %u figure was saved. %s",
                                        "%u of %u figures were saved. %s", self->charts->len),
                              i, self->charts->len, error->message);
      complain (self, text);
      return;
    }
  }
  /* Translators: %u is the number of figures, %s the name of the folder. */
  text = g_strdup_printf (ngettext ("Saved %u figure in %s", "Saved %u figures in %s",
                                    self->charts->len),
                          self->charts->len, shown);
  finish (self, text);
}

/* Takes the path of @file, if it has one, as what is to be written. */
static gboolean
take_path (Re3ExportDialog *self, GFile *file)
{
  g_free (self->path);
  self->path = g_file_get_path (file);
  if (self->path == NULL)
    complain (self, _ ("Figures are saved to folders of this computer. Choose one of them."));
  return self->path != NULL;
}

static void
file_chosen_cb (GFile *file, gpointer user_data)
{
  Re3ExportDialog *self = user_data;
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autofree char *name = NULL;

  if (!take_path (self, file))
    return;
  re3_settings_set_folder ("export-folder", folder);

  /* The file chooser has asked about the name that was typed, not about a longer one. */
  name = g_path_get_basename (self->path);
  if (strchr (name, '.') == NULL) {
    g_autofree char *path = g_strconcat (self->path, ".", self->choices.format, NULL);
    g_autofree char *shown = g_filename_display_basename (path);
    g_autofree char *question = NULL;

    g_free (self->path);
    self->path = g_steal_pointer (&path);
    if (g_file_test (self->path, G_FILE_TEST_EXISTS)) {
      /* Translators: %s is the name of a file. */
      question =
          g_strdup_printf (_ ("There is a file %s already. What it holds would be lost."), shown);
      re3_ask (GTK_WINDOW (self), _ ("Replace the File?"), question, _ ("_Replace"), write_one,
               self);
      return;
    }
  }
  write_one (self);
}

static void
folder_chosen_cb (GFile *folder, gpointer user_data)
{
  Re3ExportDialog *self = user_data;
  g_autoptr (GString) existing = g_string_new (NULL);
  g_autofree char *question = NULL;

  if (!take_path (self, folder))
    return;
  re3_settings_set_folder ("export-folder", folder);

  for (guint i = 0; i < self->charts->len; i++) {
    g_autofree char *path = get_path_in (self, self->path, i);
    g_autofree char *shown = g_filename_display_basename (path);

    if (g_file_test (path, G_FILE_TEST_EXISTS))
      g_string_append_printf (existing, "%s%s", existing->len > 0 ? ", " : "", shown);
  }
  if (existing->len == 0) {
    write_all (self);
    return;
  }
  /* Translators: %s is a list of names of files. */
  question = g_strdup_printf (
      _ ("In this folder there are already: %s. What they hold would be lost."), existing->str);
  re3_ask (GTK_WINDOW (self), _ ("Replace the Files?"), question, _ ("_Replace"), write_all, self);
}

static void
export_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  Re3ExportDialog *self = RE3_EXPORT_DIALOG (widget);
  g_autoptr (GFile) folder = re3_settings_get_folder ("export-folder");
  g_autofree char *name = NULL;

  /* What is still being typed counts. */
  gtk_spin_button_update (self->width_button);
  gtk_spin_button_update (self->height_button);
  gtk_spin_button_update (self->dpi_button);

  if (gtk_switch_get_active (self->all_switch)) {
    re3_choose_folder (GTK_WINDOW (self), _ ("Export All Figures to a Folder"), folder,
                       folder_chosen_cb, self);
    return;
  }
  name = re3_session_name_figure_file (
      self->session, g_ptr_array_index (self->names, adw_combo_row_get_selected (self->figure_row)),
      self->choices.format);
  re3_choose_file_to_save (GTK_WINDOW (self), _ ("Export Figure"), name, folder, file_chosen_cb,
                           self);
}

/* --- Life ----------------------------------------------------------------------------------- */

static void
re3_export_dialog_dispose (GObject *object)
{
  Re3ExportDialog *self = RE3_EXPORT_DIALOG (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->names, g_ptr_array_unref);
  g_clear_pointer (&self->charts, g_ptr_array_unref);
  g_clear_pointer (&self->path, g_free);

  G_OBJECT_CLASS (re3_export_dialog_parent_class)->dispose (object);
}

static void
re3_export_dialog_finalize (GObject *object)
{
  re3_export_choices_clear (&RE3_EXPORT_DIALOG (object)->choices);

  G_OBJECT_CLASS (re3_export_dialog_parent_class)->finalize (object);
}

static void
re3_export_dialog_class_init (Re3ExportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = re3_export_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = re3_export_dialog_finalize;

  signals[EXPORTED] = g_signal_new ("exported", RE3_TYPE_EXPORT_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (RE3_TYPE_PAGE_PREVIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/re3/Re3/ui/re3-export-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, Re3ExportDialog, preview);
  gtk_widget_class_bind_template_child (widget_class, Re3ExportDialog, result_label);
  gtk_widget_class_bind_template_child (widget_class, Re3ExportDialog, export_button);
  gtk_widget_class_bind_template_child (widget_class, Re3ExportDialog, figure_row);
  gtk_widget_class_bind_template_child (widget_class, Re3ExportDialog, all_switch);
  gtk_widget_class_bind_template_child (widget_class, Re3ExportDialog, format_row);
  gtk_widget_class_bind_template_child (widget_class, Re3ExportDialog, size_group);
  gtk_widget_class_bind_template_child (widget_class, Re3ExportDialog, unit_row);
  gtk_widget_class_bind_template_child (widget_class, Re3ExportDialog, width_button);
  gtk_widget_class_bind_template_child (widget_class, Re3ExportDialog, height_row);
  gtk_widget_class_bind_template_child (widget_class, Re3ExportDialog, height_button);
  gtk_widget_class_bind_template_child (widget_class, Re3ExportDialog, fit_switch);
  gtk_widget_class_bind_template_child (widget_class, Re3ExportDialog, dpi_row);
  gtk_widget_class_bind_template_child (widget_class, Re3ExportDialog, dpi_button);
  gtk_widget_class_bind_template_child (widget_class, Re3ExportDialog, look_group);
  gtk_widget_class_bind_template_child (widget_class, Re3ExportDialog, theme_row);
  gtk_widget_class_bind_template_child (widget_class, Re3ExportDialog, font_drop_down);
  gtk_widget_class_bind_template_callback (widget_class, choice_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, unit_changed_cb);

  gtk_widget_class_install_action (widget_class, "dialog.export", NULL, export_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK,
                                       "dialog.export", NULL);
}

static int
compare_families (gconstpointer a, gconstpointer b)
{
  return g_utf8_collate (pango_font_family_get_name (*(PangoFontFamily *const *) a),
                         pango_font_family_get_name (*(PangoFontFamily *const *) b));
}

/* The fonts of the program that writes the files, after the one of the theme. */
static void
fill_fonts (Re3ExportDialog *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  g_autofree PangoFontFamily **families = NULL;
  int n_families;

  pango_font_map_list_families (pango_cairo_font_map_get_default (), &families, &n_families);
  qsort (families, (size_t) n_families, sizeof (PangoFontFamily *), compare_families);
  gtk_string_list_append (names, _ ("The theme’s own"));
  for (int i = 0; i < n_families; i++)
    gtk_string_list_append (names, pango_font_family_get_name (families[i]));
  gtk_drop_down_set_model (self->font_drop_down, G_LIST_MODEL (names));
}

static void
re3_export_dialog_init (Re3ExportDialog *self)
{
  self->names = g_ptr_array_new ();
  self->charts = g_ptr_array_new_with_free_func ((GDestroyNotify) re3_chart_unref);
  self->is_syncing = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_fonts (self);
  self->is_syncing = FALSE;
}

/* All figures that there are now; @first is selected. */
static void
fill_figures (Re3ExportDialog *self, const char *first)
{
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);
  gsize n_figures;
  const Re3Figure *figures = re3_figures_list (&n_figures);
  guint selected = 0;

  for (gsize i = 0; i < n_figures; i++) {
    Re3Chart *chart = re3_session_make_figure (self->session, figures[i].name);

    if (chart == NULL)
      continue;
    if (g_str_equal (figures[i].name, first))
      selected = self->charts->len;
    g_ptr_array_add (self->names, (gpointer) figures[i].name);
    g_ptr_array_add (self->charts, chart);
    gtk_string_list_append (titles, re3_chart_get_title (chart));
  }

  self->is_syncing = TRUE;
  adw_combo_row_set_model (self->figure_row, G_LIST_MODEL (titles));
  adw_combo_row_set_selected (self->figure_row, selected);
  self->is_syncing = FALSE;
}

GtkWidget *
re3_export_dialog_new (GtkWindow *parent, Re3Session *session, const char *figure)
{
  g_return_val_if_fail (GTK_IS_WINDOW (parent), NULL);
  g_return_val_if_fail (RE3_IS_SESSION (session) && figure != NULL, NULL);

  Re3ExportDialog *self = g_object_new (RE3_TYPE_EXPORT_DIALOG, "transient-for", parent, NULL);

  self->session = g_object_ref (session);
  fill_figures (self, figure);
  re3_export_choices_load (&self->choices);
  show_choices (self);
  read_choices (self);
  update (self);
  /* Return is enough for one more export like the last one. */
  gtk_window_set_focus (GTK_WINDOW (self), self->export_button);
  return GTK_WIDGET (self);
}
