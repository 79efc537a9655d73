/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-labels.h"

#include "re3-desktop-theme.h"
#include "re3-number-text.h"

#include <glib/gi18n.h>
#include <math.h>

#define OUTPUT_DIGITS 4

char *
re3_label_class_markup (const Re3Model *model, int class_index)
{
  Re3Color color;

  g_return_val_if_fail (model != NULL, NULL);

  if (class_index == RE3_NO_LABEL)
    return g_strdup ("–");

  color = re3_theme_class_color (re3_desktop_theme (), class_index);
  return g_markup_printf_escaped ("<span foreground=\"#%02x%02x%02x\">●</span> %s",
                                  (guint) (color.red * 255.0 + 0.5),
                                  (guint) (color.green * 255.0 + 0.5),
                                  (guint) (color.blue * 255.0 + 0.5),
                                  re3_model_get_class_name (model, class_index));
}

char *
re3_label_output (const Re3Model *model, double value)
{
  g_return_val_if_fail (model != NULL, NULL);

  if (isnan (value))
    return g_strdup ("–");
  return re3_number_text_new_with_unit (value, OUTPUT_DIGITS, re3_model_get_output_unit (model, 0));
}
