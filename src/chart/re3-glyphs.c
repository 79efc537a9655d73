/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-glyphs-private.h"

#include "re3-canvas-private.h"

#include <math.h>

/* So many are kept, of some hundred bytes each, before all are forgotten. */
#define MOST_MASKS 16384

/* An image of Cairo is not larger; what is further away is not seen. */
#define FARTHEST 65536.0

/* In pixels: how far the lines are from the curves that they stand for. */
#define OUTLINE_TOLERANCE 0.02

/* Of a pixel: an edge that goes less across is upright. */
#define UPRIGHT_EPSILON 1e-6

/* How much of each pixel a letter covers, of 255. Its pixel (0, 0) is at (@left, @top) from the one
 * that the letter stands in. */
typedef struct {
  int left;
  int top;
  int width;
  int height;
  guchar cover[];
} Mask;

/* The letters of a font in one size and direction, in pixels. */
typedef struct {
  cairo_scaled_font_t *font;
  double scale_x;
  double scale_y;
  gboolean vertical;
  GHashTable *masks; /* of Mask, by the letter and its place */
} Face;

typedef struct {
  GHashTable *faces; /* a set */
  guint n_masks;
} Cache;

/* --- The cache ------------------------------------------------------------------------------ */

static guint
face_hash (gconstpointer data)
{
  const Face *face = data;

  return g_direct_hash (face->font) ^ g_double_hash (&face->scale_y) ^ (guint) face->vertical;
}

static gboolean
face_equal (gconstpointer a, gconstpointer b)
{
  const Face *face = a;
  const Face *other = b;

  return face->font == other->font && face->scale_x == other->scale_x &&
         face->scale_y == other->scale_y && face->vertical == other->vertical;
}

static void
face_free (gpointer data)
{
  Face *face = data;

  cairo_scaled_font_destroy (face->font);
  g_hash_table_unref (face->masks);
  g_free (face);
}

static void
cache_free (gpointer data)
{
  Cache *cache = data;

  g_hash_table_unref (cache->faces);
  g_free (cache);
}

static Cache *
get_cache (void)
{
  static GPrivate private = G_PRIVATE_INIT (cache_free);
  Cache *cache = g_private_get (&private);

  if (cache == NULL) {
    cache = g_new0 (Cache, 1);
    cache->faces = g_hash_table_new_full (face_hash, face_equal, face_free, NULL);
    g_private_set (&private, cache);
  }
  return cache;
}

static Face *
get_face (Cache *cache, PangoFont *font, const Re3Canvas *canvas, gboolean vertical)
{
  Face key = { .font = pango_cairo_font_get_scaled_font (PANGO_CAIRO_FONT (font)),
               .scale_x = canvas->scale_x,
               .scale_y = canvas->scale_y,
               .vertical = vertical };
  Face *face = g_hash_table_lookup (cache->faces, &key);

  if (face == NULL) {
    face = g_memdup2 (&key, sizeof key);
    cairo_scaled_font_reference (face->font);
    face->masks = g_hash_table_new_full (NULL, NULL, NULL, g_free);
    g_hash_table_add (cache->faces, face);
  }
  return face;
}

/* --- A letter ------------------------------------------------------------------------------- */

/* The outlines of @glyph as straight lines, in pixels from where it stands, which is at (@x, @y).
 */
static cairo_path_t *
trace_glyph (const Face *face, PangoGlyph glyph, double x, double y)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, 1, 1);
  cairo_t *cr = cairo_create (surface);
  cairo_path_t *path;

  cairo_set_tolerance (cr, OUTLINE_TOLERANCE);
  cairo_translate (cr, x, y);
  cairo_scale (cr, face->scale_x, face->scale_y);
  if (face->vertical)
    cairo_rotate (cr, -G_PI_2);
  cairo_set_scaled_font (cr, face->font);
  cairo_glyph_path (cr, &(cairo_glyph_t){ .index = glyph }, 1);
  cairo_identity_matrix (cr);
  path = cairo_copy_path_flat (cr);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return path;
}

/* Calls @add_line with each line of @path, those that close its contours included. */
static void
walk_path (const cairo_path_t *path,
           void (*add_line) (gpointer data, double x0, double y0, double x1, double y1),
           gpointer data)
{
  double start_x = 0, start_y = 0, x = 0, y = 0;

  for (int i = 0; i < path->num_data; i += path->data[i].header.length) {
    const cairo_path_data_t *at = &path->data[i];

    switch (at->header.type) {
    case CAIRO_PATH_MOVE_TO:
      start_x = x = at[1].point.x;
      start_y = y = at[1].point.y;
      break;
    case CAIRO_PATH_LINE_TO:
      add_line (data, x, y, at[1].point.x, at[1].point.y);
      x = at[1].point.x;
      y = at[1].point.y;
      break;
    case CAIRO_PATH_CLOSE_PATH:
      add_line (data, x, y, start_x, start_y);
      x = start_x;
      y = start_y;
      break;
    case CAIRO_PATH_CURVE_TO:
    default:
      g_assert_not_reached ();
    }
  }
}

typedef struct {
  double left;
  double top;
  double right;
  double bottom;
} Extents;

static void
extend (gpointer data, double x0, double y0, double x1, double y1)
{
  Extents *self = data;

  self->left = MIN (self->left, MIN (x0, x1));
  self->top = MIN (self->top, MIN (y0, y1));
  self->right = MAX (self->right, MAX (x0, x1));
  self->bottom = MAX (self->bottom, MAX (y0, y1));
}

/* The pixels of a letter while its outlines are gone round. */
typedef struct {
  int left;
  int top;
  int width;
  int height;
  double *cover; /* how often each is gone round, clockwise less than the other way */
} Winding;

/* In the pixels of a row that an edge falls by @fall in, going from @x0 to @x1, what lies right of
 * it is gone round. */
static void
wind_row (double *cover, int width, double x0, double x1, double fall)
{
  double across = x1 - x0;

  for (int x = MAX ((int) floor (MIN (x0, x1)), 0); x < width; x++) {
    double right =
        fabs (across) < UPRIGHT_EPSILON
            ? CLAMP (x + 1 - x0, 0, 1)
            : (re3_integrate_ramp (x + 1 - x0) - re3_integrate_ramp (x + 1 - x1)) / across;

    cover[x] += fall * right;
  }
}

static void
wind_line (gpointer data, double x0, double y0, double x1, double y1)
{
  Winding *self = data;
  double upper = MIN (y0, y1) - self->top;
  double lower = MAX (y0, y1) - self->top;
  double slope = (x1 - x0) / (y1 - y0);
  double sign = y0 < y1 ? 1 : -1;

  if (y0 == y1)
    return;
  for (int row = (int) floor (upper); row < self->height && row < lower; row++) {
    double from = MAX (row, upper);
    double to = MIN (row + 1, lower);
    double shift = x0 - self->left - (y0 - self->top) * slope;

    wind_row (self->cover + row * self->width, self->width, shift + from * slope,
              shift + to * slope, sign * (to - from));
  }
}

static Mask *
fill_path (const cairo_path_t *path)
{
  Extents extents = { INFINITY, INFINITY, -INFINITY, -INFINITY };
  g_autofree double *cover = NULL;
  Winding winding;
  gsize n_pixels;
  Mask *mask;

  walk_path (path, extend, &extents);
  if (extents.left > extents.right)
    return g_new0 (Mask, 1);

  winding = (Winding){ .left = (int) floor (extents.left), .top = (int) floor (extents.top) };
  winding.width = (int) ceil (extents.right) - winding.left;
  winding.height = (int) ceil (extents.bottom) - winding.top;
  n_pixels = (gsize) winding.width * (gsize) winding.height;
  winding.cover = cover = g_new0 (double, n_pixels);
  walk_path (path, wind_line, &winding);

  mask = g_malloc (sizeof *mask + n_pixels);
  *mask = (Mask){ winding.left, winding.top, winding.width, winding.height };
  for (gsize i = 0; i < n_pixels; i++)
    mask->cover[i] = (guchar) (MIN (fabs (cover[i]), 1) * G_MAXUINT8 + 0.5);
  return mask;
}

static const Mask *
get_mask (Cache *cache, Face *face, PangoGlyph glyph, guint place_x, guint place_y)
{
  gsize number = ((gsize) glyph * RE3_GLYPH_PLACES + place_x) * RE3_GLYPH_PLACES + place_y;
  Mask *mask = g_hash_table_lookup (face->masks, GSIZE_TO_POINTER (number));

  if (mask == NULL) {
    cairo_path_t *path = trace_glyph (face, glyph, (double) place_x / RE3_GLYPH_PLACES,
                                      (double) place_y / RE3_GLYPH_PLACES);

    mask = fill_path (path);
    cairo_path_destroy (path);
    g_hash_table_insert (face->masks, GSIZE_TO_POINTER (number), mask);
    cache->n_masks++;
  }
  return mask;
}

/* --- Drawing -------------------------------------------------------------------------------- */

/* The pixel that @position is in, and the nearest place within it. */
static int
split_position (double position, guint *place)
{
  int places = (int) floor (CLAMP (position, -FARTHEST, FARTHEST) * RE3_GLYPH_PLACES + 0.5);
  int pixel = (int) floor ((double) places / RE3_GLYPH_PLACES);

  *place = (guint) (places - pixel * RE3_GLYPH_PLACES);
  return pixel;
}

static void
draw_mask (const Re3Canvas *canvas, const Mask *mask, int x, int y, const Re3Ink *ink)
{
  int left = x + mask->left;
  int top = y + mask->top;

  for (int row = MAX (top, canvas->top); row < MIN (top + mask->height, canvas->bottom); row++) {
    const guchar *cover = mask->cover + (row - top) * mask->width;
    guint32 *pixels = re3_canvas_get_row (canvas, row);

    for (int column = MAX (left, canvas->left); column < MIN (left + mask->width, canvas->right);
         column++) {
      guint32 share = cover[column - left];

      if (share > 0)
        re3_ink_blend (ink, &pixels[column], share + (share >> 7));
    }
  }
}

/* A letter that no font has is drawn by Pango, as a box with its number. */
static gboolean
has_fonts (const PangoLayoutLine *line)
{
  for (const GSList *i = line->runs; i != NULL; i = i->next) {
    const PangoLayoutRun *run = i->data;

    if (!PANGO_IS_CAIRO_FONT (run->item->analysis.font))
      return FALSE;
    for (int glyph = 0; glyph < run->glyphs->num_glyphs; glyph++)
      if (run->glyphs->glyphs[glyph].glyph & PANGO_GLYPH_UNKNOWN_FLAG &&
          run->glyphs->glyphs[glyph].glyph != PANGO_GLYPH_EMPTY)
        return FALSE;
  }
  return TRUE;
}

gboolean
re3_glyphs_draw (PangoLayout *layout,
                 double x,
                 double y,
                 gboolean vertical,
                 const Re3Color *color,
                 cairo_t *cr)
{
  const PangoLayoutLine *line = pango_layout_get_line_readonly (layout, 0);
  Re3Ink ink = re3_ink_from_color (color);
  Cache *cache = get_cache ();
  double pen = 0;
  Re3Canvas canvas;

  if (!has_fonts (line) || !re3_canvas_init (&canvas, cr))
    return FALSE;

  if (cache->n_masks > MOST_MASKS) {
    g_hash_table_remove_all (cache->faces);
    cache->n_masks = 0;
  }

  re3_canvas_begin (&canvas);
  for (const GSList *i = line->runs; i != NULL; i = i->next) {
    const PangoLayoutRun *run = i->data;
    Face *face = get_face (cache, run->item->analysis.font, &canvas, vertical);

    for (int n = 0; n < run->glyphs->num_glyphs; n++) {
      const PangoGlyphInfo *glyph = &run->glyphs->glyphs[n];
      double along = (pen + glyph->geometry.x_offset) / PANGO_SCALE;
      double down = (double) glyph->geometry.y_offset / PANGO_SCALE;
      guint place_x, place_y;
      int column =
          split_position (canvas.x + canvas.scale_x * (vertical ? x + down : x + along), &place_x);
      int row =
          split_position (canvas.y + canvas.scale_y * (vertical ? y - along : y + down), &place_y);

      pen += glyph->geometry.width;
      if (glyph->glyph != PANGO_GLYPH_EMPTY)
        draw_mask (&canvas, get_mask (cache, face, glyph->glyph, place_x, place_y), column, row,
                   &ink);
    }
  }
  re3_canvas_end (&canvas);
  return TRUE;
}
