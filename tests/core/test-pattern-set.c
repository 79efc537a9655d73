/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-pattern-set.h"

/* The pattern whose bits spell @number. */
static Re3Pattern *
pattern_of (gsize n_neurons, gsize number)
{
  Re3Pattern *pattern = re3_pattern_new (n_neurons);

  /* From the last neuron on, so that several words are needed. */
  for (gsize bit = 0; bit < 20; bit++)
    re3_pattern_set (pattern, n_neurons - 1 - bit * (n_neurons / 20), (number >> bit) & 1);

  return pattern;
}

static guint32
add (Re3PatternSet *set, const Re3Pattern *pattern)
{
  guint32 number;

  g_assert_true (re3_pattern_set_add (set, pattern, &number, NULL));

  return number;
}

static void
test_numbers (void)
{
  static const gsize sizes[] = { 20, 64, 65, 200 };
  const gsize n = 5000;

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++) {
    g_autoptr (Re3PatternSet) set = re3_pattern_set_new (sizes[i]);

    /* Each comes twice, and has the number of its first coming. */
    for (gsize j = 0; j < 2 * n; j++) {
      g_autoptr (Re3Pattern) pattern = pattern_of (sizes[i], 7 * (j / 2));

      g_assert_cmpuint (add (set, pattern), ==, j / 2);
    }
    g_assert_cmpuint (re3_pattern_set_get_n (set), ==, n);

    re3_pattern_set_trim (set);
    for (gsize j = 0; j < n; j++) {
      g_autoptr (Re3Pattern) pattern = pattern_of (sizes[i], 7 * j);
      g_autoptr (Re3Pattern) strange = pattern_of (sizes[i], 7 * j + 3);

      g_assert_true (re3_pattern_equal (re3_pattern_set_get (set, j), pattern));
      g_assert_cmpint (re3_pattern_set_find (set, pattern), ==, (int) j);
      g_assert_cmpint (re3_pattern_set_find (set, strange), ==, -1);
    }

    /* It can grow again. */
    {
      g_autoptr (Re3Pattern) pattern = pattern_of (sizes[i], 1);

      g_assert_cmpuint (add (set, pattern), ==, n);
    }
  }
}

/* A network without neurons has one pattern, which is empty. */
static void
test_no_neurons (void)
{
  g_autoptr (Re3PatternSet) set = re3_pattern_set_new (0);
  g_autoptr (Re3Pattern) empty = re3_pattern_new (0);

  g_assert_cmpint (re3_pattern_set_find (set, empty), ==, -1);
  g_assert_cmpuint (add (set, empty), ==, 0);
  g_assert_cmpuint (add (set, empty), ==, 0);
  g_assert_cmpint (re3_pattern_set_find (set, empty), ==, 0);
  g_assert_cmpuint (re3_pattern_set_get_n (set), ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/pattern-set/numbers", test_numbers);
  g_test_add_func ("/pattern-set/no-neurons", test_no_neurons);

  return g_test_run ();
}
