/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RE3_PAGE_MOST_FIGURES 2
#define RE3_PAGE_MOST_OPTIONS 3

/* A widget for @session, which it shows and changes. */
typedef GtkWidget *(*Re3PageWidgetFunc) (Re3Session *session);

/**
 * Re3PageDescription:
 * @name: of the page
 * @title: marked for translation
 * @icon_name: beside the title
 * @figures: names of the figures, from top to bottom
 * @options: (nullable): what stands beside the title of the first figure
 * @extra: (nullable): what stands below the figures
 * @empty: (nullable): what stands in place of all of it while there is no first figure
 * @summarise: (nullable): a line at the top; it may return %NULL. (transfer full)
 */
typedef struct {
  const char *name;
  const char *title;
  const char *icon_name;
  const char *figures[RE3_PAGE_MOST_FIGURES];
  Re3PageWidgetFunc options[RE3_PAGE_MOST_OPTIONS];
  Re3PageWidgetFunc extra;
  Re3PageWidgetFunc empty;
  char *(*summarise) (Re3Session *session);
} Re3PageDescription;

#define RE3_TYPE_FIGURE_PAGE (re3_figure_page_get_type ())
G_DECLARE_FINAL_TYPE (Re3FigurePage, re3_figure_page, RE3, FIGURE_PAGE, GtkWidget)

/**
 * Re3FigurePage:
 *
 * A page of figures about the whole data set or the selected sample, each in what room there is, or
 * scrolling where it needs more. They are linked with all others, and made only while the page is
 * seen, at most once a frame.
 *
 * CSS node: "page".
 */
GtkWidget *re3_figure_page_new (Re3Session               *session,
                                const Re3PageDescription *description);

G_END_DECLS
