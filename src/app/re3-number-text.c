/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-number-text.h"

#include "re3-number-format.h"

#include <gtk/gtk.h>
#include <math.h>
#include <string.h>

#define LEFT_TO_RIGHT_ISOLATE "\u2066"
#define POP_ISOLATE           "\u2069"

/* @text: (transfer full) */
static char *
isolate (char *text)
{
  g_autofree char *plain = text;

  if (gtk_widget_get_default_direction () != GTK_TEXT_DIR_RTL)
    return g_steal_pointer (&plain);
  return g_strconcat (LEFT_TO_RIGHT_ISOLATE, plain, POP_ISOLATE, NULL);
}

char *
re3_number_text_new (double value, int digits)
{
  return isolate (re3_format_number (value, digits));
}

char *
re3_number_text_new_signed (double value, int digits)
{
  return isolate (re3_format_signed (value, digits));
}

char *
re3_number_text_new_percent (double share, int decimals)
{
  return isolate (re3_format_percent (share, decimals));
}

char *
re3_number_text_new_with_unit (double value, int digits, const char *unit)
{
  return isolate (re3_format_with_unit (value, digits, unit));
}

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
