/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-length.h"

#include <math.h>

static double
get_units_per (Re3LengthUnit unit)
{
  return unit == RE3_LENGTH_MM ? RE3_UNITS_PER_MM : 1.0;
}

double
re3_length_to_units (double length, Re3LengthUnit unit)
{
  return length * get_units_per (unit);
}

double
re3_length_from_units (double units, Re3LengthUnit unit)
{
  return units / get_units_per (unit);
}

gboolean
re3_length_parse (const char *text, double *units)
{
  double length;
  char *end;

  g_return_val_if_fail (text != NULL && units != NULL, FALSE);

  length = g_ascii_strtod (text, &end);
  if (end == text || !isfinite (length))
    return FALSE;
  while (g_ascii_isspace (*end))
    end++;
  if (g_ascii_strcasecmp (end, "mm") == 0)
    *units = re3_length_to_units (length, RE3_LENGTH_MM);
  else if (*end == '\0' || g_ascii_strcasecmp (end, "px") == 0)
    *units = length;
  else
    return FALSE;
  return TRUE;
}
