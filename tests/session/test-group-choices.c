/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-core-error.h"
#include "re3-group-choices.h"
#include "re3-group-detection.h"

#include <string.h>

#define N_FEATURES 6
#define N_ROWS     4

/* The colour is declared, the shape is not. The last row has two colours. */
static const double rows[N_ROWS][N_FEATURES] = {
  { 5, 1, 0, 0, 1, 0 },
  { 6, 0, 1, 0, 0, 1 },
  { 7, 0, 0, 1, 1, 0 },
  { 8, 0.3, 0.7, 0, 0, 1 },
};

typedef struct {
  Re3Model *model;
  Re3WhatIf *what_if;
  Re3GroupChoices *choices;
} Fixture;

static void
fixture_clear (Fixture *self)
{
  re3_model_unref (self->model);
  g_object_unref (self->what_if);
  g_object_unref (self->choices);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fixture, fixture_clear)

static Re3Model *
make_model (void)
{
  static const char *const names[] = { "size",        "colour_red",  "colour_green",
                                       "colour_blue", "shape_round", "shape_flat",
                                       NULL };
  static const char *const colours[] = { "colour_red", "colour_green", "colour_blue", NULL };
  static const double weight[] = { 1, 2, -1, 0.5, 3, -2, 0.3, -0.7, 1, 1, 0.2, 0.1 };
  static const double last[] = { 1, -1, -0.5, 2 };
  static const double zeros[] = { 0, 0 };
  g_autoptr (Re3NetworkBuilder) network_builder = re3_network_builder_new (N_FEATURES);
  g_autoptr (Re3Network) network = NULL;
  g_autoptr (Re3ModelBuilder) builder = NULL;

  re3_network_builder_add_affine (network_builder, 2, weight, zeros, NULL);
  re3_network_builder_add_rectifier (network_builder, 0, NULL);
  re3_network_builder_add_affine (network_builder, 2, last, zeros, NULL);
  network = re3_network_builder_finish (network_builder, NULL);
  builder = re3_model_builder_new (network);
  g_assert_true (re3_model_builder_set_features (builder, names, NULL, NULL));
  g_assert_true (re3_model_builder_add_group (builder, "colour", colours, NULL));
  return re3_model_builder_finish (builder);
}

static Fixture
make_fixture (void)
{
  Fixture self = { make_model (), re3_what_if_new (), NULL };
  double *values = g_new (double, N_FEATURES *N_ROWS);
  g_autoptr (Re3Dataset) dataset = NULL;
  g_autoptr (GPtrArray) detected = NULL;

  for (gsize row = 0; row < N_ROWS; row++)
    for (gsize f = 0; f < N_FEATURES; f++)
      values[f * N_ROWS + row] = rows[row][f];
  dataset = re3_dataset_new (N_FEATURES, N_ROWS, 2, values, NULL, NULL, g_new0 (guint8, N_ROWS));
  detected = re3_feature_groups_detect (self.model, dataset);

  re3_what_if_set_source (self.what_if, self.model, dataset);
  re3_what_if_select_row (self.what_if, 0);
  self.choices = re3_group_choices_new (self.what_if);
  re3_group_choices_set_source (self.choices, self.model, detected);
  return self;
}

static const Re3FeatureGroup *
get_group (Fixture *self, guint index)
{
  const GPtrArray *groups = re3_group_choices_get_groups (self->choices);

  g_assert_cmpuint (index, <, groups->len);
  return g_ptr_array_index (groups, index);
}

static const Re3FeatureGroup *
get_offer (Fixture *self)
{
  const GPtrArray *offers = re3_group_choices_get_offers (self->choices);

  g_assert_cmpuint (offers->len, ==, 1);
  return g_ptr_array_index (offers, 0);
}

static void
count_cb (guint *count)
{
  (*count)++;
}

static void
test_adopt (void)
{
  g_auto (Fixture) fixture = make_fixture ();
  Re3GroupChoices *choices = fixture.choices;
  guint n_changes = 0;

  g_signal_connect_swapped (choices, "changed", G_CALLBACK (count_cb), &n_changes);
  g_assert_cmpuint (re3_group_choices_get_groups (choices)->len, ==, 1);
  g_assert_false (re3_group_choices_is_adopted (choices, get_group (&fixture, 0)));
  g_assert_cmpstr (get_offer (&fixture)->name, ==, "shape");

  g_assert_true (re3_group_choices_adopt (choices, get_offer (&fixture)));
  g_assert_cmpuint (re3_group_choices_get_offers (choices)->len, ==, 0);
  g_assert_cmpstr (get_group (&fixture, 0)->name, ==, "colour");
  g_assert_cmpstr (get_group (&fixture, 1)->name, ==, "shape");
  g_assert_true (re3_group_choices_is_adopted (choices, get_group (&fixture, 1)));
  g_assert_false (re3_group_choices_adopt (choices, get_group (&fixture, 1)));

  re3_group_choices_break_up (choices, get_group (&fixture, 1));
  g_assert_cmpuint (re3_group_choices_get_groups (choices)->len, ==, 1);
  re3_group_choices_put_off (choices, get_offer (&fixture));
  g_assert_cmpuint (re3_group_choices_get_offers (choices)->len, ==, 0);
  g_assert_cmpuint (n_changes, ==, 3);

  /* None of it is an edit. */
  g_assert_false (re3_what_if_has_edits (fixture.what_if));
  g_assert_false (re3_what_if_can_undo (fixture.what_if));
}

/* What does not fit the model, or what is a group already. */
static void
test_adopt_refused (void)
{
  static const gsize members[][2] = { { 0, 1 }, { 0, 6 }, { 4, 4 } };
  static const char *const names[] = { "a", "b" };
  g_auto (Fixture) fixture = make_fixture ();

  for (gsize i = 0; i < G_N_ELEMENTS (members); i++) {
    g_autoptr (Re3FeatureGroup) group = re3_feature_group_new ("g", members[i], names, 2);

    g_assert_false (re3_group_choices_adopt (fixture.choices, group));
  }
  g_assert_cmpuint (re3_group_choices_get_groups (fixture.choices)->len, ==, 1);
}

static void
test_choose (void)
{
  g_auto (Fixture) fixture = make_fixture ();
  Re3GroupChoices *choices = fixture.choices;
  Re3WhatIf *what_if = fixture.what_if;
  const Re3FeatureGroup *colour = get_group (&fixture, 0);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (re3_group_choices_get_choice (choices, colour), ==, 0);
  g_assert_true (re3_group_choices_choose (choices, colour, 2, NULL));
  g_assert_cmpint (re3_group_choices_get_choice (choices, colour), ==, 2);
  g_assert_cmpint (re3_group_choices_get_original (choices, colour), ==, 0);
  g_assert_true (re3_group_choices_is_edited (choices, colour));
  g_assert_cmpfloat (re3_what_if_get_explanation (what_if)->values[1], ==, 0);
  g_assert_cmpfloat (re3_what_if_get_explanation (what_if)->values[3], ==, 1);

  re3_group_choices_set_locked (choices, colour, TRUE);
  g_assert_true (re3_group_choices_is_locked (choices, colour));
  g_assert_true (re3_what_if_is_locked (what_if, 2));
  g_assert_false (re3_group_choices_choose (choices, colour, 1, &error));
  g_assert_error (error, RE3_CORE_ERROR, RE3_CORE_ERROR_VALUE);
  re3_group_choices_set_locked (choices, colour, FALSE);

  re3_group_choices_reset (choices, colour);
  g_assert_false (re3_what_if_has_edits (what_if));
  /* The choice and its way back are a step each. */
  g_assert_true (re3_what_if_undo (what_if));
  g_assert_cmpint (re3_group_choices_get_choice (choices, colour), ==, 2);
  g_assert_true (re3_what_if_undo (what_if));
  g_assert_cmpint (re3_group_choices_get_choice (choices, colour), ==, 0);
  g_assert_false (re3_what_if_can_undo (what_if));
}

/* What is no choice is left as it is, until one is made; undo brings it back to the last digit. */
static void
test_no_choice (void)
{
  g_auto (Fixture) fixture = make_fixture ();
  const Re3FeatureGroup *colour = get_group (&fixture, 0);

  re3_what_if_select_row (fixture.what_if, 3);
  g_assert_cmpint (re3_group_choices_get_choice (fixture.choices, colour), ==, RE3_NO_CHOICE);
  g_assert_cmpint (re3_group_choices_get_original (fixture.choices, colour), ==, RE3_NO_CHOICE);
  g_assert_false (re3_group_choices_is_edited (fixture.choices, colour));
  g_assert_true (re3_group_choices_choose (fixture.choices, colour, 0, NULL));
  g_assert_true (re3_what_if_undo (fixture.what_if));
  for (gsize f = 0; f < N_FEATURES; f++)
    g_assert_cmpfloat (re3_what_if_get_value (fixture.what_if, f), ==, rows[3][f]);
}

/* The values of all rows, as they are edited. */
typedef struct {
  double values[N_ROWS][N_FEATURES];
} State;

static void
assert_state (Re3WhatIf *what_if, const State *state)
{
  for (gsize row = 0; row < N_ROWS; row++) {
    double values[N_FEATURES];

    re3_what_if_copy_row (what_if, row, values);
    g_assert_cmpmem (values, sizeof values, state->values[row], sizeof values);
  }
}

/* Does something to the selected row as a person could, and to @values what it should do. */
static void
play (Fixture *fixture, GRand *random, double *values)
{
  const Re3FeatureGroup *group = get_group (fixture, (guint) g_rand_int_range (random, 0, 2));
  gsize row = (gsize) re3_what_if_get_row (fixture->what_if);
  gsize choice = (gsize) g_rand_int_range (random, 0, (gint32) group->n_features);
  gsize feature = (gsize) g_rand_int_range (random, 0, N_FEATURES);

  switch (g_rand_int_range (random, 0, 5)) {
  case 0:
    re3_group_choices_reset (fixture->choices, group);
    for (gsize i = 0; i < group->n_features; i++)
      values[group->features[i]] = rows[row][group->features[i]];
    break;
  case 1:
    values[feature] = g_rand_int_range (random, 0, 2);
    g_assert_true (re3_what_if_set_value (fixture->what_if, feature, values[feature], NULL));
    re3_what_if_end_step (fixture->what_if);
    break;
  default:
    g_assert_true (re3_group_choices_choose (fixture->choices, group, choice, NULL));
    for (gsize i = 0; i < group->n_features; i++)
      values[group->features[i]] = i == choice;
    break;
  }
}

/* Random choices, resets, values, undos and redos, against a list of all states that there have
 * been.
 */
static void
test_property (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (72);

  for (int round = 0; round < 20; round++) {
    g_auto (Fixture) fixture = make_fixture ();
    g_autoptr (GArray) states = g_array_new (FALSE, FALSE, sizeof (State));
    guint now = 0;
    State state;

    g_assert_true (re3_group_choices_adopt (fixture.choices, get_offer (&fixture)));
    memcpy (state.values, rows, sizeof rows);
    g_array_append_val (states, state);
    for (int step = 0; step < 200; step++) {
      int action = g_rand_int_range (random, 0, 10);
      gsize row = (gsize) g_rand_int_range (random, 0, N_ROWS);

      if (action < 2) {
        g_assert_cmpint (re3_what_if_undo (fixture.what_if), ==, now > 0);
        now -= now > 0;
      } else if (action < 4) {
        g_assert_cmpint (re3_what_if_redo (fixture.what_if), ==, now + 1 < states->len);
        now += now + 1 < states->len;
      } else {
        state = g_array_index (states, State, now);
        re3_what_if_select_row (fixture.what_if, (gssize) row);
        play (&fixture, random, state.values[row]);
        if (memcmp (&state, &g_array_index (states, State, now), sizeof state) != 0) {
          g_array_set_size (states, ++now);
          g_array_append_val (states, state);
        }
      }
      assert_state (fixture.what_if, &g_array_index (states, State, now));
    }
    while (re3_what_if_undo (fixture.what_if))
      ;
    assert_state (fixture.what_if, &g_array_index (states, State, 0));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/group-choices/adopt", test_adopt);
  g_test_add_func ("/group-choices/adopt-refused", test_adopt_refused);
  g_test_add_func ("/group-choices/choose", test_choose);
  g_test_add_func ("/group-choices/no-choice", test_no_choice);
  g_test_add_func ("/group-choices/property", test_property);
  return g_test_run ();
}
