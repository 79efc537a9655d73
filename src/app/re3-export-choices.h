/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-export.h"
#include "re3-length.h"

G_BEGIN_DECLS

/**
 * Re3ExportChoices:
 * @format: the ending of the files: "png", "svg", "pdf" or "csv"
 * @unit: of @width and @height
 * @width, @height: of the page, with title and margins
 * @fit_height: as high as the figure needs to be, instead of @height
 * @dpi: pixels to an inch, for PNG
 * @theme: its colours
 * @font: (nullable): a font family; that of the theme without
 *
 * How people want their figures, from one export to the next.
 */
typedef struct {
  char *format;
  Re3LengthUnit unit;
  double width;
  double height;
  gboolean fit_height;
  double dpi;
  const Re3Theme *theme;
  char *font;
} Re3ExportChoices;

/* The last ones that were saved, or else what suits a page of a journal. */
void             re3_export_choices_load        (Re3ExportChoices       *self);
void             re3_export_choices_save        (const Re3ExportChoices *self);
void             re3_export_choices_clear       (Re3ExportChoices       *self);
/* The same for the file writer; they hold on to the font's name in @self. */
Re3ExportOptions re3_export_choices_get_options (const Re3ExportChoices *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Re3ExportChoices, re3_export_choices_clear)

G_END_DECLS
