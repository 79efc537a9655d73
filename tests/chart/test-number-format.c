/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-number-format.h"

#include <float.h>
#include <locale.h>
#include <math.h>

#define THIN  "\u2009"
#define SPACE "\u00a0"
#define MINUS "\u2212"

static void
check (char *text, const char *expected)
{
  g_assert_cmpstr (text, ==, expected);
  g_free (text);
}

static void
test_significant (void)
{
  check (re3_format_number (0, 3), "0");
  check (re3_format_number (-0.0, 3), "0");
  check (re3_format_number (0.03, 3), "0.03");
  check (re3_format_number (-1.5, 3), MINUS "1.5");
  check (re3_format_number (12400, 3), "12" THIN "400");
  check (re3_format_number (1234, 4), "1234");
  check (re3_format_number (9999, 4), "9999");
  check (re3_format_number (99996, 4), "100" THIN "000");
  check (re3_format_number (250000, 6), "250" THIN "000");
  check (re3_format_number (1234567, 9), "1" THIN "234" THIN "567");
  check (re3_format_number (12345.678, 8), "12" THIN "345.678");
  check (re3_format_number (9.996, 3), "10");
  check (re3_format_number (0.1 + 0.2, 17), "0.30000000000000004");
  check (re3_format_number (3, 3), "3");
  check (re3_format_number (100, 1), "100");
  check (re3_format_number (0.0001, 3), "0.0001");
}

static void
test_powers_of_ten (void)
{
  check (re3_format_number (1.2e-7, 3), "1.2" THIN "×" THIN "10⁻⁷");
  check (re3_format_number (2.22e-16, 2), "2.2" THIN "×" THIN "10⁻¹⁶");
  check (re3_format_number (-4.56e12, 3), MINUS "4.56" THIN "×" THIN "10¹²");
  check (re3_format_number (1234567, 3), "1.23" THIN "×" THIN "10⁶");
  check (re3_format_number (0.000099999, 2), "0.0001");
  check (re3_format_number (0.0000999, 3), "9.99" THIN "×" THIN "10⁻⁵");
  check (re3_format_number (DBL_MAX, 3), "1.8" THIN "×" THIN "10³⁰⁸");
  check (re3_format_number (DBL_MIN, 1), "2" THIN "×" THIN "10⁻³⁰⁸");
  check (re3_format_power_of_ten (-3), "10⁻³");
  check (re3_format_power_of_ten (0), "10⁰");
  check (re3_format_power_of_ten (456789), "10⁴⁵⁶⁷⁸⁹");
}

static void
test_special (void)
{
  check (re3_format_number (INFINITY, 3), "∞");
  check (re3_format_number (-INFINITY, 3), MINUS "∞");
  check (re3_format_signed (INFINITY, 3), "+∞");
  check (re3_format_number (NAN, 3), "NaN");
  check (re3_format_fixed (NAN, 2), "NaN");
  check (re3_format_fixed (-INFINITY, 2), MINUS "∞");
}

static void
test_signed (void)
{
  check (re3_format_signed (2.314, 3), "+2.31");
  check (re3_format_signed (-0.0213, 3), MINUS "0.0213");
  check (re3_format_signed (0, 3), "0");
  check (re3_format_signed (-0.0, 3), "0");
}

static void
test_fixed (void)
{
  check (re3_format_fixed (0.5, 2), "0.50");
  check (re3_format_fixed (-0.001, 2), "0.00");
  check (re3_format_fixed (-0.006, 2), MINUS "0.01");
  check (re3_format_fixed (0.999, 2), "1.00");
  check (re3_format_fixed (12345.6, 1), "12" THIN "345.6");
  check (re3_format_fixed (1234, 0), "1234");
  check (re3_format_fixed (7, 3), "7.000");
  check (re3_format_fixed (1e20, 2), "1" THIN "×" THIN "10²⁰");
}

static void
test_units (void)
{
  check (re3_format_percent (0.933, 1), "93.3" SPACE "%");
  check (re3_format_percent (1, 0), "100" SPACE "%");
  check (re3_format_percent (0, 1), "0.0" SPACE "%");
  check (re3_format_percent (0.9994, 1), "99.9" SPACE "%");
  check (re3_format_percent (0.99987, 1), ">" SPACE "99.9" SPACE "%");
  check (re3_format_percent (0.996, 0), ">" SPACE "99" SPACE "%");
  check (re3_format_percent (1.2e-15, 1), "<" SPACE "0.1" SPACE "%");
  check (re3_format_percent (0.0006, 1), "0.1" SPACE "%");
  check (re3_format_percent (1.25, 1), "125.0" SPACE "%");
  check (re3_format_with_unit (1.5, 3, "cm"), "1.5" SPACE "cm");
  check (re3_format_with_unit (1.5, 3, ""), "1.5");
  check (re3_format_with_unit (-2, 3, NULL), MINUS "2");
}

/* Numbers are the same where the locale writes a comma. */
static void
test_locale (void)
{
  static const char *const locales[] = { "de_DE.UTF-8", "fr_FR.UTF-8", "de_DE.utf8",
                                         "ru_RU.UTF-8" };
  gsize i = 0;

  while (i < G_N_ELEMENTS (locales) && setlocale (LC_NUMERIC, locales[i]) == NULL)
    i++;
  if (i == G_N_ELEMENTS (locales))
    g_test_message ("no locale with a decimal comma is installed");
  check (re3_format_number (12345.678, 8), "12" THIN "345.678");
  check (re3_format_fixed (-0.25, 2), MINUS "0.25");
  setlocale (LC_NUMERIC, "C");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/number-format/significant", test_significant);
  g_test_add_func ("/number-format/powers-of-ten", test_powers_of_ten);
  g_test_add_func ("/number-format/special", test_special);
  g_test_add_func ("/number-format/signed", test_signed);
  g_test_add_func ("/number-format/fixed", test_fixed);
  g_test_add_func ("/number-format/units", test_units);
  g_test_add_func ("/number-format/locale", test_locale);
  return g_test_run ();
}
