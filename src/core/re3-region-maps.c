/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-region-maps-private.h"

#include "re3-memory.h"

#include <glib/gi18n-lib.h>

struct _Re3RegionMaps {
  const Re3Network *network;
  const Re3RegionTable *table;
  gsize n_kept;
  Re3Region **kept;
};

static void
make_map (Re3Team *team, gsize member, gsize place, gpointer data)
{
  Re3RegionMaps *self = data;
  Re3Monitor monitor = re3_team_get_monitor (team, member);
  GError *error = NULL;

  self->kept[place] = re3_region_new_watched (
      self->network, re3_region_table_get_region (self->table, place)->pattern, &monitor, &error);
  if (error != NULL)
    re3_team_fail (team, error);
}

Re3RegionMaps *
re3_region_maps_new (const Re3Network *network,
                     const Re3RegionTable *table,
                     gsize n_bytes,
                     Re3Team *team)
{
  gsize n_regions = re3_region_table_get_n_regions (table);
  Re3RegionMaps *self = g_new (Re3RegionMaps, 1);
  GError *error = NULL;

  self->network = network;
  self->table = table;
  self->n_kept = MIN (n_bytes / re3_region_get_size (network), n_regions);
  self->kept = re3_try_new0 (Re3Region *, self->n_kept, 1, &error, _ ("a list of %zu regions"),
                             self->n_kept);
  if (self->kept == NULL) {
    self->n_kept = 0;
    re3_team_fail (team, error);
  }

  if (!re3_team_run (team, self->n_kept, make_map, self))
    g_clear_pointer (&self, re3_region_maps_free);

  return self;
}

void
re3_region_maps_free (Re3RegionMaps *self)
{
  if (self == NULL)
    return;

  for (gsize place = 0; place < self->n_kept; place++)
    g_clear_pointer (&self->kept[place], re3_region_unref);
  g_free (self->kept);
  g_free (self);
}

Re3Region *
re3_region_maps_get (const Re3RegionMaps *self,
                     gsize place,
                     const Re3Monitor *monitor,
                     GError **error)
{
  if (place < self->n_kept)
    return re3_region_ref (self->kept[place]);

  return re3_region_new_watched (
      self->network, re3_region_table_get_region (self->table, place)->pattern, monitor, error);
}
