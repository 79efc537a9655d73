/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-preview-table.h"

#include <glib/gi18n.h>

/* More columns than these would take long to show, and nobody looks at them. */
#define MAX_COLUMNS 40

/* What is shown beside the cells. */
enum { COLUMN_LINE = -2, COLUMN_REASON = -1 };

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_single_line_mode (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "numeric");
  gtk_list_item_set_child (item, label);
  gtk_list_item_set_activatable (item, FALSE);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  const Re3DataPreview *preview = g_object_get_data (G_OBJECT (factory), "preview");
  int column = GPOINTER_TO_INT (user_data);
  const Re3PreviewRow *row = g_ptr_array_index (preview->rows, gtk_list_item_get_position (item));
  GtkWidget *label = gtk_list_item_get_child (item);
  g_autofree char *line = g_strdup_printf ("%u", row->line);
  const char *text = line;

  if (column == COLUMN_REASON)
    text = row->reason != NULL ? row->reason : "";
  else if (column >= 0)
    text = column < (int) g_strv_length (row->cells) ? row->cells[column] : "";
  gtk_label_set_text (GTK_LABEL (label), text);
  if (row->reason != NULL && column != COLUMN_REASON)
    gtk_widget_add_css_class (label, "dim-label");
  else
    gtk_widget_remove_css_class (label, "dim-label");
}

static void
append_column (GtkColumnView *view, const Re3DataPreview *preview, const char *title, int column)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkColumnViewColumn) added = NULL;

  g_object_set_data (G_OBJECT (factory), "preview", (gpointer) preview);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), GINT_TO_POINTER (column));
  added = gtk_column_view_column_new (title, factory);
  gtk_column_view_append_column (view, added);
}

/* "petal (feature)" */
static char *
describe_column (const Re3DataPreview *preview, const char *name)
{
  const Re3DataReport *report = preview->report;

  if (report == NULL)
    return g_strdup (name);
  if (g_strcmp0 (report->label_column, name) == 0)
    return g_strdup_printf (_ ("%s (label)"), name);
  if (g_strv_contains ((const char *const *) report->left_out, name))
    return g_strdup_printf (_ ("%s (left out)"), name);
  return g_strdup (name);
}

void
re3_preview_table_show (GtkColumnView *view, const Re3DataPreview *preview)
{
  g_autoptr (GtkStringList) rows = gtk_string_list_new (NULL);
  GListModel *columns;

  g_return_if_fail (GTK_IS_COLUMN_VIEW (view) && preview != NULL);

  /* No row is shown while the columns change. */
  gtk_column_view_set_model (view, NULL);
  columns = gtk_column_view_get_columns (view);
  while (g_list_model_get_n_items (columns) > 0) {
    g_autoptr (GtkColumnViewColumn) first = g_list_model_get_item (columns, 0);

    gtk_column_view_remove_column (view, first);
  }
  if (preview->format == NULL)
    return;

  append_column (view, preview, _ ("Line"), COLUMN_LINE);
  for (gsize i = 0; i < MIN (preview->format->n_columns, MAX_COLUMNS); i++) {
    g_autofree char *title = describe_column (preview, preview->format->columns[i]);

    append_column (view, preview, title, (int) i);
  }
  if (preview->report != NULL && preview->report->n_skipped > 0)
    append_column (view, preview, _ ("Skipped because"), COLUMN_REASON);

  for (guint i = 0; i < preview->rows->len; i++)
    gtk_string_list_append (rows, "");
  gtk_column_view_set_model (
      view, GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (g_steal_pointer (&rows)))));
}
