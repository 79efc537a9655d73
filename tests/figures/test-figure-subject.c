/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture.h"
#include "re3-figures.h"
#include "re3-names.h"
#include "scene-check.h"

#include <string.h>

/* Three regions: two samples each in the first two, one in the last. */
static const SmallRow rows[] = {
  { 5, 1, 0, FALSE }, { 7, 1, 0, FALSE }, { 3, 4, 1, TRUE }, { 3, 5, 1, FALSE }, { 5, -1, 1, TRUE },
};

static Re3FigureSubject
get_subject_in (int panel,
                const char *name,
                Re3FigureInput *input,
                Re3Chart *chart,
                int item,
                int series)
{
  Re3FigureDatum datum = { chart, panel, item, series };

  return re3_figure_get_subject (re3_figures_find (name), input, &datum);
}

static Re3FigureSubject
get_subject (const char *name, Re3FigureInput *input, Re3Chart *chart, int item, int series)
{
  return get_subject_in (0, name, input, chart, item, series);
}

static void
assert_nothing (const Re3FigureSubject *subject)
{
  g_assert_cmpuint (subject->region, ==, RE3_NO_SUBJECT);
  g_assert_cmpuint (subject->feature, ==, RE3_NO_SUBJECT);
  g_assert_cmpuint (subject->neuron, ==, RE3_NO_NEURON);
  g_assert_cmpuint (subject->source, ==, RE3_NO_NEURON);
  g_assert_cmpint (subject->class_index, ==, RE3_NO_LABEL);
  g_assert_cmpint (subject->actual, ==, RE3_NO_LABEL);
}

/* A bar's tooltip begins with the name of its region. */
static void
test_regions (void)
{
  g_autoptr (Re3Analysis) analysis = small_analysis_new (rows, G_N_ELEMENTS (rows));
  gsize n_regions = re3_region_table_get_n_regions (re3_analysis_get_region_table (analysis));
  Re3FigureInput input = { .analysis = analysis, .first_region = 1, .max_regions = 1 };
  g_autoptr (Re3Chart) chart = re3_figures_find ("regions")->create (&input);
  g_autoptr (Re3Scene) scene = re3_chart_layout (chart, &re3_theme_light, 400, 200);
  guint n_named = 0;
  guint n_others = 0;

  g_assert_cmpuint (n_regions, ==, 3);
  for (gsize i = 0; i < re3_scene_get_n_marks (scene); i++) {
    const Re3Mark *mark = re3_scene_get_mark (scene, i);
    Re3FigureSubject subject = get_subject ("regions", &input, chart, mark->item, mark->series);

    if (mark->tooltip != NULL && g_str_has_prefix (mark->tooltip, "R2:")) {
      g_assert_cmpuint (subject.region, ==, 1);
      n_named++;
    } else {
      assert_nothing (&subject);
      n_others += mark->tooltip != NULL;
    }
  }
  g_assert_cmpuint (n_named, >, 0);
  g_assert_cmpuint (n_others, >, 0);
}

/* A cell is of a region and a feature, the label of its row of a region. */
static void
test_profiles (void)
{
  g_autoptr (Re3Analysis) analysis = small_analysis_new (rows, G_N_ELEMENTS (rows));
  Re3FigureInput input = { .analysis = analysis };
  g_autoptr (Re3Chart) chart = re3_figures_find ("profiles")->create (&input);
  Re3FigureSubject cell = get_subject ("profiles", &input, chart, 2, 1);
  Re3FigureSubject label = get_subject ("profiles", &input, chart, 2, -1);

  g_assert_cmpuint (cell.region, ==, 2);
  g_assert_cmpuint (cell.feature, ==, 1);
  g_assert_cmpuint (label.region, ==, 2);
  g_assert_cmpuint (label.feature, ==, RE3_NO_SUBJECT);
}

/* What a node stands for is what is written beside it. */
static void
test_sankey (void)
{
  static const gsize widths[] = { 3, 5, 4, 2 };
  g_autoptr (Re3Model) model = random_model_new (widths, G_N_ELEMENTS (widths), 0, 3);
  const Re3Network *network = re3_model_get_network (model);
  const double values[] = { 0.5, -1, 2 };
  g_autoptr (Re3Explanation) explanation = re3_explanation_new (model, values, NULL);
  Re3FigureInput input = { .explanation = explanation, .class_index = 1 };
  g_autoptr (Re3Chart) chart = re3_figures_find ("sankey")->create (&input);
  g_autoptr (Re3Scene) scene = re3_chart_layout (chart, &re3_theme_light, 900, 600);
  guint n_features = 0;
  guint n_neurons = 0;
  guint n_classes = 0;

  for (gsize i = 0; i < re3_scene_get_n_marks (scene); i++) {
    const Re3Mark *mark = re3_scene_get_mark (scene, i);
    const char *text = re3_scene_get_text (scene, i);
    Re3FigureSubject subject = get_subject ("sankey", &input, chart, mark->item, mark->series);

    if (text == NULL || mark->item == RE3_NO_ITEM)
      continue;
    if (strcmp (text, "bias") == 0)
      assert_nothing (&subject);
    for (gsize j = 0; j < re3_network_get_n_neurons (network); j++) {
      g_autofree char *name = re3_name_neuron (network, j);

      if (strcmp (text, name) == 0) {
        g_assert_cmpuint (subject.neuron, ==, j);
        n_neurons++;
      }
    }
    for (gsize f = 0; f < 3; f++)
      if (strcmp (text, re3_model_get_feature_name (model, f)) == 0) {
        g_assert_cmpuint (subject.feature, ==, f);
        n_features++;
      }
    for (gsize c = 0; c < 2; c++)
      if (strcmp (text, re3_model_get_class_name (model, c)) == 0) {
        g_assert_cmpint (subject.class_index, ==, (int) c);
        n_classes++;
      }
  }
  g_assert_cmpuint (n_features, ==, 3);
  g_assert_cmpuint (n_neurons, ==, 9);
  g_assert_cmpuint (n_classes, >=, 1);
}

/* Of a cell of weights the row leads to a neuron or a class, and the column comes from a feature or
 * a neuron; the bias from neither. */
static void
test_weights (void)
{
  g_autoptr (Re3Analysis) analysis = small_analysis_new (rows, G_N_ELEMENTS (rows));
  Re3FigureInput input = { .analysis = analysis };
  g_autoptr (Re3Chart) chart = re3_figures_find ("weights")->create (&input);
  Re3FigureSubject first = get_subject_in (0, "weights", &input, chart, 2, 1);
  Re3FigureSubject bias = get_subject_in (0, "weights", &input, chart, 2, 2);
  Re3FigureSubject last = get_subject_in (1, "weights", &input, chart, 1, 2);
  Re3FigureSubject color_bar = get_subject_in (2, "weights", &input, chart, 0, 0);

  g_assert_cmpuint (first.neuron, ==, 2);
  g_assert_cmpuint (first.feature, ==, 1);
  g_assert_cmpuint (first.source, ==, RE3_NO_NEURON);
  g_assert_cmpuint (bias.neuron, ==, 2);
  g_assert_cmpuint (bias.feature, ==, RE3_NO_SUBJECT);
  g_assert_cmpint (last.class_index, ==, 1);
  g_assert_cmpuint (last.source, ==, 2);
  g_assert_cmpuint (last.neuron, ==, RE3_NO_NEURON);
  assert_nothing (&color_bar);
}

static void
test_confusion (void)
{
  g_autoptr (Re3Analysis) analysis = small_analysis_new (rows, G_N_ELEMENTS (rows));
  Re3FigureInput input = { .analysis = analysis };
  g_autoptr (Re3Chart) chart = re3_figures_find ("confusion")->create (&input);
  Re3FigureSubject cell = get_subject ("confusion", &input, chart, 1, 0);
  Re3FigureSubject label = get_subject ("confusion", &input, chart, 1, -1);

  g_assert_cmpint (cell.actual, ==, 1);
  g_assert_cmpint (cell.predicted, ==, 0);
  g_assert_cmpint (cell.set, ==, RE3_SAMPLES_TEST);
  g_assert_cmpint (label.actual, ==, 1);
  g_assert_cmpint (label.predicted, ==, RE3_ALL_CLASSES);

  input.has_set = TRUE;
  input.set = RE3_SAMPLES_ALL;
  g_assert_cmpint (get_subject ("confusion", &input, chart, 1, 0).set, ==, RE3_SAMPLES_ALL);
}

/* The quarters of a violin hold all its samples, each of them once. */
static void
test_violin (void)
{
  g_autoptr (Re3Analysis) analysis = small_analysis_new (rows, G_N_ELEMENTS (rows));
  const Re3Dataset *dataset = re3_analysis_get_dataset (analysis);
  Re3FigureInput input = { .analysis = analysis, .has_set = TRUE, .set = RE3_SAMPLES_ALL };
  g_autoptr (Re3Chart) chart = re3_figures_find ("violin")->create (&input);

  for (int item = 0; item <= 2; item++) {
    gsize n_samples = 0;
    gsize n_found = 0;

    for (gsize row = 0; row < G_N_ELEMENTS (rows); row++)
      n_samples += item == 0 || re3_dataset_get_label (dataset, row) == item - 1;
    for (int band = 0; band < 4; band++) {
      Re3FigureSubject subject = get_subject ("violin", &input, chart, item, band);

      g_assert_cmpint (subject.actual, ==, item == 0 ? RE3_NO_LABEL : item - 1);
      g_assert_cmpint (subject.set, ==, RE3_SAMPLES_ALL);
      for (gsize row = 0; row < G_N_ELEMENTS (rows); row++) {
        double distance = re3_analysis_get_distance (analysis, row);

        n_found += (item == 0 || re3_dataset_get_label (dataset, row) == item - 1) &&
                   distance >= subject.low && distance < subject.high;
      }
    }
    g_assert_cmpuint (n_found, ==, n_samples);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/figure-subject/regions", test_regions);
  g_test_add_func ("/figure-subject/profiles", test_profiles);
  g_test_add_func ("/figure-subject/sankey", test_sankey);
  g_test_add_func ("/figure-subject/weights", test_weights);
  g_test_add_func ("/figure-subject/confusion", test_confusion);
  g_test_add_func ("/figure-subject/violin", test_violin);
  return g_test_run ();
}
