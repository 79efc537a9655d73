/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-csv-cell.h"

#include "re3-io-file.h"

#include <float.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* Whole numbers and powers of ten up to these are float64 exactly, and so a quotient or a product
 * of two is rounded once, as strtod() rounds (Clinger 1990). */
#define EXACT_WHOLE_MAX (G_GUINT64_CONSTANT (1) << 53)
#define EXACT_POWER_MAX 22

/* So many digits fit into a guint64, whatever they are. */
#define DIGITS_MAX 19

/* A decimal number as it is written: whole * 10^power. */
typedef struct {
  gboolean is_negative;
  gsize n_digits; /* with leading zeros */
  guint64 whole;  /* only where they are no more than DIGITS_MAX */
  int power;
} Decimal;

static inline gboolean
is_digit (char c)
{
  return c >= '0' && c <= '9';
}

static const char *
read_digits (const char *start, Decimal *decimal)
{
  const char *p = start;
  guint64 whole = decimal->whole;

  for (; is_digit (*p); p++)
    whole = 10 * whole + (guint64) (*p - '0');
  decimal->whole = whole;
  decimal->n_digits += (gsize) (p - start);

  return p;
}

/* What follows the "e". Powers beyond a few digits are all the same: too large. */
static const char *
read_power (const char *p, Decimal *decimal)
{
  gboolean is_negative = *p == '-';
  int power = 0;

  if (*p == '+' || *p == '-')
    p++;
  for (; is_digit (*p); p++)
    power = MIN (10 * power + (*p - '0'), 10000);
  decimal->power += is_negative ? -power : power;

  return p;
}

/* Whether @start reads as a decimal number with @point between whole and fraction, such as 5, .2,
 * 7.70E-05, and white space: what people write, and less than what strtod() takes. */
static gboolean
read_decimal (const char *start, char point, Decimal *decimal)
{
  const char *p = start;

  *decimal = (Decimal){ .is_negative = *p == '-' };
  p += *p == '+' || *p == '-';
  p = read_digits (p, decimal);
  if (*p == point) {
    const char *fraction = p + 1;

    p = read_digits (fraction, decimal);
    decimal->power -= (int) MIN (p - fraction, 10000);
  }
  if (decimal->n_digits == 0)
    return FALSE;
  if (*p == 'e' || *p == 'E') {
    p = read_power (p + 1, decimal);
    if (!is_digit (p[-1]))
      return FALSE;
  }
  while (g_ascii_isspace (*p))
    p++;

  return *p == '\0';
}

/* The float64 nearest to the number that starts at @start. */
static double
decimal_to_double (const Decimal *decimal, const char *start)
{
  static const double powers[EXACT_POWER_MAX + 1] = {
    1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
    1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
  };
  /* Whether numbers are negative no processor can guess: so no branch asks for it. */
  static const double signs[] = { 1, -1 };
  double number = signs[decimal->is_negative] * (double) decimal->whole;

  /* Where float64 are worked out in longer registers, they are rounded twice. */
  if (FLT_EVAL_METHOD != 0 || decimal->n_digits > DIGITS_MAX || decimal->whole > EXACT_WHOLE_MAX ||
      ABS (decimal->power) > EXACT_POWER_MAX)
    return g_ascii_strtod (start, NULL);

  return decimal->power < 0 ? number / powers[-decimal->power] : number * powers[decimal->power];
}

static gboolean
is_one_of (const char *start, gsize length, const char *const *words)
{
  for (gsize i = 0; words[i] != NULL; i++) {
    if (g_ascii_strncasecmp (start, words[i], length) == 0 && words[i][length] == '\0')
      return TRUE;
  }

  return FALSE;
}

/* What stands between the white space at both ends. */
static const char *
strip (const char *cell, gsize *length)
{
  const char *end;

  while (g_ascii_isspace (*cell))
    cell++;
  end = cell + strlen (cell);
  while (end > cell && g_ascii_isspace (end[-1]))
    end--;
  *length = (gsize) (end - cell);

  return cell;
}

gboolean
re3_csv_cell_is_one_of (const char *cell, const char *const *words)
{
  gsize length;
  const char *start;

  g_return_val_if_fail (cell != NULL && words != NULL, FALSE);

  start = strip (cell, &length);

  return is_one_of (start, length, words);
}

Re3CsvCell
re3_csv_cell_read (const char *cell, double *value)
{
  static const char *const missing_words[] = { "",    "?",    "NA",   "N/A", "#N/A",
                                               "NaN", "null", "none", NULL };
  static const char *const infinite_words[] = { "inf", "infinity", NULL };
  const char *start = cell;
  Decimal decimal;
  gsize length;
  gsize n_sign;

  g_return_val_if_fail (cell != NULL && value != NULL, RE3_CSV_CELL_TEXT);

  while (g_ascii_isspace (*start))
    start++;
  if (read_decimal (start, '.', &decimal)) {
    *value = decimal_to_double (&decimal, start);
    return isfinite (*value) ? RE3_CSV_CELL_NUMBER : RE3_CSV_CELL_INFINITE;
  }
  if (read_decimal (start, ',', &decimal))
    return RE3_CSV_CELL_DECIMAL_COMMA;

  start = strip (start, &length);
  if (is_one_of (start, length, missing_words))
    return RE3_CSV_CELL_MISSING;

  n_sign = *start == '+' || *start == '-' ? 1 : 0;
  if (is_one_of (start + n_sign, length - n_sign, infinite_words))
    return RE3_CSV_CELL_INFINITE;

  return RE3_CSV_CELL_TEXT;
}

char *
re3_csv_cell_refuse (const char *cell, Re3CsvCell kind)
{
  g_autofree char *quote = g_strstrip (re3_io_quote (cell));

  switch (kind) {
  case RE3_CSV_CELL_MISSING:
    if (*quote == '\0')
      return g_strdup (_ ("the cell is empty"));
    return g_strdup_printf (_ ("“%s” says that the value is missing"), quote);
  case RE3_CSV_CELL_INFINITE:
    return g_strdup_printf (_ ("“%s” is not a finite number"), quote);
  case RE3_CSV_CELL_DECIMAL_COMMA:
    return g_strdup_printf (_ ("“%s” has a comma; write numbers with a decimal point"), quote);
  case RE3_CSV_CELL_NUMBER:
  case RE3_CSV_CELL_TEXT:
  default:
    return g_strdup_printf (_ ("“%s” is not a number"), quote);
  }
}
