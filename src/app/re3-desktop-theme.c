/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-desktop-theme.h"

#include <adwaita.h>

const Re3Theme *
re3_desktop_theme (void)
{
  AdwStyleManager *style = adw_style_manager_get_default ();
  gboolean dark = adw_style_manager_get_dark (style);

  if (adw_style_manager_get_high_contrast (style))
    return dark ? &re3_theme_high_contrast_dark : &re3_theme_high_contrast;
  return dark ? &re3_theme_dark : &re3_theme_light;
}
