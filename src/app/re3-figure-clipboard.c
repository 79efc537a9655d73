/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-figure-clipboard.h"

gboolean
re3_figure_copy (GdkClipboard *clipboard,
                 Re3Chart *chart,
                 const Re3ExportOptions *options,
                 GError **error)
{
  g_autoptr (GBytes) png = NULL;
  g_autoptr (GBytes) svg = NULL;
  g_autoptr (GBytes) pdf = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  g_autoptr (GdkContentProvider) content = NULL;
  GdkContentProvider *forms[4];

  g_return_val_if_fail (GDK_IS_CLIPBOARD (clipboard), FALSE);
  g_return_val_if_fail (chart != NULL && options != NULL, FALSE);

  png = re3_chart_export_to_bytes (chart, options, "png", error);
  if (png == NULL)
    return FALSE;
  svg = re3_chart_export_to_bytes (chart, options, "svg", error);
  if (svg == NULL)
    return FALSE;
  pdf = re3_chart_export_to_bytes (chart, options, "pdf", error);
  if (pdf == NULL)
    return FALSE;
  texture = gdk_texture_new_from_bytes (png, error);
  if (texture == NULL)
    return FALSE;

  /* The file itself says how large it is meant to be; GTK makes others from the texture. */
  forms[0] = gdk_content_provider_new_for_bytes ("image/png", png);
  forms[1] = gdk_content_provider_new_for_bytes ("image/svg+xml", svg);
  forms[2] = gdk_content_provider_new_for_bytes ("application/pdf", pdf);
  forms[3] = gdk_content_provider_new_typed (GDK_TYPE_TEXTURE, texture);
  content = gdk_content_provider_new_union (forms, G_N_ELEMENTS (forms));
  gdk_clipboard_set_content (clipboard, content);
  return TRUE;
}
