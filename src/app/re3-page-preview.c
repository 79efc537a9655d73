/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-page-preview.h"

#define MINIMUM_WIDTH  240
#define NATURAL_WIDTH  480
#define MINIMUM_HEIGHT 200
#define NATURAL_HEIGHT 360

struct _Re3PagePreview {
  GtkWidget parent_instance;

  Re3Page *page;
};

G_DEFINE_FINAL_TYPE (Re3PagePreview, re3_page_preview, GTK_TYPE_WIDGET)

void
re3_page_preview_set_page (Re3PagePreview *self, Re3Page *page)
{
  g_return_if_fail (RE3_IS_PAGE_PREVIEW (self));

  g_clear_pointer (&self->page, re3_page_free);
  self->page = page;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
re3_page_preview_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  static const GdkRGBA outline = { 0.5f, 0.5f, 0.5f, 0.5f };
  static const float widths[4] = { 1, 1, 1, 1 };
  const GdkRGBA colors[4] = { outline, outline, outline, outline };
  const Re3Page *page = RE3_PAGE_PREVIEW (widget)->page;
  double width = gtk_widget_get_width (widget);
  double height = gtk_widget_get_height (widget);
  graphene_rect_t area;
  GskRoundedRect frame;
  double scale;
  cairo_t *cr;

  if (page == NULL || width <= 2 || height <= 2)
    return;

  /* An outline goes around it, for a white page may lie on a white window. */
  scale = MIN ((width - 2) / re3_page_get_width (page), (height - 2) / re3_page_get_height (page));
  scale = MIN (scale, 1);
  area.size.width = (float) (scale * re3_page_get_width (page));
  area.size.height = (float) (scale * re3_page_get_height (page));
  area.origin.x = (float) floor ((width - area.size.width) / 2);
  area.origin.y = (float) floor ((height - area.size.height) / 2);

  cr = gtk_snapshot_append_cairo (snapshot, &area);
  cairo_translate (cr, area.origin.x, area.origin.y);
  cairo_scale (cr, scale, scale);
  re3_page_draw (page, cr);
  cairo_destroy (cr);

  graphene_rect_inset (&area, -1, -1);
  gsk_rounded_rect_init_from_rect (&frame, &area, 0);
  gtk_snapshot_append_border (snapshot, &frame, widths, colors);
}

static void
re3_page_preview_measure (GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  gboolean is_width = orientation == GTK_ORIENTATION_HORIZONTAL;

  *minimum = is_width ? MINIMUM_WIDTH : MINIMUM_HEIGHT;
  *natural = is_width ? NATURAL_WIDTH : NATURAL_HEIGHT;
}

static void
re3_page_preview_finalize (GObject *object)
{
  g_clear_pointer (&RE3_PAGE_PREVIEW (object)->page, re3_page_free);

  G_OBJECT_CLASS (re3_page_preview_parent_class)->finalize (object);
}

static void
re3_page_preview_class_init (Re3PagePreviewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = re3_page_preview_finalize;
  widget_class->snapshot = re3_page_preview_snapshot;
  widget_class->measure = re3_page_preview_measure;
  gtk_widget_class_set_css_name (widget_class, "pagepreview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
re3_page_preview_init (Re3PagePreview *self)
{
}
