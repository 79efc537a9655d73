/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-what-if.h"

#include "re3-core-error.h"

#include <string.h>

#define N_FEATURES 3
#define N_ROWS     4

/* Two classes of three features; feature by feature, row r of feature f is 10 f + r. */
static Re3WhatIf *
new_what_if (void)
{
  static const double weight[] = { 1, -1, 0.5, 0.2, 0.3, -0.7 };
  static const double last[] = { 1, -1, -0.5, 2 };
  static const double zeros[] = { 0, 0 };
  g_autoptr (Re3NetworkBuilder) network_builder = re3_network_builder_new (N_FEATURES);
  g_autoptr (Re3ModelBuilder) builder = NULL;
  g_autoptr (Re3Network) network = NULL;
  g_autoptr (Re3Model) model = NULL;
  g_autoptr (Re3Dataset) dataset = NULL;
  double *values = g_new (double, N_FEATURES *N_ROWS);
  Re3WhatIf *what_if = re3_what_if_new ();

  re3_network_builder_add_affine (network_builder, 2, weight, zeros, NULL);
  re3_network_builder_add_rectifier (network_builder, 0, NULL);
  re3_network_builder_add_affine (network_builder, 2, last, zeros, NULL);
  network = re3_network_builder_finish (network_builder, NULL);
  builder = re3_model_builder_new (network);
  model = re3_model_builder_finish (builder);

  for (gsize i = 0; i < N_FEATURES * N_ROWS; i++)
    values[i] = 10.0 * (double) (i / N_ROWS) + (double) (i % N_ROWS);
  dataset = re3_dataset_new (N_FEATURES, N_ROWS, 2, values, NULL, NULL, g_new0 (guint8, N_ROWS));
  re3_what_if_set_source (what_if, model, dataset);
  re3_what_if_select_row (what_if, 0);
  return what_if;
}

static const double *
get_values (Re3WhatIf *what_if)
{
  return re3_what_if_get_explanation (what_if)->values;
}

static void
test_drag_is_one_step (void)
{
  g_autoptr (Re3WhatIf) what_if = new_what_if ();

  g_assert_false (re3_what_if_can_undo (what_if));
  for (int i = 1; i <= 50; i++)
    g_assert_true (re3_what_if_set_value (what_if, 1, 10 + 0.1 * i, NULL));
  re3_what_if_end_step (what_if);
  g_assert_true (re3_what_if_set_value (what_if, 1, 2, NULL));
  g_assert_true (re3_what_if_set_value (what_if, 2, 7, NULL));

  g_assert_true (re3_what_if_undo (what_if));
  g_assert_cmpfloat (get_values (what_if)[2], ==, 20);
  g_assert_true (re3_what_if_undo (what_if));
  g_assert_cmpfloat (get_values (what_if)[1], ==, 15);
  g_assert_true (re3_what_if_undo (what_if));
  g_assert_cmpfloat (get_values (what_if)[1], ==, 10);
  g_assert_false (re3_what_if_undo (what_if));
  g_assert_false (re3_what_if_has_edits (what_if));

  g_assert_true (re3_what_if_redo (what_if));
  g_assert_cmpfloat (get_values (what_if)[1], ==, 15);
  /* What is done anew takes the place of what could be redone. */
  g_assert_true (re3_what_if_set_value (what_if, 0, 3, NULL));
  g_assert_false (re3_what_if_can_redo (what_if));
}

/* A drag that ends where it started leaves nothing to undo. */
static void
test_drag_back (void)
{
  g_autoptr (Re3WhatIf) what_if = new_what_if ();

  re3_what_if_set_value (what_if, 1, 12, NULL);
  re3_what_if_set_value (what_if, 1, 10, NULL);
  g_assert_false (re3_what_if_can_undo (what_if));
  g_assert_false (re3_what_if_can_redo (what_if));
}

/* What is taken back, or done at once, is a step of its own, before a drag of the same value. */
static void
test_steps_of_their_own (void)
{
  g_autoptr (Re3WhatIf) what_if = new_what_if ();
  double values[N_FEATURES] = { 0, 12, 20 };

  re3_what_if_set_value (what_if, 1, 11, NULL);
  re3_what_if_reset_value (what_if, 1);
  re3_what_if_set_value (what_if, 1, 13, NULL);
  re3_what_if_reset_all_values (what_if);
  re3_what_if_set_value (what_if, 1, 14, NULL);
  g_assert_true (re3_what_if_set_values (what_if, values, NULL));
  re3_what_if_set_value (what_if, 1, 15, NULL);

  for (gsize i = 0; i < 6; i++) {
    static const double before[] = { 12, 14, 10, 13, 10, 11 };

    g_assert_true (re3_what_if_undo (what_if));
    g_assert_cmpfloat (get_values (what_if)[1], ==, before[i]);
  }
  g_assert_true (re3_what_if_undo (what_if));
  g_assert_false (re3_what_if_can_undo (what_if));
}

/* Undoing goes to the row that was edited. */
static void
test_undo_selects_row (void)
{
  g_autoptr (Re3WhatIf) what_if = new_what_if ();

  re3_what_if_set_value (what_if, 0, 5, NULL);
  re3_what_if_select_row (what_if, 3);
  re3_what_if_set_value (what_if, 0, 6, NULL);
  re3_what_if_select_row (what_if, 1);

  g_assert_true (re3_what_if_undo (what_if));
  g_assert_cmpint (re3_what_if_get_row (what_if), ==, 3);
  g_assert_cmpfloat (get_values (what_if)[0], ==, 3);
  g_assert_true (re3_what_if_undo (what_if));
  g_assert_cmpint (re3_what_if_get_row (what_if), ==, 0);
  g_assert_true (re3_what_if_redo (what_if));
  g_assert_cmpfloat (get_values (what_if)[0], ==, 5);
}

static void
test_locks (void)
{
  g_autoptr (Re3WhatIf) what_if = new_what_if ();
  double values[N_FEATURES] = { 1, 2, 3 };
  g_autoptr (GError) error = NULL;

  re3_what_if_set_value (what_if, 0, 5, NULL);
  re3_what_if_set_locked (what_if, 0, TRUE);
  g_assert_true (re3_what_if_is_locked (what_if, 0));
  g_assert_false (re3_what_if_set_value (what_if, 0, 6, &error));
  g_assert_error (error, RE3_CORE_ERROR, RE3_CORE_ERROR_VALUE);
  g_assert_nonnull (strstr (error->message, "x1 is locked"));
  g_assert_false (re3_what_if_set_values (what_if, values, NULL));
  g_assert_cmpfloat (get_values (what_if)[1], ==, 10);

  values[0] = 5;
  g_assert_true (re3_what_if_set_values (what_if, values, NULL));
  g_assert_cmpfloat (get_values (what_if)[2], ==, 3);
  /* A locked edit stays. */
  re3_what_if_reset_all_values (what_if);
  g_assert_cmpfloat (get_values (what_if)[0], ==, 5);
  g_assert_cmpfloat (get_values (what_if)[1], ==, 10);
  re3_what_if_reset_all_values (what_if);
  re3_what_if_set_locked (what_if, 0, FALSE);
  re3_what_if_reset_all_values (what_if);
  g_assert_false (re3_what_if_has_edits (what_if));
}

/* 120 features and 200 neurons in two layers are explained in a thread. Where feature 0 is above 0,
 * the gradients are too large for a computer, however small it and the answers are. */
static Re3WhatIf *
new_costly_what_if (void)
{
  enum { N = 120, WIDTH = 200 };
  g_autoptr (GRand) random = g_rand_new_with_seed (5);
  g_autofree double *weight = g_new (double, WIDTH *WIDTH);
  g_autofree double *bias = g_new0 (double, WIDTH);
  g_autoptr (Re3NetworkBuilder) network_builder = re3_network_builder_new (N);
  g_autoptr (Re3ModelBuilder) builder = NULL;
  g_autoptr (Re3Network) network = NULL;
  g_autoptr (Re3Model) model = NULL;
  g_autoptr (Re3Dataset) dataset = NULL;
  Re3WhatIf *what_if = re3_what_if_new ();

  for (gsize i = 0; i < WIDTH * WIDTH; i++)
    weight[i] = g_rand_double_range (random, -2, 2);
  for (gsize i = 0; i < N; i++)
    weight[i] = 0;
  weight[0] = 1e200;
  re3_network_builder_add_affine (network_builder, WIDTH, weight, bias, NULL);
  re3_network_builder_add_rectifier (network_builder, 0, NULL);
  re3_network_builder_add_affine (network_builder, WIDTH, weight, bias, NULL);
  re3_network_builder_add_rectifier (network_builder, 0, NULL);
  re3_network_builder_add_affine (network_builder, 3, weight + WIDTH, bias, NULL);
  network = re3_network_builder_finish (network_builder, NULL);
  builder = re3_model_builder_new (network);
  model = re3_model_builder_finish (builder);
  dataset = re3_dataset_new (N, 2, 3, g_new0 (double, 2 * N), NULL, NULL, g_new0 (guint8, 2));
  re3_what_if_set_source (what_if, model, dataset);
  re3_what_if_select_row (what_if, 0);
  return what_if;
}

static void
wait_for (Re3WhatIf *what_if)
{
  while (re3_what_if_is_behind (what_if))
    g_main_context_iteration (NULL, TRUE);
}

/* Values that cannot be explained are taken back, and leave no step; but not where other ones have
 * come since. */
static void
test_cannot_be_explained (void)
{
  g_autoptr (Re3WhatIf) what_if = new_costly_what_if ();

  g_assert_true (re3_what_if_set_value (what_if, 7, 1.0, NULL));
  re3_what_if_end_step (what_if);
  wait_for (what_if);
  g_assert_true (re3_what_if_set_value (what_if, 0, 1e-250, NULL));
  wait_for (what_if);
  g_assert_cmpfloat (re3_what_if_get_value (what_if, 0), ==, 0.0);
  g_assert_cmpfloat (re3_what_if_get_value (what_if, 7), ==, 1.0);

  g_assert_true (re3_what_if_undo (what_if));
  g_assert_cmpfloat (re3_what_if_get_value (what_if, 7), ==, 0.0);
  g_assert_false (re3_what_if_can_undo (what_if));
  wait_for (what_if);
  g_assert_true (re3_what_if_redo (what_if));
  g_assert_false (re3_what_if_can_redo (what_if));
  wait_for (what_if);

  /* A drag through them ends where it can. */
  g_assert_true (re3_what_if_set_value (what_if, 0, -1.0, NULL));
  wait_for (what_if);
  g_assert_true (re3_what_if_set_value (what_if, 0, 1e-250, NULL));
  wait_for (what_if);
  g_assert_cmpfloat (re3_what_if_get_value (what_if, 0), ==, -1.0);
  g_assert_true (re3_what_if_undo (what_if));
  g_assert_cmpfloat (re3_what_if_get_value (what_if, 0), ==, 0.0);
  g_assert_cmpfloat (re3_what_if_get_value (what_if, 7), ==, 1.0);
  wait_for (what_if);

  g_assert_true (re3_what_if_set_value (what_if, 0, 1e-250, NULL));
  g_assert_true (re3_what_if_set_value (what_if, 0, -2.0, NULL));
  wait_for (what_if);
  g_assert_cmpfloat (re3_what_if_get_value (what_if, 0), ==, -2.0);
  g_assert_cmpfloat (re3_what_if_get_explanation (what_if)->values[0], ==, -2.0);
}

static void
count_cb (guint *count)
{
  (*count)++;
}

/* However fast values follow each other, the last one is explained, and few in between; what is
 * explained is always one sample's. */
static void
test_costly (void)
{
  g_autoptr (Re3WhatIf) what_if = new_costly_what_if ();
  const Re3Explanation *explanation;
  g_autoptr (Re3Explanation) expected = NULL;
  g_autoptr (GError) error = NULL;
  guint n_changes = 0;

  g_assert_true (re3_what_if_is_costly (what_if));
  g_signal_connect_swapped (what_if, "changed", G_CALLBACK (count_cb), &n_changes);
  for (int i = 1; i <= 100; i++) {
    g_assert_true (re3_what_if_set_value (what_if, 7, 0.03 * i, NULL));
    g_assert_cmpfloat (re3_what_if_get_value (what_if, 7), ==, 0.03 * i);
  }
  g_assert_true (re3_what_if_is_behind (what_if));
  wait_for (what_if);
  /* A signal for each value; the first and the last one were explained, and nothing between. */
  g_assert_cmpuint (n_changes, ==, 102);

  explanation = re3_what_if_get_explanation (what_if);
  expected = re3_explanation_new (explanation->model, explanation->values, NULL);
  g_assert_cmpfloat (explanation->values[7], ==, 3.0);
  g_assert_true (re3_pattern_equal (explanation->region->pattern, expected->region->pattern));
  for (gsize c = 0; c < 3; c++)
    g_assert_cmpfloat (explanation->forward->logits[c], ==, expected->forward->logits[c]);

  g_assert_false (re3_what_if_set_value (what_if, 7, 1.7e308, &error));
  g_assert_error (error, RE3_CORE_ERROR, RE3_CORE_ERROR_VALUE);
  g_assert_cmpfloat (re3_what_if_get_value (what_if, 7), ==, 3.0);

  /* What was asked for another row does not come. */
  g_assert_true (re3_what_if_set_value (what_if, 7, 1.0, NULL));
  re3_what_if_select_row (what_if, 1);
  g_assert_false (re3_what_if_is_behind (what_if));
  g_assert_cmpfloat (re3_what_if_get_explanation (what_if)->values[7], ==, 0.0);
  re3_what_if_select_row (what_if, 0);
  g_assert_cmpfloat (re3_what_if_get_explanation (what_if)->values[7], ==, 1.0);
}

/* The values of all rows, as they are edited. */
typedef struct {
  double values[N_ROWS][N_FEATURES];
} State;

static void
assert_state (Re3WhatIf *what_if, const State *state)
{
  for (gsize row = 0; row < N_ROWS; row++) {
    re3_what_if_select_row (what_if, (gssize) row);
    for (gsize f = 0; f < N_FEATURES; f++)
      g_assert_cmpfloat (get_values (what_if)[f], ==, state->values[row][f]);
  }
}

/* Random edits, undos and redos, against a list of all states that there have been. */
static void
test_property (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (71);

  for (int round = 0; round < 20; round++) {
    g_autoptr (Re3WhatIf) what_if = new_what_if ();
    g_autoptr (GArray) states = g_array_new (FALSE, FALSE, sizeof (State));
    guint now = 0;
    State state;

    for (gsize row = 0; row < N_ROWS; row++)
      for (gsize f = 0; f < N_FEATURES; f++)
        state.values[row][f] = 10.0 * (double) f + (double) row;
    g_array_append_val (states, state);

    for (int step = 0; step < 300; step++) {
      int action = g_rand_int_range (random, 0, 10);

      if (action < 2) {
        g_assert_cmpint (re3_what_if_undo (what_if), ==, now > 0);
        now -= now > 0;
      } else if (action < 4) {
        g_assert_cmpint (re3_what_if_redo (what_if), ==, now + 1 < states->len);
        now += now + 1 < states->len;
      } else {
        gsize row = (gsize) g_rand_int_range (random, 0, N_ROWS);
        double values[N_FEATURES];

        state = g_array_index (states, State, now);
        re3_what_if_select_row (what_if, (gssize) row);
        memcpy (values, state.values[row], sizeof values);
        for (int i = g_rand_int_range (random, 1, 4); i > 0; i--)
          values[g_rand_int_range (random, 0, N_FEATURES)] = g_rand_int_range (random, -5, 30);
        g_assert_true (re3_what_if_set_values (what_if, values, NULL));
        re3_what_if_end_step (what_if);
        if (memcmp (values, state.values[row], sizeof values) == 0)
          continue;
        memcpy (state.values[row], values, sizeof values);
        g_array_set_size (states, ++now);
        g_array_append_val (states, state);
      }
      if (step % 10 == 0)
        assert_state (what_if, &g_array_index (states, State, now));
    }
    assert_state (what_if, &g_array_index (states, State, now));
    while (re3_what_if_undo (what_if))
      ;
    assert_state (what_if, &g_array_index (states, State, 0));
    while (re3_what_if_redo (what_if))
      ;
    assert_state (what_if, &g_array_index (states, State, states->len - 1));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/what-if/drag-is-one-step", test_drag_is_one_step);
  g_test_add_func ("/what-if/drag-back", test_drag_back);
  g_test_add_func ("/what-if/steps-of-their-own", test_steps_of_their_own);
  g_test_add_func ("/what-if/undo-selects-row", test_undo_selects_row);
  g_test_add_func ("/what-if/locks", test_locks);
  g_test_add_func ("/what-if/costly", test_costly);
  g_test_add_func ("/what-if/cannot-be-explained", test_cannot_be_explained);
  g_test_add_func ("/what-if/property", test_property);
  return g_test_run ();
}
