/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * Re3JsonWriter:
 *
 * Writes JSON that people can read: a member a line, but a row of numbers, and whatever is asked
 * to be on one line, on one. @key is %NULL for the document itself and inside of arrays.
 */
typedef struct _Re3JsonWriter Re3JsonWriter;

typedef enum {
  RE3_JSON_BLOCK, /* one member a line */
  RE3_JSON_LINE,  /* all on one line */
} Re3JsonLayout;

Re3JsonWriter *re3_json_writer_new          (void);
void           re3_json_writer_free         (Re3JsonWriter *self);
/* The document with a line feed at its end; the writer is empty afterwards. (transfer full) */
char          *re3_json_writer_finish       (Re3JsonWriter *self);

void           re3_json_writer_begin_object (Re3JsonWriter *self,
                                             const char    *key,
                                             Re3JsonLayout  layout);
void           re3_json_writer_end_object   (Re3JsonWriter *self);
void           re3_json_writer_begin_array  (Re3JsonWriter *self,
                                             const char    *key,
                                             Re3JsonLayout  layout);
void           re3_json_writer_end_array    (Re3JsonWriter *self);

/* %NULL is written as null. */
void           re3_json_writer_add_string   (Re3JsonWriter *self,
                                             const char    *key,
                                             const char    *value);
/* With the fewest digits that read back as the same bits; what is not finite as null. */
void           re3_json_writer_add_number   (Re3JsonWriter *self,
                                             const char    *key,
                                             double         value);
/* An array of numbers on one line. */
void           re3_json_writer_add_numbers  (Re3JsonWriter *self,
                                             const char    *key,
                                             const double  *values,
                                             gsize          n_values);
void           re3_json_writer_add_count    (Re3JsonWriter *self,
                                             const char    *key,
                                             gsize          value);
void           re3_json_writer_add_boolean  (Re3JsonWriter *self,
                                             const char    *key,
                                             gboolean       value);
void           re3_json_writer_add_null     (Re3JsonWriter *self,
                                             const char    *key);

/* The fewest of 15, 16 or 17 significant digits that read back as the bits of @value. */
#define RE3_JSON_NUMBER_SIZE G_ASCII_DTOSTR_BUF_SIZE
void           re3_json_format_number       (double         value,
                                             char           buffer[RE3_JSON_NUMBER_SIZE]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Re3JsonWriter, re3_json_writer_free)

G_END_DECLS
