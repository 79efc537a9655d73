/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "random-network.h"
#include "re3-dataset.h"
#include "re3-region-table.h"

#include <math.h>

/* Patterns of a network with three hidden neurons, as their bits: neuron 0 is 1. */
static void
add (Re3RegionTableBuilder *builder, guint64 bits, int label, gboolean is_test)
{
  g_autoptr (Re3Pattern) pattern = re3_pattern_new (3);

  pattern->words[0] = bits;
  g_assert_true (re3_region_table_builder_add (builder, pattern, label, is_test, NULL));
}

static Re3RegionTableBuilder *
new_builder (void)
{
  static const gsize widths[] = { 2, 3, 3 };
  g_autoptr (Re3Network) network = random_network (widths, 3, 1000);

  return re3_region_table_builder_new (network, 3);
}

static void
assert_region (const Re3RegionTable *table,
               gsize place,
               guint64 bits,
               gsize n_train,
               gsize n_test,
               int majority,
               double purity)
{
  const Re3RegionRow *region = re3_region_table_get_region (table, place);

  g_assert_cmpuint (region->pattern->words[0], ==, bits);
  g_assert_cmpuint (region->n_train, ==, n_train);
  g_assert_cmpuint (region->n_test, ==, n_test);
  g_assert_cmpint (region->majority, ==, majority);
  if (isnan (purity))
    g_assert_true (isnan (region->purity));
  else
    g_assert_cmpfloat (region->purity, ==, purity);
  g_assert_cmpint (re3_region_table_find (table, region->pattern), ==, (gssize) place);
}

static void
test_table (void)
{
  static const guint32 rows_of_largest[] = { 1, 3, 6, 7 };
  g_autoptr (Re3RegionTableBuilder) builder = new_builder ();
  g_autoptr (Re3RegionTable) table = NULL;
  g_autoptr (Re3Pattern) unknown = re3_pattern_new (3);
  Re3RegionCounts counts;

  add (builder, 4, 0, FALSE);            /* row 0: 001 */
  add (builder, 5, 2, FALSE);            /* row 1: 101 */
  add (builder, 1, RE3_NO_LABEL, TRUE);  /* row 2: 100 */
  add (builder, 5, 1, TRUE);             /* row 3: 101 */
  add (builder, 4, 0, FALSE);            /* row 4: 001 */
  add (builder, 2, 1, TRUE);             /* row 5: 010 */
  add (builder, 5, RE3_NO_LABEL, TRUE);  /* row 6: 101 */
  add (builder, 5, 2, TRUE);             /* row 7: 101 */
  add (builder, 1, RE3_NO_LABEL, FALSE); /* row 8: 100 */
  table = re3_region_table_builder_finish (builder, NULL);

  /* The largest first; then 001 before 100, by their texts. */
  g_assert_cmpuint (re3_region_table_get_n_regions (table), ==, 4);
  assert_region (table, 0, 5, 1, 3, 2, 2.0 / 3);
  assert_region (table, 1, 4, 2, 0, 0, 1);
  assert_region (table, 2, 1, 1, 1, RE3_NO_LABEL, NAN);
  assert_region (table, 3, 2, 0, 1, 1, 1);
  g_assert_cmpuint (re3_region_table_get_region (table, 0)->n_labelled, ==, 3);
  g_assert_cmpuint (re3_region_table_get_region (table, 0)->counts[1], ==, 1);
  g_assert_cmpuint (re3_region_table_get_region (table, 0)->counts[2], ==, 2);
  g_assert_cmpmem (re3_region_table_get_rows (table, 0), sizeof rows_of_largest, rows_of_largest,
                   sizeof rows_of_largest);
  g_assert_cmpuint (re3_region_table_get_rows (table, 3)[0], ==, 5);
  g_assert_cmpuint (re3_region_table_get_region_of_row (table, 8), ==, 2);
  g_assert_cmpuint (re3_region_table_get_region_of_row (table, 7), ==, 0);
  g_assert_cmpint (re3_region_table_find (table, unknown), ==, -1);

  re3_region_table_count (table, &counts);
  g_assert_cmpuint (counts.all, ==, 4);
  g_assert_cmpuint (counts.train, ==, 3);
  g_assert_cmpuint (counts.test, ==, 3);
  g_assert_cmpuint (counts.similar, ==, 2);
  g_assert_cmpuint (counts.dissimilar, ==, 1);
  g_assert_cmpfloat (counts.top1, ==, 3.0 / 5);
  g_assert_cmpfloat (counts.top_c, ==, 1);
}

/* At a tie the smaller label is the majority. */
static void
test_tie (void)
{
  g_autoptr (Re3RegionTableBuilder) builder = new_builder ();
  g_autoptr (Re3RegionTable) table = NULL;

  add (builder, 0, 2, FALSE);
  add (builder, 0, 1, FALSE);
  table = re3_region_table_builder_finish (builder, NULL);
  assert_region (table, 0, 0, 2, 0, 1, 0.5);
}

static void
test_no_test_samples (void)
{
  g_autoptr (Re3RegionTableBuilder) builder = new_builder ();
  g_autoptr (Re3RegionTable) empty = NULL;
  g_autoptr (Re3RegionTable) trained = NULL;
  Re3RegionCounts counts;

  empty = re3_region_table_builder_finish (builder, NULL);
  g_assert_cmpuint (re3_region_table_get_n_regions (empty), ==, 0);
  re3_region_table_count (empty, &counts);
  g_assert_true (isnan (counts.top1) && isnan (counts.top_c));

  /* The builder is empty again and goes on. */
  add (builder, 7, 0, FALSE);
  trained = re3_region_table_builder_finish (builder, NULL);
  re3_region_table_count (trained, &counts);
  g_assert_cmpuint (counts.all, ==, 1);
  g_assert_cmpuint (counts.test, ==, 0);
  g_assert_true (isnan (counts.top1));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/region-table/table", test_table);
  g_test_add_func ("/region-table/tie", test_tie);
  g_test_add_func ("/region-table/no-test-samples", test_no_test_samples);

  return g_test_run ();
}
