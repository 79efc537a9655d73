/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-export.h"

#include "re3-png-private.h"
#include "re3-scene-private.h"
#include "re3-text-private.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

G_DEFINE_QUARK (re3 - export - error - quark, re3_export_error)

/* In chart units. */
#define MARGIN        12.0
#define LEAST_SIDE    48.0
#define MOST_SIDE     20000.0
#define UNITS_TO_PT   (72.0 / 96.0)
#define UNITS_TO_INCH (1.0 / 96.0)

/* Cairo's images hold no more to a side; and a picture of a gigabyte serves nobody. */
#define MOST_PIXELS_SIDE 32767.0
#define MOST_PIXELS      (256.0 * 1024 * 1024)

#define TITLE_SHARE 1.15

typedef enum {
  FORMAT_PNG,
  FORMAT_SVG,
  FORMAT_PDF,
  FORMAT_CSV,
} Format;

/* A chart laid out with its title above it. */
typedef struct {
  Re3Scene *title;
  Re3Scene *chart;
  double title_height;
  double width;
  double height;
} Page;

static gboolean
parse_format (const char *ending, Format *format, GError **error)
{
  static const struct {
    const char *ending;
    Format format;
  } formats[] = {
    { "png", FORMAT_PNG }, { "svg", FORMAT_SVG }, { "pdf", FORMAT_PDF }, { "csv", FORMAT_CSV }
  };

  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    if (g_ascii_strcasecmp (ending, formats[i].ending) == 0) {
      *format = formats[i].format;
      return TRUE;
    }
  if (*ending == '\0')
    g_set_error_literal (
        error, RE3_EXPORT_ERROR, RE3_EXPORT_ERROR_ENDING,
        _ ("The file name has no ending; give it .png, .svg or .pdf, or .csv for the numbers."));
  else
    g_set_error (error, RE3_EXPORT_ERROR, RE3_EXPORT_ERROR_ENDING,
                 _ ("Figures are not written as “.%s”; end the file name in .png, .svg or .pdf, or "
                    "in .csv for the numbers."),
                 ending);
  return FALSE;
}

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

static void
page_clear (Page *page)
{
  g_clear_pointer (&page->title, re3_scene_free);
  g_clear_pointer (&page->chart, re3_scene_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Page, page_clear)

static gboolean
lay_out_page (Re3Chart *chart, const Re3ExportOptions *options, Page *page, GError **error)
{
  double inner = options->width - 2 * MARGIN;
  double room;

  if (!check_size (options->width, options->height == 0 ? LEAST_SIDE : options->height, error))
    return FALSE;

  page->title = lay_out_title (chart, options->theme, inner, &page->title_height);
  page->width = options->width;
  page->height = options->height;
  if (page->height == 0)
    page->height = 2 * MARGIN + page->title_height +
                   re3_chart_get_natural_height (chart, options->theme, inner);
  if (!check_size (page->width, page->height, error))
    return FALSE;

  /* In a picture so low that the title would leave no chart, the chart goes first. */
  room = page->height - 2 * MARGIN;
  if (page->title_height > room / 2) {
    g_clear_pointer (&page->title, re3_scene_free);
    page->title_height = 0;
  }
  page->chart = re3_chart_layout (chart, options->theme, inner, room - page->title_height);
  return TRUE;
}

static void
page_draw (const Page *page, const Re3Theme *theme, cairo_t *cr)
{
  cairo_set_source_rgb (cr, theme->background.red, theme->background.green, theme->background.blue);
  cairo_paint (cr);
  cairo_translate (cr, MARGIN, MARGIN);
  if (page->title != NULL)
    re3_scene_draw (page->title, cr);
  cairo_translate (cr, 0, page->title_height);
  re3_scene_draw (page->chart, cr);
}

static cairo_status_t
append_bytes (gpointer closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static gboolean
check_status (cairo_status_t status, GError **error)
{
  if (status == CAIRO_STATUS_SUCCESS)
    return TRUE;
  g_set_error (error, RE3_EXPORT_ERROR, RE3_EXPORT_ERROR_DRAW,
               _ ("Cairo cannot draw the figure: %s."), cairo_status_to_string (status));
  return FALSE;
}

static gboolean
write_png (const Page *page, const Re3ExportOptions *options, GByteArray *bytes, GError **error)
{
  double scale = options->dpi * UNITS_TO_INCH;
  double width = round (page->width * scale);
  double height = round (page->height * scale);
  cairo_surface_t *surface;
  cairo_status_t status;
  cairo_t *cr;

  if (!(width >= 1 && height >= 1 && width <= MOST_PIXELS_SIDE && height <= MOST_PIXELS_SIDE &&
        width * height <= MOST_PIXELS)) {
    g_set_error (error, RE3_EXPORT_ERROR, RE3_EXPORT_ERROR_SIZE,
                 _ ("A picture of %.0f × %.0f pixels cannot be made; choose a smaller size or "
                    "fewer dots per inch."),
                 width, height);
    return FALSE;
  }

  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) width, (int) height);
  cr = cairo_create (surface);
  cairo_scale (cr, width / page->width, height / page->height);
  page_draw (page, options->theme, cr);
  status = cairo_status (cr);
  cairo_destroy (cr);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_write_to_png_stream (surface, append_bytes, bytes);
  cairo_surface_destroy (surface);
  if (!check_status (status, error))
    return FALSE;
  re3_png_set_resolution (bytes, options->dpi);
  return TRUE;
}

static gboolean
finish_vectors (cairo_surface_t *surface,
                const Page *page,
                const Re3Theme *theme,
                double scale,
                GError **error)
{
  cairo_t *cr = cairo_create (surface);
  cairo_status_t status;

  cairo_scale (cr, scale, scale);
  page_draw (page, theme, cr);
  status = cairo_status (cr);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  return check_status (status, error);
}

static gboolean
write_pdf (const Page *page,
           const Re3ExportOptions *options,
           const char *title,
           GByteArray *bytes,
           GError **error)
{
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (
      append_bytes, bytes, page->width * UNITS_TO_PT, page->height * UNITS_TO_PT);

  /* Without a date, two writes of one figure are the same file. */
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, "");
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, title);
  return finish_vectors (surface, page, options->theme, UNITS_TO_PT, error);
}

/* Appends the name of the surface that @match found: "surface1" for the first one of the file. */
static gboolean
append_surface_name (const GMatchInfo *match, GString *text, gpointer data)
{
  GHashTable *numbers = data;
  g_autofree char *name = g_match_info_fetch (match, 0);
  gpointer number = g_hash_table_lookup (numbers, name);

  if (number == NULL) {
    number = GUINT_TO_POINTER (g_hash_table_size (numbers) + 1);
    g_hash_table_insert (numbers, g_steal_pointer (&name), number);
  }
  g_string_append_printf (text, "surface%u", GPOINTER_TO_UINT (number));
  return FALSE;
}

/* Cairo numbers its surfaces over the whole life of the process and prints the number: two writes
 * of one figure would differ. */
static gboolean
number_surfaces_anew (GByteArray *bytes, GError **error)
{
  g_autoptr (GRegex) regex = g_regex_new ("\\bsurface[0-9]+\\b", G_REGEX_RAW, 0, error);
  g_autoptr (GHashTable) numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *text = NULL;

  if (regex != NULL)
    text = g_regex_replace_eval (regex, (const char *) bytes->data, (gssize) bytes->len, 0, 0,
                                 append_surface_name, numbers, error);
  if (text == NULL)
    return FALSE;
  g_byte_array_set_size (bytes, 0);
  g_byte_array_append (bytes, (const guint8 *) text, (guint) strlen (text));
  return TRUE;
}

static gboolean
write_svg (const Page *page, const Re3ExportOptions *options, GByteArray *bytes, GError **error)
{
  cairo_surface_t *surface =
      cairo_svg_surface_create_for_stream (append_bytes, bytes, page->width, page->height);

  cairo_svg_surface_set_document_unit (surface, CAIRO_SVG_UNIT_PX);
  return finish_vectors (surface, page, options->theme, 1, error) &&
         number_surfaces_anew (bytes, error);
}

static GBytes *
write_csv (Re3Chart *chart)
{
  g_autoptr (Re3ChartTable) table = re3_chart_get_data (chart);
  char *csv = re3_chart_table_to_csv (table);

  return g_bytes_new_take (csv, strlen (csv));
}

GBytes *
re3_chart_export_to_bytes (Re3Chart *chart,
                           const Re3ExportOptions *options,
                           const char *ending,
                           GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_auto (Page) page = { 0 };
  gboolean is_written;
  Format format;

  g_return_val_if_fail (chart != NULL && options != NULL && options->theme != NULL, NULL);
  g_return_val_if_fail (ending != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!parse_format (ending, &format, error))
    return NULL;
  if (format == FORMAT_CSV)
    return write_csv (chart);
  if (!lay_out_page (chart, options, &page, error))
    return NULL;
  switch (format) {
  case FORMAT_PNG:
    is_written = write_png (&page, options, bytes, error);
    break;
  case FORMAT_SVG:
    is_written = write_svg (&page, options, bytes, error);
    break;
  case FORMAT_PDF:
    is_written = write_pdf (&page, options, re3_chart_get_title (chart), bytes, error);
    break;
  default:
    g_assert_not_reached ();
  }
  return is_written ? g_byte_array_free_to_bytes (g_steal_pointer (&bytes)) : NULL;
}

static const char *
describe_file_error (const GError *error)
{
  switch (error->code) {
  case G_FILE_ERROR_ACCES:
  case G_FILE_ERROR_PERM:
    return _ ("it may not be written to");
  case G_FILE_ERROR_ROFS:
    return _ ("it can only be read");
  case G_FILE_ERROR_NOSPC:
    return _ ("the disk is full");
  case G_FILE_ERROR_NOENT:
  case G_FILE_ERROR_NOTDIR:
    return _ ("there is no such folder, or no file can be made in it");
  default:
    return error->message;
  }
}

gboolean
re3_chart_export (Re3Chart *chart,
                  const Re3ExportOptions *options,
                  const char *path,
                  GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *shown = NULL;
  g_autofree char *name = NULL;
  g_autoptr (GBytes) bytes = NULL;
  const char *dot;
  gconstpointer data;
  gsize size;

  g_return_val_if_fail (path != NULL, FALSE);

  name = g_path_get_basename (path);
  dot = strrchr (name, '.');
  bytes = re3_chart_export_to_bytes (chart, options, dot != NULL ? dot + 1 : "", error);
  if (bytes == NULL)
    return FALSE;
  data = g_bytes_get_data (bytes, &size);
  if (g_file_set_contents_full (path, data, (gssize) size, G_FILE_SET_CONTENTS_CONSISTENT, 0644,
                                &local_error))
    return TRUE;

  /* GLib's own sentence is about a temporary file that nobody has heard of. */
  shown = g_filename_display_name (path);
  g_set_error (error, RE3_EXPORT_ERROR, RE3_EXPORT_ERROR_WRITE,
               _ ("%s: %s; choose another folder."), shown, describe_file_error (local_error));
  return FALSE;
}
