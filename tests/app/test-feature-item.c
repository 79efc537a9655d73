/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-feature-item.h"

/* Four features, of which two are one choice. */
static Re3Model *
make_model (void)
{
  static const char *const names[] = { "Ängsö", "colour_red", "colour_blue", "zeta", NULL };
  static const char *const members[] = { "colour_red", "colour_blue", NULL };
  static const double weights[] = { 1, 2, 3, 4 };
  static const double bias[] = { 0 };
  g_autoptr (Re3NetworkBuilder) network_builder = re3_network_builder_new (4);
  g_autoptr (Re3Network) network = NULL;
  g_autoptr (Re3ModelBuilder) builder = NULL;

  g_assert_true (re3_network_builder_add_affine (network_builder, 1, weights, bias, NULL));
  network = re3_network_builder_finish (network_builder, NULL);
  g_assert_nonnull (network);
  builder = re3_model_builder_new (network);
  g_assert_true (re3_model_builder_set_features (builder, names, NULL, NULL));
  g_assert_true (re3_model_builder_add_group (builder, "colour", members, NULL));
  return re3_model_builder_finish (builder);
}

static void
test_feature (void)
{
  g_autoptr (Re3Model) model = make_model ();
  g_autoptr (Re3FeatureItem) item = re3_feature_item_new (model, 3);
  static const double importance[] = { 0.5, 1, 2, 4 };

  g_assert_cmpuint (re3_feature_item_get_feature (item), ==, 3);
  g_assert_null (re3_feature_item_get_group (item));
  g_assert_cmpstr (re3_feature_item_get_name (item), ==, "zeta");
  g_assert_true (re3_feature_item_has (item, 3));
  g_assert_false (re3_feature_item_has (item, 0));
  g_assert_cmpfloat (re3_feature_item_get_importance (item, importance), ==, 4);
}

static void
test_group (void)
{
  g_autoptr (Re3Model) model = make_model ();
  g_autoptr (Re3FeatureItem) item =
      re3_feature_item_new_group (model, g_ptr_array_index (re3_model_get_groups (model), 0));
  static const double importance[] = { 0.5, 1, 2, 4 };

  g_assert_cmpuint (re3_feature_item_get_feature (item), ==, 1);
  g_assert_cmpuint (re3_feature_item_get_group (item)->n_features, ==, 2);
  g_assert_cmpstr (re3_feature_item_get_name (item), ==, "colour");
  for (gsize i = 0; i < 4; i++)
    g_assert_cmpint (re3_feature_item_has (item, i), ==, i == 1 || i == 2);
  g_assert_cmpfloat (re3_feature_item_get_importance (item, importance), ==, 3);
}

static void
test_search (void)
{
  g_autoptr (Re3Model) model = make_model ();
  g_autoptr (Re3FeatureItem) feature = re3_feature_item_new (model, 0);
  g_autoptr (Re3FeatureItem) group =
      re3_feature_item_new_group (model, g_ptr_array_index (re3_model_get_groups (model), 0));

  g_assert_true (re3_feature_item_matches (feature, ""));
  g_assert_true (re3_feature_item_matches (feature, "ÄNG"));
  g_assert_true (re3_feature_item_matches (feature, "gsÖ"));
  g_assert_false (re3_feature_item_matches (feature, "a"));
  g_assert_true (re3_feature_item_matches (group, "Colour"));
  g_assert_true (re3_feature_item_matches (group, "BLUE"));
  g_assert_false (re3_feature_item_matches (group, "green"));
}

static void
test_names (void)
{
  g_autoptr (Re3Model) model = make_model ();
  g_autoptr (Re3FeatureItem) last = re3_feature_item_new (model, 3);
  g_autoptr (Re3FeatureItem) group =
      re3_feature_item_new_group (model, g_ptr_array_index (re3_model_get_groups (model), 0));

  g_assert_cmpint (re3_feature_item_compare_names (group, last), <, 0);
  g_assert_cmpint (re3_feature_item_compare_names (last, group), >, 0);
  g_assert_cmpint (re3_feature_item_compare_names (last, last), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/feature-item/feature", test_feature);
  g_test_add_func ("/feature-item/group", test_group);
  g_test_add_func ("/feature-item/search", test_search);
  g_test_add_func ("/feature-item/names", test_names);

  return g_test_run ();
}
