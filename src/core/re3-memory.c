/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-memory.h"

#include "re3-core-error.h"

#include <glib/gi18n-lib.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/mman.h>

/* An array of so many bytes is not worth a question. */
#define SMALL 4096

/* Bytes of one, on all processors that matter. */
#define CACHE_LINE 64

/* Bytes of a large page, and of an array that lives long enough to be worth some: the kernel may
 * have to move others out of their way. */
#define HUGE_PAGE ((gsize) 2 << 20)
#define LARGE     ((gsize) 16 << 20)

/* Counts down to the allocation that a test lets fail. */
static _Atomic gsize n_until_failure;

void
re3_memory_fail_at (gsize nth)
{
  atomic_store (&n_until_failure, nth);
}

gboolean
re3_memory_will_fail (void)
{
  return atomic_load (&n_until_failure) > 0;
}

static gboolean
is_to_fail (void)
{
  gsize n = atomic_load (&n_until_failure);

  while (n > 0 && !atomic_compare_exchange_weak (&n_until_failure, &n, n - 1))
    ;

  return n == 1;
}

static void G_GNUC_PRINTF (4, 0)
    refuse (GError **error, gboolean has_size, gsize n_bytes, const char *what, va_list arguments)
{
  g_autofree char *subject = NULL;
  g_autofree char *size = NULL;

  /* Nobody pays for the words but who reads them. */
  if (error == NULL)
    return;

  subject = g_strdup_vprintf (what, arguments);
  size = has_size ? g_format_size_full (n_bytes, G_FORMAT_SIZE_IEC_UNITS)
                  : g_strdup (_ ("more than any machine has"));
  g_set_error (error, RE3_CORE_ERROR, RE3_CORE_ERROR_MEMORY,
               _ ("There is not enough memory for %s (%s); close what you do not need, or open a "
                  "smaller file."),
               subject, size);
}

/* @n_bytes: (out): never 0, for which malloc() may give nothing */
static gboolean
multiply (gsize n, gsize m, gsize size, gsize *n_bytes)
{
  if (!g_size_checked_mul (n_bytes, n, m) || !g_size_checked_mul (n_bytes, *n_bytes, size))
    return FALSE;
  *n_bytes = MAX (*n_bytes, 1);

  return *n_bytes <= G_MAXSSIZE;
}

/* Asks for large pages, of which a processor finds many more at once: rows are gathered from all
 * over a data set. Where there are none, small ones do. */
static void
prefer_huge_pages (void *memory, gsize n_bytes)
{
#ifdef MADV_HUGEPAGE
  (void) madvise (memory, n_bytes - n_bytes % HUGE_PAGE, MADV_HUGEPAGE);
#endif
}

/* Arrays worth it start at a cache line, so that no vector of their numbers lies across two, and
 * those of many megabytes at a huge page. */
static gpointer
try_alloc (gsize n_bytes, gboolean zeroed)
{
  void *memory;

  if (zeroed)
    return g_try_malloc0 (n_bytes);
  if (n_bytes <= SMALL)
    return g_try_malloc (n_bytes);

  if (posix_memalign (&memory, n_bytes >= LARGE ? HUGE_PAGE : CACHE_LINE, n_bytes) != 0)
    return NULL;
  if (n_bytes >= LARGE)
    prefer_huge_pages (memory, n_bytes);

  return memory;
}

gpointer
re3_memory_try_alloc (gsize n,
                      gsize m,
                      gsize size,
                      gboolean zeroed,
                      GError **error,
                      const char *what,
                      ...)
{
  gpointer memory = NULL;
  gsize n_bytes;
  gboolean has_size = multiply (n, m, size, &n_bytes);
  va_list arguments;

  if (has_size && !is_to_fail ())
    memory = try_alloc (n_bytes, zeroed);
  if (memory != NULL)
    return memory;

  va_start (arguments, what);
  refuse (error, has_size, n_bytes, what, arguments);
  va_end (arguments);

  return NULL;
}

gboolean
re3_memory_try_realloc (gpointer *array,
                        gsize n,
                        gsize m,
                        gsize size,
                        GError **error,
                        const char *what,
                        ...)
{
  gpointer memory = NULL;
  gsize n_bytes;
  gboolean has_size = multiply (n, m, size, &n_bytes);
  va_list arguments;

  if (has_size && !is_to_fail ())
    memory = g_try_realloc (*array, n_bytes);
  if (memory != NULL) {
    *array = memory;
    return TRUE;
  }

  va_start (arguments, what);
  refuse (error, has_size, n_bytes, what, arguments);
  va_end (arguments);

  return FALSE;
}

/* GLib's: the power of two that holds @n, or 0 where there is none. */
static gsize
round_up (gsize n)
{
  gsize power = 1;

  while (power < n && power > 0)
    power <<= 1;

  return power;
}

gboolean
re3_memory_try_extend (gsize len, gsize wanted, gsize size, GError **error, const char *what, ...)
{
  g_autofree gpointer room = NULL;
  gsize n_bytes;
  gboolean has_size = multiply (wanted, 1, size, &n_bytes) && round_up (n_bytes) > 0;
  va_list arguments;

  if (has_size && round_up (n_bytes) <= MAX (round_up (len * size), SMALL))
    return TRUE;
  if (has_size && !is_to_fail ())
    room = g_try_malloc (round_up (n_bytes));
  if (room != NULL)
    return TRUE;

  va_start (arguments, what);
  refuse (error, has_size, n_bytes, what, arguments);
  va_end (arguments);

  return FALSE;
}
