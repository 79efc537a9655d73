/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "random-network.h"
#include "re3-core-error.h"
#include "re3-forward.h"
#include "re3-model.h"

#include <math.h>
#include <string.h>

#define NOT_FOUND RE3_NAME_NOT_FOUND
#define AMBIGUOUS RE3_NAME_AMBIGUOUS

static Re3Network *
small_network (void)
{
  static const gsize widths[] = { 3, 4, 2 };

  return random_network (widths, 3, 900);
}

static void
assert_refused (gboolean done, GError **error, Re3CoreError code, const char *saying)
{
  g_assert_false (done);
  g_assert_error (*error, RE3_CORE_ERROR, (int) code);
  if (strstr ((*error)->message, saying) == NULL)
    g_error ("“%s” does not say “%s”", (*error)->message, saying);
  g_clear_error (error);
}

static void
test_defaults (void)
{
  g_autoptr (Re3Network) network = small_network ();
  g_autoptr (Re3Model) model = model_of_network (network);
  double worst = -1;

  g_assert_null (re3_model_get_name (model));
  g_assert_true (re3_model_get_network (model) == network);
  g_assert_cmpuint (re3_model_get_n_features (model), ==, 3);
  g_assert_cmpuint (re3_model_get_n_classes (model), ==, 2);
  g_assert_cmpstr (re3_model_get_feature_name (model, 0), ==, "x1");
  g_assert_cmpstr (re3_model_get_feature_name (model, 2), ==, "x3");
  g_assert_null (re3_model_get_feature_unit (model, 0));
  g_assert_cmpstr (re3_model_get_class_name (model, 0), ==, "0");
  g_assert_cmpstr (re3_model_get_class_name (model, 1), ==, "1");
  g_assert_false (re3_model_has_feature_names (model));
  g_assert_false (re3_model_has_class_names (model));
  g_assert_false (re3_model_has_scaler (model));
  g_assert_cmpfloat (re3_model_get_scaler_mean (model, 1), ==, 0);
  g_assert_cmpfloat (re3_model_get_scaler_scale (model, 1), ==, 1);
  g_assert_cmpfloat (re3_model_scale (model, 1, 7.25), ==, 7.25);
  g_assert_cmpfloat (re3_model_unscale (model, 1, 7.25), ==, 7.25);
  g_assert_cmpuint (re3_model_get_n_tests (model), ==, 0);
  g_assert_true (re3_model_reproduces_tests (model, &worst));
  g_assert_cmpfloat (worst, ==, 0);
}

static void
test_full (void)
{
  static const char *const names[] = { "length", "width", "mass", NULL };
  static const char *const units[] = { "cm", "", "kg", NULL };
  static const char *const classes[] = { "no", "yes", NULL };
  static const double mean[] = { 1, 2, -3 };
  static const double scale[] = { 2, 4, 0.5 };
  g_autoptr (Re3Network) network = small_network ();
  g_autoptr (Re3ModelBuilder) builder = re3_model_builder_new (network);
  g_autoptr (Re3Model) model = NULL;

  re3_model_builder_set_name (builder, "small");
  g_assert_true (re3_model_builder_set_features (builder, names, units, NULL));
  g_assert_true (re3_model_builder_set_classes (builder, classes, NULL));
  g_assert_true (re3_model_builder_set_scaler (builder, mean, scale, NULL));
  model = re3_model_builder_finish (builder);

  g_assert_cmpstr (re3_model_get_name (model), ==, "small");
  g_assert_cmpstr (re3_model_get_feature_name (model, 1), ==, "width");
  g_assert_cmpstr (re3_model_get_feature_unit (model, 0), ==, "cm");
  g_assert_null (re3_model_get_feature_unit (model, 1));
  g_assert_cmpstr (re3_model_get_class_name (model, 1), ==, "yes");
  g_assert_true (re3_model_has_feature_names (model));
  g_assert_true (re3_model_has_class_names (model));
  g_assert_true (re3_model_has_scaler (model));
  g_assert_cmpfloat (re3_model_scale (model, 0, 5), ==, 2);
  g_assert_cmpfloat (re3_model_unscale (model, 0, 2), ==, 5);
  g_assert_cmpfloat (re3_model_scale (model, 2, -2), ==, 2);
  g_assert_cmpfloat (re3_model_unscale (model, 1, -INFINITY), ==, -INFINITY);
}

static void
test_refuses_names (void)
{
  static const char *const two[] = { "a", "b", NULL };
  static const char *const empty[] = { "a", "", "c", NULL };
  static const char *const twice[] = { "a", "b", "a", NULL };
  static const char *const latin1[] = { "a", "b", "\xe9", NULL };
  static const char *const good[] = { "a", "b", "c", NULL };
  g_autoptr (Re3Network) network = small_network ();
  g_autoptr (Re3ModelBuilder) builder = re3_model_builder_new (network);
  g_autoptr (Re3Model) model = NULL;
  g_autoptr (GError) error = NULL;

  assert_refused (re3_model_builder_set_features (builder, two, NULL, &error), &error,
                  RE3_CORE_ERROR_SHAPE, "names 2 features, but its network has 3");
  assert_refused (re3_model_builder_set_features (builder, empty, NULL, &error), &error,
                  RE3_CORE_ERROR_VALUE, "Name 2 of the model's features is empty");
  assert_refused (re3_model_builder_set_features (builder, twice, NULL, &error), &error,
                  RE3_CORE_ERROR_VALUE, "Two of the model's features have the name “a”");
  assert_refused (re3_model_builder_set_features (builder, latin1, NULL, &error), &error,
                  RE3_CORE_ERROR_VALUE, "Name 3");
  assert_refused (re3_model_builder_set_classes (builder, good, &error), &error,
                  RE3_CORE_ERROR_SHAPE, "names 3 classes, but its network has 2");

  /* What was refused left nothing behind. */
  g_assert_true (re3_model_builder_set_features (builder, good, NULL, NULL));
  model = re3_model_builder_finish (builder);
  g_assert_cmpstr (re3_model_get_feature_name (model, 2), ==, "c");
  g_assert_false (re3_model_has_class_names (model));
}

/* The column that says so goes before the name, also where two have swapped. */
static void
test_columns (void)
{
  static const char *const names[] = { "a", "b", "mass (kg)", NULL };
  static const char *const columns[] = { "b", "a", "", NULL };
  static const char *const others[] = { "Column 7", "", "c", NULL };
  static const char *const twice[] = { "x", "", "x", NULL };
  static const char *const latin1[] = { "", "\xe9", "", NULL };
  g_autoptr (Re3Network) network = small_network ();
  g_autoptr (Re3ModelBuilder) builder = re3_model_builder_new (network);
  g_autoptr (Re3ModelBuilder) other_builder = re3_model_builder_new (network);
  g_autoptr (Re3Model) model = NULL;
  g_autoptr (Re3Model) other = NULL;
  g_autoptr (GError) error = NULL;

  assert_refused (re3_model_builder_set_columns (builder, twice, &error), &error,
                  RE3_CORE_ERROR_VALUE, "Two of the model's features are in the column “x”");
  assert_refused (re3_model_builder_set_columns (builder, latin1, &error), &error,
                  RE3_CORE_ERROR_VALUE, "Column 2");
  g_assert_true (re3_model_builder_set_features (builder, names, NULL, NULL));
  g_assert_true (re3_model_builder_set_columns (builder, columns, NULL));
  model = re3_model_builder_finish (builder);
  g_assert_cmpstr (re3_model_get_feature_column (model, 0), ==, "b");
  g_assert_null (re3_model_get_feature_column (model, 2));
  g_assert_cmpint (re3_model_find_column (model, "a"), ==, 1);
  g_assert_cmpint (re3_model_find_column (model, "B"), ==, 0);
  g_assert_cmpint (re3_model_find_column (model, "Mass"), ==, 2);
  g_assert_cmpint (re3_model_find_feature (model, "a"), ==, 0);

  g_assert_true (re3_model_builder_set_features (other_builder, names, NULL, NULL));
  g_assert_true (re3_model_builder_set_columns (other_builder, others, NULL));
  other = re3_model_builder_finish (other_builder);
  g_assert_cmpint (re3_model_find_column (other, "column_7"), ==, 0);
  g_assert_cmpint (re3_model_find_column (other, "a"), ==, 0);
  g_assert_cmpint (re3_model_find_column (other, "c"), ==, 2);
  g_assert_cmpint (re3_model_find_column (other, ""), ==, -1);
  g_assert_cmpint (re3_model_find_column (other, "d"), ==, -1);
}

static void
test_refuses_scalers (void)
{
  static const double good[] = { 1, 1, 1 };
  static const double bad[][3] = { { 1, 0, 1 }, { 1, -1, 1 }, { 1, NAN, 1 }, { 1, INFINITY, 1 } };
  g_autoptr (Re3Network) network = small_network ();
  g_autoptr (Re3ModelBuilder) builder = re3_model_builder_new (network);
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    assert_refused (re3_model_builder_set_scaler (builder, good, bad[i], &error), &error,
                    RE3_CORE_ERROR_VALUE, "scale of feature 2");
  assert_refused (re3_model_builder_set_scaler (builder, bad[2], good, &error), &error,
                  RE3_CORE_ERROR_VALUE, "mean of feature 2");
}

static void
test_names_match (void)
{
  static const char *const same[][2] = {
    { "petal width", "petal width" },
    { "petal width", "Petal_Width" },
    { "petal width", "petal.width (cm)" },
    { "petal width [mm]", "petal-width(cm)" },
    { "  petal width (cm)  ", "petalwidth" },
    { "Größe", "GRÖSSE" },
    { "e\xcc\x81tat", "\xc3\xa9tat" },
    { "(cm)", "[cm]" },
    { "$", "$" },
  };
  static const char *const different[][2] = {
    { "petal width", "petal length" },
    { "x1", "x11" },
    { "$", "#" },
    { "char_freq_(", "word_freq_" },
    { "a (b) c", "a c" },
    { "(a) b", "b" },
    { "\xff", "\xfe" },
    { "width", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (same); i++) {
    g_assert_true (re3_names_match (same[i][0], same[i][1]));
    g_assert_true (re3_names_match (same[i][1], same[i][0]));
  }
  for (gsize i = 0; i < G_N_ELEMENTS (different); i++) {
    g_assert_false (re3_names_match (different[i][0], different[i][1]));
    g_assert_false (re3_names_match (different[i][1], different[i][0]));
  }
}

static Re3Model *
model_with_names (const char *const *features, const char *const *classes)
{
  g_autoptr (Re3Network) network = small_network ();
  g_autoptr (Re3ModelBuilder) builder = re3_model_builder_new (network);
  g_autoptr (GError) error = NULL;

  if (features != NULL)
    re3_model_builder_set_features (builder, features, NULL, &error);
  g_assert_no_error (error);
  if (classes != NULL)
    re3_model_builder_set_classes (builder, classes, &error);
  g_assert_no_error (error);

  return re3_model_builder_finish (builder);
}

static void
test_find_feature (void)
{
  static const char *const names[] = { "char_freq_(", "char_freq_[", "Age (years)", NULL };
  static const char *const ages[] = { "Age (years)", "Age (days)", "age", NULL };
  g_autoptr (Re3Model) model = model_with_names (names, NULL);
  g_autoptr (Re3Model) aged = model_with_names (ages, NULL);

  g_assert_cmpint (re3_model_find_feature (model, "char_freq_["), ==, 1);
  g_assert_cmpint (re3_model_find_feature (model, "char freq"), ==, AMBIGUOUS);
  g_assert_cmpint (re3_model_find_feature (model, "age"), ==, 2);
  g_assert_cmpint (re3_model_find_feature (model, "AGE [months]"), ==, 2);
  g_assert_cmpint (re3_model_find_feature (model, "ages"), ==, NOT_FOUND);
  g_assert_cmpint (re3_model_find_feature (model, ""), ==, NOT_FOUND);
  g_assert_cmpint (re3_model_find_feature (model, "()"), ==, NOT_FOUND);

  g_assert_cmpint (re3_model_find_feature (aged, "AGE [Days]"), ==, 1);
  g_assert_cmpint (re3_model_find_feature (aged, "Age"), ==, 2);
  g_assert_cmpint (re3_model_find_feature (aged, "age (months)"), ==, AMBIGUOUS);
}

static void
test_find_class (void)
{
  static const char *const words[] = { "Yes", "no", NULL };
  static const char *const cases[] = { "a", "A", NULL };
  static const char *const numbers[] = { "1", "1.0", NULL };
  g_autoptr (Re3Model) numbered = model_with_names (NULL, NULL);
  g_autoptr (Re3Model) named = model_with_names (NULL, words);
  g_autoptr (Re3Model) cased = model_with_names (NULL, cases);
  g_autoptr (Re3Model) doubled = model_with_names (NULL, numbers);

  g_assert_cmpint (re3_model_find_class (numbered, "0"), ==, 0);
  g_assert_cmpint (re3_model_find_class (numbered, "0.0"), ==, 0);
  g_assert_cmpint (re3_model_find_class (numbered, "-0"), ==, 0);
  g_assert_cmpint (re3_model_find_class (numbered, " 1 "), ==, 1);
  g_assert_cmpint (re3_model_find_class (numbered, "1e0"), ==, 1);
  g_assert_cmpint (re3_model_find_class (numbered, "1.5"), ==, NOT_FOUND);
  g_assert_cmpint (re3_model_find_class (numbered, "1x"), ==, NOT_FOUND);
  g_assert_cmpint (re3_model_find_class (numbered, "nan"), ==, NOT_FOUND);
  g_assert_cmpint (re3_model_find_class (numbered, ""), ==, NOT_FOUND);
  g_assert_cmpint (re3_model_find_class (numbered, "\xff"), ==, NOT_FOUND);

  g_assert_cmpint (re3_model_find_class (named, "yes"), ==, 0);
  g_assert_cmpint (re3_model_find_class (named, "NO"), ==, 1);
  g_assert_cmpint (re3_model_find_class (named, "0"), ==, NOT_FOUND);

  g_assert_cmpint (re3_model_find_class (cased, "A"), ==, 1);
  g_assert_cmpint (re3_model_find_class (doubled, "1.0"), ==, 1);
  g_assert_cmpint (re3_model_find_class (doubled, "1.00"), ==, NOT_FOUND);
}

/* Tests are in original units, and off by more than the tolerance is off. */
static void
test_tests (void)
{
  static const double mean[] = { 1, 2, 3 };
  static const double scale[] = { 2, 2, 2 };
  static const double values[] = { 3, 0, 5 };
  static const double input[] = { 1, -1, 1 };
  static const double tolerances[] = { 0.5, 0.25 };
  g_autoptr (Re3Network) network = small_network ();
  g_autoptr (Re3Forward) forward = re3_network_forward (network, input, 1);
  const double theirs[] = { forward->logits[0], forward->logits[1] + 0.375 };

  for (gsize i = 0; i < G_N_ELEMENTS (tolerances); i++) {
    g_autoptr (Re3ModelBuilder) builder = re3_model_builder_new (network);
    g_autoptr (Re3Model) model = NULL;
    double worst;

    g_assert_true (re3_model_builder_set_scaler (builder, mean, scale, NULL));
    re3_model_builder_add_test (builder, values, forward->logits, 0);
    re3_model_builder_add_test (builder, values, theirs, tolerances[i]);
    model = re3_model_builder_finish (builder);

    g_assert_cmpuint (re3_model_get_n_tests (model), ==, 2);
    g_assert_cmpfloat (re3_model_get_test (model, 1)->tolerance, ==, tolerances[i]);
    g_assert_cmpint (re3_model_reproduces_tests (model, &worst), ==, tolerances[i] > 0.375);
    g_assert_cmpfloat_with_epsilon (worst, 0.375, 1e-15);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/defaults", test_defaults);
  g_test_add_func ("/model/full", test_full);
  g_test_add_func ("/model/refuses-names", test_refuses_names);
  g_test_add_func ("/model/columns", test_columns);
  g_test_add_func ("/model/refuses-scalers", test_refuses_scalers);
  g_test_add_func ("/model/names-match", test_names_match);
  g_test_add_func ("/model/find-feature", test_find_feature);
  g_test_add_func ("/model/find-class", test_find_class);
  g_test_add_func ("/model/tests", test_tests);

  return g_test_run ();
}
