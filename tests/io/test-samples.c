/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-analysis.h"
#include "re3-data-file.h"
#include "re3-model-file.h"

/* What PyTorch says of the models, as train_iris.py prints it. */
static const struct {
  const char *name;
  const char *shape;
  gsize n_train_right;
  gsize n_test_right;
  gsize n_regions;
} samples[] = {
  { "iris-8.re3.json", "4-8-3", 117, 30, 14 },
  { "iris-8-4.re3.json", "4-8-4-3", 118, 30, 19 },
  { "iris-16-8-4.re3.json", "4-16-8-4-3", 118, 29, 48 },
};

static GFile *
get_sample (const char *name)
{
  return g_file_new_build_filename (g_getenv ("RE3_SOURCE_ROOT"), "data", "samples", name, NULL);
}

static void
test_sample (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) model_file = get_sample (samples[i].name);
  g_autoptr (GFile) data_file = get_sample ("iris.csv");
  g_autoptr (Re3Model) model = NULL;
  g_autoptr (Re3Dataset) dataset = NULL;
  g_autoptr (Re3DataReport) report = NULL;
  g_autoptr (Re3Analysis) analysis = NULL;
  g_autofree char *shape = NULL;
  Re3DataOptions options = RE3_DATA_OPTIONS_DEFAULT;
  double worst;

  model = re3_model_file_read (model_file, NULL, &error);
  g_assert_no_error (error);
  shape = re3_network_describe_shape (re3_model_get_network (model));
  g_assert_cmpstr (shape, ==, samples[i].shape);
  g_assert_cmpuint (re3_model_get_n_tests (model), ==, 5);
  g_assert_true (re3_model_reproduces_tests (model, &worst));

  dataset = re3_data_file_read (data_file, model, &options, NULL, &report, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (re3_dataset_get_n_rows (dataset), ==, 150);
  g_assert_cmpuint (re3_dataset_get_n_test (dataset), ==, 30);
  g_assert_cmpuint (report->n_skipped, ==, 0);
  g_assert_cmpstr (report->label_column, ==, "species");
  g_assert_null (report->left_out[0]);

  analysis = re3_analysis_new (model, dataset, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (re3_analysis_get_train_accuracy (analysis), ==,
                     (double) samples[i].n_train_right / 120);
  g_assert_cmpfloat (re3_analysis_get_test_accuracy (analysis), ==,
                     (double) samples[i].n_test_right / 30);
  g_assert_cmpuint (re3_region_table_get_n_regions (re3_analysis_get_region_table (analysis)), ==,
                    samples[i].n_regions);
}

/* What NumPy says of the network's answers to the pictures. */
static void
test_fashion (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) model_file = get_sample ("fashion-32-16.re3.json");
  g_autoptr (GFile) data_file = get_sample ("fashion-images-idx3-ubyte.gz");
  g_autoptr (Re3Model) model = re3_model_file_read (model_file, NULL, &error);
  g_autoptr (Re3Dataset) dataset = NULL;
  g_autoptr (Re3DataReport) report = NULL;
  g_autoptr (Re3Analysis) analysis = NULL;
  Re3DataOptions options = RE3_DATA_OPTIONS_DEFAULT;
  double worst;

  g_assert_no_error (error);
  g_assert_cmpuint (re3_model_get_n_tests (model), ==, 5);
  g_assert_true (re3_model_reproduces_tests (model, &worst));

  options.test_fraction = 1;
  dataset = re3_data_file_read (data_file, model, &options, NULL, &report, &error);
  g_assert_no_error (error);
  g_assert_true (report->matched_by_name);
  g_assert_cmpstr (report->label_column, ==, "fashion-labels-idx1-ubyte.gz");
  analysis = re3_analysis_new (model, dataset, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (re3_analysis_get_test_accuracy (analysis), ==, 271.0 / 300);
  g_assert_cmpuint (re3_region_table_get_n_regions (re3_analysis_get_region_table (analysis)), ==,
                    293);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (samples); i++) {
    g_autofree char *path = g_strconcat ("/samples/", samples[i].name, NULL);

    g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_sample);
  }

  g_test_add_func ("/samples/fashion", test_fashion);

  return g_test_run ();
}
