/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-page.h"

#include "re3-length.h"
#include "re3-scene-private.h"
#include "re3-text-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* In chart units. */
#define MARGIN     12.0
#define LEAST_SIDE 48.0
#define MOST_SIDE  20000.0

/* Cairo's images hold no more to a side; and a picture of a gigabyte serves nobody. */
#define MOST_PIXELS_SIDE 32767.0
#define MOST_PIXELS      (256.0 * 1024 * 1024)

#define TITLE_SHARE 1.15

struct _Re3Page {
  Re3Theme theme; /* its font's name is interned */
  Re3Scene *title;
  Re3Scene *chart;
  double title_height;
  double width;
  double height;
};

/* The title in as many lines as it needs at @width, broken between words. */
static Re3Scene *
lay_out_title (Re3Chart *chart, const Re3Theme *theme, double width, double *height)
{
  double size = TITLE_SHARE * theme->font_size;
  double line = re3_text_get_line_height (theme, size, TRUE, NULL);
  Re3Scene *scene = re3_scene_new (chart, theme, width, 0);
  Re3TextStyle style = re3_text_style (size, &theme->foreground, RE3_ANCHOR_START);
  g_auto (GStrv) words = g_strsplit (re3_chart_get_title (chart), " ", -1);
  g_autoptr (GString) text = g_string_new (NULL);
  double y = line / 2;

  style.bold = TRUE;
  for (char **word = words; *word != NULL; word++) {
    g_autofree char *longer = g_strconcat (text->str, text->len > 0 ? " " : "", *word, NULL);
    g_autoptr (PangoLayout) layout = re3_text_shape (theme, longer, size, TRUE, 0);

    if (text->len > 0 && re3_text_get_width (layout) > width) {
      re3_scene_add_text (scene, text->str, &style, 0, y, width, NULL);
      y += line;
      g_string_assign (text, *word);
    } else {
      g_string_assign (text, longer);
    }
  }
  if (text->len > 0) {
    re3_scene_add_text (scene, text->str, &style, 0, y, width, NULL);
    y += line / 2 + 0.6 * theme->font_size;
  } else {
    y = 0;
  }
  *height = ceil (y);
  return scene;
}

static gboolean
check_size (double width, double height, GError **error)
{
  if (width >= LEAST_SIDE && height >= LEAST_SIDE && width <= MOST_SIDE && height <= MOST_SIDE)
    return TRUE;
  g_set_error (error, RE3_EXPORT_ERROR, RE3_EXPORT_ERROR_SIZE,
               _ ("A figure of %.0f × %.0f units (1/96 inch) cannot be drawn; each side must be "
                  "between %.0f and %.0f."),
               width, height, LEAST_SIDE, MOST_SIDE);
  return FALSE;
}

static Re3Theme
make_theme (const Re3ExportOptions *options)
{
  Re3Theme theme = *options->theme;
  g_autofree char *families = NULL;

  /* The theme's own stand in for what the wanted font has no letters for. */
  if (options->font_family != NULL && *options->font_family != '\0')
    families = g_strconcat (options->font_family, ", ", theme.font_family, NULL);
  theme.font_family = g_intern_string (families != NULL ? families : theme.font_family);
  return theme;
}

Re3Page *
re3_page_new (Re3Chart *chart, const Re3ExportOptions *options, GError **error)
{
  g_autoptr (Re3Page) self = NULL;
  double inner;
  double room;

  g_return_val_if_fail (chart != NULL && options != NULL && options->theme != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!check_size (options->width, options->height == 0 ? LEAST_SIDE : options->height, error))
    return NULL;

  self = g_new0 (Re3Page, 1);
  self->theme = make_theme (options);
  self->width = options->width;
  self->height = options->height;
  inner = self->width - 2 * MARGIN;
  self->title = lay_out_title (chart, &self->theme, inner, &self->title_height);
  if (self->height == 0)
    self->height =
        2 * MARGIN + self->title_height + re3_chart_get_natural_height (chart, &self->theme, inner);
  if (!check_size (self->width, self->height, error))
    return NULL;

  /* In a picture so low that the title would leave no chart, the chart goes first. */
  room = self->height - 2 * MARGIN;
  if (self->title_height > room / 2) {
    g_clear_pointer (&self->title, re3_scene_free);
    self->title_height = 0;
  }
  self->chart = re3_chart_layout (chart, &self->theme, inner, room - self->title_height);
  return g_steal_pointer (&self);
}

void
re3_page_free (Re3Page *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->title, re3_scene_free);
  g_clear_pointer (&self->chart, re3_scene_free);
  g_free (self);
}

double
re3_page_get_width (const Re3Page *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->width;
}

double
re3_page_get_height (const Re3Page *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->height;
}

const Re3Theme *
re3_page_get_theme (const Re3Page *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return &self->theme;
}

const Re3Scene *
re3_page_get_title (const Re3Page *self, double *x, double *y)
{
  g_return_val_if_fail (self != NULL && x != NULL && y != NULL, NULL);

  *x = MARGIN;
  *y = MARGIN;
  return self->title;
}

const Re3Scene *
re3_page_get_chart (const Re3Page *self, double *x, double *y)
{
  g_return_val_if_fail (self != NULL && x != NULL && y != NULL, NULL);

  *x = MARGIN;
  *y = MARGIN + self->title_height;
  return self->chart;
}

static void
draw_scene (const Re3Scene *scene, double x, double y, cairo_t *cr)
{
  cairo_save (cr);
  cairo_translate (cr, x, y);
  re3_scene_draw (scene, cr);
  cairo_restore (cr);
}

void
re3_page_draw (const Re3Page *self, cairo_t *cr)
{
  const Re3Color *background;

  g_return_if_fail (self != NULL && cr != NULL);

  background = &self->theme.background;
  cairo_rectangle (cr, 0, 0, self->width, self->height);
  cairo_set_source_rgb (cr, background->red, background->green, background->blue);
  cairo_fill (cr);
  if (self->title != NULL)
    draw_scene (self->title, MARGIN, MARGIN, cr);
  draw_scene (self->chart, MARGIN, MARGIN + self->title_height, cr);
}

gboolean
re3_page_get_pixel_size (const Re3Page *self,
                         double dpi,
                         double *width,
                         double *height,
                         GError **error)
{
  double scale = dpi / RE3_UNITS_PER_INCH;

  g_return_val_if_fail (self != NULL && width != NULL && height != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  *width = round (self->width * scale);
  *height = round (self->height * scale);
  if (*width >= 1 && *height >= 1 && *width <= MOST_PIXELS_SIDE && *height <= MOST_PIXELS_SIDE &&
      *width * *height <= MOST_PIXELS)
    return TRUE;
  g_set_error (error, RE3_EXPORT_ERROR, RE3_EXPORT_ERROR_SIZE,
               _ ("A picture of %.0f × %.0f pixels cannot be made; choose a smaller size or "
                  "fewer dots per inch."),
               *width, *height);
  return FALSE;
}
