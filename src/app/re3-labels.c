/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-labels.h"

#include <adwaita.h>

#include "re3-theme.h"

#include <glib/gi18n.h>

char *
re3_label_class_markup (const Re3Model *model, int class_index)
{
  const Re3Theme *theme;
  Re3Color color;

  g_return_val_if_fail (model != NULL, NULL);

  if (class_index == RE3_NO_LABEL)
    return g_strdup ("–");

  theme = adw_style_manager_get_dark (adw_style_manager_get_default ()) ? &re3_theme_dark
                                                                        : &re3_theme_light;
  color = re3_theme_class_color (theme, class_index);
  return g_markup_printf_escaped ("<span foreground=\"#%02x%02x%02x\">●</span> %s",
                                  (guint) (color.red * 255.0 + 0.5),
                                  (guint) (color.green * 255.0 + 0.5),
                                  (guint) (color.blue * 255.0 + 0.5),
                                  re3_model_get_class_name (model, class_index));
}
