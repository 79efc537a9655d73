/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-scene-picture.h"

#include <math.h>

static cairo_surface_t *
draw_scene (const Re3Scene *scene, const Re3Highlight *highlight, Re3Rect seen, int scale)
{
  cairo_surface_t *image = cairo_image_surface_create (
      CAIRO_FORMAT_ARGB32, scale * (int) ceil (seen.width), scale * (int) ceil (seen.height));
  cairo_t *cr;

  cairo_surface_set_device_scale (image, scale, scale);
  cr = cairo_create (image);
  cairo_translate (cr, -seen.x, -seen.y);
  re3_scene_draw_highlighted (scene, cr, highlight);
  cairo_destroy (cr);
  return image;
}

/* Drawn into the node itself, GTK would record it, and play all of it for every frame. (A texture
 * would say the same more plainly, but the Cairo renderer of GTK 4.8 takes longer to paint one than
 * the drawing takes.) */
GskRenderNode *
re3_scene_picture_new (const Re3Scene *scene,
                       const Re3Highlight *highlight,
                       Re3Rect seen,
                       int scale)
{
  g_return_val_if_fail (scene != NULL, NULL);
  g_return_val_if_fail (scale > 0, NULL);

  cairo_surface_t *image = draw_scene (scene, highlight, seen, scale);
  GskRenderNode *node =
      gsk_cairo_node_new (&GRAPHENE_RECT_INIT (0, 0, (float) seen.width, (float) seen.height));
  cairo_t *cr = gsk_cairo_node_get_draw_context (node);

  cairo_set_source_surface (cr, image, 0, 0);
  cairo_paint (cr);
  cairo_destroy (cr);
  cairo_surface_destroy (image);
  return node;
}

GskRenderNode *
re3_scene_layer_new (Re3Rect seen, cairo_t **cr)
{
  g_return_val_if_fail (cr != NULL, NULL);

  GskRenderNode *node =
      gsk_cairo_node_new (&GRAPHENE_RECT_INIT (0, 0, (float) seen.width, (float) seen.height));

  *cr = gsk_cairo_node_get_draw_context (node);
  cairo_translate (*cr, -seen.x, -seen.y);
  return node;
}

GskRenderNode *
re3_scene_outlines_new (const Re3Scene *scene, Re3MarkFunc is_in, gpointer user_data, Re3Rect seen)
{
  g_return_val_if_fail (scene != NULL && is_in != NULL, NULL);

  cairo_t *cr;
  GskRenderNode *node = re3_scene_layer_new (seen, &cr);

  re3_scene_draw_outline (scene, cr, is_in, user_data);
  cairo_destroy (cr);
  return node;
}
