/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io-test.h"
#include "re3-result-json.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <string.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC (cJSON, cJSON_Delete)

static cJSON *
parse (char *text)
{
  cJSON *document = cJSON_Parse (text);

  g_assert_nonnull (document);
  g_free (text);

  return document;
}

/* The member at a path such as "contributions.logit". */
static const cJSON *
get (const cJSON *item, const char *path)
{
  g_auto (GStrv) keys = g_strsplit (path, ".", -1);

  for (gsize i = 0; keys[i] != NULL; i++) {
    item = g_ascii_isdigit (*keys[i]) ? cJSON_GetArrayItem (item, atoi (keys[i]))
                                      : cJSON_GetObjectItemCaseSensitive (item, keys[i]);
    if (item == NULL)
      g_error ("there is no %s", path);
  }

  return item;
}

static void
assert_text (const cJSON *item, const char *path, const char *text)
{
  g_assert_cmpstr (get (item, path)->valuestring, ==, text);
}

static void
assert_number (const cJSON *item, const char *path, double number)
{
  g_assert_true (cJSON_IsNumber (get (item, path)));
  g_assert_cmpfloat_with_epsilon (get (item, path)->valuedouble, number, 1e-14);
}

static void
assert_numbers (const cJSON *item, const char *path, const double *numbers, int n)
{
  const cJSON *array = get (item, path);

  g_assert_cmpint (cJSON_GetArraySize (array), ==, n);
  for (int i = 0; i < n; i++)
    g_assert_cmpfloat_with_epsilon (cJSON_GetArrayItem (array, i)->valuedouble, numbers[i], 1e-14);
}

static void
assert_keys (const cJSON *object, const char *keys)
{
  g_autoptr (GString) found = g_string_new (NULL);
  const cJSON *child;

  cJSON_ArrayForEach (child, object)
      g_string_append_printf (found, "%s%s", found->len > 0 ? " " : "", child->string);
  g_assert_cmpstr (found->str, ==, keys);
}

/* At value (6, 0), x = (3, 0): both neurons on, z = (2, 1), logits (5, -1). */
static void
test_explanation (void)
{
  g_autoptr (Re3Model) model = make_small_model ();
  const double values[] = { 6, 0 };
  g_autoptr (Re3Explanation) explanation = re3_explanation_new (model, values, NULL);
  g_autoptr (cJSON) json = parse (re3_explanation_to_json (explanation, 1, NULL, 7, 0, NAN, NULL));
  const double p = 1 / (1 + exp (6));
  /* The linearised form: the gradient of p_1 is p (1 - p) (A[1] - A[0]). */
  const double gradient_a = p * (1 - p) * -2;
  const double p_baseline = 1 / (1 + exp (2));

  assert_keys (json,
               "row label prediction logits probabilities pattern input values filled A D residual "
               "contributions neurons boundary undecided intervals");
  assert_number (json, "row", 7);
  assert_text (json, "label", "no");
  assert_text (json, "prediction", "no");
  assert_numbers (json, "logits", (double[]){ 5, -1 }, 2);
  assert_numbers (json, "probabilities", (double[]){ 1 - p, p }, 2);
  assert_text (json, "pattern", "11");
  assert_numbers (json, "input", (double[]){ 3, 0 }, 2);
  assert_numbers (json, "values", values, 2);
  g_assert_cmpint (cJSON_GetArraySize (get (json, "filled")), ==, 0);
  assert_numbers (json, "A.0", (double[]){ 1, 0 }, 2);
  assert_numbers (json, "A.1", (double[]){ -1, 1 }, 2);
  assert_numbers (json, "D", (double[]){ 2, 2 }, 2);
  assert_number (json, "residual", 0);

  assert_keys (get (json, "contributions"),
               "class logit base probability path path_logit path_baseline");
  assert_text (json, "contributions.class", "yes");
  assert_numbers (json, "contributions.logit", (double[]){ -3, 0 }, 2);
  assert_number (json, "contributions.base", 2);
  assert_numbers (json, "contributions.probability", (double[]){ gradient_a * 3, 0 }, 2);
  assert_numbers (json, "contributions.path_baseline.values", (double[]){ 0, 0 }, 2);
  /* At 0 the first neuron is off: logits (3, 1). */
  assert_number (json, "contributions.path_baseline.probability", p_baseline);
  assert_number (json, "contributions.path_baseline.logit", 1);
  assert_numbers (json, "contributions.path", (double[]){ p - p_baseline, 0 }, 2);
  assert_numbers (json, "contributions.path_logit", (double[]){ -2, 0 }, 2);

  assert_numbers (json, "neurons.0", (double[]){ -2, 1 }, 2);
  assert_keys (get (json, "boundary"), "l2 l1 linf paper layer index");
  assert_number (json, "boundary.l2", 1);
  assert_number (json, "boundary.layer", 0);
  assert_number (json, "boundary.index", 1);
  g_assert_cmpint (cJSON_GetArraySize (get (json, "undecided")), ==, 0);

  /* x1 > 1 and x2 > -1, in original units. */
  assert_text (json, "intervals.0.feature", "a");
  assert_number (json, "intervals.0.low", 2);
  g_assert_true (cJSON_IsNull (get (json, "intervals.0.high")));
  assert_number (json, "intervals.1.low", -2);
}

/* From (4, 2), where x = (2, 1) and both neurons are on: the logits are (4, 1) there, and the map
 * is the same all along the line. */
static void
test_baseline (void)
{
  g_autoptr (Re3Model) model = make_small_model ();
  const double values[] = { 6, 0 };
  const double start[] = { 4, 2 };
  g_autoptr (Re3Explanation) explanation = re3_explanation_new (model, values, NULL);
  g_autoptr (Re3Explanation) start_explanation = re3_explanation_new (model, start, NULL);
  g_autoptr (Re3Baseline) baseline = re3_baseline_new_sample ("row 3", start_explanation);
  g_autoptr (cJSON) json =
      parse (re3_explanation_to_json (explanation, 1, baseline, 7, 0, NAN, NULL));
  const double change = 1 / (1 + exp (6)) - 1 / (1 + exp (3));
  const cJSON *path = get (json, "contributions.path");

  assert_numbers (json, "contributions.path_baseline.values", start, 2);
  assert_number (json, "contributions.path_baseline.logit", 1);
  assert_number (json, "contributions.path_baseline.probability", 1 / (1 + exp (3)));
  assert_numbers (json, "contributions.path_logit", (double[]){ -1, -1 }, 2);
  g_assert_cmpfloat_with_epsilon (cJSON_GetArrayItem (path, 0)->valuedouble +
                                      cJSON_GetArrayItem (path, 1)->valuedouble,
                                  change, 1e-12);
}

/* On the hyperplane of the first neuron, without a label. */
static void
test_undecided (void)
{
  g_autoptr (Re3Model) model = make_small_model ();
  const double values[] = { 2, 0 };
  g_autoptr (Re3Explanation) explanation = re3_explanation_new (model, values, NULL);
  const gsize second = 1;
  g_autoptr (GArray) filled = g_array_new (FALSE, FALSE, sizeof (gsize));
  g_autoptr (cJSON) json = NULL;

  g_array_append_val (filled, second);
  json = parse (re3_explanation_to_json (explanation, 0, NULL, 0, RE3_NO_LABEL, NAN, filled));
  assert_text (json, "filled.0", "b");

  g_assert_true (cJSON_IsNull (get (json, "label")));
  g_assert_cmpint (cJSON_GetArraySize (get (json, "undecided")), ==, 1);
  assert_number (json, "undecided.0.layer", 0);
  assert_number (json, "undecided.0.index", 0);
}

/* Logits: (5, -1), (6, -2), (3, 1), (3, 2), (5, -1), (3, 5). */
static void
test_analysis (void)
{
  g_autoptr (Re3Model) model = make_small_model ();
  g_autoptr (Re3Dataset) dataset = make_small_dataset (TRUE);
  g_autoptr (GError) error = NULL;
  g_autoptr (Re3Analysis) analysis = re3_analysis_new (model, dataset, NULL, &error);
  g_autoptr (cJSON) json = NULL;

  g_assert_no_error (error);
  json = parse (re3_analysis_to_json (analysis, NULL));

  assert_keys (json,
               "data accuracy regions boundary boundary_paper region_table importance neurons "
               "report confusion residual_max undecided");
  assert_keys (get (json, "data"), "rows train test skipped scaler");
  assert_number (json, "data.rows", 6);
  assert_number (json, "data.train", 4);
  assert_number (json, "data.test", 2);
  assert_text (json, "data.scaler", "model");
  assert_number (json, "accuracy.train", 0.25);
  assert_number (json, "accuracy.test", 0.5);

  assert_keys (get (json, "regions"), "all train test similar dissimilar top1 topC");
  assert_number (json, "regions.all", 2);
  assert_number (json, "regions.similar", 2);
  assert_number (json, "regions.dissimilar", 0);
  assert_number (json, "regions.top1", 0.5);
  assert_number (json, "regions.topC", 1);

  /* Distances of the test samples: x = (3, 0) has 1, x = (0, 4) has 1. */
  assert_keys (get (json, "boundary"), "metric min q1 median q3 max eps90 eps75 eps50 curve");
  assert_text (json, "boundary.metric", "l2");
  assert_number (json, "boundary.median", 1);
  assert_number (json, "boundary.curve.5.step", 0.5);
  assert_number (json, "boundary.curve.5.valid", 1);
  assert_number (json, "boundary.curve.6.step", 1);
  assert_number (json, "boundary.curve.6.valid", 0);
  assert_text (json, "boundary_paper.metric", "paper");

  g_assert_cmpint (cJSON_GetArraySize (get (json, "region_table")), ==, 2);
  assert_keys (get (json, "region_table.0"),
               "pattern train test counts purity majority confusion profile class_profiles");
  /* Both hold three samples, so the smaller pattern is first. */
  assert_text (json, "region_table.0.pattern", "01");
  assert_number (json, "region_table.0.counts.no", 1);
  assert_number (json, "region_table.0.counts.yes", 2);
  assert_number (json, "region_table.0.purity", 2.0 / 3);
  assert_text (json, "region_table.0.majority", "yes");
  g_assert_true (cJSON_IsTrue (get (json, "region_table.0.confusion")));
  /* A[yes] = (0, 1) there, and x2 = 0, 1, 4. */
  assert_numbers (json, "region_table.0.profile", (double[]){ 0, 5.0 / 3 }, 2);
  assert_numbers (json, "region_table.0.class_profiles.no", (double[]){ 0, 0 }, 2);
  assert_numbers (json, "region_table.0.class_profiles.yes", (double[]){ 0, 0.5 }, 2);

  /* Both test samples are "no"; one is taken for "yes". */
  assert_keys (get (json, "report.0"), "class precision recall f1 support");
  assert_text (json, "report.0.class", "no");
  assert_number (json, "report.0.precision", 1);
  assert_number (json, "report.0.recall", 0.5);
  assert_number (json, "report.0.f1", 2.0 / 3);
  assert_number (json, "report.0.support", 2);
  assert_number (json, "report.1.precision", 0);
  g_assert_true (cJSON_IsNull (get (json, "report.1.recall")));
  assert_number (json, "report.1.f1", 0);
  assert_numbers (json, "confusion.0", (double[]){ 1, 1 }, 2);
  assert_numbers (json, "confusion.1", (double[]){ 0, 0 }, 2);
  assert_number (json, "residual_max", 0);
  assert_number (json, "undecided", 0);
}

/* Contributions of the test samples to the classes predicted for them: at x = (3, 0) logit "no" is
 * x1 + 2, at x = (0, 4) logit "yes" is x2 + 1. */
static void
test_importance (void)
{
  g_autoptr (Re3Model) model = make_small_model ();
  g_autoptr (Re3Dataset) dataset = make_small_dataset (TRUE);
  g_autoptr (Re3Analysis) analysis = re3_analysis_new (model, dataset, NULL, NULL);
  g_autoptr (cJSON) json = parse (re3_analysis_to_json (analysis, NULL));
  /* The slopes of the softmax, p (1 - p), where the logits differ by 6 and by 2. */
  const double slope_6 = 1 / (2 + exp (6) + exp (-6));
  const double slope_2 = 1 / (2 + exp (2) + exp (-2));
  const double probability[] = { slope_6 * 2 * 3 / 2, slope_2 * 4 / 2 };

  assert_keys (get (json, "importance"), "logit probability logit_signed probability_signed ranks");
  assert_numbers (json, "importance.logit", (double[]){ 1.5, 2 }, 2);
  assert_numbers (json, "importance.logit_signed", (double[]){ 1.5, 2 }, 2);
  assert_numbers (json, "importance.probability", probability, 2);
  assert_numbers (json, "importance.probability_signed", probability, 2);
  assert_numbers (json, "importance.ranks.0", (double[]){ 1, 0 }, 2);
  assert_numbers (json, "importance.ranks.1", (double[]){ 1, 0 }, 2);
}

/* h = (2, 1) and only the first counts for "no"; h = (0, 5) and only the second is active. */
static void
test_neurons (void)
{
  g_autoptr (Re3Model) model = make_small_model ();
  g_autoptr (Re3Dataset) dataset = make_small_dataset (TRUE);
  g_autoptr (Re3Analysis) analysis = re3_analysis_new (model, dataset, NULL, NULL);
  g_autoptr (cJSON) json = parse (re3_analysis_to_json (analysis, NULL));

  g_assert_cmpint (cJSON_GetArraySize (get (json, "neurons")), ==, 2);
  assert_keys (get (json, "neurons.0"), "layer index active mean_abs_contribution top1 top2 top3 "
                                        "always_active never_active classes");
  assert_number (json, "neurons.0.layer", 0);
  assert_number (json, "neurons.0.index", 0);
  assert_number (json, "neurons.0.active", 0.5);
  assert_number (json, "neurons.0.mean_abs_contribution", 1);
  assert_number (json, "neurons.0.top1", 0.5);
  assert_number (json, "neurons.0.top2", 0.5);
  g_assert_true (cJSON_IsFalse (get (json, "neurons.0.always_active")));
  assert_number (json, "neurons.1.index", 1);
  assert_number (json, "neurons.1.active", 1);
  assert_number (json, "neurons.1.mean_abs_contribution", 2.5);
  assert_number (json, "neurons.1.top1", 0.5);
  g_assert_true (cJSON_IsTrue (get (json, "neurons.1.always_active")));
  g_assert_true (cJSON_IsFalse (get (json, "neurons.1.never_active")));

  /* Both test samples are "no"; of "yes" there is nothing to say. */
  assert_number (json, "neurons.1.classes.no.mean_abs_contribution", 2.5);
  g_assert_true (cJSON_IsNull (get (json, "neurons.1.classes.yes.active")));
  g_assert_true (cJSON_IsNull (get (json, "neurons.1.classes.yes.always_active")));
}

static void
test_options (void)
{
  g_autoptr (Re3Model) model = make_small_model ();
  g_autoptr (Re3Dataset) dataset = make_small_dataset (TRUE);
  g_autoptr (Re3Analysis) analysis = re3_analysis_new (model, dataset, NULL, NULL);
  Re3ResultOptions options = {
    .metric = RE3_METRIC_LINF,
    /* The purity of both regions is 2/3, which is not below. */
    .purity_threshold = 2.0 / 3,
    .scaler_is_fitted = TRUE,
  };
  g_autoptr (cJSON) json = parse (re3_analysis_to_json (analysis, &options));

  assert_text (json, "boundary.metric", "linf");
  assert_text (json, "boundary_paper.metric", "paper");
  g_assert_true (cJSON_IsFalse (get (json, "region_table.0.confusion")));
  assert_text (json, "data.scaler", "train");
}

/* Without test samples the numbers are about all. */
static void
test_no_test_samples (void)
{
  const double values[] = { 6, 0, 0, 8 };
  const int labels[] = { 0, 1 };
  g_autoptr (Re3Model) model = make_small_model ();
  g_autoptr (Re3Dataset) dataset =
      re3_dataset_new (2, 2, 2, g_memdup2 (values, sizeof values),
                       g_memdup2 (labels, sizeof labels), NULL, g_new0 (guint8, 2));
  g_autoptr (Re3Analysis) analysis = re3_analysis_new (model, dataset, NULL, NULL);
  g_autoptr (cJSON) json = parse (re3_analysis_to_json (analysis, NULL));

  assert_number (json, "accuracy.train", 1);
  g_assert_true (cJSON_IsNull (get (json, "accuracy.test")));
  g_assert_true (cJSON_IsNull (get (json, "regions.top1")));
  assert_number (json, "boundary.max", 1);
  assert_numbers (json, "importance.logit", (double[]){ 1.5, 2 }, 2);
  assert_number (json, "report.1.support", 1);
  assert_numbers (json, "confusion.1", (double[]){ 0, 1 }, 2);
}

static void
test_unlabelled (void)
{
  g_autoptr (Re3Model) model = make_small_model ();
  g_autoptr (Re3Dataset) dataset = make_small_dataset (FALSE);
  g_autoptr (Re3Analysis) analysis = re3_analysis_new (model, dataset, NULL, NULL);
  g_autoptr (cJSON) json = parse (re3_analysis_to_json (analysis, NULL));

  g_assert_true (cJSON_IsNull (get (json, "accuracy.test")));
  g_assert_true (cJSON_IsNull (get (json, "report")));
  g_assert_true (cJSON_IsNull (get (json, "confusion")));
  g_assert_null (cJSON_GetObjectItem (get (json, "neurons.0"), "classes"));
  g_assert_true (cJSON_IsNull (get (json, "region_table.0.majority")));
  g_assert_true (cJSON_IsNull (get (json, "region_table.0.purity")));
  g_assert_true (cJSON_IsNull (get (json, "region_table.0.confusion")));
}

static void
test_info (void)
{
  g_autoptr (Re3Model) model = make_small_model ();
  g_autoptr (GError) error = NULL;
  g_autoptr (Re3DataReport) report = NULL;
  g_autoptr (Re3Dataset) dataset = NULL;
  g_autoptr (cJSON) json = parse (re3_info_to_json (model, NULL, NULL));
  g_autoptr (cJSON) with_data = NULL;
  GFile *file = write_file ("a.csv", "b;a;note;kind\n1;2;x;1\n3;4;y;2\n5;;z;1\n", -1);
  Re3DataOptions options = RE3_DATA_OPTIONS_DEFAULT;

  assert_keys (json,
               "name shape hidden neurons parameters features task classes scaler tests notes");
  assert_text (json, "shape", "2-2-2");
  assert_numbers (json, "hidden", (double[]){ 2 }, 1);
  assert_number (json, "parameters", 12);
  assert_text (json, "features.0.unit", "mm");
  g_assert_true (cJSON_IsNull (get (json, "features.1.unit")));
  assert_number (json, "features.1.scale", 2);
  assert_text (json, "classes.1", "yes");

  options.label = "kind";
  dataset = re3_data_file_read (file, model, &options, NULL, &report, &error);
  g_assert_no_error (error);
  with_data = parse (re3_info_to_json (model, dataset, report));
  assert_keys (get (with_data, "data"),
               "rows train test file array delimiter rival_delimiter header header_in_doubt utf8 "
               "matched_by_name feature_columns label label_guessed label_doubt left_out "
               "choice_columns label_mapping skipped skipped_rows missing filled filled_rows "
               "filled_columns");
  g_assert_true (cJSON_IsNull (get (with_data, "data.rival_delimiter")));
  assert_number (with_data, "data.rows", 2);
  assert_text (with_data, "data.delimiter", ";");
  assert_text (with_data, "data.feature_columns.0", "a");
  assert_text (with_data, "data.label_mapping", "1 = no, 2 = yes");
  assert_text (with_data, "data.left_out.0", "note");
  assert_number (with_data, "data.skipped", 1);
  assert_number (with_data, "data.skipped_rows.0.line", 4);
  assert_text (with_data, "data.skipped_rows.0.column", "a");
  assert_number (with_data, "data.filled", 0);

  remove_file (file);
}

/* y = 2 a - b, and targets that are 1, -1 and 2 below it. */
static void
test_regression (void)
{
  g_autoptr (Re3NetworkBuilder) network_builder = re3_network_builder_new (2);
  g_autoptr (Re3Network) network = NULL;
  g_autoptr (Re3ModelBuilder) builder = NULL;
  g_autoptr (Re3Model) model = NULL;
  g_autoptr (Re3Dataset) dataset = NULL;
  g_autoptr (Re3Analysis) analysis = NULL;
  g_autoptr (Re3Explanation) explanation = NULL;
  g_autoptr (cJSON) analysed = NULL;
  g_autoptr (cJSON) explained = NULL;
  const double weight[] = { 2, -1 };
  const double bias[] = { 0 };
  const double values[] = { 1, 2, 3, 0, 0, 1 };
  const double targets[] = { 1, 5, 3 };
  const double input[] = { 2, 0 };
  const double contributions[] = { 4, 0 };

  re3_network_builder_add_affine (network_builder, 1, weight, bias, NULL);
  network = re3_network_builder_finish (network_builder, NULL);
  builder = re3_model_builder_new (network);
  model = re3_model_builder_finish (builder);
  dataset =
      re3_dataset_new_with_targets (2, 3, 1, g_memdup2 (values, sizeof values),
                                    g_memdup2 (targets, sizeof targets), NULL, g_new0 (guint8, 3));
  analysis = re3_analysis_new (model, dataset, NULL, NULL);
  analysed = parse (re3_analysis_to_json (analysis, NULL));

  /* The outputs are 2, 4 and 5; the targets, of mean 3, spread by 4 + 4. */
  assert_number (analysed, "errors.train.n", 3);
  assert_number (analysed, "errors.train.mean", 2.0 / 3);
  assert_number (analysed, "errors.train.mae", 4.0 / 3);
  assert_number (analysed, "errors.train.rmse", sqrt (2));
  assert_number (analysed, "errors.train.r2", 1 - 6.0 / 8);
  g_assert_true (cJSON_IsNull (get (analysed, "errors.test.rmse")));
  g_assert_true (cJSON_IsNull (get (analysed, "accuracy")));
  g_assert_true (cJSON_IsNull (get (analysed, "report")));
  g_assert_true (cJSON_IsNull (get (analysed, "importance.probability")));
  g_assert_true (cJSON_IsNull (get (analysed, "region_table.0.majority")));
  g_assert_null (cJSON_GetObjectItem (get (analysed, "region_table.0"), "counts"));

  explanation = re3_explanation_new (model, input, NULL);
  explained = parse (re3_explanation_to_json (explanation, 0, NULL, 0, RE3_NO_LABEL, 3.5, NULL));
  assert_number (explained, "label", 3.5);
  assert_number (explained, "prediction", 4);
  g_assert_true (cJSON_IsNull (get (explained, "probabilities")));
  assert_numbers (explained, "contributions.logit", contributions, 2);
  assert_numbers (explained, "contributions.path", contributions, 2);
  g_assert_true (cJSON_IsNull (get (explained, "contributions.path_logit")));
  assert_number (explained, "contributions.path_baseline.output", 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/result-json/explanation", test_explanation);
  g_test_add_func ("/result-json/baseline", test_baseline);
  g_test_add_func ("/result-json/undecided", test_undecided);
  g_test_add_func ("/result-json/analysis", test_analysis);
  g_test_add_func ("/result-json/importance", test_importance);
  g_test_add_func ("/result-json/neurons", test_neurons);
  g_test_add_func ("/result-json/options", test_options);
  g_test_add_func ("/result-json/no-test-samples", test_no_test_samples);
  g_test_add_func ("/result-json/unlabelled", test_unlabelled);
  g_test_add_func ("/result-json/info", test_info);

  g_test_add_func ("/result-json/regression", test_regression);

  return g_test_run ();
}
