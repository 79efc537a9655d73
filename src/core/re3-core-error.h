/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RE3_CORE_ERROR:
 *
 * What the mathematics refuses. Every message is a whole sentence for a person: what is wrong,
 * where (layer, neuron, row), what to do.
 */
#define RE3_CORE_ERROR (re3_core_error_quark ())

typedef enum {
  RE3_CORE_ERROR_SHAPE,     /* sizes that do not fit together */
  RE3_CORE_ERROR_VALUE,     /* a number that is not finite, or out of its range */
  RE3_CORE_ERROR_STRUCTURE, /* operations in an order that is no classifier */
  RE3_CORE_ERROR_CANCELLED, /* the caller asked to stop */
  RE3_CORE_ERROR_MEMORY,    /* not enough of it (re3-memory.h) */
} Re3CoreError;

GQuark re3_core_error_quark (void);

G_END_DECLS
