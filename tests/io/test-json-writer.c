/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-json-writer.h"

#include <locale.h>
#include <math.h>
#include <string.h>

static void
test_numbers (void)
{
  static const struct {
    double value;
    const char *text;
  } cases[] = {
    { 0, "0" },
    { -0.0, "-0" },
    { 1, "1" },
    { 0.1, "0.1" },
    { 0.1 + 0.2, "0.30000000000000004" },
    { 1e-7, "1e-07" },
    { 1e300, "1e+300" },
    { 5e-324, "4.94065645841247e-324" },
    { 1.0 / 3, "0.3333333333333333" },
    { 123456789.123456789, "123456789.12345679" },
  };
  GRand *random = g_rand_new_with_seed (7);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    char buffer[RE3_JSON_NUMBER_SIZE];

    re3_json_format_number (cases[i].value, buffer);
    g_assert_cmpstr (buffer, ==, cases[i].text);
  }

  /* Any bits read back as they were. */
  for (gsize i = 0; i < 20000; i++) {
    guint64 bits = ((guint64) g_rand_int (random) << 32) | g_rand_int (random);
    char buffer[RE3_JSON_NUMBER_SIZE];
    double value;
    double back;

    memcpy (&value, &bits, sizeof value);
    if (!isfinite (value))
      continue;
    re3_json_format_number (value, buffer);
    back = g_ascii_strtod (buffer, NULL);
    g_assert_cmpmem (&back, sizeof back, &value, sizeof value);
  }

  g_rand_free (random);
}

static void
test_layout (void)
{
  const double numbers[] = { 1, 0.5, INFINITY, NAN };
  g_autoptr (Re3JsonWriter) writer = re3_json_writer_new ();
  g_autofree char *text = NULL;

  re3_json_writer_begin_object (writer, NULL, RE3_JSON_BLOCK);
  re3_json_writer_add_string (writer, "text", "a \"b\"\\ \n\t\x01 ü");
  re3_json_writer_add_string (writer, "none", NULL);
  re3_json_writer_begin_array (writer, "rows", RE3_JSON_BLOCK);
  re3_json_writer_add_numbers (writer, NULL, numbers, 4);
  re3_json_writer_add_numbers (writer, NULL, numbers, 0);
  re3_json_writer_end_array (writer);
  re3_json_writer_begin_object (writer, "line", RE3_JSON_LINE);
  re3_json_writer_add_count (writer, "n", 3);
  re3_json_writer_begin_object (writer, "inside", RE3_JSON_BLOCK);
  re3_json_writer_add_boolean (writer, "yes", TRUE);
  re3_json_writer_add_null (writer, "no");
  re3_json_writer_end_object (writer);
  re3_json_writer_end_object (writer);
  re3_json_writer_begin_array (writer, "empty", RE3_JSON_BLOCK);
  re3_json_writer_end_array (writer);
  re3_json_writer_end_object (writer);
  text = re3_json_writer_finish (writer);

  g_assert_cmpstr (text, ==,
                   "{\n"
                   "  \"text\": \"a \\\"b\\\"\\\\ \\n\\t\\u0001 ü\",\n"
                   "  \"none\": null,\n"
                   "  \"rows\": [\n"
                   "    [1, 0.5, null, null],\n"
                   "    []\n"
                   "  ],\n"
                   "  \"line\": {\"n\": 3, \"inside\": {\"yes\": true, \"no\": null}},\n"
                   "  \"empty\": []\n"
                   "}\n");
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json-writer/numbers", test_numbers);
  g_test_add_func ("/json-writer/layout", test_layout);

  return g_test_run ();
}
