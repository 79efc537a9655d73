/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-svg-private.h"

#include "re3-length.h"

#include <math.h>
#include <string.h>

#define UNITS_TO_PT (72.0 / RE3_UNITS_PER_INCH)

/* A thousandth of a unit is less than anybody can see, and most numbers need no digits after the
 * point at all. */
#define DECIMALS     "%.3f"
#define TENS_PER_ONE 1000.0

#define REPLACEMENT 0xfffd

/* XML has no way to write some characters, not even escaped. White space would be taken for
 * layout in some places and for text in others. */
static gunichar
allow (gunichar character, gboolean keep_lines)
{
  if (character == '\n' && keep_lines)
    return character;
  if (character == '\t' || character == '\n' || character == '\r')
    return ' ';
  return character < 0x20 || character == 0xfffe || character == 0xffff ? REPLACEMENT : character;
}

static void
append_escaped (GString *svg, const char *text, gboolean keep_lines)
{
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar character = allow (g_utf8_get_char (at), keep_lines);

    switch (character) {
    case '&':
      g_string_append (svg, "&amp;");
      break;
    case '<':
      g_string_append (svg, "&lt;");
      break;
    case '>':
      g_string_append (svg, "&gt;");
      break;
    case '"':
      g_string_append (svg, "&quot;");
      break;
    default:
      g_string_append_unichar (svg, character);
    }
  }
}

/* With a point in every locale, without trailing zeros and never "-0". */
static void
append_number (GString *svg, double number)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];
  double rounded = round (number * TENS_PER_ONE) / TENS_PER_ONE;
  char *end;

  g_ascii_formatd (buffer, sizeof buffer, DECIMALS, rounded == 0 ? 0 : rounded);
  end = buffer + strlen (buffer);
  while (end[-1] == '0')
    end--;
  if (end[-1] == '.')
    end--;
  g_string_append_len (svg, buffer, end - buffer);
}

static void
append_attribute (GString *svg, const char *name, double number)
{
  g_string_append_printf (svg, " %s=\"", name);
  append_number (svg, number);
  g_string_append_c (svg, '"');
}

static guint
channel (double share)
{
  return (guint) round (255 * CLAMP (share, 0, 1));
}

/* @property: "fill" or "stroke". */
static void
append_color (GString *svg, const char *property, const Re3Color *color)
{
  g_string_append_printf (svg, " %s=\"#%02x%02x%02x\"", property, channel (color->red),
                          channel (color->green), channel (color->blue));
  if (color->alpha < 1) {
    g_string_append_printf (svg, " %s-opacity=\"", property);
    append_number (svg, color->alpha);
    g_string_append_c (svg, '"');
  }
}

static void
append_element (GString *svg, const char *name, const char *text)
{
  if (*text == '\0')
    return;
  g_string_append_printf (svg, "<%s>", name);
  append_escaped (svg, text, TRUE);
  g_string_append_printf (svg, "</%s>", name);
}

/* Closes the tag of a shape that is called @name; its tooltip is a child. */
static void
append_end (GString *svg, const char *name, const Re3Mark *mark)
{
  if (mark->tooltip == NULL || *mark->tooltip == '\0') {
    g_string_append (svg, "/>\n");
    return;
  }
  g_string_append_c (svg, '>');
  append_element (svg, "title", mark->tooltip);
  g_string_append_printf (svg, "</%s>\n", name);
}

/* Pango's families as CSS has them: quoted, but for the generic ones. */
static void
append_families (GString *svg, const char *families)
{
  static const struct {
    const char *pango;
    const char *css;
  } generic[] = { { "sans", "sans-serif" },
                  { "sans-serif", "sans-serif" },
                  { "serif", "serif" },
                  { "monospace", "monospace" } };
  g_auto (GStrv) names = g_strsplit (families, ",", -1);
  const char *separator = "";

  for (char **name = names; *name != NULL; name++) {
    const char *css = NULL;

    g_strstrip (g_strdelimit (*name, "'\"\\", ' '));
    if (**name == '\0')
      continue;
    for (gsize i = 0; i < G_N_ELEMENTS (generic) && css == NULL; i++)
      if (g_ascii_strcasecmp (*name, generic[i].pango) == 0)
        css = generic[i].css;
    g_string_append (svg, separator);
    if (css == NULL)
      g_string_append_c (svg, '\'');
    append_escaped (svg, css != NULL ? css : *name, FALSE);
    if (css == NULL)
      g_string_append_c (svg, '\'');
    separator = ", ";
  }
}

static void
append_paint (GString *svg, const Re3Paint *paint)
{
  if (paint->fill.alpha > 0)
    append_color (svg, "fill", &paint->fill);
  else
    g_string_append (svg, " fill=\"none\"");
  if (paint->stroke.alpha <= 0 || paint->stroke_width <= 0)
    return;

  append_color (svg, "stroke", &paint->stroke);
  append_attribute (svg, "stroke-width", paint->stroke_width);
  g_string_append (svg, " stroke-linejoin=\"round\"");
  if (paint->dash > 0)
    append_attribute (svg, "stroke-dasharray", paint->dash);
}

static void
add_rectangle (GString *svg, const Re3ScenePart *part)
{
  const Re3Rect *bounds = &part->mark.bounds;
  double radius = MIN (part->paint.radius, MIN (bounds->width, bounds->height) / 2);

  g_string_append (svg, "<rect");
  append_attribute (svg, "x", bounds->x);
  append_attribute (svg, "y", bounds->y);
  append_attribute (svg, "width", bounds->width);
  append_attribute (svg, "height", bounds->height);
  if (radius > 0)
    append_attribute (svg, "rx", radius);
  append_paint (svg, &part->paint);
  append_end (svg, "rect", &part->mark);
}

static void
append_points (GString *svg, char command, const Re3PathElement *element, int n_points)
{
  g_string_append_c (svg, command);
  for (int i = 0; i < n_points; i++) {
    if (i > 0)
      g_string_append_c (svg, ' ');
    append_number (svg, element->x[i]);
    g_string_append_c (svg, ' ');
    append_number (svg, element->y[i]);
  }
}

static void
add_path (GString *svg, const Re3Scene *scene, const Re3ScenePart *part)
{
  const Re3PathElement *elements = re3_scene_get_elements (scene, part);

  g_string_append (svg, "<path d=\"");
  for (guint i = 0; i < part->n_elements; i++)
    switch (elements[i].verb) {
    case RE3_PATH_MOVE:
      append_points (svg, 'M', &elements[i], 1);
      break;
    case RE3_PATH_LINE:
      append_points (svg, 'L', &elements[i], 1);
      break;
    case RE3_PATH_CURVE:
      append_points (svg, 'C', &elements[i], 3);
      break;
    case RE3_PATH_CLOSE:
      g_string_append_c (svg, 'Z');
      break;
    default:
      g_assert_not_reached ();
    }
  g_string_append_c (svg, '"');
  append_paint (svg, &part->paint);
  append_end (svg, "path", &part->mark);
}

/* The anchor keeps a text in its place in a viewer that has other fonts. */
static void
add_text (GString *svg, const Re3ScenePart *part)
{
  static const char *const anchors[] = {
    [RE3_ANCHOR_START] = NULL,
    [RE3_ANCHOR_MIDDLE] = "middle",
    [RE3_ANCHOR_END] = "end",
  };
  const Re3TextStyle *style = &part->style;

  g_string_append (svg, "<text");
  append_attribute (svg, "x", part->x);
  append_attribute (svg, "y", part->y);
  append_attribute (svg, "font-size", style->size);
  if (style->bold)
    g_string_append (svg, " font-weight=\"bold\"");
  if (anchors[style->anchor] != NULL)
    g_string_append_printf (svg, " text-anchor=\"%s\"", anchors[style->anchor]);
  append_color (svg, "fill", &style->color);
  if (style->vertical) {
    g_string_append (svg, " transform=\"rotate(-90 ");
    append_number (svg, part->x);
    g_string_append_c (svg, ' ');
    append_number (svg, part->y);
    g_string_append (svg, ")\"");
  }
  g_string_append_c (svg, '>');
  append_escaped (svg, pango_layout_get_text (part->text), FALSE);
  if (part->mark.tooltip != NULL)
    append_element (svg, "title", part->mark.tooltip);
  g_string_append (svg, "</text>\n");
}

static cairo_status_t
append_bytes (gpointer closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

/* One picture, whose pixels viewers are told not to mix; older ones know the first word only. */
static void
add_cells (GString *svg, const Re3ScenePart *part)
{
  const Re3Rect *bounds = &part->mark.bounds;
  cairo_surface_t *image = re3_cells_get_image (part->cells, bounds, RE3_CELLS_FILE_DENSITY);
  g_autoptr (GByteArray) png = g_byte_array_new ();

  if (cairo_surface_write_to_png_stream (image, append_bytes, png) == CAIRO_STATUS_SUCCESS) {
    g_autofree char *base64 = g_base64_encode (png->data, png->len);

    g_string_append (svg, "<image");
    append_attribute (svg, "x", bounds->x);
    append_attribute (svg, "y", bounds->y);
    append_attribute (svg, "width", bounds->width);
    append_attribute (svg, "height", bounds->height);
    g_string_append (svg, " preserveAspectRatio=\"none\" image-rendering=\"optimizeSpeed\""
                          " style=\"image-rendering: pixelated\""
                          " xlink:href=\"data:image/png;base64,");
    g_string_append (svg, base64);
    g_string_append (svg, "\"/>\n");
  }
}

static gboolean
is_painted (const Re3Paint *paint)
{
  return paint->fill.alpha > 0 || (paint->stroke.alpha > 0 && paint->stroke_width > 0);
}

GString *
re3_svg_begin (const Re3Theme *theme,
               double width,
               double height,
               const char *title,
               const char *description)
{
  GString *svg = g_string_new ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                               "<svg xmlns=\"http://www.w3.org/2000/svg\""
                               " xmlns:xlink=\"http://www.w3.org/1999/xlink\"");

  /* Points are the same length to all programs; pixels are not. */
  g_string_append (svg, " width=\"");
  append_number (svg, width * UNITS_TO_PT);
  g_string_append (svg, "pt\" height=\"");
  append_number (svg, height * UNITS_TO_PT);
  g_string_append (svg, "pt\" viewBox=\"0 0 ");
  append_number (svg, width);
  g_string_append_c (svg, ' ');
  append_number (svg, height);
  g_string_append (svg, "\" font-family=\"");
  append_families (svg, theme->font_family);
  /* Digits of one width, as on screen, and no space is taken for layout. */
  g_string_append (svg,
                   "\" style=\"font-variant-numeric: tabular-nums\" xml:space=\"preserve\">\n");
  append_element (svg, "title", title);
  append_element (svg, "desc", description);
  g_string_append (svg, "\n<rect width=\"100%\" height=\"100%\"");
  append_color (svg, "fill", &theme->background);
  g_string_append (svg, "/>\n");
  return svg;
}

void
re3_svg_add_scene (GString *svg, const Re3Scene *scene, double x, double y)
{
  g_string_append (svg, "<g transform=\"translate(");
  append_number (svg, x);
  g_string_append_c (svg, ' ');
  append_number (svg, y);
  g_string_append (svg, ")\">\n");
  for (gsize i = 0; i < re3_scene_get_n_marks (scene); i++) {
    const Re3ScenePart *part = re3_scene_get_part (scene, i);

    if (part->mark.kind == RE3_MARK_TEXT)
      add_text (svg, part);
    else if (part->mark.kind == RE3_MARK_CELLS)
      add_cells (svg, part);
    else if (!is_painted (&part->paint))
      continue;
    else if (part->mark.kind == RE3_MARK_PATH)
      add_path (svg, scene, part);
    else
      add_rectangle (svg, part);
  }
  g_string_append (svg, "</g>\n");
}

void
re3_svg_end (GString *svg)
{
  g_string_append (svg, "</svg>\n");
}
