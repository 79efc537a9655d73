/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-number-text.h"

#include <math.h>
#include <string.h>

gboolean
re3_number_text_parse (const char *text, double *value)
{
  g_return_val_if_fail (text != NULL && value != NULL, FALSE);

  g_autoptr (GString) plain = g_string_new (text);
  char *end;

  g_string_replace (plain, "\u2212", "-", 0);
  if (strchr (plain->str, '.') == NULL)
    g_string_replace (plain, ",", ".", 1);
  g_strstrip (plain->str);

  *value = g_ascii_strtod (plain->str, &end);
  return end != plain->str && *end == '\0' && strpbrk (plain->str, "xX") == NULL &&
         isfinite (*value);
}
