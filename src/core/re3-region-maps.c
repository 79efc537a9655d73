/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-region-maps-private.h"

#include "re3-memory.h"

#include <glib/gi18n-lib.h>

/* A search takes as long as so many gradients of one neuron, made backwards, and in a small network
 * as so many products. It changes the speed and what is rounding. */
#define GRADIENTS_PER_SEARCH 4
#define PRODUCTS_PER_SEARCH  20000

struct _Re3RegionMaps {
  const Re3Network *network;
  const Re3RegionTable *table;
  gsize n_kept;
  Re3Region **kept;
  double n_few; /* so many rows of a region are few */
  Re3GradientBounds *bounds;
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

/* How many products it takes to make the gradients of all neurons of a region, to search the
 * boundary of one row, and to make the bounds for that. */
static void
count_products (const Re3Network *network, double *gradients, double *search, double *bounds)
{
  double n_inputs = (double) re3_network_get_n_inputs (network);
  gsize n_layers = re3_network_get_n_hidden_layers (network);

  *gradients = *search = *bounds = 0;
  for (gsize layer = 0; layer < n_layers; layer++) {
    const Re3Affine *affine = re3_network_get_affine (network, layer);
    double n_in = (double) affine->n_inputs;
    double n_out = (double) affine->n_outputs;

    if (layer > 0)
      *gradients += n_out * n_in * n_inputs;
    *search += n_out * n_in;
    if (layer + 1 < n_layers)
      *bounds += n_out * n_out * (n_in / 2 + n_out / 3);
  }
  *search = GRADIENTS_PER_SEARCH * *search + PRODUCTS_PER_SEARCH;
}

static gsize
count_rows (const Re3RegionMaps *self, gsize place)
{
  const Re3RegionRow *row = re3_region_table_get_region (self->table, place);

  return row->n_train + row->n_test;
}

/* Makes the bounds, if that and the searches take less than the gradients of the regions of few
 * rows.
 */
static void
maps_find_bounds (Re3RegionMaps *self, Re3Team *team)
{
  Re3Monitor monitor = re3_team_get_monitor (team, 0);
  GError *error = NULL;
  double gradients;
  double search;
  double bounds;
  double saved = 0;

  count_products (self->network, &gradients, &search, &bounds);
  self->n_few = gradients / search;
  for (gsize place = self->n_kept; place < re3_region_table_get_n_regions (self->table); place++)
    saved += MAX (gradients - (double) count_rows (self, place) * search, 0);
  if (!(saved > bounds))
    return;

  self->bounds = re3_gradient_bounds_new (self->network, &monitor, &error);
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
  Re3RegionMaps *self = g_new0 (Re3RegionMaps, 1);
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

  if (re3_team_run (team, self->n_kept, make_map, self))
    maps_find_bounds (self, team);
  if (!re3_team_goes_on (team, 0))
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
  re3_gradient_bounds_free (self->bounds);
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

Re3Region *
re3_region_maps_get_for_rows (const Re3RegionMaps *self,
                              gsize place,
                              const Re3Monitor *monitor,
                              GError **error)
{
  if (place < self->n_kept || self->bounds == NULL ||
      (double) count_rows (self, place) > self->n_few)
    return re3_region_maps_get (self, place, monitor, error);

  return re3_region_new_without_gradients (
      self->network, re3_region_table_get_region (self->table, place)->pattern, monitor, error);
}

const Re3GradientBounds *
re3_region_maps_get_bounds (const Re3RegionMaps *self)
{
  return self->bounds;
}
