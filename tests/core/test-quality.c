/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reference.h"

#include <math.h>

static void
assert_quality (Reference *reference, const Re3Quality *quality, const char *set)
{
  gsize n_classes = reference_n_classes (reference);
  const double *accuracy =
      reference_numbers (reference, reference_key_text (reference, "accuracy", set), 1);
  const double *confusion = reference_numbers (
      reference, reference_key_text (reference, "confusion", set), n_classes * n_classes);
  const double *report =
      reference_numbers (reference, reference_key_text (reference, "report", set), 4 * n_classes);

  assert_near (re3_quality_get_accuracy (quality), accuracy[0], 1e-15);
  for (gsize pair = 0; pair < n_classes * n_classes; pair++)
    g_assert_cmpuint (quality->confusion[pair], ==, (gsize) confusion[pair]);
  for (gsize c = 0; c < n_classes; c++) {
    assert_near (re3_quality_get_precision (quality, c), report[4 * c], 1e-15);
    assert_near (re3_quality_get_recall (quality, c), report[4 * c + 1], 1e-15);
    assert_near (re3_quality_get_f1 (quality, c), report[4 * c + 2], 1e-15);
    g_assert_cmpuint (re3_quality_get_support (quality, c), ==, (gsize) report[4 * c + 3]);
  }
}

static void
test_reference (void)
{
  for (gsize i = 0; reference_networks[i] != NULL; i++) {
    g_autoptr (Reference) reference = reference_open (reference_networks[i]);
    g_autoptr (Re3Analysis) analysis = reference_analyse (reference);
    gsize n_classes = reference_n_classes (reference);

    for (Re3SampleSet set = 0; set < RE3_N_SAMPLE_SETS; set++)
      assert_quality (reference, re3_analysis_get_quality (analysis, set),
                      reference_set_name (set));

    /* The shorthands. */
    assert_near (re3_analysis_get_train_accuracy (analysis),
                 reference_numbers (reference, "accuracy.train", 1)[0], 1e-15);
    assert_near (re3_analysis_get_test_accuracy (analysis),
                 reference_numbers (reference, "accuracy.test", 1)[0], 1e-15);
    for (gsize pair = 0; pair < n_classes * n_classes; pair++)
      g_assert_cmpuint (
          re3_analysis_get_confusion (analysis, pair / n_classes, pair % n_classes), ==,
          (gsize) reference_numbers (reference, "confusion.test", n_classes * n_classes)[pair]);
  }
}

/* Three classes, of which the last never comes, and the second is never right. */
static void
test_by_hand (void)
{
  g_autoptr (Re3Quality) quality = re3_quality_new (3, NULL);

  g_assert_true (isnan (re3_quality_get_accuracy (quality)));
  for (gsize i = 0; i < 3; i++)
    re3_quality_add (quality, 0, 0);
  re3_quality_add (quality, 0, 1);
  re3_quality_add (quality, 1, 0);

  g_assert_cmpuint (quality->n_samples, ==, 5);
  g_assert_cmpfloat (re3_quality_get_accuracy (quality), ==, 0.6);
  g_assert_cmpfloat (re3_quality_get_precision (quality, 0), ==, 0.75);
  g_assert_cmpfloat (re3_quality_get_recall (quality, 0), ==, 0.75);
  g_assert_cmpfloat (re3_quality_get_f1 (quality, 0), ==, 0.75);
  g_assert_cmpuint (re3_quality_get_support (quality, 0), ==, 4);
  g_assert_cmpfloat (re3_quality_get_precision (quality, 1), ==, 0);
  g_assert_cmpfloat (re3_quality_get_recall (quality, 1), ==, 0);
  g_assert_cmpfloat (re3_quality_get_f1 (quality, 1), ==, 0);
  g_assert_true (isnan (re3_quality_get_precision (quality, 2)));
  g_assert_true (isnan (re3_quality_get_recall (quality, 2)));
  g_assert_true (isnan (re3_quality_get_f1 (quality, 2)));
  g_assert_cmpuint (re3_quality_get_support (quality, 2), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/quality/reference", test_reference);
  g_test_add_func ("/quality/by-hand", test_by_hand);

  return g_test_run ();
}
