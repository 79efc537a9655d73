/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RE3_IO_ERROR:
 *
 * What a file is refused for. Every message is a whole sentence for a person and starts with the
 * file and, where it is known, the line: "iris.csv:12: ...": what is wrong, what to do.
 */
#define RE3_IO_ERROR (re3_io_error_quark ())

typedef enum {
  RE3_IO_ERROR_FORMAT,      /* not the format that its name promises */
  RE3_IO_ERROR_CONTENT,     /* the format, but its content is no model or data set */
  RE3_IO_ERROR_MISMATCH,    /* a data set that does not fit the model */
  RE3_IO_ERROR_LABEL,       /* a data set whose labels have to be told, or do not fit the model */
  RE3_IO_ERROR_UNSUPPORTED, /* valid, but nothing that Re3 opens */
  RE3_IO_ERROR_TOO_LARGE,   /* over a reader's bound */
} Re3IoError;

GQuark re3_io_error_quark (void);

G_END_DECLS
