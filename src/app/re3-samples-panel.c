/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-samples-panel.h"

#include "re3-filter-bar.h"
#include "re3-gradual-list.h"
#include "re3-number-text.h"
#include "re3-sample-cell.h"
#include "re3-sample-picture.h"
#include "re3-session-figures.h"

#include <glib/gi18n.h>

/* A list is laid out within so many frames. */
#define MOST_FRAMES 10

struct _Re3SamplesPanel {
  GtkWidget parent_instance;

  GtkSearchEntry *search_entry;
  GtkToggleButton *misclassified_button;
  Re3FilterBar *filter_bar;
  GtkColumnView *column_view;
  GtkLabel *count_label;

  Re3Session *session;
  GtkSliceListModel *rows; /* the session's samples, as far as there are rows for them */
  GtkSingleSelection *selection;
  GtkColumnViewColumn *picture_column;
  gsize picture_rows; /* 0 where samples are no pictures */
  gsize picture_columns;
  GHashTable *cells;   /* of GtkListItem, that shows something, to its Column */
  guint settle_id;     /* 0 where the list shows what is selected */
  int n_frames_left;   /* to settle in */
  gboolean is_syncing; /* row or search are being set to what the session has */
  int asked_key;       /* see read_order() */
  int sorted_key;      /* -1 for file order */
  gboolean is_descending;
};

G_DEFINE_FINAL_TYPE (Re3SamplesPanel, re3_samples_panel, GTK_TYPE_WIDGET)

/* --- Cells ---------------------------------------------------------------------------------- */

typedef struct {
  Re3SamplesPanel *panel;
  Re3SampleKey key;
} Column;

static void
setup_cell_cb (GtkSignalListItemFactory *factory, GtkListItem *item, Column *column)
{
  gtk_list_item_set_child (item, re3_sample_cell_new (column->key));
}

static void
show_cell (GtkListItem *item, Column *column)
{
  re3_sample_cell_show (GTK_LABEL (gtk_list_item_get_child (item)), column->panel->session,
                        column->key, re3_sample_get_row (gtk_list_item_get_item (item)));
}

static void
bind_cell_cb (GtkSignalListItemFactory *factory, GtkListItem *item, Column *column)
{
  g_hash_table_insert (column->panel->cells, item, column);
  show_cell (item, column);
}

static void
unbind_cell_cb (GtkSignalListItemFactory *factory, GtkListItem *item, Column *column)
{
  g_hash_table_remove (column->panel->cells, item);
}

/* The rows are the same, and more is known of them. */
static void
show_cells (Re3SamplesPanel *self)
{
  GHashTableIter iter;
  gpointer item, column;

  g_hash_table_iter_init (&iter, self->cells);
  while (g_hash_table_iter_next (&iter, &item, &column))
    show_cell (item, column);
}

/* --- Pictures ------------------------------------------------------------------------------- */

static void
setup_picture_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  gtk_list_item_set_child (item, re3_sample_picture_new ());
}

/* Items may come before what tells that a document is another one. */
static void
bind_picture_cb (Re3SamplesPanel *self, GtkListItem *item)
{
  Re3Dataset *dataset = re3_session_get_dataset (self->session);
  gboolean fits =
      dataset != NULL && self->picture_rows > 0 &&
      self->picture_rows * self->picture_columns == re3_dataset_get_n_features (dataset);

  re3_sample_picture_show (RE3_SAMPLE_PICTURE (gtk_list_item_get_child (item)),
                           fits ? dataset : NULL,
                           re3_sample_get_row (gtk_list_item_get_item (item)), self->picture_rows,
                           self->picture_columns);
}

static void
unbind_picture_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  re3_sample_picture_show (RE3_SAMPLE_PICTURE (gtk_list_item_get_child (item)), NULL, 0, 0, 0);
}

/* Beside the number of the row, where samples are pictures. */
static void
show_picture_column (Re3SamplesPanel *self)
{
  GListModel *columns = gtk_column_view_get_columns (self->column_view);
  g_autoptr (GtkColumnViewColumn) second = g_list_model_get_item (columns, 1);
  gboolean has_pictures =
      re3_session_find_picture_shape (self->session, &self->picture_rows, &self->picture_columns);
  GtkListItemFactory *factory;

  if (second == self->picture_column)
    gtk_column_view_remove_column (self->column_view, self->picture_column);
  g_clear_object (&self->picture_column);
  if (!has_pictures) {
    self->picture_rows = 0;
    return;
  }

  factory = gtk_signal_list_item_factory_new ();
  g_signal_connect (factory, "setup", G_CALLBACK (setup_picture_cb), NULL);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_picture_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_picture_cb), NULL);
  self->picture_column = gtk_column_view_column_new (NULL, factory);
  gtk_column_view_insert_column (self->column_view, 1, self->picture_column);
}

/* --- Order ---------------------------------------------------------------------------------- */

/* The list sorts itself, over plain numbers; the columns' sorters only tell what a click on a
 * header has asked for. The view's own sorter asks its columns in turn until one decides: ours
 * always decides, and notes that it was asked. */
static int
note_order_cb (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const Column *column = user_data;

  column->panel->asked_key = column->key;
  return GTK_ORDERING_LARGER;
}

static void
read_order (Re3SamplesPanel *self)
{
  g_autoptr (GObject) one = g_object_new (G_TYPE_OBJECT, NULL);
  g_autoptr (GObject) other = g_object_new (G_TYPE_OBJECT, NULL);
  GtkOrdering ordering;

  /* The view forgets its order too as it is taken down. */
  if (self->session == NULL)
    return;

  self->asked_key = -1;
  ordering = gtk_sorter_compare (gtk_column_view_get_sorter (self->column_view), one, other);
  self->sorted_key = self->asked_key;
  self->is_descending = ordering == GTK_ORDERING_SMALLER;
  if (self->asked_key < 0)
    re3_sample_list_set_order (re3_session_get_samples (self->session), RE3_SAMPLE_ROW, FALSE);
  else
    re3_sample_list_set_order (re3_session_get_samples (self->session),
                               (Re3SampleKey) self->asked_key, self->is_descending);
}

void
re3_samples_panel_sort (Re3SamplesPanel *self, Re3SampleKey key)
{
  g_return_if_fail (RE3_IS_SAMPLES_PANEL (self));
  g_return_if_fail (key < RE3_N_SAMPLE_KEYS);

  guint index = key + (self->picture_column != NULL && key > RE3_SAMPLE_ROW);
  g_autoptr (GtkColumnViewColumn) column =
      g_list_model_get_item (gtk_column_view_get_columns (self->column_view), index);
  gboolean again = (int) key == self->sorted_key && !self->is_descending;

  gtk_column_view_sort_by_column (self->column_view, column,
                                  again ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
}

static void
add_column (Re3SamplesPanel *self, Re3SampleKey key, const char *title, gboolean expand)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkColumnViewColumn) view_column = gtk_column_view_column_new (title, factory);
  g_autoptr (GtkSorter) sorter = NULL;
  Column *column = g_new (Column, 1);

  *column = (Column){ self, key };
  g_object_set_data_full (G_OBJECT (view_column), "re3-column", column, g_free);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cell_cb), column);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cell_cb), column);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cell_cb), column);
  sorter = GTK_SORTER (gtk_custom_sorter_new (note_order_cb, column, NULL));
  gtk_column_view_column_set_sorter (view_column, sorter);
  gtk_column_view_column_set_resizable (view_column, TRUE);
  gtk_column_view_column_set_expand (view_column, expand);
  gtk_column_view_append_column (self->column_view, view_column);
}

/* --- Selection ------------------------------------------------------------------------------ */

/* GTK 4.8 has no call for it: the list inside the column view has an action. */
static void
scroll_to (Re3SamplesPanel *self, guint position)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->column_view));
       child != NULL; child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_LIST_VIEW (child))
      gtk_widget_activate_action (child, "list.scroll-to-item", "u", position);
}

/* The row at @position, which GTK makes for what is in sight and near it. (nullable) */
static GtkWidget *
find_row (Re3SamplesPanel *self, guint position)
{
  GHashTableIter iter;
  gpointer item;

  g_hash_table_iter_init (&iter, self->cells);
  while (g_hash_table_iter_next (&iter, &item, NULL)) {
    GtkWidget *row =
        gtk_list_item_get_position (item) == position ? gtk_list_item_get_child (item) : NULL;

    while (row != NULL && !GTK_IS_LIST_VIEW (gtk_widget_get_parent (row)))
      row = gtk_widget_get_parent (row);
    if (row != NULL)
      return row;
  }
  return NULL;
}

static gboolean
has_list_focus (Re3SamplesPanel *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->column_view));
}

/* The focus, if it is in the list, goes to the row that is selected, for the arrow keys go on from
 * there. A list that is new has no rows before it is laid out, and does not scroll. */
static gboolean
settle_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  Re3SamplesPanel *self = RE3_SAMPLES_PANEL (widget);
  guint position = gtk_single_selection_get_selected (self->selection);
  GtkWidget *row = find_row (self, position);

  self->n_frames_left--;
  if (position != GTK_INVALID_LIST_POSITION && self->n_frames_left > 0) {
    scroll_to (self, position);
    if (row == NULL || gtk_widget_get_height (row) == 0)
      return G_SOURCE_CONTINUE;
  }
  if (row != NULL && has_list_focus (self))
    gtk_widget_grab_focus (row);
  self->settle_id = 0;
  return G_SOURCE_REMOVE;
}

static void
settle (Re3SamplesPanel *self)
{
  self->n_frames_left = MOST_FRAMES;
  if (self->settle_id == 0)
    self->settle_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), settle_cb, NULL, NULL);
}

static void
show_selection (Re3SamplesPanel *self)
{
  gssize row = re3_session_get_row (self->session);
  guint position = row == RE3_NO_ROW
                       ? GTK_INVALID_LIST_POSITION
                       : re3_sample_list_find_row (re3_session_get_samples (self->session), row);

  if (gtk_single_selection_get_selected (self->selection) == position)
    return;

  self->is_syncing = TRUE;
  if (position != GTK_INVALID_LIST_POSITION)
    re3_gradual_list_reach (self->rows, position);
  gtk_single_selection_set_selected (self->selection, position);
  self->is_syncing = FALSE;
  /* What the list has yet to learn of cannot be selected, and is when it has. */
  if (position != GTK_INVALID_LIST_POSITION &&
      gtk_single_selection_get_selected (self->selection) == position) {
    scroll_to (self, position);
    settle (self);
  }
}

static void
selected_cb (Re3SamplesPanel *self)
{
  guint position = gtk_single_selection_get_selected (self->selection);

  if (self->is_syncing || position == GTK_INVALID_LIST_POSITION)
    return;

  re3_session_select_row (
      self->session, re3_sample_list_get_row (re3_session_get_samples (self->session), position));
}

/* --- Filters -------------------------------------------------------------------------------- */

static void
show_count (Re3SamplesPanel *self)
{
  Re3Dataset *dataset = re3_session_get_dataset (self->session);
  guint n_shown = g_list_model_get_n_items (G_LIST_MODEL (re3_session_get_samples (self->session)));
  guint n_rows = dataset != NULL ? (guint) re3_dataset_get_n_rows (dataset) : 0;
  g_autofree char *text = NULL;

  g_autofree char *rows = re3_number_text_new (n_rows, G_MAXINT8);
  g_autofree char *shown = re3_number_text_new (n_shown, G_MAXINT8);

  if (n_shown == n_rows)
    text = g_strdup_printf (ngettext ("%s sample", "%s samples", n_rows), rows);
  else
    /* Translators: how many of how many samples the filters let through. */
    text = g_strdup_printf (ngettext ("%s of %s sample", "%s of %s samples", n_rows), shown, rows);
  gtk_label_set_text (self->count_label, text);
}

static void
filters_changed_cb (Re3SamplesPanel *self)
{
  Re3Selection *selection = re3_session_get_selection (self->session);
  const Re3SampleFilter *search = re3_selection_get_filter (selection, RE3_FILTER_SEARCH);
  /* Setting the text empties the entry first, for which the search would be taken away. */
  g_autofree char *text = g_strdup (search != NULL ? search->text : "");

  gtk_toggle_button_set_active (self->misclassified_button,
                                re3_selection_get_filter (selection, RE3_FILTER_MISCLASSIFIED) !=
                                    NULL);
  if (strcmp (gtk_editable_get_text (GTK_EDITABLE (self->search_entry)), text) == 0)
    return;
  self->is_syncing = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), text);
  self->is_syncing = FALSE;
}

/* A regression network is more or less off, and not wrong. */
static void
document_changed_cb (Re3SamplesPanel *self)
{
  Re3Model *model = re3_session_get_model (self->session);

  gtk_widget_set_visible (GTK_WIDGET (self->misclassified_button),
                          model == NULL || !re3_model_is_regression (model));
  show_picture_column (self);
}

/* GtkSingleSelection forgets what is selected when all its items are replaced. */
static void
items_changed_cb (Re3SamplesPanel *self)
{
  show_selection (self);
  show_count (self);
}

static void
search_changed_cb (Re3SamplesPanel *self)
{
  Re3Selection *selection = re3_session_get_selection (self->session);
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search_entry));

  if (self->is_syncing)
    return;
  if (text[0] != '\0')
    re3_selection_add_filter (selection, re3_sample_filter_new_search (text));
  else
    re3_selection_remove_filter (selection, RE3_FILTER_SEARCH);
}

static void
stop_search_cb (Re3SamplesPanel *self)
{
  re3_selection_remove_filter (re3_session_get_selection (self->session), RE3_FILTER_SEARCH);
}

static void
misclassified_toggled_cb (Re3SamplesPanel *self)
{
  Re3Selection *selection = re3_session_get_selection (self->session);

  if (gtk_toggle_button_get_active (self->misclassified_button))
    re3_selection_add_filter (selection, re3_sample_filter_new_misclassified ());
  else
    re3_selection_remove_filter (selection, RE3_FILTER_MISCLASSIFIED);
}

/* --- The widget ----------------------------------------------------------------------------- */

void
re3_samples_panel_focus_search (Re3SamplesPanel *self)
{
  g_return_if_fail (RE3_IS_SAMPLES_PANEL (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

void
re3_samples_panel_focus_list (Re3SamplesPanel *self)
{
  g_return_if_fail (RE3_IS_SAMPLES_PANEL (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->column_view));
  settle (self);
}

void
re3_samples_panel_set_session (Re3SamplesPanel *self, Re3Session *session)
{
  g_return_if_fail (RE3_IS_SAMPLES_PANEL (self));
  g_return_if_fail (self->session == NULL);

  Re3SampleList *samples = re3_session_get_samples (session);

  self->session = g_object_ref (session);
  self->rows =
      re3_gradual_list_new (g_object_ref (G_LIST_MODEL (samples)), GTK_WIDGET (self->column_view));
  self->selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (self->rows));
  gtk_column_view_set_model (self->column_view, GTK_SELECTION_MODEL (self->selection));

  g_signal_connect_object (self->selection, "notify::selected", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (re3_session_get_selection (session), "filters-changed",
                           G_CALLBACK (filters_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "document-changed", G_CALLBACK (document_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "analysis-changed", G_CALLBACK (show_cells), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "row-changed", G_CALLBACK (show_selection), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_column_view_get_sorter (self->column_view), "changed",
                           G_CALLBACK (read_order), self, G_CONNECT_SWAPPED);
  re3_filter_bar_set_session (self->filter_bar, session, GTK_WIDGET (self->search_entry));
  filters_changed_cb (self);
  items_changed_cb (self);
}

/* Tab leaves the list, whose rows are for the arrow keys; GTK 4.8 would go through all of them. */
static gboolean
re3_samples_panel_focus (GtkWidget *widget, GtkDirectionType direction)
{
  Re3SamplesPanel *self = RE3_SAMPLES_PANEL (widget);
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  gboolean is_in_list =
      focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->column_view));

  if (is_in_list && direction == GTK_DIR_TAB_FORWARD)
    return FALSE;
  if (is_in_list && direction == GTK_DIR_TAB_BACKWARD)
    return (gtk_widget_get_visible (GTK_WIDGET (self->filter_bar)) &&
            gtk_widget_child_focus (GTK_WIDGET (self->filter_bar), direction)) ||
           gtk_widget_child_focus (GTK_WIDGET (self->misclassified_button), direction);
  return GTK_WIDGET_CLASS (re3_samples_panel_parent_class)->focus (widget, direction);
}

static void
re3_samples_panel_dispose (GObject *object)
{
  Re3SamplesPanel *self = RE3_SAMPLES_PANEL (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->selection);
  g_clear_object (&self->rows);
  g_clear_object (&self->picture_column);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (re3_samples_panel_parent_class)->dispose (object);
}

static void
re3_samples_panel_finalize (GObject *object)
{
  g_hash_table_unref (RE3_SAMPLES_PANEL (object)->cells);

  G_OBJECT_CLASS (re3_samples_panel_parent_class)->finalize (object);
}

static void
re3_samples_panel_class_init (Re3SamplesPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = re3_samples_panel_dispose;
  G_OBJECT_CLASS (klass)->finalize = re3_samples_panel_finalize;
  widget_class->focus = re3_samples_panel_focus;

  g_type_ensure (RE3_TYPE_FILTER_BAR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/re3/Re3/ui/re3-samples-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, Re3SamplesPanel, search_entry);
  gtk_widget_class_bind_template_child (widget_class, Re3SamplesPanel, misclassified_button);
  gtk_widget_class_bind_template_child (widget_class, Re3SamplesPanel, filter_bar);
  gtk_widget_class_bind_template_child (widget_class, Re3SamplesPanel, column_view);
  gtk_widget_class_bind_template_child (widget_class, Re3SamplesPanel, count_label);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, misclassified_toggled_cb);
  gtk_widget_class_set_css_name (widget_class, "samples");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
re3_samples_panel_init (Re3SamplesPanel *self)
{
  self->cells = g_hash_table_new (NULL, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));

  self->sorted_key = -1;
  add_column (self, RE3_SAMPLE_ROW, _ ("Row"), FALSE);
  add_column (self, RE3_SAMPLE_LABEL, _ ("True"), TRUE);
  add_column (self, RE3_SAMPLE_PREDICTION, _ ("Predicted"), TRUE);
  /* Translators: short for confidence, above a narrow column. */
  add_column (self, RE3_SAMPLE_CONFIDENCE, _ ("Conf."), FALSE);
  add_column (self, RE3_SAMPLE_REGION, _ ("Region"), FALSE);
  /* Translators: the distance to the region's boundary, above a narrow column. */
  add_column (self, RE3_SAMPLE_DISTANCE, _ ("Distance"), FALSE);
}
