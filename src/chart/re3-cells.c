/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-cells-private.h"

#include <math.h>

/* Cairo's images hold no more to a side. */
#define MOST_PIXELS 32767

/* @pixels: as an image of Cairo's has them; 0 where a cell is empty
 * @sizes: what decides which cell is seen
 * @marks: of the cells that were looked at, by their index */
struct _Re3Cells {
  Re3Chart *chart;
  gsize n_rows;
  gsize n_columns;
  guint32 *pixels;
  double *sizes;
  int *row_items;
  Re3CellsDescribe describe;
  GHashTable *marks;
  gsize n_empty;
  cairo_surface_t *image; /* (nullable): the last one, for the next frame */
};

static void
free_mark (gpointer data)
{
  Re3Mark *mark = data;

  g_free ((char *) mark->tooltip);
  g_free (mark);
}

Re3Cells *
re3_cells_new (Re3Chart *chart,
               gsize n_rows,
               gsize n_columns,
               const int *row_items,
               Re3CellsDescribe describe)
{
  Re3Cells *self = g_new0 (Re3Cells, 1);

  g_assert (n_rows > 0 && n_columns > 0);

  self->chart = re3_chart_ref (chart);
  self->n_rows = n_rows;
  self->n_columns = n_columns;
  self->n_empty = n_rows * n_columns;
  self->pixels = g_new0 (guint32, self->n_empty);
  self->sizes = g_new0 (double, self->n_empty);
  self->row_items = g_memdup2 (row_items, n_rows * sizeof (int));
  self->describe = describe;
  self->marks = g_hash_table_new_full (NULL, NULL, NULL, free_mark);
  return self;
}

void
re3_cells_free (Re3Cells *self)
{
  if (self == NULL)
    return;

  g_free (self->pixels);
  g_free (self->sizes);
  g_free (self->row_items);
  g_hash_table_unref (self->marks);
  g_clear_pointer (&self->image, cairo_surface_destroy);
  re3_chart_unref (self->chart);
  g_free (self);
}

static guint32
channel (double share)
{
  return (guint32) round (255 * CLAMP (share, 0, 1));
}

void
re3_cells_set (Re3Cells *self, gsize row, gsize column, const Re3Color *color, double size)
{
  gsize index = row * self->n_columns + column;

  g_assert (row < self->n_rows && column < self->n_columns && self->image == NULL);

  if (self->pixels[index] == 0)
    self->n_empty--;
  self->pixels[index] = 0xff000000u | channel (color->red) << 16 | channel (color->green) << 8 |
                        channel (color->blue);
  self->sizes[index] = size;
}

gsize
re3_cells_get_n_rows (const Re3Cells *self)
{
  return self->n_rows;
}

gsize
re3_cells_get_n_columns (const Re3Cells *self)
{
  return self->n_columns;
}

gboolean
re3_cells_is_empty (const Re3Cells *self, gsize row, gsize column)
{
  return self->pixels[row * self->n_columns + column] == 0;
}

gboolean
re3_cells_find_row (const Re3Cells *self, int item, gsize *row)
{
  for (gsize i = 0; i < self->n_rows; i++)
    if (self->row_items[i] == item) {
      *row = i;
      return TRUE;
    }
  return FALSE;
}

Re3Rect
re3_cells_get_bounds (const Re3Cells *self, const Re3Rect *bounds, gsize row, gsize column)
{
  double width = bounds->width / (double) self->n_columns;
  double height = bounds->height / (double) self->n_rows;

  return (Re3Rect){ bounds->x + (double) column * width, bounds->y + (double) row * height, width,
                    height };
}

/* How many pixels @n cells get that are @length long. */
static gsize
count_pixels (gsize n, double length, double density)
{
  return (gsize) CLAMP (floor (length * density + 1e-6), 1, (double) MIN (n, MOST_PIXELS));
}

/* The first of @n cells in @pixel of @n_pixels. */
static gsize
first_cell (gsize n, gsize n_pixels, gsize pixel)
{
  return pixel * n / n_pixels;
}

/* Of the cells of a pixel, the one that is seen: of the largest size, and of equal ones the first;
 * an empty one only where all are. */
static gsize
find_seen (const Re3Cells *self, gsize n_down, gsize n_across, gsize down, gsize across)
{
  gsize top = first_cell (self->n_rows, n_down, down);
  gsize bottom = first_cell (self->n_rows, n_down, down + 1);
  gsize left = first_cell (self->n_columns, n_across, across);
  gsize right = first_cell (self->n_columns, n_across, across + 1);
  gsize seen = top * self->n_columns + left;

  for (gsize row = top; row < bottom; row++)
    for (gsize index = row * self->n_columns + left; index < row * self->n_columns + right; index++)
      if (self->pixels[index] != 0 &&
          (self->pixels[seen] == 0 || self->sizes[index] > self->sizes[seen]))
        seen = index;
  return seen;
}

static gsize
pixel_at (double share, gsize n_pixels)
{
  return MIN ((gsize) (share * (double) n_pixels), n_pixels - 1);
}

gboolean
re3_cells_locate (const Re3Cells *self,
                  const Re3Rect *bounds,
                  double x,
                  double y,
                  gsize *row,
                  gsize *column)
{
  double right = (x - bounds->x) / bounds->width;
  double down = (y - bounds->y) / bounds->height;
  gsize n_across = count_pixels (self->n_columns, bounds->width, 1);
  gsize n_down = count_pixels (self->n_rows, bounds->height, 1);
  gsize seen;

  if (!(right >= 0 && right < 1 && down >= 0 && down < 1))
    return FALSE;
  seen = find_seen (self, n_down, n_across, pixel_at (down, n_down), pixel_at (right, n_across));
  *row = seen / self->n_columns;
  *column = seen % self->n_columns;
  return self->pixels[seen] != 0;
}

const Re3Mark *
re3_cells_get_mark (Re3Cells *self, const Re3Mark *whole, gsize row, gsize column)
{
  gpointer key = GSIZE_TO_POINTER (row * self->n_columns + column);
  Re3Mark *mark = g_hash_table_lookup (self->marks, key);

  if (mark == NULL) {
    mark = g_new (Re3Mark, 1);
    *mark = *whole;
    mark->bounds = re3_cells_get_bounds (self, &whole->bounds, row, column);
    mark->item = self->row_items[row];
    mark->series = (int) column;
    mark->tooltip = self->describe (self->chart, row, column);
    g_hash_table_insert (self->marks, key, mark);
  }
  return mark;
}

static cairo_surface_t *
make_image (const Re3Cells *self, gsize n_down, gsize n_across)
{
  cairo_format_t format = self->n_empty > 0 ? CAIRO_FORMAT_ARGB32 : CAIRO_FORMAT_RGB24;
  cairo_surface_t *image = cairo_image_surface_create (format, (int) n_across, (int) n_down);
  guint8 *data = cairo_image_surface_get_data (image);
  gsize stride = (gsize) cairo_image_surface_get_stride (image);

  /* What is wrong with an image is told by whoever draws it. */
  if (cairo_surface_status (image) != CAIRO_STATUS_SUCCESS)
    return image;
  for (gsize down = 0; down < n_down; down++) {
    guint32 *line = (guint32 *) (void *) (data + down * stride);

    for (gsize across = 0; across < n_across; across++)
      line[across] = self->pixels[find_seen (self, n_down, n_across, down, across)];
  }
  cairo_surface_mark_dirty (image);
  return image;
}

cairo_surface_t *
re3_cells_get_image (Re3Cells *self, const Re3Rect *bounds, double density)
{
  gsize n_across = count_pixels (self->n_columns, bounds->width, density);
  gsize n_down = count_pixels (self->n_rows, bounds->height, density);

  if (self->image != NULL && (gsize) cairo_image_surface_get_width (self->image) == n_across &&
      (gsize) cairo_image_surface_get_height (self->image) == n_down)
    return self->image;

  g_clear_pointer (&self->image, cairo_surface_destroy);
  self->image = make_image (self, n_down, n_across);
  return self->image;
}
