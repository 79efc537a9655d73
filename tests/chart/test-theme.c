/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-theme.h"

#include <math.h>

/* Colours are judged in CIELAB (CIE 1976, D65) and with the simulation of colour deficiencies by
 * Machado, Oliveira and Fernandes (2009), severity 1: neither is what the theme computes with. */

static const Re3Theme *const themes[] = {
  &re3_theme_light, &re3_theme_dark, &re3_theme_high_contrast, &re3_theme_high_contrast_dark,
  &re3_theme_print,
};

typedef struct {
  double c[3];
} Triple;

static const double deficiencies[][3][3] = {
  { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } },
  { { 0.152286, 1.052583, -0.204868 },
    { 0.114503, 0.786281, 0.099216 },
    { -0.003882, -0.048116, 1.051998 } },
  { { 0.367322, 0.860646, -0.227968 },
    { 0.280085, 0.672501, 0.047413 },
    { -0.011820, 0.042940, 0.968881 } },
};

static Triple
multiply (const double matrix[3][3], Triple v)
{
  Triple product = { { 0 } };

  for (int i = 0; i < 3; i++)
    for (int j = 0; j < 3; j++)
      product.c[i] += matrix[i][j] * v.c[j];
  return product;
}

static Triple
to_linear (const Re3Color *color)
{
  const double channels[] = { color->red, color->green, color->blue };
  Triple linear;

  for (int i = 0; i < 3; i++)
    linear.c[i] =
        channels[i] <= 0.04045 ? channels[i] / 12.92 : pow ((channels[i] + 0.055) / 1.055, 2.4);
  return linear;
}

static double
lab_function (double t)
{
  return t > 216.0 / 24389 ? cbrt (t) : (24389.0 / 27 * t + 16) / 116;
}

static Triple
to_lab (const Re3Color *color, const double deficiency[3][3])
{
  static const double to_xyz[3][3] = { { 0.4124564, 0.3575761, 0.1804375 },
                                       { 0.2126729, 0.7151522, 0.0721750 },
                                       { 0.0193339, 0.1191920, 0.9503041 } };
  static const double white[] = { 0.95047, 1.0, 1.08883 };
  Triple linear = multiply (deficiency, to_linear (color));
  Triple xyz;
  double f[3];

  for (int i = 0; i < 3; i++)
    linear.c[i] = CLAMP (linear.c[i], 0, 1);
  xyz = multiply (to_xyz, linear);
  for (int i = 0; i < 3; i++)
    f[i] = lab_function (xyz.c[i] / white[i]);
  return (Triple){ { 116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2]) } };
}

static double
distance (const Re3Color *a, const Re3Color *b, gsize deficiency)
{
  Triple left = to_lab (a, deficiencies[deficiency]);
  Triple right = to_lab (b, deficiencies[deficiency]);

  return sqrt (pow (left.c[0] - right.c[0], 2) + pow (left.c[1] - right.c[1], 2) +
               pow (left.c[2] - right.c[2], 2));
}

/* WCAG 2.1. */
static double
contrast (const Re3Color *a, const Re3Color *b)
{
  Triple left = to_linear (a);
  Triple right = to_linear (b);
  double of_left = 0.2126 * left.c[0] + 0.7152 * left.c[1] + 0.0722 * left.c[2];
  double of_right = 0.2126 * right.c[0] + 0.7152 * right.c[1] + 0.0722 * right.c[2];

  return (MAX (of_left, of_right) + 0.05) / (MIN (of_left, of_right) + 0.05);
}

static void
test_find (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (themes); i++)
    g_assert_true (re3_theme_find (themes[i]->name) == themes[i]);
  g_assert_null (re3_theme_find ("sepia"));
}

static void
test_contrast (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (themes); i++) {
    const Re3Theme *theme = themes[i];

    g_assert_cmpfloat (contrast (&theme->foreground, &theme->background), >=, 7);
    g_assert_cmpfloat (contrast (&theme->muted, &theme->background), >=, 4.5);
    g_assert_cmpfloat (contrast (&theme->accent, &theme->background), >=, 4.5);
    g_assert_cmpfloat (contrast (&theme->positive, &theme->background), >=, 3);
    g_assert_cmpfloat (contrast (&theme->negative, &theme->background), >=, 3);
  }
}

/* Signs and classes differ for people with protanopia and deuteranopia too. */
static void
test_deficiencies (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (themes); i++)
    for (gsize d = 0; d < G_N_ELEMENTS (deficiencies); d++) {
      g_assert_cmpfloat (distance (&themes[i]->positive, &themes[i]->negative, d), >, 50);

      for (gsize a = 0; a < 24; a++)
        for (gsize b = 0; b < a; b++) {
          Re3Color left = re3_theme_class_color (themes[i], a);
          Re3Color right = re3_theme_class_color (themes[i], b);
          /* The first three are what most figures need; more than eight cannot all be told apart
           * without normal colour vision, but are still different. */
          double least = a < 3 ? 25 : a < 8 ? 8 : d == 0 ? 5 : 0;

          g_assert_cmpfloat (distance (&left, &right, d), >=, least);
        }
    }
}

/* From -1 to 1 the map takes steps that look alike, and both sides are equally dark. */
static void
test_diverging (void)
{
  enum { STEPS = 20 };

  for (gsize i = 0; i < G_N_ELEMENTS (themes); i++) {
    const Re3Theme *theme = themes[i];
    Re3Color low = re3_theme_diverging (theme, -1);
    Re3Color high = re3_theme_diverging (theme, 1);
    Re3Color middle = re3_theme_diverging (theme, 0);
    Re3Color none = re3_theme_diverging (theme, NAN);
    Re3Color beyond = re3_theme_diverging (theme, 17);

    g_assert_cmpfloat (distance (&low, &theme->negative, 0), <, 0.5);
    g_assert_cmpfloat (distance (&high, &theme->positive, 0), <, 0.5);
    g_assert_cmpfloat (distance (&beyond, &theme->positive, 0), <, 0.5);
    g_assert_cmpfloat (distance (&none, &middle, 0), <, 0.01);
    g_assert_cmpfloat (distance (&middle, &theme->background, 0), <, 20);
    g_assert_cmpfloat (distance (&middle, &theme->background, 0), >, 0.5);
    g_assert_cmpfloat (
        fabs (to_lab (&low, deficiencies[0]).c[0] - to_lab (&high, deficiencies[0]).c[0]), <, 6);

    for (int side = -1; side <= 1; side += 2) {
      double least = INFINITY;
      double most = 0;

      for (int step = 0; step < STEPS; step++) {
        Re3Color from = re3_theme_diverging (theme, side * (double) step / STEPS);
        Re3Color to = re3_theme_diverging (theme, side * (double) (step + 1) / STEPS);
        double size = distance (&from, &to, 0);

        least = MIN (least, size);
        most = MAX (most, size);
      }
      g_assert_cmpfloat (most / least, <, 2);
    }
  }
}

/* Steps look alike, and lightness alone tells more from less. */
static void
test_sequential (void)
{
  enum { STEPS = 20 };

  for (gsize i = 0; i < G_N_ELEMENTS (themes); i++) {
    const Re3Theme *theme = themes[i];
    Re3Color start = re3_theme_sequential (theme, 0);
    Re3Color end = re3_theme_sequential (theme, 1);
    Re3Color none = re3_theme_sequential (theme, NAN);
    Re3Color below = re3_theme_sequential (theme, -1);
    Re3Color beyond = re3_theme_sequential (theme, 17);
    double direction = theme->dark ? 1 : -1;
    double least = INFINITY;
    double most = 0;

    g_assert_cmpfloat (distance (&start, &theme->background, 0), <, 20);
    g_assert_cmpfloat (distance (&start, &theme->background, 0), >, 0.5);
    g_assert_cmpfloat (distance (&start, &none, 0), <, 0.01);
    g_assert_cmpfloat (distance (&start, &below, 0), <, 0.01);
    g_assert_cmpfloat (distance (&end, &beyond, 0), <, 0.01);
    g_assert_cmpfloat (contrast (&start, &end), >=, 7);
    for (int step = 0; step < STEPS; step++) {
      Re3Color from = re3_theme_sequential (theme, (double) step / STEPS);
      Re3Color to = re3_theme_sequential (theme, (double) (step + 1) / STEPS);
      double size = distance (&from, &to, 0);
      double lighter = to_lab (&to, deficiencies[0]).c[0] - to_lab (&from, deficiencies[0]).c[0];

      g_assert_cmpfloat (direction * lighter, >, 1);
      least = MIN (least, size);
      most = MAX (most, size);
    }
    g_assert_cmpfloat (most / least, <, 2);
  }
}

static void
test_text_on (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (themes); i++) {
    for (double value = -1; value <= 1; value += 0.05) {
      Re3Color fill = re3_theme_diverging (themes[i], value);
      Re3Color text = re3_theme_text_on (&fill);

      g_assert_cmpfloat (contrast (&fill, &text), >=, 4.5);
    }
    for (gsize index = 0; index < 24; index++) {
      Re3Color fill = re3_theme_class_color (themes[i], index);
      Re3Color text = re3_theme_text_on (&fill);

      g_assert_cmpfloat (contrast (&fill, &text), >=, 4.5);
    }
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/theme/find", test_find);
  g_test_add_func ("/theme/contrast", test_contrast);
  g_test_add_func ("/theme/deficiencies", test_deficiencies);
  g_test_add_func ("/theme/diverging", test_diverging);
  g_test_add_func ("/theme/sequential", test_sequential);
  g_test_add_func ("/theme/text-on", test_text_on);
  return g_test_run ();
}
