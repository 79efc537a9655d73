/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include <stdlib.h>

/* Where libFuzzer is not there: runs a target over the files that it is given, and over changes of
 * each that are the same every time. fuzz-TARGET N FILE...: N changes of each file */

#define MAX_CHANGES 8

/* Bytes that are the edge of something. */
static const guint8 edges[] = { 0x00, 0x01, 0x7f, 0x80, 0xff, '0', '9',
                                '-',  '"',  '[',  '{',  ',',  '\n' };

static void
change (GRand *rand, GByteArray *bytes)
{
  gint32 n_changes = g_rand_int_range (rand, 1, MAX_CHANGES + 1);

  for (gint32 i = 0; i < n_changes && bytes->len > 1; i++) {
    guint at = (guint) g_rand_int_range (rand, 0, (gint32) bytes->len);
    guint most = (guint) g_rand_int_range (rand, 1, 64); /* MIN() would draw it twice */
    guint n = MIN (most, bytes->len - at);

    switch (g_rand_int_range (rand, 0, 6)) {
    case 0:
      bytes->data[at] ^= (guint8) (1u << g_rand_int_range (rand, 0, 8));
      break;
    case 1:
      bytes->data[at] = (guint8) g_rand_int_range (rand, 0, 256);
      break;
    case 2:
      bytes->data[at] = edges[g_rand_int_range (rand, 0, G_N_ELEMENTS (edges))];
      break;
    case 3:
      g_byte_array_remove_range (bytes, at, n);
      break;
    case 4: {
      g_autofree guint8 *piece = g_memdup2 (bytes->data + at, n);

      g_byte_array_append (bytes, piece, n);
      break;
    }
    default:
      g_byte_array_set_size (bytes, at);
      break;
    }
  }
}

static void
run_file (const char *path, guint n_changes)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20);
  g_autoptr (GError) error = NULL;
  g_autofree char *content = NULL;
  gsize length;

  if (!g_file_get_contents (path, &content, &length, &error))
    g_error ("%s", error->message);

  LLVMFuzzerTestOneInput ((const uint8_t *) content, length);
  for (guint i = 0; i < n_changes; i++) {
    g_autoptr (GByteArray) bytes = g_byte_array_new ();

    g_byte_array_append (bytes, (const guint8 *) content, (guint) length);
    change (rand, bytes);
    LLVMFuzzerTestOneInput (bytes->data, bytes->len);
  }
}

int
main (int argc, char **argv)
{
  guint n_changes = argc > 1 ? (guint) strtoul (argv[1], NULL, 10) : 0;

  for (int i = 2; i < argc; i++)
    run_file (argv[i], n_changes);

  return argc > 2 ? EXIT_SUCCESS : EXIT_FAILURE;
}
