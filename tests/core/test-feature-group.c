/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "random-network.h"
#include "re3-core-error.h"
#include "re3-group-detection.h"

#include <string.h>

#define N_FEATURES 6
#define N_ROWS     4

static const char *const default_names[] = { "size",        "colour_red",  "colour_green",
                                             "colour_blue", "shape=round", "shape=flat",
                                             NULL };

static Re3ModelBuilder *
make_builder (const char *const *names)
{
  static const gsize widths[] = { N_FEATURES, 3, 2 };
  g_autoptr (Re3Network) network = random_network (widths, 3, 17);
  Re3ModelBuilder *builder = re3_model_builder_new (network);

  g_assert_true (re3_model_builder_set_features (builder, names, NULL, NULL));
  return builder;
}

static Re3Model *
make_model (const char *const *names)
{
  g_autoptr (Re3ModelBuilder) builder = make_builder (names);

  return re3_model_builder_finish (builder);
}

static Re3Dataset *
make_split_dataset (const double rows[N_ROWS][N_FEATURES], const guint8 *is_test)
{
  double *values = g_new (double, N_ROWS *N_FEATURES);

  for (gsize row = 0; row < N_ROWS; row++)
    for (gsize feature = 0; feature < N_FEATURES; feature++)
      values[feature * N_ROWS + row] = rows[row][feature];
  return re3_dataset_new (N_FEATURES, N_ROWS, 2, values, NULL, NULL,
                          g_memdup2 (is_test, N_ROWS * sizeof *is_test));
}

static Re3Dataset *
make_dataset (const double rows[N_ROWS][N_FEATURES])
{
  static const guint8 none[N_ROWS] = { 0 };

  return make_split_dataset (rows, none);
}

static void
test_declared (void)
{
  static const char *const colours[] = { "colour_blue", "colour_red", "colour_green", NULL };
  g_autoptr (Re3ModelBuilder) builder = make_builder (default_names);
  g_autoptr (Re3Model) model = NULL;
  const Re3FeatureGroup *group;

  g_assert_true (re3_model_builder_add_group (builder, "colour", colours, NULL));
  model = re3_model_builder_finish (builder);

  g_assert_cmpuint (re3_model_get_groups (model)->len, ==, 1);
  group = g_ptr_array_index (re3_model_get_groups (model), 0);
  g_assert_cmpstr (group->name, ==, "colour");
  g_assert_cmpuint (group->n_features, ==, 3);
  g_assert_cmpuint (group->features[0], ==, 3);
  g_assert_cmpuint (group->features[1], ==, 1);
  g_assert_cmpstr (group->choices[0], ==, "blue");
  g_assert_cmpstr (group->choices[2], ==, "green");
  g_assert_true (re3_model_find_group_of (model, 2) == group);
  g_assert_null (re3_model_find_group_of (model, 0));
  g_assert_null (re3_model_find_group_of (model, 4));
}

static void
assert_group_refused (Re3ModelBuilder *builder,
                      const char *name,
                      const char *const *members,
                      const char *saying)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (re3_model_builder_add_group (builder, name, members, &error));
  g_assert_error (error, RE3_CORE_ERROR, RE3_CORE_ERROR_VALUE);
  if (strstr (error->message, saying) == NULL)
    g_error ("“%s” does not say “%s”", error->message, saying);
}

static void
test_refused (void)
{
  static const char *const good[] = { "colour_red", "colour_green", NULL };
  static const char *const unknown[] = { "colour_blue", "colour_grey", NULL };
  static const char *const taken[] = { "colour_blue", "colour_red", NULL };
  static const char *const twice[] = { "shape=flat", "shape=flat", NULL };
  static const char *const one[] = { "size", NULL };
  static const char *const other[] = { "shape=round", "shape=flat", NULL };
  g_autoptr (Re3ModelBuilder) builder = make_builder (default_names);
  g_autoptr (Re3Model) model = NULL;

  g_assert_true (re3_model_builder_add_group (builder, "colour", good, NULL));
  assert_group_refused (builder, "tint", unknown, "“colour_grey”, which is no feature");
  assert_group_refused (builder, "tint", taken, "“colour_red”, which is in a group already");
  assert_group_refused (builder, "shape", twice, "“shape=flat”, which is in a group already");
  assert_group_refused (builder, "size", one, "fewer than two features");
  assert_group_refused (builder, "colour", other, "have the name “colour”");
  assert_group_refused (builder, "", other, "has no name");

  /* What was refused left nothing behind. */
  model = re3_model_builder_finish (builder);
  g_assert_cmpuint (re3_model_get_groups (model)->len, ==, 1);
}

static void
test_choices (void)
{
  static const gsize features[] = { 1, 2, 3 };
  static const char *const bracketed[] = { "colour[red]", "dark green", "colour(light blue)" };
  g_autoptr (Re3FeatureGroup) group = re3_feature_group_new ("colour", features, bracketed, 3);
  g_autoptr (Re3FeatureGroup) copy = re3_feature_group_copy (group);
  double values[] = { 7, 0, 1, 0, 9, 9 };

  g_assert_cmpstr (copy->choices[0], ==, "red");
  g_assert_cmpstr (copy->choices[1], ==, "dark green");
  g_assert_cmpstr (copy->choices[2], ==, "light blue");

  g_assert_cmpint (re3_feature_group_get_choice (group, values), ==, 1);
  re3_feature_group_set_choice (copy, 2, values);
  g_assert_cmpint (re3_feature_group_get_choice (group, values), ==, 2);
  g_assert_cmpfloat (values[2], ==, 0);
  g_assert_cmpfloat (values[0], ==, 7);
  g_assert_cmpfloat (values[4], ==, 9);
  values[1] = 1;
  g_assert_cmpint (re3_feature_group_get_choice (group, values), ==, RE3_NO_CHOICE);
  values[1] = 0;
  values[3] = 0.5;
  g_assert_cmpint (re3_feature_group_get_choice (group, values), ==, RE3_NO_CHOICE);
  values[3] = 0;
  g_assert_cmpint (re3_feature_group_get_choice (group, values), ==, RE3_NO_CHOICE);

  g_assert_null (re3_feature_group_get_choice_name (group, values));
  values[3] = 1;
  g_assert_cmpstr (re3_feature_group_get_choice_name (group, values), ==, "light blue");

  g_assert_cmpint (re3_feature_group_find (group, bracketed, "red"), ==, 0);
  g_assert_cmpint (re3_feature_group_find (group, bracketed, "colour[red]"), ==, 0);
  g_assert_cmpint (re3_feature_group_find (group, bracketed, "Light-Blue"), ==, 2);
  g_assert_cmpint (re3_feature_group_find (group, bracketed, "grey"), ==, RE3_NO_CHOICE);
}

static void
test_named (void)
{
  static const gsize features[] = { 1, 2 };
  static const char *const names[] = { "a", "b" };
  g_autoptr (GPtrArray) groups =
      g_ptr_array_new_with_free_func ((GDestroyNotify) re3_feature_group_free);

  g_ptr_array_add (groups, re3_feature_group_new ("eye colour", features, names, 2));
  g_ptr_array_add (groups, re3_feature_group_new ("Eye_Colour", features, names, 2));
  g_ptr_array_add (groups, re3_feature_group_new ("shape", features, names, 2));
  g_assert_true (re3_feature_groups_find_named (groups, "Eye_Colour") ==
                 g_ptr_array_index (groups, 1));
  g_assert_true (re3_feature_groups_find_named (groups, "Shape") == g_ptr_array_index (groups, 2));
  g_assert_null (re3_feature_groups_find_named (groups, "EyeColour"));
  g_assert_null (re3_feature_groups_find_named (groups, "size"));
  g_assert_null (re3_feature_groups_find_named (NULL, "shape"));
}

static void
test_detected (void)
{
  static const double rows[N_ROWS][N_FEATURES] = {
    { 1, 1, 0, 0, 0, 1 }, { 0, 0, 1, 0, 1, 0 }, { 1, 1, 0, 0, 1, 0 }, { 1, 0, 1, 0, 0, 1 }
  };
  g_autoptr (Re3Model) model = make_model (default_names);
  g_autoptr (Re3Dataset) dataset = make_dataset (rows);
  g_autoptr (GPtrArray) groups = re3_feature_groups_detect (model, dataset);
  const Re3FeatureGroup *colour;
  const Re3FeatureGroup *shape;

  /* Blue, which no row is, belongs to the colours too. */
  g_assert_cmpuint (groups->len, ==, 2);
  colour = g_ptr_array_index (groups, 0);
  shape = g_ptr_array_index (groups, 1);
  g_assert_cmpstr (colour->name, ==, "colour");
  g_assert_cmpuint (colour->n_features, ==, 3);
  g_assert_cmpuint (colour->features[0], ==, 1);
  g_assert_cmpstr (colour->choices[2], ==, "blue");
  g_assert_cmpstr (shape->name, ==, "shape");
  g_assert_cmpuint (shape->n_features, ==, 2);
  g_assert_cmpuint (shape->features[1], ==, 5);
}

/* What test rows have does not count: one of two colours, and green, which no other row is. */
static void
test_detected_in_training (void)
{
  static const double rows[N_ROWS][N_FEATURES] = {
    { 1, 1, 0, 0, 0, 1 }, { 0, 0, 1, 0, 1, 0 }, { 1, 1, 1, 0, 1, 0 }, { 1, 1, 0, 0, 1, 0 }
  };
  static const guint8 last_two[N_ROWS] = { 0, 0, 1, 1 };
  static const guint8 all_but_first[N_ROWS] = { 0, 1, 1, 1 };
  g_autoptr (Re3Model) model = make_model (default_names);
  g_autoptr (Re3Dataset) dataset = make_split_dataset (rows, last_two);
  g_autoptr (Re3Dataset) one_row = make_split_dataset (rows, all_but_first);
  g_autoptr (Re3Dataset) unsplit = make_dataset (rows);
  g_autoptr (GPtrArray) groups = re3_feature_groups_detect (model, dataset);
  g_autoptr (GPtrArray) of_one = re3_feature_groups_detect (model, one_row);
  g_autoptr (GPtrArray) of_all = re3_feature_groups_detect (model, unsplit);

  g_assert_cmpuint (groups->len, ==, 2);
  g_assert_cmpstr (((Re3FeatureGroup *) g_ptr_array_index (groups, 0))->name, ==, "colour");
  g_assert_cmpuint (of_one->len, ==, 0);
  g_assert_cmpuint (of_all->len, ==, 1);
}

/* Both groups' names begin with the same word, which alone makes no group. */
static void
test_longer_prefix (void)
{
  static const char *const names[] = { "eye_size",
                                       "eye_colour_red",
                                       "eye_colour_green",
                                       "eye_colour_blue",
                                       "eye_shape_a",
                                       "eye_shape_b",
                                       NULL };
  static const double rows[N_ROWS][N_FEATURES] = {
    { 5, 1, 0, 0, 0, 1 }, { 4, 0, 1, 0, 1, 0 }, { 1, 0, 0, 1, 1, 0 }, { 1, 0, 1, 0, 0, 1 }
  };
  g_autoptr (Re3Model) model = make_model (names);
  g_autoptr (Re3Dataset) dataset = make_dataset (rows);
  g_autoptr (GPtrArray) groups = re3_feature_groups_detect (model, dataset);

  g_assert_cmpuint (groups->len, ==, 2);
  g_assert_cmpstr (((Re3FeatureGroup *) g_ptr_array_index (groups, 0))->name, ==, "eye_colour");
  g_assert_cmpuint (((Re3FeatureGroup *) g_ptr_array_index (groups, 0))->n_features, ==, 3);
  g_assert_cmpuint (((Re3FeatureGroup *) g_ptr_array_index (groups, 1))->features[0], ==, 4);
}

static void
test_not_detected (void)
{
  /* Two colours at once; none; no whole number; the shape is always round. */
  static const double rows[][N_ROWS][N_FEATURES] = {
    { { 1, 1, 1, 0, 1, 0 }, { 0, 0, 1, 0, 1, 0 }, { 1, 0, 0, 1, 1, 0 }, { 1, 0, 1, 0, 1, 0 } },
    { { 1, 1, 0, 0, 1, 0 }, { 0, 0, 0, 0, 1, 0 }, { 1, 0, 0, 1, 1, 0 }, { 1, 0, 1, 0, 1, 0 } },
    { { 1, .5, .5, 0, 1, 0 }, { 0, 0, 1, 0, 1, 0 }, { 1, 1, 0, 0, 1, 0 }, { 1, 0, 1, 0, 1, 0 } },
  };
  static const char *const declared[] = { "colour_red", "colour_green", "colour_blue", NULL };
  static const double good[N_ROWS][N_FEATURES] = {
    { 1, 1, 0, 0, 1, 0 }, { 0, 0, 1, 0, 1, 0 }, { 1, 0, 0, 1, 1, 0 }, { 1, 0, 1, 0, 1, 0 }
  };
  g_autoptr (Re3Model) model = make_model (default_names);
  g_autoptr (Re3ModelBuilder) builder = make_builder (default_names);
  g_autoptr (Re3Model) with_group = NULL;
  g_autoptr (Re3Dataset) dataset = make_dataset (good);
  g_autoptr (GPtrArray) groups = re3_feature_groups_detect (model, dataset);

  g_assert_cmpuint (groups->len, ==, 1);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (Re3Dataset) other = make_dataset (rows[i]);
    g_autoptr (GPtrArray) none = re3_feature_groups_detect (model, other);

    g_assert_cmpuint (none->len, ==, 0);
  }

  /* What is declared is not suggested. */
  g_assert_true (re3_model_builder_add_group (builder, "colour", declared, NULL));
  with_group = re3_model_builder_finish (builder);
  g_ptr_array_unref (groups);
  groups = re3_feature_groups_detect (with_group, dataset);
  g_assert_cmpuint (groups->len, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/feature-group/declared", test_declared);
  g_test_add_func ("/feature-group/refused", test_refused);
  g_test_add_func ("/feature-group/choices", test_choices);
  g_test_add_func ("/feature-group/named", test_named);
  g_test_add_func ("/feature-group/detected", test_detected);
  g_test_add_func ("/feature-group/detected-in-training", test_detected_in_training);
  g_test_add_func ("/feature-group/longer-prefix", test_longer_prefix);
  g_test_add_func ("/feature-group/not-detected", test_not_detected);

  return g_test_run ();
}
