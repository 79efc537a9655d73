/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io-test.h"
#include "re3-gzip-stream.h"
#include "re3-io-file.h"

#include <string.h>

#define MIB ((gsize) 1024 * 1024)

/* --- A stream that gives little at a time, as a pipe may -------------------------------------- */

#define DRIP_TYPE_STREAM (drip_stream_get_type ())
G_DECLARE_FINAL_TYPE (DripStream, drip_stream, DRIP, STREAM, GFilterInputStream)

struct _DripStream {
  GFilterInputStream parent_instance;
  gsize n_at_once;
};

G_DEFINE_FINAL_TYPE (DripStream, drip_stream, G_TYPE_FILTER_INPUT_STREAM)

static gssize
drip_stream_read (GInputStream *stream,
                  void *buffer,
                  gsize count,
                  GCancellable *cancellable,
                  GError **error)
{
  return g_input_stream_read (
      g_filter_input_stream_get_base_stream (G_FILTER_INPUT_STREAM (stream)), buffer,
      MIN (count, DRIP_STREAM (stream)->n_at_once), cancellable, error);
}

static void
drip_stream_class_init (DripStreamClass *klass)
{
  G_INPUT_STREAM_CLASS (klass)->read_fn = drip_stream_read;
}

static void
drip_stream_init (DripStream *self)
{
}

/* What @length bytes of a file that come @n_at_once are read as. (transfer full) (nullable) */
static GByteArray *
read_all (const guint8 *bytes, gsize length, gsize n_at_once, GError **error)
{
  g_autoptr (GInputStream) memory =
      g_memory_input_stream_new_from_data (bytes, (gssize) length, NULL);
  g_autoptr (GInputStream) drip = g_object_new (DRIP_TYPE_STREAM, "base-stream", memory, NULL);
  g_autoptr (GInputStream) stream = re3_gzip_stream_new (drip);
  g_autoptr (GByteArray) all = g_byte_array_new ();

  DRIP_STREAM (drip)->n_at_once = n_at_once;
  if (!re3_io_stream_read (stream, all, 1024 * MIB, "a.gz", NULL, error))
    return NULL;

  return g_steal_pointer (&all);
}

static void
assert_same (const GByteArray *found, const void *content, gsize length)
{
  g_assert_nonnull (found);
  g_assert_cmpmem (found->data, found->len, content, length);
}

/* --- Tests ---------------------------------------------------------------------------------- */

static const gsize amounts[] = { 1, 7, 1000, MIB };

/* Digits that are neither all the same nor without any order. (transfer full) */
static GByteArray *
make_content (gsize length)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  GByteArray *content = g_byte_array_sized_new ((guint) length);

  for (gsize i = 0; i < length; i++)
    g_byte_array_append (content, (guint8[]){ (guint8) ('0' + g_rand_int_range (random, 0, 4)) },
                         1);

  return content;
}

/* Bytes that are no gzip file come as they are. */
static void
test_plain (void)
{
  static const gsize lengths[] = { 0, 1, 2, 3, 65535, 65536, 65537, 140000 };

  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (amounts); j++) {
      g_autoptr (GByteArray) content = make_content (lengths[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (GByteArray) found = read_all (content->data, content->len, amounts[j], &error);

      g_assert_no_error (error);
      assert_same (found, content->data, content->len);
    }
}

static void
test_packed (void)
{
  static const gsize lengths[] = { 0, 1, 65536, 140000 };

  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (amounts); j++) {
      g_autoptr (GByteArray) content = make_content (lengths[i]);
      g_autoptr (GByteArray) packed = pack (content->data, content->len);
      g_autoptr (GError) error = NULL;
      g_autoptr (GByteArray) found = read_all (packed->data, packed->len, amounts[j], &error);

      g_assert_no_error (error);
      assert_same (found, content->data, content->len);
    }
}

/* By the rule that tests/fixtures/make_packed.py tells. (transfer full) */
static GString *
make_table (gsize n_rows)
{
  GString *table = g_string_new ("a,b,kind\n");

  for (gsize i = 0; i < n_rows; i++)
    g_string_append_printf (table, "%zu,%zu,%s\n", i, 2 * i, i % 2 == 1 ? "yes" : "no");

  return table;
}

/* What Python wrote: two members, of which a cut may leave the first alone, which is whole.
 * Wherever else it is cut, that is told. */
static void
test_members (void)
{
  g_autoptr (GByteArray) packed = load_fixture ("packed/table.csv.gz");
  g_autoptr (GString) table = make_table (200);
  gsize n_whole = 0;

  for (gsize j = 0; j < G_N_ELEMENTS (amounts); j++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GByteArray) found = read_all (packed->data, packed->len, amounts[j], &error);

    g_assert_no_error (error);
    assert_same (found, table->str, table->len);
  }

  for (gsize length = 2; length < packed->len; length++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GByteArray) found = read_all (packed->data, length, MIB, &error);

    if (found != NULL) {
      g_autoptr (GString) first = make_table (99);

      n_whole++;
      assert_same (found, first->str, first->len);
    } else if (n_whole == 1 && strstr (error->message, "something follows")) {
      n_whole++;
    } else {
      assert_refused (NULL, &error, "a.gz: &cut off");
    }
  }
  /* The first member, and that with one byte more. */
  g_assert_cmpuint (n_whole, ==, 2);
}

/* A byte that changed is told, but in what the header says of the file's name and time. */
static void
test_damage (void)
{
  g_autoptr (GByteArray) packed = load_fixture ("packed/table.csv.gz");
  g_autoptr (GString) table = make_table (200);
  gsize n_same = 0;

  for (guint i = 2; i < packed->len; i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GByteArray) found = NULL;

    packed->data[i] ^= 0x5a;
    found = read_all (packed->data, packed->len, MIB, &error);
    packed->data[i] ^= 0x5a;
    g_assert_true ((found == NULL) == (error != NULL));
    if (found != NULL) {
      n_same++;
      assert_same (found, table->str, table->len);
    } else {
      g_assert_error (error, RE3_IO_ERROR, RE3_IO_ERROR_FORMAT);
    }
  }
  /* 4 bytes of time, 2 of what wrote it in both, and the name. */
  g_assert_cmpuint (n_same, ==, 2 * 6 + strlen ("table.csv"));
}

/* A gibibyte in a mebibyte is not unpacked. What is large, and merely packs well, is. */
static void
test_bomb (void)
{
  g_autoptr (GByteArray) zeros = g_byte_array_new ();
  g_autoptr (GByteArray) member = NULL;
  g_autoptr (GByteArray) bomb = g_byte_array_new ();
  g_autoptr (GByteArray) found = NULL;
  g_autoptr (GRand) random = g_rand_new_with_seed (8);
  g_autoptr (GError) error = NULL;
  guint64 ratio;

  g_byte_array_set_size (zeros, 32 * MIB);
  memset (zeros->data, 0, zeros->len);
  member = pack (zeros->data, zeros->len);
  for (gsize i = 0; i < 32; i++)
    g_byte_array_append (bomb, member->data, member->len);
  g_assert_null (read_all (bomb->data, bomb->len, MIB, &error));
  g_assert_error (error, RE3_IO_ERROR, RE3_IO_ERROR_TOO_LARGE);
  assert_refused (NULL, &error, "a.gz: &unpacks to more than 500 times");

  g_byte_array_set_size (zeros, (guint) (RE3_GZIP_SIZE_IN_DOUBT + MIB));
  for (guint i = 0; i < zeros->len; i += 2) {
    zeros->data[i] = g_rand_int_range (random, 0, 300) == 0 ? '1' : '0';
    zeros->data[i + 1] = ',';
  }
  g_clear_pointer (&member, g_byte_array_unref);
  member = pack (zeros->data, zeros->len);
  ratio = zeros->len / member->len;
  g_test_message ("a ratio of %" G_GUINT64_FORMAT, ratio);
  g_assert_cmpuint (ratio, >, 100);
  found = read_all (member->data, member->len, MIB, &error);
  g_assert_no_error (error);
  assert_same (found, zeros->data, zeros->len);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/gzip-stream/plain", test_plain);
  g_test_add_func ("/gzip-stream/packed", test_packed);
  g_test_add_func ("/gzip-stream/members", test_members);
  g_test_add_func ("/gzip-stream/damage", test_damage);
  g_test_add_func ("/gzip-stream/bomb", test_bomb);

  return g_test_run ();
}
