/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io-test.h"
#include "re3-array.h"

#include <string.h>

static GByteArray *
load (const char *name)
{
  g_autofree char *path = g_build_filename ("arrays", name, NULL);

  return load_fixture (path);
}

static Re3Array *
parse (const GByteArray *bytes, GError **error)
{
  return re3_array_parse (bytes->data, bytes->len, "a.npy", error);
}

/* The rule that the program's header tells. */
static double
expect (char kind, gsize i, gsize j)
{
  int number = (int) (37 * i + 11 * j) % 101;

  switch (kind) {
  case 'f':
    return (number - 50) / 8.0;
  case 'i':
    return number - 50;
  case 'b':
    return number % 2;
  default:
    return number;
  }
}

static void
test_types (void)
{
  g_autofree char *folder =
      g_build_filename (g_getenv ("RE3_SOURCE_ROOT"), "tests", "fixtures", "arrays", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n_files = 0;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GByteArray) bytes = NULL;
    g_autoptr (Re3Array) array = NULL;

    if (strchr ("fiub", name[0]) == NULL || !g_ascii_isdigit (name[1]))
      continue;

    g_test_message ("%s", name);
    bytes = load (name);
    array = parse (bytes, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (re3_array_get_n_rows (array), ==, 3);
    g_assert_cmpuint (re3_array_get_n_columns (array), ==, 4);
    for (gsize i = 0; i < 3; i++)
      for (gsize j = 0; j < 4; j++) {
        gboolean is_exact;

        g_assert_cmpfloat (re3_array_get_value (array, i, j, &is_exact), ==,
                           expect (name[0], i, j));
        g_assert_true (is_exact);
      }
    n_files++;
  }
  /* 19 types and 3 forms of NumPy, 6 types of IDX. */
  g_assert_cmpuint (n_files, ==, 28);
}

static void
test_cubes (void)
{
  static const char *const names[] = { "cube.npy", "cube-fortran.npy", "cube-idx3-ubyte",
                                       "cube-idx3-ubyte.gz" };

  for (gsize n = 0; n < G_N_ELEMENTS (names); n++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GByteArray) bytes = load (names[n]);
    g_autoptr (Re3Array) array = parse (bytes, &error);

    g_assert_no_error (error);
    g_assert_cmpuint (array->header.n_dimensions, ==, 3);
    g_assert_cmpuint (array->header.shape[2], ==, 4);
    g_assert_cmpuint (re3_array_get_n_columns (array), ==, 12);
    for (gsize i = 0; i < 2; i++)
      for (gsize j = 0; j < 12; j++) {
        gboolean is_exact;

        g_assert_cmpfloat (re3_array_get_value (array, i, j, &is_exact), ==,
                           (double) (100 * i + 10 * (j / 4) + j % 4));
      }
  }
}

/* Beyond 2^53 not every whole number is a double. */
static void
test_exact (void)
{
  static const gboolean expected[2][2] = { { TRUE, FALSE }, { TRUE, FALSE } };
  g_autoptr (GError) error = NULL;
  g_autoptr (GByteArray) bytes = load ("large.npy");
  g_autoptr (Re3Array) array = parse (bytes, &error);
  gboolean is_exact;

  g_assert_no_error (error);
  g_assert_cmpfloat (re3_array_get_value (array, 0, 0, &is_exact), ==, 9007199254740992.0);
  g_assert_cmpfloat (re3_array_get_value (array, 1, 0, &is_exact), ==, -9007199254740992.0);
  g_assert_cmpfloat (re3_array_get_value (array, 1, 1, &is_exact), ==, -9223372036854775808.0);
  for (gsize i = 0; i < 2; i++)
    for (gsize j = 0; j < 2; j++) {
      re3_array_get_value (array, i, j, &is_exact);
      g_assert_cmpint (is_exact, ==, expected[i][j]);
    }
}

static void
test_refuse (void)
{
  static const struct {
    const char *name;
    const char *saying;
  } cases[] = {
    { "refused-objects.npy", "a.npy: &pickled Python objects&can run code&allow_pickle=False" },
    { "refused-records.npy", "a.npy: &records" },
    { "refused-half.npy", "a.npy: &“<f2”&float64" },
    { "refused-complex.npy", "a.npy: &“<c16”" },
    { "refused-text.npy", "a.npy: &“<U2”" },
    { "refused-scalar.npy", "a.npy: &one number" },
    { "refused-empty.npy", "a.npy: &empty" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GByteArray) bytes = load (cases[i].name);

    g_test_message ("%s", cases[i].name);
    assert_refused (parse (bytes, &error), &error, cases[i].saying);
  }
}

/* A NumPy file of version 1 with this header and 96 bytes of numbers. */
static void
assert_header_refused (const char *header, const char *saying)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GError) error = NULL;
  const guint8 numbers[96] = { 0 };
  gsize length = strlen (header);
  const guint8 size[] = { (guint8) length, (guint8) (length >> 8) };

  g_byte_array_append (bytes, (const guint8 *) "\x93NUMPY\x01\x00", 8);
  g_byte_array_append (bytes, size, sizeof size);
  g_byte_array_append (bytes, (const guint8 *) header, (guint) length);
  g_byte_array_append (bytes, numbers, sizeof numbers);

  g_test_message ("%s", header);
  if (saying == NULL) {
    g_autoptr (Re3Array) array = parse (bytes, &error);

    g_assert_no_error (error);
    g_assert_cmpuint (array->header.n_values, ==, 12);
  } else {
    assert_refused (parse (bytes, &error), &error, saying);
  }
}

static void
test_headers (void)
{
  static const char *const odd = "a.npy: &not as NumPy writes it";

  assert_header_refused ("{'descr': '<f8', 'fortran_order': False, 'shape': (3, 4), }", NULL);
  assert_header_refused ("{\"shape\":(3,4),\"descr\":\"<f8\",\"fortran_order\":True}\n", NULL);
  assert_header_refused ("{'descr': '<f8', 'fortran_order': False, 'shape': (12,)}", NULL);
  assert_header_refused ("{'descr': '<f8', 'fortran_order': False, 'shape': (12)}", odd);
  assert_header_refused ("{'descr': '<f8', 'fortran_order': False}", odd);
  assert_header_refused (
      "{'descr': '<f8', 'descr': '<f8', 'fortran_order': False, 'shape': (3, 4)}", odd);
  assert_header_refused ("{'descr': '<f8', 'fortran_order': 0, 'shape': (3, 4)}", odd);
  assert_header_refused ("{'descr': '<f8', 'fortran_order': False, 'shape': (3, -4)}", odd);
  assert_header_refused ("{'descr': '<f8', 'fortran_order': False, 'shape': (3, 4)} + 1", odd);
  assert_header_refused ("{'descr': '<f8', 'fortran_order': False, 'shape': (3, 4), 'x': 1}", odd);
  assert_header_refused ("{'descr': '<f8', 'fortran_order': False, "
                         "'shape': (99999999999999999999999, 1)}",
                         odd);
  assert_header_refused ("{'descr': '<f8', 'fortran_order': False, "
                         "'shape': (1, 1, 1, 1, 1, 1, 1, 1, 12)}",
                         odd);
  assert_header_refused ("{'descr': '|f8', 'fortran_order': False, 'shape': (3, 4)}", "“|f8”");
  assert_header_refused ("{'descr': '<f8', 'fortran_order': False, "
                         "'shape': (4294967296, 4294967296)}",
                         "more than the 268435456 numbers");
  assert_header_refused ("{'descr': '<f8', 'fortran_order': False, 'shape': (3, 5)}", "cut off");
  assert_header_refused ("{'descr': '<f8', 'fortran_order': False, 'shape': (3, 3)}", "goes on");
}

/* Whatever is missing at the end, or follows it. */
static void
test_lengths (void)
{
  static const char *const names[] = { "f8-little.npy", "f8-version2.npy", "cube-idx3-ubyte",
                                       "cube-idx3-ubyte.gz" };

  for (gsize n = 0; n < G_N_ELEMENTS (names); n++) {
    g_autoptr (GByteArray) bytes = load (names[n]);
    guint length = bytes->len;

    for (guint i = 0; i < length; i++) {
      g_autoptr (GError) error = NULL;

      assert_refused (re3_array_parse (bytes->data, i, "a.npy", &error), &error, "a.npy: ");
    }
    g_byte_array_append (bytes, (const guint8 *) "!", 1);
    {
      g_autoptr (GError) error = NULL;

      assert_refused (parse (bytes, &error), &error, n == 3 ? "follows the end" : "goes on behind");
    }
  }
}

/* 64 MiB of zeros in 64 KiB, behind a header that speaks of 24 bytes: no more than these, one, and
 * what a header may take are unpacked. And a header that speaks of too much is not believed. */
static void
test_bombs (void)
{
  const gsize size = 64 * 1024 * 1024;
  g_autofree guint8 *content = g_malloc0 (size);
  static const guint8 header[] = { 0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 4 };
  static const guint8 huge[] = { 0,    0,    8,    3,    0xff, 0xff, 0xff, 0xff,
                                 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff };
  g_autoptr (GByteArray) packed = NULL;
  g_autoptr (GError) error = NULL;

  memcpy (content, header, sizeof header);
  packed = pack (content, size);
  g_assert_cmpuint (packed->len, <, 128 * 1024);
  assert_refused (parse (packed, &error), &error, "goes on behind the 40 bytes");

  g_assert_null (re3_array_parse (huge, sizeof huge, "a.idx", &error));
  g_assert_error (error, RE3_IO_ERROR, RE3_IO_ERROR_TOO_LARGE);
  g_clear_error (&error);

  packed->data[packed->len / 2] ^= 0xff;
  memcpy (content, (guint8[]){ 0, 0, 8, 1, 0x03, 0xff, 0xff, 0xf8 }, 8);
  g_clear_pointer (&packed, g_byte_array_unref);
  packed = pack (content, size);
  packed->data[packed->len - 5] ^= 0xff;
  assert_refused (parse (packed, &error), &error, "a.npy: &damaged");
}

static void
test_is_array (void)
{
  g_autoptr (GByteArray) idx = load ("cube-idx3-ubyte");
  g_autoptr (GByteArray) npy = load ("cube.npy");

  g_assert_true (re3_array_is_array (idx->data, idx->len));
  g_assert_true (re3_array_is_array (npy->data, npy->len));
  g_assert_false (re3_array_is_array ((const guint8 *) "1,2,3\n", 6));
  g_assert_false (re3_array_is_array (NULL, 0));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/array/types", test_types);
  g_test_add_func ("/array/cubes", test_cubes);
  g_test_add_func ("/array/exact", test_exact);
  g_test_add_func ("/array/refuse", test_refuse);
  g_test_add_func ("/array/headers", test_headers);
  g_test_add_func ("/array/lengths", test_lengths);
  g_test_add_func ("/array/bombs", test_bombs);
  g_test_add_func ("/array/is-array", test_is_array);

  return g_test_run ();
}
