/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-activation.h"

#include <math.h>
#include <string.h>

static const double points[] = { -1e9, -7, -3,  -1.5, -1, -0.5, -1e-300, 0, 1e-300,
                                 0.5,  1,  1.5, 2,    3,  5.9,  6,       7, 1e9 };

static double
clip (double z, double low, double high)
{
  return fmin (fmax (z, low), high);
}

static void
test_apply (void)
{
  Re3Activation relu = re3_activation_rectifier (0);
  Re3Activation leaky = re3_activation_rectifier (0.25);
  Re3Activation absolute = re3_activation_rectifier (-1);
  Re3Activation relu6 = re3_activation_clip (0, 6);
  Re3Activation low = re3_activation_clip (2, INFINITY);
  Re3Activation high = re3_activation_clip (-INFINITY, 2);
  Re3Activation hard_sigmoid = re3_activation_hard_sigmoid (0.25, 0.5);

  for (gsize i = 0; i < G_N_ELEMENTS (points); i++) {
    double z = points[i];

    g_assert_cmpfloat (re3_activation_apply (&relu, z), ==, fmax (z, 0));
    g_assert_cmpfloat (re3_activation_apply (&leaky, z), ==, fmax (z, 0.25 * z));
    g_assert_cmpfloat (re3_activation_apply (&absolute, z), ==, fabs (z));
    g_assert_cmpfloat (re3_activation_apply (&relu6, z), ==, clip (z, 0, 6));
    g_assert_cmpfloat (re3_activation_apply (&low, z), ==, fmax (z, 2));
    g_assert_cmpfloat (re3_activation_apply (&high, z), ==, fmin (z, 2));
    g_assert_cmpfloat (re3_activation_apply (&hard_sigmoid, z), ==, clip (0.25 * z + 0.5, 0, 1));
  }
  g_assert_cmpfloat (re3_activation_apply (&relu, -INFINITY), ==, 0);
  g_assert_cmpfloat (re3_activation_apply (&relu6, INFINITY), ==, 6);
}

/* A threshold itself is the lower piece. */
static void
test_states (void)
{
  Re3Activation relu6 = re3_activation_clip (0, 6);

  g_assert_cmpuint (re3_activation_get_state (&relu6, -1), ==, 0);
  g_assert_cmpuint (re3_activation_get_state (&relu6, 0), ==, 0);
  g_assert_cmpuint (re3_activation_get_state (&relu6, 4.9e-324), ==, 1);
  g_assert_cmpuint (re3_activation_get_state (&relu6, 6), ==, 1);
  g_assert_cmpuint (re3_activation_get_state (&relu6, nextafter (6, 7)), ==, 2);
  g_assert_false (re3_activation_is_active (&relu6, 0));
  g_assert_true (re3_activation_is_active (&relu6, 1));
  g_assert_false (re3_activation_is_active (&relu6, 2));
}

static void
assert_refused (const Re3Activation *activation, const char *part)
{
  g_autofree char *complaint = NULL;

  g_assert_false (re3_activation_check (activation, &complaint));
  if (strstr (complaint, part) == NULL)
    g_error ("“%s” does not say “%s”", complaint, part);
}

static void
test_check (void)
{
  static const Re3Activation good[] = {
    { 1, { 3 }, { { 0, 6 }, { 2, 0 } } },
    /* The thresholds of hard sigmoids are rounded. */
    { 2, { -0.5 / 0.2, 0.5 / 0.2 }, { { 0, 0 }, { 0.2, 0.5 }, { 0, 1 } } },
    { 1, { 1.0 / 3 }, { { 3, 0 }, { 0, 1 } } },
    /* One activation behind another may leave a constant. */
    { .pieces = { { 0, -1 } } },
  };
  static const Re3Activation step = { 1, { 2 }, { { 0, 0 }, { 0, 1 } } };
  static const Re3Activation nearly = { 1, { 1 }, { { 1, 0 }, { 0, 1 + 1e-9 } } };
  static const Re3Activation falling = { 2, { 1, 1 }, { { 1, 0 }, { 1, 0 }, { 1, 0 } } };
  static const Re3Activation unknown = { 1, { 0 }, { { NAN, 0 }, { 1, 0 } } };
  static const Re3Activation endless = { 1, { INFINITY }, { { 0, 0 }, { 1, 0 } } };
  g_autofree char *complaint = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    if (!re3_activation_check (&good[i], &complaint))
      g_error ("activation %zu %s", i, complaint);
  assert_refused (&step, "jumps from 0 to 1 at its threshold 2");
  assert_refused (&nearly, "jumps from 1 to 1 at its threshold 1");
  assert_refused (&falling, "threshold 1 after 1");
  assert_refused (&unknown, "not a finite number");
  assert_refused (&endless, "not a finite number");
}

/* A random continuous function of one to three thresholds. */
static Re3Activation
random_activation (GRand *random)
{
  Re3Activation self = { .n_thresholds = (gsize) g_rand_int_range (random, 1, 4) };
  double threshold = g_rand_double_range (random, -2, 0);
  double value = g_rand_double_range (random, -1, 1);

  for (gsize state = 0; state <= self.n_thresholds; state++) {
    double slope = g_rand_int_range (random, 0, 4) == 0 ? 0 : g_rand_double_range (random, -2, 2);

    self.pieces[state] = (Re3Piece){ slope, value - slope * threshold };
    if (state == self.n_thresholds)
      break;
    if (state > 0) {
      double next = threshold + g_rand_double_range (random, 0.1, 1);

      value += slope * (next - threshold);
      threshold = next;
    }
    self.thresholds[state] = threshold;
  }

  return self;
}

static void
test_compose (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  gsize n_composed = 0;

  for (gsize i = 0; i < 2000; i++) {
    Re3Activation first = random_activation (random);
    Re3Activation second = random_activation (random);
    Re3Activation both;
    g_autofree char *complaint = NULL;

    if (!re3_activation_compose (&second, &first, &both))
      continue;
    n_composed++;
    if (both.n_thresholds > 0 && !re3_activation_check (&both, &complaint))
      g_error ("composition %zu %s", i, complaint);
    for (gsize j = 0; j < 100; j++) {
      double z = g_rand_double_range (random, -5, 5);
      double expected = re3_activation_apply (&second, re3_activation_apply (&first, z));

      g_assert_cmpfloat_with_epsilon (re3_activation_apply (&both, z), expected, 1e-12);
    }
  }
  g_assert_cmpuint (n_composed, >, 1800);
}

/* What changes nothing leaves no threshold behind. */
static void
test_compose_known (void)
{
  Re3Activation relu = re3_activation_rectifier (0);
  Re3Activation relu6 = re3_activation_clip (0, 6);
  Re3Activation absolute = re3_activation_rectifier (-1);
  Re3Activation hardtanh = re3_activation_clip (-1, 1);
  Re3Activation narrow = re3_activation_clip (0, 1);
  Re3Activation steep = re3_activation_rectifier (1e200);
  Re3Activation both;

  g_assert_true (re3_activation_compose (&relu, &relu, &both));
  g_assert_true (re3_activation_equal (&both, &relu));
  g_assert_true (re3_activation_compose (&relu6, &relu, &both));
  g_assert_true (re3_activation_equal (&both, &relu6));
  g_assert_true (re3_activation_compose (&relu, &relu6, &both));
  g_assert_true (re3_activation_equal (&both, &relu6));
  g_assert_true (re3_activation_compose (&relu, &absolute, &both));
  g_assert_true (re3_activation_equal (&both, &absolute));
  g_assert_true (re3_activation_compose (&relu, &hardtanh, &both));
  g_assert_true (re3_activation_equal (&both, &narrow));

  /* A hat: |z| up to 1. */
  g_assert_true (re3_activation_compose (&hardtanh, &absolute, &both));
  g_assert_cmpuint (both.n_thresholds, ==, 3);
  g_assert_cmpfloat (both.thresholds[0], ==, -1);
  g_assert_cmpfloat (both.thresholds[1], ==, 0);
  g_assert_cmpfloat (both.thresholds[2], ==, 1);

  g_assert_false (re3_activation_compose (&steep, &steep, &both));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/activation/apply", test_apply);
  g_test_add_func ("/activation/states", test_states);
  g_test_add_func ("/activation/check", test_check);
  g_test_add_func ("/activation/compose", test_compose);
  g_test_add_func ("/activation/compose-known", test_compose_known);

  return g_test_run ();
}
