/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture.h"
#include "re3-figure-sankey-private.h"
#include "scene-check.h"

#include <math.h>
#include <string.h>

static const Re3Mark *
find_tooltip (const Re3Scene *scene, const char *tooltip)
{
  for (gsize i = 0; i < re3_scene_get_n_marks (scene); i++)
    if (g_strcmp0 (re3_scene_get_mark (scene, i)->tooltip, tooltip) == 0)
      return re3_scene_get_mark (scene, i);
  return NULL;
}

static gsize
count_links (const Re3Scene *scene)
{
  gsize n = 0;

  for (gsize i = 0; i < re3_scene_get_n_marks (scene); i++)
    n += re3_scene_get_mark (scene, i)->item != RE3_NO_ITEM &&
         re3_scene_get_mark (scene, i)->series == 1;
  return n;
}

/* Every link of the small network, its number worked out by hand. */
static void
test_conserved (void)
{
  static const char *const links[] = {
    "width → L1·1: +2\nx × w × ∂logit/∂z = 2 × 1 × 1",
    "width → L1·2: +2\nx × w × ∂logit/∂z = 2 × 0.5 × 2",
    "height → L1·1: −1\nx × w × ∂logit/∂z = 1 × −1 × 1",
    "height → L1·2: +4\nx × w × ∂logit/∂z = 1 × 2 × 2",
    "bias → L1·1: +0.5\nb × ∂logit/∂z = 0.5 × 1",
    "bias → L1·2: −2\nb × ∂logit/∂z = −1 × 2",
    "L1·1 → no: +1.5\nh × w × ∂logit/∂z = 1.5 × 1 × 1",
    "L1·2 → no: +4\nh × w × ∂logit/∂z = 2 × 2 × 1",
    "bias → no: +0.25\nb × ∂logit/∂z = 0.25 × 1",
  };
  g_autoptr (Re3Explanation) explanation = small_explanation_new ();
  g_autoptr (Re3Chart) chart = re3_figure_sankey (explanation, 0, RE3_SANKEY_CONSERVED, 10);
  g_autoptr (Re3Scene) scene = scene_check_layout (chart, &re3_theme_light, 800, 400);

  g_assert_cmpstr (re3_chart_get_title (chart), ==, "Decision pathway to no");
  for (gsize i = 0; i < G_N_ELEMENTS (links); i++)
    if (find_tooltip (scene, links[i]) == NULL)
      g_error ("no link says “%s”", links[i]);
  g_assert_cmpuint (count_links (scene), ==, G_N_ELEMENTS (links));

  /* Features in original units, neurons with h, the class with its logit: exp (-5.75) is
   * 0.3\u00a0%. */
  g_assert_cmpuint (scene_count_text (scene, "width", NULL), ==, 1);
  g_assert_cmpuint (scene_count_text (scene, "5\u00a0cm", NULL), ==, 1);
  g_assert_cmpuint (scene_count_text (scene, "L1·2", NULL), ==, 1);
  g_assert_cmpuint (scene_count_text (scene, "2.00", NULL), ==, 1);
  g_assert_cmpuint (scene_count_text (scene, "L1·3", NULL), ==, 1);
  g_assert_cmpuint (scene_count_text (scene, "5.75 (99.7\u00a0%)", NULL), ==, 1);
  g_assert_cmpuint (scene_count_text (scene, "yes", NULL), ==, 0);
  g_assert_cmpuint (scene_count_text (scene, "bias", NULL), ==, 2);
  g_assert_nonnull (find_tooltip (scene, "L1·2, active\nz = 2, h = 2\nh × ∂logit/∂h = 2 × 2 = +4"));
  g_assert_nonnull (find_tooltip (scene, "L1·3, inactive\nz = −3, h = 0"));
  g_assert_nonnull (find_tooltip (scene, "width = 5\u00a0cm\nx = 2"));
  g_assert_cmpstr (re3_chart_get_description (chart), ==,
                   "Decision pathway to no: 2 of 3 hidden neurons are active; the largest links "
                   "are height → L1·2 +4, L1·2 → no +4, width → L1·1 +2.");
}

static void
test_paper (void)
{
  static const char *const links[] = {
    "width → L1·1: 2\n|w × x| = |1 × 2|",    "width → L1·2: 1\n|w × x| = |0.5 × 2|",
    "height → L1·1: 1\n|w × x| = |−1 × 1|",  "height → L1·2: 2\n|w × x| = |2 × 1|",
    "L1·1 → no: 1.5\n|w × h| = |1 × 1.5|",   "L1·2 → no: 4\n|w × h| = |2 × 2|",
    "L1·1 → yes: 1.5\n|w × h| = |−1 × 1.5|", "L1·2 → yes: 2\n|w × h| = |1 × 2|",
  };
  g_autoptr (Re3Explanation) explanation = small_explanation_new ();
  g_autoptr (Re3Chart) chart = re3_figure_sankey (explanation, 0, RE3_SANKEY_PAPER, 10);
  g_autoptr (Re3Scene) scene = scene_check_layout (chart, &re3_theme_light, 800, 400);

  for (gsize i = 0; i < G_N_ELEMENTS (links); i++)
    if (find_tooltip (scene, links[i]) == NULL)
      g_error ("no link says “%s”", links[i]);
  g_assert_cmpuint (count_links (scene), ==, G_N_ELEMENTS (links));
  g_assert_cmpuint (scene_count_text (scene, "bias", NULL), ==, 0);
  g_assert_cmpuint (scene_count_text (scene, "99.7\u00a0%", NULL), ==, 1);
  g_assert_cmpuint (scene_count_text (scene, "0.3\u00a0%", NULL), ==, 1);
}

/* What enters a neuron leaves it, and all that enters the class is its logit: also where units
 * are taken together, in leaky networks, and without hidden layers. */
static void
test_conservation (void)
{
  static const gsize deep[] = { 7, 20, 9, 5, 4 };
  static const gsize flat[] = { 5, 3 };

  for (guint64 seed = 0; seed < 40; seed++) {
    double negative_slope = seed % 3 == 2 ? 0.1 : 0;
    g_autoptr (Re3Model) model =
        seed % 5 == 4 ? random_model_new (flat, G_N_ELEMENTS (flat), 0, seed)
                      : random_model_new (deep, G_N_ELEMENTS (deep), negative_slope, seed);
    gsize class_index = seed % re3_model_get_n_classes (model);
    g_autoptr (Re3Explanation) explanation = NULL;
    g_autoptr (Re3SankeyFlow) flow = NULL;
    double values[7];
    guint64 state = seed;
    double total = 0;

    for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
      values[i] = 4 * next_random (&state) - 2;
    explanation = re3_explanation_new (model, values, NULL);
    flow = re3_sankey_flow_new (explanation, class_index, RE3_SANKEY_CONSERVED, 1 + seed % 8);
    for (gsize column = 1; column < flow->n_columns; column++) {
      const Re3SankeyColumn *before = &flow->columns[column - 1];
      const Re3SankeyColumn *it = &flow->columns[column];

      g_assert_cmpuint (it->slots->len, <=, 1 + seed % 8 + 2);
      for (guint slot = 0; slot < it->slots->len; slot++) {
        double enters = 0;
        double leaves = 0;

        if (g_array_index (it->slots, Re3SankeySlot, slot).kind == RE3_SANKEY_SLOT_BIAS)
          continue;
        for (guint from = 0; from < before->slots->len; from++)
          enters += before->links[from * it->slots->len + slot];
        if (column + 1 == flow->n_columns) {
          total += enters;
          continue;
        }
        for (guint to = 0; to < flow->columns[column + 1].slots->len; to++)
          leaves += it->links[slot * flow->columns[column + 1].slots->len + to];
        g_assert_cmpfloat_with_epsilon (enters, leaves, 1e-12);
      }
    }
    g_assert_cmpfloat_with_epsilon (total, explanation->forward->logits[class_index], 1e-12);
  }
}

/* Beyond the wanted number the largest units keep their nodes, in their order, and one node says
 * how many others there are. */
static void
test_others (void)
{
  static const gsize widths[] = { 57, 30, 12, 10 };
  g_autoptr (Re3Model) model = random_model_new (widths, G_N_ELEMENTS (widths), 0, 9);
  g_autoptr (Re3Explanation) explanation = NULL;
  g_autoptr (Re3Chart) chart = NULL;
  g_autoptr (Re3Scene) scene = NULL;
  g_autoptr (Re3SankeyFlow) flow = NULL;
  double values[57];
  guint64 state = 4;

  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    values[i] = next_random (&state) - 0.5;
  values[40] = 50;
  explanation = re3_explanation_new (model, values, NULL);
  chart = re3_figure_sankey (explanation, 2, RE3_SANKEY_PAPER, 11);
  scene = scene_check_layout (chart, &re3_theme_light, 900, 600);
  g_assert_cmpuint (scene_count_text (scene, "others (46)", NULL), ==, 1);
  g_assert_cmpuint (scene_count_text (scene, "others (19)", NULL), ==, 1);
  g_assert_cmpuint (scene_count_text (scene, "x41", NULL), ==, 1);
  /* Twelve neurons fit where eleven and "others (1)" would; ten classes anyway. */
  g_assert_cmpuint (scene_count_text (scene, "L2·12", NULL), ==, 1);

  flow = re3_sankey_flow_new (explanation, 2, RE3_SANKEY_PAPER, 11);
  for (gsize column = 0; column < flow->n_columns; column++) {
    GArray *slots = flow->columns[column].slots;
    gsize n_units = 0;

    for (guint i = 0; i < slots->len; i++) {
      const Re3SankeySlot *slot = &g_array_index (slots, Re3SankeySlot, i);

      n_units += slot->n;
      if (i > 0 && slot->kind == RE3_SANKEY_SLOT_UNIT)
        g_assert_cmpuint (slot->index, >, g_array_index (slots, Re3SankeySlot, i - 1).index);
    }
    g_assert_cmpuint (n_units, ==, widths[column]);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/figure-sankey/conserved", test_conserved);
  g_test_add_func ("/figure-sankey/paper", test_paper);
  g_test_add_func ("/figure-sankey/conservation", test_conservation);
  g_test_add_func ("/figure-sankey/others", test_others);
  return g_test_run ();
}
