/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-csv-cell.h"

#include <locale.h>
#include <math.h>

static void
test_numbers (void)
{
  static const struct {
    const char *cell;
    double value;
  } cases[] = {
    { "0", 0 },
    { "5.1", 5.1 },
    { ".2", 0.2 },
    { "7.", 7 },
    { "+3", 3 },
    { "-.5e2", -50 },
    { "7.70E-05", 7.7e-5 },
    { " 1.5\t", 1.5 },
    { "1e-999", 0 },
    { "007", 7 },
    { "1E+2", 100 },
    { "0.1000000000000000055511151231257827021181583404541015625", 0.1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    double value = -1;

    g_assert_cmpint (re3_csv_cell_read (cases[i].cell, &value), ==, RE3_CSV_CELL_NUMBER);
    g_assert_cmpfloat (value, ==, cases[i].value);
  }
}

/* Numbers of few and many digits, with and without exponents: each as strtod() reads it, to the
 * last bit, and with its sign. */
static void
test_nearest (void)
{
  static const char *const formats[] = {
    "%.0f", "%.1f", "%.6f", "%.15f", "%.3e", "%.15e", "%.17g"
  };
  static const char *const edges[] = {
    "9007199254740992",
    "9007199254740993",
    "9007199254740993e0",
    "-0",
    "-0.0e5",
    "18446744073709551616",
    "9999999999999999999",
    "1e22",
    "1e23",
    "123e-22",
    "123e-23",
    "0.000000000000000000000000000001",
    "0000000000000000000001",
    "8.41e21",
    "9.0071992547409925",
    "2.2250738585072011e-308",
    "1e-99999999999",
    "0e99999999999",
    "1.5e+0000000001",
  };
  g_autoptr (GRand) random = g_rand_new_with_seed (1);

  for (gsize i = 0; i < G_N_ELEMENTS (edges); i++) {
    double expected = g_ascii_strtod (edges[i], NULL);
    double value = NAN;

    g_assert_cmpint (re3_csv_cell_read (edges[i], &value), ==, RE3_CSV_CELL_NUMBER);
    g_assert_cmpmem (&value, sizeof value, &expected, sizeof expected);
  }

  for (gsize i = 0; i < 20000; i++) {
    double number = ldexp (g_rand_double_range (random, -1, 1), g_rand_int_range (random, -40, 40));
    char cell[400];
    double expected;
    double value = NAN;

    g_ascii_formatd (cell, sizeof cell, formats[i % G_N_ELEMENTS (formats)], number);
    expected = g_ascii_strtod (cell, NULL);
    g_assert_cmpint (re3_csv_cell_read (cell, &value), ==, RE3_CSV_CELL_NUMBER);
    g_assert_cmpmem (&value, sizeof value, &expected, sizeof expected);
  }
}

static void
test_others (void)
{
  static const struct {
    const char *cell;
    Re3CsvCell kind;
  } cases[] = {
    { "", RE3_CSV_CELL_MISSING },
    { "  ", RE3_CSV_CELL_MISSING },
    { "NA", RE3_CSV_CELL_MISSING },
    { "nan", RE3_CSV_CELL_MISSING },
    { "?", RE3_CSV_CELL_MISSING },
    { "NULL", RE3_CSV_CELL_MISSING },
    { "N/A ", RE3_CSV_CELL_MISSING },
    { "inf", RE3_CSV_CELL_INFINITE },
    { "-Infinity", RE3_CSV_CELL_INFINITE },
    { "1e999", RE3_CSV_CELL_INFINITE },
    { "5,1", RE3_CSV_CELL_DECIMAL_COMMA },
    { ",5e3", RE3_CSV_CELL_DECIMAL_COMMA },
    /* strtod() would take the next three. */
    { "0x10", RE3_CSV_CELL_TEXT },
    { "1.5cm", RE3_CSV_CELL_TEXT },
    { "nan(7)", RE3_CSV_CELL_TEXT },
    { "1.2.3", RE3_CSV_CELL_TEXT },
    { "1,234,567", RE3_CSV_CELL_TEXT },
    { "1 000", RE3_CSV_CELL_TEXT },
    { "--1", RE3_CSV_CELL_TEXT },
    { ".", RE3_CSV_CELL_TEXT },
    { "-", RE3_CSV_CELL_TEXT },
    { "1e", RE3_CSV_CELL_TEXT },
    { "e5", RE3_CSV_CELL_TEXT },
    { "34:22.9", RE3_CSV_CELL_TEXT },
    { "NAN-1", RE3_CSV_CELL_TEXT },
    { "N", RE3_CSV_CELL_TEXT },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    double value;
    Re3CsvCell kind = re3_csv_cell_read (cases[i].cell, &value);

    if (kind != cases[i].kind)
      g_error ("“%s” is taken for %d", cases[i].cell, kind);
  }
}

static void
test_refuse (void)
{
  g_autofree char *empty = re3_csv_cell_refuse (" ", RE3_CSV_CELL_MISSING);
  g_autofree char *comma = re3_csv_cell_refuse ("5,1", RE3_CSV_CELL_DECIMAL_COMMA);
  g_autofree char *odd = re3_csv_cell_refuse ("a\nb\xff", RE3_CSV_CELL_TEXT);

  g_assert_cmpstr (empty, ==, "the cell is empty");
  g_assert_cmpstr (comma, ==, "“5,1” has a comma; write numbers with a decimal point");
  g_assert_cmpstr (odd, ==, "“a b\xef\xbf\xbd” is not a number");
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/csv-cell/numbers", test_numbers);
  g_test_add_func ("/csv-cell/nearest", test_nearest);
  g_test_add_func ("/csv-cell/others", test_others);
  g_test_add_func ("/csv-cell/refuse", test_refuse);

  return g_test_run ();
}
