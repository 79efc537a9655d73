/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-profiles-private.h"

#include "re3-memory.h"

#include <glib/gi18n-lib.h>

/* Most regions hold one class, and many one sample: the profile of its class is the region's, and
 * stands in memory once. */
struct _Re3Profiles {
  const Re3RegionTable *table;
  gsize n_classes;
  gsize n_features;
  double *of_region;
  double *of_class;
  guint32 *first_of_class; /* by region: the number of its first profile in @of_class */
};

static gboolean
is_whole (const Re3RegionRow *row, gsize class_index)
{
  return row->counts[class_index] == row->n_train + row->n_test;
}

/* The profiles of their own that the classes before @class_index have. */
static guint32
count_own (const Re3RegionRow *row, gsize class_index)
{
  guint32 count = 0;

  for (gsize i = 0; i < class_index; i++)
    count += row->counts[i] > 0 && !is_whole (row, i);

  return count;
}

Re3Profiles *
re3_profiles_new (const Re3RegionTable *table, gsize n_classes, gsize n_features, GError **error)
{
  gsize n_regions = re3_region_table_get_n_regions (table);
  g_autoptr (Re3Profiles) self = g_new0 (Re3Profiles, 1);
  guint32 n_own = 0;

  self->table = table;
  self->n_classes = n_classes;
  self->n_features = n_features;
  self->first_of_class =
      re3_try_new (guint32, n_regions, 1, error, _ ("a list of %zu regions' profiles"), n_regions);
  if (self->first_of_class == NULL)
    return NULL;
  /* There are no more of them than labelled rows. */
  for (gsize place = 0; place < n_regions; place++) {
    self->first_of_class[place] = n_own;
    n_own += count_own (re3_region_table_get_region (table, place), n_classes);
  }
  self->of_region =
      re3_try_new (double, n_regions, n_features, error,
                   _ ("the profiles of %zu regions with %zu features"), n_regions, n_features);
  if (self->of_region == NULL)
    return NULL;
  self->of_class = re3_try_new (double, n_own, n_features, error,
                                _ ("the profiles of the classes of %zu regions with %zu features"),
                                n_regions, n_features);
  if (self->of_class == NULL)
    return NULL;

  return g_steal_pointer (&self);
}

void
re3_profiles_free (Re3Profiles *self)
{
  if (self == NULL)
    return;

  g_free (self->of_region);
  g_free (self->of_class);
  g_free (self->first_of_class);
  g_free (self);
}

static double *
profile_of_region (const Re3Profiles *self, gsize place)
{
  return self->of_region + place * self->n_features;
}

static double *
profile_of_class (const Re3Profiles *self, gsize place, gsize class_index)
{
  const Re3RegionRow *row = re3_region_table_get_region (self->table, place);
  gsize number = (gsize) self->first_of_class[place] + count_own (row, class_index);

  return self->of_class + number * self->n_features;
}

/* mean of A[c] * x = A[c] * (sum of x) / n. */
static void
write_profile (const Re3Region *region,
               gsize class_index,
               const double *sum,
               gsize n,
               double *profile)
{
  const double *slope = re3_matrix_row (region->A, class_index);

  for (gsize i = 0; i < region->A->columns; i++)
    profile[i] = slope[i] * sum[i] / (double) n;
}

void
re3_profiles_set (Re3Profiles *self,
                  gsize place,
                  const Re3Region *region,
                  gsize majority,
                  const double *sums)
{
  const Re3RegionRow *row = re3_region_table_get_region (self->table, place);

  write_profile (region, majority, sums + self->n_classes * self->n_features,
                 row->n_train + row->n_test, profile_of_region (self, place));
  for (gsize class_index = 0; class_index < self->n_classes; class_index++)
    if (row->counts[class_index] > 0 && !is_whole (row, class_index))
      write_profile (region, class_index, sums + class_index * self->n_features,
                     row->counts[class_index], profile_of_class (self, place, class_index));
}

const double *
re3_profiles_get (const Re3Profiles *self, gsize place)
{
  return profile_of_region (self, place);
}

const double *
re3_profiles_get_class (const Re3Profiles *self, gsize place, gsize class_index)
{
  const Re3RegionRow *row = re3_region_table_get_region (self->table, place);

  if (row->counts[class_index] == 0)
    return NULL;
  if (is_whole (row, class_index))
    return profile_of_region (self, place);

  return profile_of_class (self, place, class_index);
}
