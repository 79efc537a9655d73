/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * Memory whose size a file or a data set decides. GLib ends the program where there is none; these
 * fail with RE3_CORE_ERROR_MEMORY, and the error says what was too large: "There is not enough memory
 * for the values of 250000 rows with 784 features (1.5 GiB); ...". What is small and of a fixed size
 * stays with g_new().
 *
 * All of it is freed by g_free(), and may be filled by one thread and freed by another.
 */

/**
 * re3_try_new:
 * @Type: of an element
 * @n, @m: n * m of them
 * @error: %NULL, or where to put why there is none
 * @...: what it is for, a noun for people, with what printf() puts into it
 *
 * (transfer full) (nullable): %NULL with @error set; never for a lack of elements
 */
#define re3_try_new(Type, n, m, error, ...) \
  ((Type *) re3_memory_try_alloc ((n), (m), sizeof (Type), FALSE, (error), __VA_ARGS__))

/* The same, all zeros. */
#define re3_try_new0(Type, n, m, error, ...) \
  ((Type *) re3_memory_try_alloc ((n), (m), sizeof (Type), TRUE, (error), __VA_ARGS__))

/**
 * re3_try_renew:
 * @array: (inout): a pointer to Type, which may be %NULL
 *
 * Makes room for n * m elements in all, and keeps those that are there.
 * Returns: %FALSE with @error set, and @array as it was
 */
#define re3_try_renew(Type, array, n, m, error, ...) \
  re3_memory_try_realloc ((gpointer *) (array), (n), (m), sizeof (Type), (error), __VA_ARGS__)

gpointer re3_memory_try_alloc   (gsize       n,
                                 gsize       m,
                                 gsize       size,
                                 gboolean    zeroed,
                                 GError    **error,
                                 const char *what,
                                 ...) G_GNUC_PRINTF (6, 7);
gboolean re3_memory_try_realloc (gpointer   *array,
                                 gsize       n,
                                 gsize       m,
                                 gsize       size,
                                 GError    **error,
                                 const char *what,
                                 ...) G_GNUC_PRINTF (6, 7);

/**
 * re3_memory_try_extend:
 * @array: (inout): as of GArray and GByteArray, which grow to the next power of two
 *
 * Sees to it that an array of @len elements of @size bytes can be one of @wanted. GLib cannot try: so
 * the room is asked for here, and given back for GLib to take.
 */
gboolean re3_memory_try_extend  (gsize       len,
                                 gsize       wanted,
                                 gsize       size,
                                 GError    **error,
                                 const char *what,
                                 ...) G_GNUC_PRINTF (5, 6);

/* For tests: the @nth of all these allocations from now on, in whatever thread, fails; 0: none. */
void     re3_memory_fail_at     (gsize nth);
/* For tests: whether that failure lies ahead still. */
gboolean re3_memory_will_fail   (void);

G_END_DECLS
