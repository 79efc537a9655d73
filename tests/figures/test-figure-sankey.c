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

static gsize
count_prefix (const Re3Scene *scene, const char *prefix)
{
  gsize n = 0;

  for (gsize i = 0; i < re3_scene_get_n_marks (scene); i++)
    n += re3_scene_get_text (scene, i) != NULL &&
         g_str_has_prefix (re3_scene_get_text (scene, i), prefix);
  return n;
}

/* Every link of the small network, its number worked out by hand. */
static void
test_conserved (void)
{
  static const char *const links[] = {
    "width → L1·1\nx × w × ∂logit/∂z = 2 × 1 × 1 = +2",
    "width → L1·2\nx × w × ∂logit/∂z = 2 × 0.5 × 2 = +2",
    "height → L1·1\nx × w × ∂logit/∂z = 1 × −1 × 1 = −1",
    "height → L1·2\nx × w × ∂logit/∂z = 1 × 2 × 2 = +4",
    "bias → L1·1\nb × ∂logit/∂z = 0.5 × 1 = +0.5",
    "bias → L1·2\nb × ∂logit/∂z = −1 × 2 = −2",
    "L1·1 → no\nh × w × ∂logit/∂z = 1.5 × 1 × 1 = +1.5",
    "L1·2 → no\nh × w × ∂logit/∂z = 2 × 2 × 1 = +4",
    "bias → no\nb × ∂logit/∂z = 0.25 × 1 = +0.25",
  };
  g_autoptr (Re3Explanation) explanation = small_explanation_new ();
  g_autoptr (Re3Chart) chart = re3_figure_sankey (explanation, NULL, 0, RE3_SANKEY_CONSERVED, 10);
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
    "width → L1·1\n|w × x| = |1 × 2| = 2",    "width → L1·2\n|w × x| = |0.5 × 2| = 1",
    "height → L1·1\n|w × x| = |−1 × 1| = 1",  "height → L1·2\n|w × x| = |2 × 1| = 2",
    "L1·1 → no\n|w × h| = |1 × 1.5| = 1.5",   "L1·2 → no\n|w × h| = |2 × 2| = 4",
    "L1·1 → yes\n|w × h| = |−1 × 1.5| = 1.5", "L1·2 → yes\n|w × h| = |1 × 2| = 2",
  };
  g_autoptr (Re3Explanation) explanation = small_explanation_new ();
  g_autoptr (Re3Chart) chart = re3_figure_sankey (explanation, NULL, 0, RE3_SANKEY_PAPER, 10);
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
    flow = re3_sankey_flow_new (explanation, NULL, class_index, RE3_SANKEY_CONSERVED, 1 + seed % 8);
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
  chart = re3_figure_sankey (explanation, NULL, 2, RE3_SANKEY_PAPER, 11);
  scene = scene_check_layout (chart, &re3_theme_light, 900, 600);
  g_assert_cmpuint (count_prefix (scene, "others (46, "), ==, 1);
  g_assert_cmpuint (count_prefix (scene, "others (19, "), ==, 1);
  g_assert_cmpuint (scene_count_text (scene, "x41", NULL), ==, 1);
  /* Twelve neurons fit where eleven and "others (1)" would; ten classes anyway. */
  g_assert_cmpuint (scene_count_text (scene, "L2·12", NULL), ==, 1);

  flow = re3_sankey_flow_new (explanation, NULL, 2, RE3_SANKEY_PAPER, 11);
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

/* While a sample is edited the nodes are those of the sample itself; and the share of the others is
 * what the flow through them is of all, unit by unit. */
static void
test_nodes_are_kept (void)
{
  static const gsize widths[] = { 40, 20, 3 };
  g_autoptr (Re3Model) model = random_model_new (widths, G_N_ELEMENTS (widths), 0, 9);
  g_autoptr (Re3Explanation) original = NULL;
  g_autoptr (Re3Explanation) edited = NULL;
  g_autoptr (Re3SankeyFlow) before = NULL;
  g_autoptr (Re3SankeyFlow) kept = NULL;
  g_autoptr (Re3SankeyFlow) own = NULL;
  const Re3Affine *affine;
  double values[40];
  guint64 state = 4;
  gsize last_of_own = 0;
  double of_others = 0;
  double all = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    values[i] = next_random (&state) + (i < 5 ? 10 : 0);
  original = re3_explanation_new (model, values, NULL);
  values[30] = 100;
  edited = re3_explanation_new (model, values, NULL);

  before = re3_sankey_flow_new (original, NULL, 0, RE3_SANKEY_PAPER, 5);
  kept = re3_sankey_flow_new (edited, original, 0, RE3_SANKEY_PAPER, 5);
  own = re3_sankey_flow_new (edited, NULL, 0, RE3_SANKEY_PAPER, 5);
  for (gsize column = 0; column < kept->n_columns; column++) {
    GArray *slots = kept->columns[column].slots;

    g_assert_cmpuint (slots->len, ==, before->columns[column].slots->len);
    for (guint i = 0; i < slots->len; i++)
      g_assert_cmpuint (g_array_index (slots, Re3SankeySlot, i).index, ==,
                        g_array_index (before->columns[column].slots, Re3SankeySlot, i).index);
  }
  for (guint i = 0; i < 5; i++)
    last_of_own = MAX (last_of_own, g_array_index (own->columns[0].slots, Re3SankeySlot, i).index);
  g_assert_cmpuint (last_of_own, ==, 30);

  /* Of each feature, the sum of |w x| to the active neurons. */
  affine = re3_network_get_affine (re3_model_get_network (model), 0);
  for (gsize feature = 0; feature < 40; feature++) {
    double size = 0;

    for (gsize neuron = 0; neuron < 20; neuron++)
      if (edited->forward->pre_activations[neuron] > 0)
        size += fabs (affine->weight[neuron * 40 + feature] * values[feature]);
    all += size;
    if (feature >= 5)
      of_others += size;
  }
  g_assert_cmpfloat_with_epsilon (g_array_index (kept->columns[0].slots, Re3SankeySlot, 5).share,
                                  of_others / all, 1e-12);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/figure-sankey/conserved", test_conserved);
  g_test_add_func ("/figure-sankey/paper", test_paper);
  g_test_add_func ("/figure-sankey/conservation", test_conservation);
  g_test_add_func ("/figure-sankey/others", test_others);
  g_test_add_func ("/figure-sankey/nodes-are-kept", test_nodes_are_kept);
  return g_test_run ();
}
