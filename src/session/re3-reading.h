/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-data-file.h"

G_BEGIN_DECLS

/* Older ones are forgotten. */
#define RE3_MAX_READINGS 100

/**
 * Re3Reading:
 * @delimiter, @header, @label, @left_out, @fill: as in Re3DataOptions
 *
 * What a person has chosen about how one data file is read; all else is found by looking.
 */
typedef struct {
  char delimiter;
  Re3CsvHeader header;
  char *label;
  GStrv left_out;
  Re3DataFill fill;
} Re3Reading;

/* Nothing is chosen. (transfer full) */
Re3Reading    *re3_reading_new         (void);
Re3Reading    *re3_reading_copy        (const Re3Reading *self);
void           re3_reading_free        (Re3Reading       *self);
/* Returns: %FALSE, and changes nothing, where @text is none of the delimiters */
gboolean       re3_reading_set_delimiter (Re3Reading       *self,
                                        const char       *text);
/* What is returned points into @self, which is (nullable). Whoever chooses is told what is in doubt,
 * so that keeps no file from being read. */
Re3DataOptions re3_reading_get_options (const Re3Reading *self);

/* The readings of all files, the latest first, as a variant: a(sa{sv}), the file's URI and what was
 * chosen. What is not known in it is passed over. */

/* (transfer full) (nullable) */
Re3Reading    *re3_readings_find       (GVariant         *list,
                                        GFile            *file);
/* @list with this one at its beginning, and no other of @file. (transfer floating) */
GVariant      *re3_readings_add        (GVariant         *list,
                                        GFile            *file,
                                        const Re3Reading *reading);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Re3Reading, re3_reading_free)

G_END_DECLS
