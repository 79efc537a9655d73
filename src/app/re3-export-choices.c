/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-export-choices.h"

#include "re3-settings.h"

void
re3_export_choices_load (Re3ExportChoices *self)
{
  GSettings *settings = re3_settings_get ();
  g_autofree char *unit = NULL;
  g_autofree char *theme = NULL;

  g_return_if_fail (self != NULL);

  if (settings == NULL) {
    *self = (Re3ExportChoices){ .format = g_strdup ("svg"),
                                .unit = RE3_LENGTH_MM,
                                .width = 170,
                                .height = 100,
                                .fit_height = TRUE,
                                .dpi = 300,
                                .theme = &re3_theme_print };
    return;
  }

  unit = g_settings_get_string (settings, "export-unit");
  theme = g_settings_get_string (settings, "export-theme");
  *self = (Re3ExportChoices){
    .format = g_settings_get_string (settings, "export-format"),
    .unit = g_str_equal (unit, "px") ? RE3_LENGTH_PX : RE3_LENGTH_MM,
    .width = g_settings_get_double (settings, "export-width"),
    .height = g_settings_get_double (settings, "export-height"),
    .fit_height = g_settings_get_boolean (settings, "export-fit-height"),
    .dpi = g_settings_get_double (settings, "export-dpi"),
    .theme = re3_theme_find (theme),
    .font = g_settings_get_string (settings, "export-font"),
  };
  if (*self->font == '\0')
    g_clear_pointer (&self->font, g_free);
}

void
re3_export_choices_save (const Re3ExportChoices *self)
{
  GSettings *settings = re3_settings_get ();

  g_return_if_fail (self != NULL);

  if (settings == NULL)
    return;
  g_settings_set_string (settings, "export-format", self->format);
  g_settings_set_string (settings, "export-unit", self->unit == RE3_LENGTH_PX ? "px" : "mm");
  g_settings_set_double (settings, "export-width", self->width);
  g_settings_set_double (settings, "export-height", self->height);
  g_settings_set_boolean (settings, "export-fit-height", self->fit_height);
  g_settings_set_double (settings, "export-dpi", self->dpi);
  g_settings_set_string (settings, "export-theme", self->theme->name);
  g_settings_set_string (settings, "export-font", self->font != NULL ? self->font : "");
}

void
re3_export_choices_clear (Re3ExportChoices *self)
{
  g_clear_pointer (&self->format, g_free);
  g_clear_pointer (&self->font, g_free);
}

Re3ExportOptions
re3_export_choices_get_options (const Re3ExportChoices *self)
{
  Re3ExportOptions options = RE3_EXPORT_OPTIONS_DEFAULT;

  g_return_val_if_fail (self != NULL, options);

  options.theme = self->theme;
  options.width = re3_length_to_units (self->width, self->unit);
  options.height = self->fit_height ? 0 : re3_length_to_units (self->height, self->unit);
  options.dpi = self->dpi;
  options.font_family = self->font;
  return options;
}
