/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-name-index.h"

#include "re3-names.h"

const Re3NameKey re3_name_keys[] = { re3_name_normalise_with_unit, re3_name_normalise, NULL };

/* Entries are an index from 1, for a table gives 0 where there is none. */
#define SEVERAL G_MAXSIZE

struct _Re3NameIndex {
  const Re3NameKey *keys;
  GHashTable *exact;
  GPtrArray *by_key; /* (element-type GHashTable): for each of @keys */
};

static void
add_key (GHashTable *table, char *key, gsize entry)
{
  if (key == NULL)
    return;

  g_hash_table_replace (table, key,
                        GSIZE_TO_POINTER (g_hash_table_contains (table, key) ? SEVERAL : entry));
}

Re3NameIndex *
re3_name_index_new (const char *const *names, gsize n_names, const Re3NameKey *keys)
{
  Re3NameIndex *self;

  g_return_val_if_fail ((names != NULL || n_names == 0) && keys != NULL, NULL);

  self = g_new (Re3NameIndex, 1);
  self->keys = keys;
  self->exact = g_hash_table_new (g_str_hash, g_str_equal);
  self->by_key = g_ptr_array_new_with_free_func ((GDestroyNotify) g_hash_table_unref);

  /* From the end, so that the first of the same stays. */
  for (gsize i = n_names; i-- > 0;) {
    if (names[i][0] != '\0')
      g_hash_table_insert (self->exact, (gpointer) names[i], GSIZE_TO_POINTER (i + 1));
  }
  for (gsize k = 0; keys[k] != NULL; k++) {
    GHashTable *table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

    for (gsize i = 0; i < n_names; i++) {
      if (names[i][0] != '\0')
        add_key (table, keys[k](names[i]), i + 1);
    }
    g_ptr_array_add (self->by_key, table);
  }

  return self;
}

void
re3_name_index_free (Re3NameIndex *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->exact);
  g_ptr_array_unref (self->by_key);
  g_free (self);
}

gssize
re3_name_index_find (const Re3NameIndex *self, const char *name)
{
  gsize entry;

  g_return_val_if_fail (self != NULL && name != NULL, RE3_NAME_NOT_FOUND);

  entry = GPOINTER_TO_SIZE (g_hash_table_lookup (self->exact, name));
  for (guint k = 0; k < self->by_key->len && entry == 0; k++) {
    g_autofree char *key = self->keys[k](name);

    if (key != NULL)
      entry = GPOINTER_TO_SIZE (g_hash_table_lookup (g_ptr_array_index (self->by_key, k), key));
  }
  if (entry == SEVERAL)
    return RE3_NAME_AMBIGUOUS;

  return entry > 0 ? (gssize) entry - 1 : RE3_NAME_NOT_FOUND;
}
