/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-picture-shape.h"

#define N_FEATURES 6

/* A linear model of six features with these names. */
static Re3Model *
make_model (const char *const *names)
{
  g_autoptr (Re3NetworkBuilder) network_builder = re3_network_builder_new (N_FEATURES);
  static const double weight[N_FEATURES * 2] = { 1 };
  static const double bias[2] = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (Re3Network) network = NULL;
  g_autoptr (Re3ModelBuilder) builder = NULL;

  re3_network_builder_add_affine (network_builder, 2, weight, bias, &error);
  g_assert_no_error (error);
  network = re3_network_builder_finish (network_builder, &error);
  g_assert_no_error (error);
  builder = re3_model_builder_new (network);
  if (names != NULL)
    re3_model_builder_set_features (builder, names, NULL, &error);
  g_assert_no_error (error);
  return re3_model_builder_finish (builder);
}

static void
test_names (void)
{
  static const struct {
    const char *names[N_FEATURES + 1];
    gsize n_rows;
    gsize n_columns;
  } cases[] = {
    { { "p(1,1)", "p(1,2)", "p(1,3)", "p(2,1)", "p(2,2)", "p(2,3)" }, 2, 3 },
    { { "p(0,0)", "p(0,1)", "p(1,0)", "p(1,1)", "p(2,0)", "p(2,1)" }, 3, 2 },
    { { "p(1,1)", "p(1,2)", "p(1,3)", "p(1,4)", "p(1,5)", "p(1,6)" }, 1, 6 },
    /* Column after column, one that is missing, other names. */
    { { "p(1,1)", "p(2,1)", "p(1,2)", "p(2,2)", "p(1,3)", "p(2,3)" }, 0, 0 },
    { { "p(1,1)", "p(1,2)", "p(1,3)", "p(2,1)", "p(2,2)", "p(3,3)" }, 0, 0 },
    { { "p(1,1)", "p(1,2)", "p(1,3)", "p(2,1)", "p(2,2)", "p(2, 3)" }, 0, 0 },
    { { "p(1,0)", "p(1,1)", "p(1,2)", "p(2,0)", "p(2,1)", "p(2,2)" }, 0, 0 },
    { { "a", "b", "c", "d", "e", "p(2,3)" }, 0, 0 },
    { { "p(1,1)", "b", "c", "d", "e", "p(18446744073709551615,18446744073709551615)" }, 0, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (Re3Model) model = make_model (cases[i].names);
    gsize n_rows;
    gsize n_columns;

    g_test_message ("%s %s", cases[i].names[1], cases[i].names[5]);
    g_assert_cmpint (re3_picture_shape_find (model, NULL, &n_rows, &n_columns), ==,
                     cases[i].n_rows > 0);
    if (cases[i].n_rows == 0)
      continue;
    g_assert_cmpuint (n_rows, ==, cases[i].n_rows);
    g_assert_cmpuint (n_columns, ==, cases[i].n_columns);
  }
}

/* The data file knows it, whatever the names. */
static void
test_dataset (void)
{
  g_autoptr (Re3Model) model = make_model (NULL);
  g_autoptr (Re3Dataset) dataset = re3_dataset_new (N_FEATURES, 1, 2, g_new0 (double, N_FEATURES),
                                                    NULL, NULL, g_new0 (guint8, 1));
  gsize n_rows;
  gsize n_columns;

  g_assert_false (re3_picture_shape_find (model, dataset, &n_rows, &n_columns));
  re3_dataset_set_picture (dataset, 3, 2);
  g_assert_true (re3_picture_shape_find (model, dataset, &n_rows, &n_columns));
  g_assert_cmpuint (n_rows, ==, 3);
  g_assert_cmpuint (n_columns, ==, 2);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/picture-shape/names", test_names);
  g_test_add_func ("/picture-shape/dataset", test_dataset);

  return g_test_run ();
}
