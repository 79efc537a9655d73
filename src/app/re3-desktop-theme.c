/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-desktop-theme.h"

#include <adwaita.h>

/* Charts hold more text than dialogs do; a step smaller reads better. */
#define FONT_SHARE 0.86

const Re3Theme *
re3_desktop_theme (void)
{
  AdwStyleManager *style = adw_style_manager_get_default ();
  gboolean dark = adw_style_manager_get_dark (style);

  if (adw_style_manager_get_high_contrast (style))
    return dark ? &re3_theme_high_contrast_dark : &re3_theme_high_contrast;
  return dark ? &re3_theme_dark : &re3_theme_light;
}

Re3Theme
re3_desktop_theme_for_widget (GtkWidget *widget, char **family)
{
  Re3Theme theme = *re3_desktop_theme ();
  const PangoFontDescription *font =
      pango_context_get_font_description (gtk_widget_get_pango_context (widget));
  double size = pango_font_description_get_size (font) / (double) PANGO_SCALE;

  if (!pango_font_description_get_size_is_absolute (font))
    size *= 96.0 / 72.0;

  *family = g_strdup (pango_font_description_get_family (font));
  theme.font_family = *family;
  theme.font_size = size * FONT_SHARE;
  return theme;
}
