/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-number-format.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define MINUS          "\u2212"
#define THIN_SPACE     "\u2009"
#define NO_BREAK_SPACE "\u00a0"

/* More digits than a double holds would be noise. */
#define MOST_DIGITS 17

/* Smaller numbers, and larger ones of which not all digits are asked for, are written with a
 * power of ten: zeros that nobody measured are not printed. */
#define LEAST_PLAIN_EXPONENT (-4)
#define MOST_PLAIN_EXPONENT  6
#define MOST_FIXED           1e15

/* Digits of a number and where its point stands: 0.d1d2d3... * 10^point. */
typedef struct {
  char digits[64];
  int n_digits;
  int point;
} Decimal;

/* Keeps the ASCII digits of @printed up to an exponent; the locale's own point is left out. */
static const char *
collect_digits (Decimal *decimal, const char *printed)
{
  decimal->n_digits = 0;
  for (; *printed != '\0' && *printed != 'e'; printed++)
    if (g_ascii_isdigit (*printed))
      decimal->digits[decimal->n_digits++] = *printed;
  return printed;
}

static void
decimal_from_significant (Decimal *decimal, double magnitude, int digits)
{
  char printed[64];
  const char *exponent;

  g_snprintf (printed, sizeof printed, "%.*e", CLAMP (digits, 1, MOST_DIGITS) - 1, magnitude);
  exponent = collect_digits (decimal, printed);
  decimal->point = atoi (exponent + 1) + 1;
}

static void
decimal_from_fixed (Decimal *decimal, double magnitude, int decimals)
{
  char printed[64];

  decimals = CLAMP (decimals, 0, MOST_DIGITS);
  g_snprintf (printed, sizeof printed, "%.*f", decimals, magnitude);
  collect_digits (decimal, printed);
  decimal->point = decimal->n_digits - decimals;
}

static void
decimal_strip_zeros (Decimal *decimal)
{
  while (decimal->n_digits > 1 && decimal->n_digits > decimal->point &&
         decimal->digits[decimal->n_digits - 1] == '0')
    decimal->n_digits--;
}

static gboolean
decimal_is_zero (const Decimal *decimal)
{
  for (int i = 0; i < decimal->n_digits; i++)
    if (decimal->digits[i] != '0')
      return FALSE;
  return TRUE;
}

static void
append_plain (GString *text, const Decimal *decimal)
{
  if (decimal->point <= 0)
    g_string_append_c (text, '0');
  for (int i = 0; i < decimal->point; i++) {
    if (i > 0 && decimal->point > 4 && (decimal->point - i) % 3 == 0)
      g_string_append (text, THIN_SPACE);
    g_string_append_c (text, i < decimal->n_digits ? decimal->digits[i] : '0');
  }

  if (decimal->n_digits <= MAX (decimal->point, 0))
    return;
  g_string_append_c (text, '.');
  for (int i = decimal->point; i < decimal->n_digits; i++)
    g_string_append_c (text, i < 0 ? '0' : decimal->digits[i]);
}

static void
append_power_of_ten (GString *text, int exponent)
{
  static const char *const raised[] = { "\u2070", "\u00b9", "\u00b2", "\u00b3", "\u2074",
                                        "\u2075", "\u2076", "\u2077", "\u2078", "\u2079" };
  char digits[16];

  g_snprintf (digits, sizeof digits, "%d", ABS (exponent));
  g_string_append (text, exponent < 0 ? "10\u207b" : "10");
  for (const char *digit = digits; *digit != '\0'; digit++)
    g_string_append (text, raised[*digit - '0']);
}

static char *
format_significant (double value, int digits, const char *plus)
{
  g_autoptr (GString) text = g_string_sized_new (24);
  Decimal decimal;
  int exponent;

  if (isnan (value))
    return g_strdup ("NaN");
  if (value == 0)
    return g_strdup ("0");

  g_string_append (text, value < 0 ? MINUS : plus);
  if (isinf (value)) {
    g_string_append (text, "\u221e");
    return g_string_free (g_steal_pointer (&text), FALSE);
  }

  decimal_from_significant (&decimal, fabs (value), digits);
  exponent = decimal.point - 1;
  if (exponent >= LEAST_PLAIN_EXPONENT && exponent < MAX (MOST_PLAIN_EXPONENT, digits)) {
    decimal_strip_zeros (&decimal);
    append_plain (text, &decimal);
    return g_string_free (g_steal_pointer (&text), FALSE);
  }

  decimal.point = 1;
  decimal_strip_zeros (&decimal);
  append_plain (text, &decimal);
  g_string_append (text, THIN_SPACE "\u00d7" THIN_SPACE);
  append_power_of_ten (text, exponent);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
re3_format_number (double value, int digits)
{
  return format_significant (value, digits, "");
}

char *
re3_format_signed (double value, int digits)
{
  return format_significant (value, digits, "+");
}

char *
re3_format_fixed (double value, int decimals)
{
  g_autoptr (GString) text = NULL;
  Decimal decimal;

  if (!isfinite (value) || fabs (value) >= MOST_FIXED)
    return format_significant (value, 3, "");

  decimal_from_fixed (&decimal, fabs (value), decimals);
  text = g_string_sized_new (24);
  if (value < 0 && !decimal_is_zero (&decimal))
    g_string_append (text, MINUS);
  append_plain (text, &decimal);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
re3_format_percent (double share, int decimals)
{
  double step = pow (10, -CLAMP (decimals, 0, MOST_DIGITS));
  double percent = 100 * share;
  const char *relation = "";
  g_autofree char *number = NULL;

  /* The bounds that rounding would reach: "> 99.9 %" is more than that, and less than all. */
  if (share < 1 && percent > 100 - step / 2) {
    percent = 100 - step;
    relation = ">" NO_BREAK_SPACE;
  } else if (share > 0 && percent < step / 2) {
    percent = step;
    relation = "<" NO_BREAK_SPACE;
  }
  number = re3_format_fixed (percent, decimals);
  return g_strconcat (relation, number, NO_BREAK_SPACE "%", NULL);
}

char *
re3_format_with_unit (double value, int digits, const char *unit)
{
  g_autofree char *number = re3_format_number (value, digits);

  if (unit == NULL || *unit == '\0')
    return g_steal_pointer (&number);
  return g_strconcat (number, NO_BREAK_SPACE, unit, NULL);
}

char *
re3_format_power_of_ten (int exponent)
{
  g_autoptr (GString) text = g_string_new (NULL);

  append_power_of_ten (text, exponent);
  return g_string_free (g_steal_pointer (&text), FALSE);
}
