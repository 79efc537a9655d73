/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-sample-picture.h"

#include "re3-figures.h"

/* Of each side, in pixels of the desktop: those of MNIST and the like are as large. */
#define SIZE 28

/* Pixels that are drawn so many times as large stay squares. */
#define SHARP_SCALE 2.0

struct _Re3SamplePicture {
  GtkWidget parent_instance;

  Re3Dataset *dataset; /* (nullable) */
  gsize row;
  gsize n_rows;
  gsize n_columns;
  cairo_surface_t *image; /* (nullable): until it is seen */
};

G_DEFINE_FINAL_TYPE (Re3SamplePicture, re3_sample_picture, GTK_TYPE_WIDGET)

static cairo_surface_t *
make_image (Re3SamplePicture *self)
{
  gsize n = self->n_rows * self->n_columns;
  g_autofree double *values = g_new (double, n);
  g_autofree guint32 *pixels = g_new (guint32, n);
  cairo_surface_t *image =
      cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) self->n_columns, (int) self->n_rows);

  if (cairo_surface_status (image) != CAIRO_STATUS_SUCCESS)
    return image;

  re3_dataset_get_row (self->dataset, self->row, values);
  re3_figure_picture_get_pixels (values, n, pixels);
  for (gsize i = 0; i < self->n_rows; i++)
    memcpy (cairo_image_surface_get_data (image) +
                i * (gsize) cairo_image_surface_get_stride (image),
            pixels + i * self->n_columns, self->n_columns * sizeof *pixels);
  cairo_surface_mark_dirty (image);

  return image;
}

static void
re3_sample_picture_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  Re3SamplePicture *self = RE3_SAMPLE_PICTURE (widget);
  double width = gtk_widget_get_width (widget);
  double height = gtk_widget_get_height (widget);
  double scale;
  cairo_t *cr;

  if (self->dataset == NULL)
    return;
  if (self->image == NULL)
    self->image = make_image (self);

  scale = MIN (width / (double) self->n_columns, height / (double) self->n_rows);
  cr = gtk_snapshot_append_cairo (snapshot,
                                  &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  cairo_translate (cr, (width - scale * (double) self->n_columns) / 2,
                   (height - scale * (double) self->n_rows) / 2);
  cairo_scale (cr, scale, scale);
  cairo_set_source_surface (cr, self->image, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (cr),
                            scale >= SHARP_SCALE ? CAIRO_FILTER_NEAREST : CAIRO_FILTER_GOOD);
  cairo_rectangle (cr, 0, 0, (double) self->n_columns, (double) self->n_rows);
  cairo_fill (cr);
  cairo_destroy (cr);
}

static void
re3_sample_picture_measure (GtkWidget *widget,
                            GtkOrientation orientation,
                            int for_size,
                            int *minimum,
                            int *natural,
                            int *minimum_baseline,
                            int *natural_baseline)
{
  *minimum = *natural = SIZE;
}

void
re3_sample_picture_show (Re3SamplePicture *self,
                         Re3Dataset *dataset,
                         gsize row,
                         gsize n_rows,
                         gsize n_columns)
{
  g_return_if_fail (RE3_IS_SAMPLE_PICTURE (self));
  g_return_if_fail (dataset == NULL || n_rows * n_columns == re3_dataset_get_n_features (dataset));

  if (dataset == self->dataset && row == self->row && n_rows == self->n_rows &&
      n_columns == self->n_columns)
    return;

  g_clear_pointer (&self->image, cairo_surface_destroy);
  g_clear_pointer (&self->dataset, re3_dataset_unref);
  if (dataset != NULL)
    self->dataset = re3_dataset_ref (dataset);
  self->row = row;
  self->n_rows = n_rows;
  self->n_columns = n_columns;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
re3_sample_picture_finalize (GObject *object)
{
  Re3SamplePicture *self = RE3_SAMPLE_PICTURE (object);

  g_clear_pointer (&self->image, cairo_surface_destroy);
  g_clear_pointer (&self->dataset, re3_dataset_unref);

  G_OBJECT_CLASS (re3_sample_picture_parent_class)->finalize (object);
}

static void
re3_sample_picture_class_init (Re3SamplePictureClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = re3_sample_picture_finalize;
  widget_class->measure = re3_sample_picture_measure;
  widget_class->snapshot = re3_sample_picture_snapshot;
  /* Its row is called by what else is told of the sample. */
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
re3_sample_picture_init (Re3SamplePicture *self)
{
}

GtkWidget *
re3_sample_picture_new (void)
{
  return g_object_new (RE3_TYPE_SAMPLE_PICTURE, NULL);
}
