/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-csv-cell.h"

#include "re3-io-file.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static const char *
skip_digits (const char *p)
{
  while (g_ascii_isdigit (*p))
    p++;

  return p;
}

/* Whether [@start, @end) reads as a decimal number with @point between whole and fraction, such as
 * 5, .2, 7.70E-05: what people write, and less than what strtod() takes. */
static gboolean
is_decimal (const char *start, const char *end, char point)
{
  const char *p = start;
  const char *whole;
  gsize n_digits;

  if (*p == '+' || *p == '-')
    p++;
  whole = p;
  p = skip_digits (p);
  n_digits = (gsize) (p - whole);
  if (*p == point) {
    const char *fraction = p + 1;

    p = skip_digits (fraction);
    n_digits += (gsize) (p - fraction);
  }
  if (n_digits == 0)
    return FALSE;
  if (*p == 'e' || *p == 'E') {
    const char *exponent = p + 1;

    if (*exponent == '+' || *exponent == '-')
      exponent++;
    p = skip_digits (exponent);
    if (p == exponent)
      return FALSE;
  }

  return p == end;
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

Re3CsvCell
re3_csv_cell_read (const char *cell, double *value)
{
  static const char *const missing_words[] = { "",    "?",    "NA",   "N/A", "#N/A",
                                               "NaN", "null", "none", NULL };
  static const char *const infinite_words[] = { "inf", "infinity", NULL };
  const char *start = cell;
  const char *end;
  gsize n_sign;

  g_return_val_if_fail (cell != NULL && value != NULL, RE3_CSV_CELL_TEXT);

  while (g_ascii_isspace (*start))
    start++;
  end = start;
  for (const char *p = start; *p != '\0'; p++) {
    if (!g_ascii_isspace (*p))
      end = p + 1;
  }

  if (is_decimal (start, end, '.')) {
    *value = g_ascii_strtod (start, NULL);
    return isfinite (*value) ? RE3_CSV_CELL_NUMBER : RE3_CSV_CELL_INFINITE;
  }
  if (is_decimal (start, end, ','))
    return RE3_CSV_CELL_DECIMAL_COMMA;
  if (is_one_of (start, (gsize) (end - start), missing_words))
    return RE3_CSV_CELL_MISSING;

  n_sign = *start == '+' || *start == '-' ? 1 : 0;
  if (is_one_of (start + n_sign, (gsize) (end - start) - n_sign, infinite_words))
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
