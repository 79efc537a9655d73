/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture.h"
#include "re3-figures.h"
#include "re3-scene-private.h"
#include "scene-check.h"

#include <math.h>
#include <string.h>

static const Re3ScenePart *
find_cell (const Re3Scene *scene, int panel, int item, int series)
{
  for (gsize i = 0; i < re3_scene_get_n_marks (scene); i++) {
    const Re3ScenePart *part = re3_scene_get_part (scene, i);

    if (part->mark.kind == RE3_MARK_RECTANGLE && part->mark.panel == panel &&
        part->mark.item == item && part->mark.series == series)
      return part;
  }
  return NULL;
}

/* The numbers of the small network are in fixture.c; the largest one is 3. */
static void
test_small (void)
{
  static const double first[3][3] = { { 1, -1, 0.5 }, { 0.5, 2, -1 }, { -1, -1, 0 } };
  static const double second[2][4] = { { 1, 2, 3, 0.25 }, { -1, 1, 0, -0.5 } };
  g_autoptr (Re3Model) model = small_model_new ();
  g_autoptr (Re3Chart) chart = re3_figure_weights (model);
  g_autoptr (Re3Scene) scene = scene_check_layout (chart, &re3_theme_light, 800, 300);

  for (int panel = 0; panel < 2; panel++)
    for (int row = 0; row < (panel == 0 ? 3 : 2); row++)
      for (int column = 0; column < (panel == 0 ? 3 : 4); column++) {
        double value = panel == 0 ? first[row][column] : second[row][column];
        Re3Color expected = re3_theme_diverging (&re3_theme_light, value / 3);
        const Re3ScenePart *cell = find_cell (scene, panel, row, column);

        g_assert_cmpmem (&cell->paint.fill, sizeof expected, &expected, sizeof expected);
      }
  g_assert_cmpstr (find_cell (scene, 0, 1, 0)->mark.tooltip, ==, "L1·2, width: +0.5");
  g_assert_cmpstr (find_cell (scene, 0, 1, 2)->mark.tooltip, ==, "L1·2, bias: −1");
  g_assert_cmpstr (find_cell (scene, 1, 1, 1)->mark.tooltip, ==, "yes, L1·2: +1");
  g_assert_cmpstr (find_cell (scene, 1, 0, 3)->mark.tooltip, ==, "no, bias: +0.25");
  /* The bias stands apart. */
  g_assert_cmpfloat (
      find_cell (scene, 0, 0, 2)->mark.bounds.x - find_cell (scene, 0, 0, 1)->mark.bounds.x, >,
      find_cell (scene, 0, 0, 1)->mark.bounds.x - find_cell (scene, 0, 0, 0)->mark.bounds.x + 2);
  g_assert_cmpuint (scene_count_text (scene, "weight or bias", NULL), ==, 1);
  g_assert_cmpuint (scene_count_text (scene, "Layer 1 (3\u2009×\u20092)", NULL), ==, 1);
  g_assert_cmpstr (re3_chart_get_description (chart), ==,
                   "Weights and biases of the network 2-3-2: 17 numbers, the largest of size 3. "
                   "Rows are neurons, columns what feeds them.");
}

/* Of a layer with very many numbers the first neurons are shown, and that is said; the bias is to
 * be seen however narrow the weights are. */
static void
test_large (void)
{
  static const gsize widths[] = { 784, 2000, 2 };
  g_autoptr (Re3Model) model = random_model_new (widths, G_N_ELEMENTS (widths), 0, 9);
  g_autoptr (Re3Chart) chart = re3_figure_weights (model);
  g_autoptr (Re3Scene) scene = scene_check_layout (chart, &re3_theme_light, 1000, 900);

  g_assert_cmpuint (
      scene_count_text (scene, "Layer 1 (2000\u2009×\u2009784; the first 1273 neurons)", NULL), ==,
      1);
  g_assert_cmpfloat (find_cell (scene, 0, 0, 784)->mark.bounds.width, >, 20);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/figure-weights/small", test_small);
  g_test_add_func ("/figure-weights/large", test_large);
  return g_test_run ();
}
