/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-length.h"

#include <locale.h>

/* An inch is 25.4 mm and 96 pixels. */
static void
test_units (void)
{
  g_assert_cmpfloat (re3_length_to_units (25.4, RE3_LENGTH_MM), ==, 96);
  g_assert_cmpfloat (re3_length_to_units (25.4, RE3_LENGTH_PX), ==, 25.4);
  for (double length = 0.5; length < 1000; length *= 1.7) {
    double units = re3_length_to_units (length, RE3_LENGTH_MM);

    g_assert_cmpfloat_with_epsilon (units, length * 96 / 25.4, 1e-12 * units);
    g_assert_cmpfloat_with_epsilon (re3_length_from_units (units, RE3_LENGTH_MM), length,
                                    1e-12 * length);
    g_assert_cmpfloat (re3_length_from_units (length, RE3_LENGTH_PX), ==, length);
  }
}

static void
test_parse (void)
{
  static const struct {
    const char *text;
    double units;
  } cases[] = {
    { "640", 640 },    { "640px", 640 }, { "640 px", 640 }, { "25.4mm", 96 },
    { "127 mm", 480 }, { "12.7MM", 48 }, { "-3", -3 },      { "6.4e2", 640 },
  };
  static const char *const refused[] = { "",      "mm",    "px",  "wide",   "85 cm", "85mmm",
                                         "1,5mm", "infmm", "nan", "85mm 2", "85m m" };

  /* Where there is such a locale, its comma is none of a length's business. */
  setlocale (LC_ALL, "de_DE.UTF-8");
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    double units = 0;

    g_test_message ("%s", cases[i].text);
    g_assert_true (re3_length_parse (cases[i].text, &units));
    g_assert_cmpfloat_with_epsilon (units, cases[i].units, 1e-9);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++) {
    double units = 7;

    g_test_message ("%s", refused[i]);
    g_assert_false (re3_length_parse (refused[i], &units));
    g_assert_cmpfloat (units, ==, 7);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/length/units", test_units);
  g_test_add_func ("/length/parse", test_parse);
  return g_test_run ();
}
