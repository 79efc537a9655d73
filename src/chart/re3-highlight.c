/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-highlight.h"

/* @data: of gint64: the series above the item. */
struct _Re3Highlight {
  GHashTable *data;
};

static gint64
pack (int item, int series)
{
  return ((gint64) series << 32) | (guint32) item;
}

Re3Highlight *
re3_highlight_new (void)
{
  Re3Highlight *self = g_new0 (Re3Highlight, 1);

  self->data = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  return self;
}

void
re3_highlight_free (Re3Highlight *self)
{
  g_return_if_fail (self != NULL);

  g_hash_table_unref (self->data);
  g_free (self);
}

void
re3_highlight_add (Re3Highlight *self, int item, int series)
{
  gint64 datum = pack (item, series);

  g_return_if_fail (self != NULL);

  g_hash_table_add (self->data, g_memdup2 (&datum, sizeof datum));
}

gboolean
re3_highlight_contains (const Re3Highlight *self, int item, int series)
{
  gint64 datum = pack (item, series);

  g_return_val_if_fail (self != NULL, FALSE);

  return g_hash_table_contains (self->data, &datum);
}

gsize
re3_highlight_get_size (const Re3Highlight *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return g_hash_table_size (self->data);
}
