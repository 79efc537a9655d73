/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-gradual-list.h"

/* As many as a window of the usual size has room for. */
#define ROWS_PER_FRAME 32

/* As many as GTK makes: with more items there are no more rows. */
#define MOST_ROWS 200

typedef struct {
  GtkSliceListModel *list; /* owned */
  gboolean is_shown;       /* the first items are in a frame */
} Growth;

static void
growth_free (gpointer data)
{
  Growth *growth = data;

  g_object_unref (growth->list);
  g_free (growth);
}

/* Called before a frame is laid out. */
static gboolean
grow_cb (GtkWidget *view, GdkFrameClock *clock, gpointer data)
{
  Growth *growth = data;

  if (growth->is_shown)
    re3_gradual_list_reach (growth->list, gtk_slice_list_model_get_size (growth->list));
  growth->is_shown = TRUE;
  return gtk_slice_list_model_get_size (growth->list) < G_MAXUINT;
}

static void
items_changed_cb (GtkSliceListModel *list,
                  guint position,
                  guint n_removed,
                  guint n_added,
                  GtkWidget *view)
{
  Growth *growth;

  if (g_list_model_get_n_items (G_LIST_MODEL (list)) == 0)
    return;

  g_signal_handlers_disconnect_by_data (list, view);
  growth = g_new (Growth, 1);
  *growth = (Growth){ .list = g_object_ref (list) };
  gtk_widget_add_tick_callback (view, grow_cb, growth, growth_free);
}

GtkSliceListModel *
re3_gradual_list_new (GListModel *items, GtkWidget *view)
{
  g_return_val_if_fail (G_IS_LIST_MODEL (items), NULL);
  g_return_val_if_fail (GTK_IS_WIDGET (view), NULL);

  GtkSliceListModel *self = gtk_slice_list_model_new (items, 0, ROWS_PER_FRAME);

  g_signal_connect (self, "items-changed", G_CALLBACK (items_changed_cb), view);
  items_changed_cb (self, 0, 0, 0, view);
  return self;
}

void
re3_gradual_list_reach (GtkSliceListModel *self, guint position)
{
  g_return_if_fail (GTK_IS_SLICE_LIST_MODEL (self));

  guint size = gtk_slice_list_model_get_size (self);

  if (position < size)
    return;
  size = MAX (size + ROWS_PER_FRAME, position + 1);
  gtk_slice_list_model_set_size (self, size < MOST_ROWS ? size : G_MAXUINT);
}
