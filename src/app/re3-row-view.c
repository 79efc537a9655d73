/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-row-view.h"

#define ROW_SPACING 2

/* Room above and below a row that is scrolled to. */
#define ROW_MARGIN 8.0

/* What is filled before the height is known: a window of the usual size. */
#define FIRST_HEIGHT 600.0

typedef struct {
  GtkWidget *widget; /* a child */
  gpointer item;     /* owned */
  guint position;
} Row;

typedef struct {
  GType type;
  int height;
} Kind;

struct _Re3RowView {
  GtkWidget parent_instance;

  GListModel *items;
  GtkAdjustment *adjustment;
  const Re3RowSource *source;
  gpointer user_data;

  GArray *rows;      /* of Row, from the top */
  GPtrArray *spares; /* children that are hidden, to be used again */
  GArray *kinds;     /* of Kind: what types of rows there have been */
  GArray *tops;      /* of int, for each item and for the end of the last */
  gboolean is_stale; /* other rows may be in sight than there are */
  guint wanted_position;
};

G_DEFINE_FINAL_TYPE (Re3RowView, re3_row_view, GTK_TYPE_WIDGET)

static void
row_clear (gpointer data)
{
  g_clear_object (&((Row *) data)->item);
}

static Row *
get_row (Re3RowView *self, guint i)
{
  return &g_array_index (self->rows, Row, i);
}

static guint
get_n_items (Re3RowView *self)
{
  return self->items != NULL ? g_list_model_get_n_items (self->items) : 0;
}

/* --- Heights -------------------------------------------------------------------------------- */

static Kind *
find_kind (Re3RowView *self, GType type)
{
  for (guint i = 0; i < self->kinds->len; i++) {
    Kind *kind = &g_array_index (self->kinds, Kind, i);

    if (kind->type == type)
      return kind;
  }
  return NULL;
}

static int
measure_height (GtkWidget *widget)
{
  int height;

  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, -1, NULL, &height, NULL, NULL);
  return height;
}

/* Text may have become larger. Returns: whether heights have changed */
static gboolean
measure_kinds (Re3RowView *self)
{
  gboolean has_changed = FALSE;

  for (guint i = 0; i < self->kinds->len; i++) {
    Kind *kind = &g_array_index (self->kinds, Kind, i);
    int height = 0;

    for (guint r = 0; r < self->rows->len; r++)
      if (G_OBJECT_TYPE (get_row (self, r)->widget) == kind->type)
        height = MAX (height, measure_height (get_row (self, r)->widget));
    if (height > 0 && height != kind->height) {
      kind->height = height;
      has_changed = TRUE;
    }
  }
  return has_changed;
}

static void
place_items (Re3RowView *self)
{
  guint n_items = get_n_items (self);
  int top = 0;

  g_array_set_size (self->tops, 0);
  g_array_append_val (self->tops, top);
  for (guint i = 0; i < n_items; i++) {
    g_autoptr (GObject) item = g_list_model_get_item (self->items, i);
    const Kind *kind = find_kind (self, self->source->choose_type (item));

    top += (kind != NULL ? kind->height : 0) + ROW_SPACING;
    g_array_append_val (self->tops, top);
  }
}

static int
get_top (Re3RowView *self, guint position)
{
  return g_array_index (self->tops, int, position);
}

static int
get_height (Re3RowView *self, guint position)
{
  return get_top (self, position + 1) - get_top (self, position) - ROW_SPACING;
}

/* --- Rows ----------------------------------------------------------------------------------- */

static GtkWidget *
make_widget (Re3RowView *self, GType type, gpointer item)
{
  GtkWidget *widget = NULL;

  for (guint i = 0; i < self->spares->len && widget == NULL; i++)
    if (G_OBJECT_TYPE (g_ptr_array_index (self->spares, i)) == type)
      widget = g_ptr_array_steal_index_fast (self->spares, i);
  if (widget == NULL) {
    widget = g_object_new (type, NULL);
    gtk_widget_set_parent (widget, GTK_WIDGET (self));
  }
  gtk_widget_set_visible (widget, TRUE);
  self->source->bind (widget, item, self->user_data);
  return widget;
}

static void
spare_widget (Re3RowView *self, GtkWidget *widget)
{
  gtk_widget_set_visible (widget, FALSE);
  g_ptr_array_add (self->spares, widget);
}

/* How high rows of a type are is known when there has been one. */
static void
learn_kinds (Re3RowView *self)
{
  guint n_items = get_n_items (self);

  for (guint i = 0; i < n_items; i++) {
    g_autoptr (GObject) item = g_list_model_get_item (self->items, i);
    Kind kind = { .type = self->source->choose_type (item) };

    if (find_kind (self, kind.type) == NULL) {
      GtkWidget *widget = make_widget (self, kind.type, item);

      kind.height = measure_height (widget);
      g_array_append_val (self->kinds, kind);
      spare_widget (self, widget);
    }
  }
}

/* The positions in sight, from @first to before @end, and one more on each side. */
static void
find_range (Re3RowView *self, guint *first, guint *end)
{
  guint n_items = get_n_items (self);
  double top = gtk_adjustment_get_value (self->adjustment);
  double height = gtk_adjustment_get_page_size (self->adjustment);
  double bottom = top + (height > 0.0 ? height : FIRST_HEIGHT);

  *first = 0;
  while (*first < n_items && get_top (self, *first + 1) < top)
    ++*first;
  *end = *first;
  while (*end < n_items && get_top (self, *end) <= bottom)
    ++*end;
  *first = *first > 0 ? *first - 1 : 0;
  *end = MIN (*end + 1, n_items);
}

/* Where the item of the row with the focus is: what is being typed into it stays. */
static guint
find_focus (Re3RowView *self)
{
  GtkWidget *focused = gtk_widget_get_focus_child (GTK_WIDGET (self));
  guint n_items = get_n_items (self);

  for (guint i = 0; focused != NULL && i < self->rows->len; i++)
    if (get_row (self, i)->widget == focused)
      for (guint position = 0; position < n_items; position++) {
        g_autoptr (GObject) item = g_list_model_get_item (self->items, position);

        if (item == get_row (self, i)->item)
          return position;
      }
  return GTK_INVALID_LIST_POSITION;
}

/* The row that shows the item already goes with it, if there is one. */
static void
want_position (Re3RowView *self, GArray *old_rows, guint position)
{
  Row wanted = { NULL, g_list_model_get_item (self->items, position), position };

  for (guint i = 0; i < old_rows->len; i++) {
    Row *old = &g_array_index (old_rows, Row, i);

    if (old->item == wanted.item) {
      wanted.widget = old->widget;
      g_array_remove_index_fast (old_rows, i);
      break;
    }
  }
  g_array_append_val (self->rows, wanted);
}

static GArray *
make_rows (void)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (Row));

  g_array_set_clear_func (rows, row_clear);
  return rows;
}

/* What is in sight already keeps its row; rows that have gone out of sight show what has come. */
static void
replace_rows (Re3RowView *self)
{
  guint focus = find_focus (self);
  g_autoptr (GArray) old_rows = g_steal_pointer (&self->rows);
  GtkWidget *above = NULL;
  guint first, end;

  self->rows = make_rows ();
  find_range (self, &first, &end);
  if (focus < first)
    want_position (self, old_rows, focus);
  for (guint position = first; position < end; position++)
    want_position (self, old_rows, position);
  if (focus >= end && focus != GTK_INVALID_LIST_POSITION)
    want_position (self, old_rows, focus);

  for (guint i = 0; i < old_rows->len; i++)
    g_ptr_array_add (self->spares, g_array_index (old_rows, Row, i).widget);
  for (guint i = 0; i < self->rows->len; i++) {
    Row *row = get_row (self, i);

    if (row->widget == NULL)
      row->widget = make_widget (self, self->source->choose_type (row->item), row->item);
    gtk_widget_insert_after (row->widget, GTK_WIDGET (self), above);
    above = row->widget;
  }
  for (guint i = 0; i < self->spares->len; i++)
    gtk_widget_set_visible (g_ptr_array_index (self->spares, i), FALSE);
}

/* Only so far as the adjustment has learned how much there is to scroll through. */
static void
scroll_to_wanted (Re3RowView *self)
{
  guint position = self->wanted_position;
  double top, bottom;

  if (position >= get_n_items (self))
    return;

  top = get_top (self, position) - ROW_MARGIN;
  bottom = get_top (self, position) + get_height (self, position) + 2 * ROW_MARGIN;
  if (gtk_adjustment_get_upper (self->adjustment) >= get_top (self, get_n_items (self)))
    self->wanted_position = GTK_INVALID_LIST_POSITION;
  gtk_adjustment_clamp_page (self->adjustment, top, bottom);
}

void
re3_row_view_fill (Re3RowView *self)
{
  g_return_if_fail (RE3_IS_ROW_VIEW (self));

  if (self->items == NULL)
    return;

  if (self->is_stale) {
    learn_kinds (self);
    place_items (self);
  }
  scroll_to_wanted (self);
  if (!self->is_stale)
    return;
  replace_rows (self);
  self->is_stale = FALSE;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

GtkWidget *
re3_row_view_get_row (Re3RowView *self, guint index)
{
  g_return_val_if_fail (RE3_IS_ROW_VIEW (self), NULL);

  return index < self->rows->len ? get_row (self, index)->widget : NULL;
}

void
re3_row_view_scroll_to (Re3RowView *self, guint position)
{
  g_return_if_fail (RE3_IS_ROW_VIEW (self));

  self->wanted_position = position;
}

static void
mark_stale (Re3RowView *self)
{
  self->is_stale = TRUE;
}

void
re3_row_view_set_source (Re3RowView *self,
                         GListModel *items,
                         GtkAdjustment *adjustment,
                         const Re3RowSource *source,
                         gpointer user_data)
{
  g_return_if_fail (RE3_IS_ROW_VIEW (self));
  g_return_if_fail (G_IS_LIST_MODEL (items));
  g_return_if_fail (GTK_IS_ADJUSTMENT (adjustment));
  g_return_if_fail (self->items == NULL);

  self->items = g_object_ref (items);
  self->adjustment = g_object_ref (adjustment);
  self->source = source;
  self->user_data = user_data;
  g_signal_connect_object (items, "items-changed", G_CALLBACK (mark_stale), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "changed", G_CALLBACK (mark_stale), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (mark_stale), self,
                           G_CONNECT_SWAPPED);
  mark_stale (self);
}

/* --- The widget ----------------------------------------------------------------------------- */

static void
re3_row_view_measure (GtkWidget *widget,
                      GtkOrientation orientation,
                      int for_size,
                      int *minimum,
                      int *natural,
                      int *minimum_baseline,
                      int *natural_baseline)
{
  Re3RowView *self = RE3_ROW_VIEW (widget);

  if (orientation == GTK_ORIENTATION_VERTICAL) {
    /* Until it is filled again, the rows are those of the items that there were. */
    if (measure_kinds (self) && !self->is_stale)
      place_items (self);
    *minimum = *natural = self->tops->len > 0 ? get_top (self, self->tops->len - 1) : 0;
    return;
  }
  for (guint i = 0; i < self->rows->len; i++) {
    int row_minimum, row_natural;

    gtk_widget_measure (get_row (self, i)->widget, orientation, -1, &row_minimum, &row_natural,
                        NULL, NULL);
    *minimum = MAX (*minimum, row_minimum);
    *natural = MAX (*natural, row_natural);
  }
}

static void
re3_row_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  Re3RowView *self = RE3_ROW_VIEW (widget);

  for (guint i = 0; i < self->rows->len; i++) {
    const Row *row = get_row (self, i);
    GtkAllocation place = { 0, 0, width, 0 };

    place.y = get_top (self, row->position);
    place.height = get_height (self, row->position);
    gtk_widget_size_allocate (row->widget, &place, -1);
  }
}

static void
re3_row_view_dispose (GObject *object)
{
  Re3RowView *self = RE3_ROW_VIEW (object);
  GtkWidget *child;

  g_array_set_size (self->rows, 0);
  g_ptr_array_set_size (self->spares, 0);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->items);
  g_clear_object (&self->adjustment);

  G_OBJECT_CLASS (re3_row_view_parent_class)->dispose (object);
}

static void
re3_row_view_finalize (GObject *object)
{
  Re3RowView *self = RE3_ROW_VIEW (object);

  g_array_unref (self->rows);
  g_ptr_array_unref (self->spares);
  g_array_unref (self->kinds);
  g_array_unref (self->tops);

  G_OBJECT_CLASS (re3_row_view_parent_class)->finalize (object);
}

static void
re3_row_view_class_init (Re3RowViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = re3_row_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = re3_row_view_finalize;
  widget_class->measure = re3_row_view_measure;
  widget_class->size_allocate = re3_row_view_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "rows");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
re3_row_view_init (Re3RowView *self)
{
  self->rows = make_rows ();
  self->spares = g_ptr_array_new ();
  self->kinds = g_array_new (FALSE, FALSE, sizeof (Kind));
  self->tops = g_array_new (FALSE, FALSE, sizeof (int));
  self->wanted_position = GTK_INVALID_LIST_POSITION;
}
