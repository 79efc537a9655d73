/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-export.h"

#include "re3-length.h"
#include "re3-page.h"
#include "re3-png-private.h"
#include "re3-svg-private.h"

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>
#include <string.h>

G_DEFINE_QUARK (re3 - export - error - quark, re3_export_error)

#define UNITS_TO_PT (72.0 / RE3_UNITS_PER_INCH)

typedef enum {
  FORMAT_PNG,
  FORMAT_SVG,
  FORMAT_PDF,
  FORMAT_CSV,
} Format;

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

static GBytes *
write_png (const Re3Page *page, double dpi, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  cairo_surface_t *surface;
  cairo_status_t status;
  double width;
  double height;
  cairo_t *cr;

  if (!re3_page_get_pixel_size (page, dpi, &width, &height, error))
    return NULL;

  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) width, (int) height);
  cr = cairo_create (surface);
  cairo_scale (cr, width / re3_page_get_width (page), height / re3_page_get_height (page));
  re3_page_draw (page, cr);
  status = cairo_status (cr);
  cairo_destroy (cr);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_write_to_png_stream (surface, append_bytes, bytes);
  cairo_surface_destroy (surface);
  if (!check_status (status, error))
    return NULL;
  re3_png_set_resolution (bytes, dpi);
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

static GBytes *
write_pdf (const Re3Page *page, Re3Chart *chart, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  cairo_surface_t *surface =
      cairo_pdf_surface_create_for_stream (append_bytes, bytes,
                                           re3_page_get_width (page) * UNITS_TO_PT,
                                           re3_page_get_height (page) * UNITS_TO_PT);
  cairo_t *cr = cairo_create (surface);
  cairo_status_t status;

  /* Without a date, two writes of one figure are the same file. */
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, "");
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, re3_chart_get_title (chart));
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_SUBJECT,
                                  re3_chart_get_description (chart));
  cairo_scale (cr, UNITS_TO_PT, UNITS_TO_PT);
  re3_page_draw (page, cr);
  status = cairo_status (cr);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  return check_status (status, error) ? g_byte_array_free_to_bytes (g_steal_pointer (&bytes))
                                      : NULL;
}

static GBytes *
write_svg (const Re3Page *page, Re3Chart *chart)
{
  g_autoptr (GString) svg = re3_svg_begin (re3_page_get_theme (page), re3_page_get_width (page),
                                           re3_page_get_height (page), re3_chart_get_title (chart),
                                           re3_chart_get_description (chart));
  const Re3Scene *scene;
  double x;
  double y;

  scene = re3_page_get_title (page, &x, &y);
  if (scene != NULL)
    re3_svg_add_scene (svg, scene, x, y);
  scene = re3_page_get_chart (page, &x, &y);
  re3_svg_add_scene (svg, scene, x, y);
  re3_svg_end (svg);
  return g_string_free_to_bytes (g_steal_pointer (&svg));
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
  g_autoptr (Re3Page) page = NULL;
  Format format;

  g_return_val_if_fail (chart != NULL && options != NULL && options->theme != NULL, NULL);
  g_return_val_if_fail (ending != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!parse_format (ending, &format, error))
    return NULL;
  if (format == FORMAT_CSV)
    return write_csv (chart);
  page = re3_page_new (chart, options, error);
  if (page == NULL)
    return NULL;

  switch (format) {
  case FORMAT_PNG:
    return write_png (page, options->dpi, error);
  case FORMAT_SVG:
    return write_svg (page, chart);
  case FORMAT_PDF:
    return write_pdf (page, chart, error);
  default:
    g_assert_not_reached ();
  }
}

/* GLib's own sentence is about a temporary file that nobody has heard of; its end says why. */
static const char *
describe_file_error (const GError *error)
{
  const char *reason = strrchr (error->message, ':');

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
    return reason != NULL ? reason + strspn (reason, ": ") : error->message;
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
  if (g_file_set_contents_full (path, data, (gssize) size, G_FILE_SET_CONTENTS_CONSISTENT, 0666,
                                &local_error))
    return TRUE;

  shown = g_filename_display_name (path);
  g_set_error (error, RE3_EXPORT_ERROR, RE3_EXPORT_ERROR_WRITE,
               _ ("%s: %s; choose another folder."), shown, describe_file_error (local_error));
  return FALSE;
}
