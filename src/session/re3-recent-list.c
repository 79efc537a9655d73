/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-recent-list.h"

#include "re3-document.h"
#include "re3-session-file.h"

#define LIST_TYPE G_VARIANT_TYPE ("a(ss)")

static void
entry_free (gpointer data)
{
  Re3RecentEntry *entry = data;

  g_object_unref (entry->first);
  g_clear_object (&entry->data);
  g_free (entry);
}

GPtrArray *
re3_recent_list_read (GVariant *list)
{
  GPtrArray *entries = g_ptr_array_new_with_free_func (entry_free);
  GVariantIter iter;
  const char *first;
  const char *data;

  g_return_val_if_fail (g_variant_is_of_type (list, LIST_TYPE), entries);

  g_variant_iter_init (&iter, list);
  while (g_variant_iter_next (&iter, "(&s&s)", &first, &data)) {
    Re3RecentEntry *entry;

    if (*first == '\0')
      continue;
    entry = g_new0 (Re3RecentEntry, 1);
    entry->first = g_file_new_for_uri (first);
    if (*data != '\0')
      entry->data = g_file_new_for_uri (data);
    g_ptr_array_add (entries, entry);
  }
  return entries;
}

static gboolean
is_of (const Re3RecentEntry *entry, GFile *first, GFile *data)
{
  return g_file_equal (entry->first, first) &&
         (entry->data != NULL && data != NULL ? g_file_equal (entry->data, data)
                                              : entry->data == data);
}

static void
append (GVariantBuilder *builder, GFile *first, GFile *data)
{
  g_autofree char *first_uri = g_file_get_uri (first);
  g_autofree char *data_uri = data != NULL ? g_file_get_uri (data) : g_strdup ("");

  g_variant_builder_add (builder, "(ss)", first_uri, data_uri);
}

/* Adds at most @n of @list, but not the one of these files. */
static void
append_others (GVariantBuilder *builder, GVariant *list, gsize n, GFile *first, GFile *data)
{
  g_autoptr (GPtrArray) entries = re3_recent_list_read (list);

  for (guint i = 0; i < entries->len && n > 0; i++) {
    const Re3RecentEntry *entry = g_ptr_array_index (entries, i);

    if (is_of (entry, first, data))
      continue;
    append (builder, entry->first, entry->data);
    n--;
  }
}

GVariant *
re3_recent_list_add (GVariant *list, GFile *first, GFile *data)
{
  GVariantBuilder builder;

  g_return_val_if_fail (g_variant_is_of_type (list, LIST_TYPE), NULL);
  g_return_val_if_fail (G_IS_FILE (first), NULL);

  g_variant_builder_init (&builder, LIST_TYPE);
  append (&builder, first, data);
  append_others (&builder, list, RE3_MAX_RECENT - 1, first, data);
  return g_variant_builder_end (&builder);
}

GVariant *
re3_recent_list_remove (GVariant *list, GFile *first, GFile *data)
{
  GVariantBuilder builder;

  g_return_val_if_fail (g_variant_is_of_type (list, LIST_TYPE), NULL);
  g_return_val_if_fail (G_IS_FILE (first), NULL);

  g_variant_builder_init (&builder, LIST_TYPE);
  append_others (&builder, list, RE3_MAX_RECENT, first, data);
  return g_variant_builder_end (&builder);
}

char *
re3_recent_entry_get_title (const Re3RecentEntry *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (re3_session_file_is_name (self->first))
    return re3_session_file_make_title (self->first);
  return re3_document_make_title (self->first, self->data);
}

GFile *
re3_recent_entry_find_missing (const Re3RecentEntry *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (!g_file_query_exists (self->first, NULL))
    return self->first;
  if (self->data != NULL && !g_file_query_exists (self->data, NULL))
    return self->data;
  return NULL;
}
