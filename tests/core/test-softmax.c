/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-softmax.h"
#include "reference.h"

#include <float.h>
#include <math.h>

/* Correctly rounded values, from tables of e^x to fifty digits. */
static void
test_exp (void)
{
  g_assert_cmpfloat (re3_exp (0), ==, 1);
  g_assert_cmpfloat (re3_exp (1), ==, 2.7182818284590452353602874713526624977572);
  g_assert_cmpfloat (re3_exp (-1), ==, 0.36787944117144232159552377016146086744581);
  g_assert_cmpfloat (re3_exp (0.5), ==, 1.6487212707001281468486507878141635716538);
  g_assert_cmpfloat (re3_exp (10), ==, 22026.465794806716516957900645284244366353);
  g_assert_cmpfloat (re3_exp (710), ==, INFINITY);
  g_assert_cmpfloat (re3_exp (-800), ==, 0);
  g_assert_cmpfloat (re3_exp (-INFINITY), ==, 0);
}

static void
test_reference (void)
{
  for (gsize i = 0; reference_networks[i] != NULL; i++) {
    g_autoptr (Reference) reference = reference_open (reference_networks[i]);

    for (gsize row = 0; row < reference_integer (reference, "n_explained"); row++) {
      const char *logits = reference_key (reference, "logits", row);
      const char *expected = reference_key (reference, "probabilities", row);
      gsize n = reference_size (reference, logits);
      g_autofree double *probabilities = g_new (double, n);

      re3_softmax (reference_numbers (reference, logits, n), n, probabilities);
      assert_all_near (probabilities, reference_numbers (reference, expected, n), n, 1e-15);
    }
  }
}

static void
test_extremes (void)
{
  static const double apart[] = { 1000, 0, -1000 };
  static const double huge[] = { DBL_MAX, DBL_MAX, -DBL_MAX };
  static const double equal[] = { -1e6, -1e6, -1e6 };
  double probabilities[3];

  re3_softmax (apart, 3, probabilities);
  g_assert_cmpfloat (probabilities[0], ==, 1);
  g_assert_cmpfloat (probabilities[1], ==, 0);
  g_assert_cmpfloat (probabilities[2], ==, 0);

  re3_softmax (huge, 3, probabilities);
  g_assert_cmpfloat (probabilities[0], ==, 0.5);
  g_assert_cmpfloat (probabilities[1], ==, 0.5);
  g_assert_cmpfloat (probabilities[2], ==, 0);

  re3_softmax (equal, 3, probabilities);
  g_assert_cmpfloat (probabilities[0], ==, 1.0 / 3);
}

/* The Jacobian against a central difference, and its digits where p_c is nearly 1. */
static void
test_gradient (void)
{
  static const double logits[] = { 0.3, -1.2, 2, 0.1 };
  static const double sure[] = { 50, 0 };
  const double step = 1e-5;
  double probabilities[4];
  double gradient[4];

  for (gsize c = 0; c < 4; c++) {
    re3_softmax (logits, 4, probabilities);
    re3_softmax_gradient (probabilities, 4, c, gradient);
    for (gsize k = 0; k < 4; k++) {
      double above[4];
      double below[4];
      double moved[4] = { logits[0], logits[1], logits[2], logits[3] };

      moved[k] = logits[k] + step;
      re3_softmax (moved, 4, above);
      moved[k] = logits[k] - step;
      re3_softmax (moved, 4, below);
      assert_near (gradient[k], (above[c] - below[c]) / (2 * step), 1e-10);
    }
  }

  re3_softmax (sure, 2, probabilities);
  re3_softmax_gradient (probabilities, 2, 0, gradient);
  g_assert_cmpfloat (probabilities[0], ==, 1);
  assert_near (gradient[0] / exp (-50), 1, 1e-14);
  assert_near (gradient[1] / exp (-50), -1, 1e-14);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/softmax/exp", test_exp);
  g_test_add_func ("/softmax/reference", test_reference);
  g_test_add_func ("/softmax/extremes", test_extremes);
  g_test_add_func ("/softmax/gradient", test_gradient);

  return g_test_run ();
}
