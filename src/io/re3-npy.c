/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-npy.h"

#include "re3-io-error.h"
#include "re3-io-file.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAGIC      "\x93NUMPY"
#define MAGIC_SIZE 6

/* Magic and version. */
#define PREAMBLE_SIZE 8

/* Longer than any type of numbers. */
#define MAX_DESCRIPTION 64

/* The text of a header, and how far it has been read. */
typedef struct {
  const char *p;
  const char *end;
} Cursor;

/* What the dictionary says. */
typedef struct {
  gboolean has_type;
  gboolean has_order;
  gboolean has_shape;
  char description[MAX_DESCRIPTION + 1];
} Dictionary;

gboolean
re3_npy_is_npy (const guint8 *head, gsize length)
{
  return length >= MAGIC_SIZE && memcmp (head, MAGIC, MAGIC_SIZE) == 0;
}

static void
skip_space (Cursor *cursor)
{
  while (cursor->p < cursor->end &&
         (*cursor->p == ' ' || *cursor->p == '\n' || *cursor->p == '\t' || *cursor->p == '\r'))
    cursor->p++;
}

/* Takes @text if it comes next, behind white space. */
static gboolean
take (Cursor *cursor, const char *text)
{
  gsize length = strlen (text);

  skip_space (cursor);
  if ((gsize) (cursor->end - cursor->p) < length || memcmp (cursor->p, text, length) != 0)
    return FALSE;

  cursor->p += length;
  return TRUE;
}

/* A text in either kind of quotes, without escapes. */
static gboolean
take_text (Cursor *cursor, char text[MAX_DESCRIPTION + 1])
{
  const char *start;
  char quote;

  skip_space (cursor);
  if (cursor->p == cursor->end || (*cursor->p != '\'' && *cursor->p != '"'))
    return FALSE;

  quote = *cursor->p++;
  start = cursor->p;
  while (cursor->p < cursor->end && *cursor->p != quote && *cursor->p != '\\')
    cursor->p++;
  if (cursor->p == cursor->end || *cursor->p != quote || cursor->p - start > MAX_DESCRIPTION)
    return FALSE;

  memcpy (text, start, (gsize) (cursor->p - start));
  text[cursor->p - start] = '\0';
  cursor->p++;

  return TRUE;
}

static gboolean
take_size (Cursor *cursor, gsize *size)
{
  gboolean has_digits = FALSE;

  *size = 0;
  skip_space (cursor);
  for (; cursor->p < cursor->end && g_ascii_isdigit (*cursor->p); cursor->p++) {
    if (!g_size_checked_mul (size, *size, 10) ||
        !g_size_checked_add (size, *size, (gsize) g_ascii_digit_value (*cursor->p)))
      return FALSE;
    has_digits = TRUE;
  }

  return has_digits;
}

/* "(3, 4)", "(3,)" and "()". */
static gboolean
take_shape (Cursor *cursor, Re3ArrayHeader *header)
{
  gboolean has_comma = TRUE;

  if (!take (cursor, "("))
    return FALSE;

  while (!take (cursor, ")")) {
    if (!has_comma || header->n_dimensions == RE3_ARRAY_MAX_DIMENSIONS ||
        !take_size (cursor, &header->shape[header->n_dimensions]))
      return FALSE;
    header->n_dimensions++;
    has_comma = take (cursor, ",");
  }

  /* "(3)" is a number in brackets. */
  return header->n_dimensions != 1 || has_comma;
}

/* One key with its value; each key once. */
static gboolean
take_entry (Cursor *cursor, Dictionary *dictionary, Re3ArrayHeader *header)
{
  char key[MAX_DESCRIPTION + 1];

  if (!take_text (cursor, key) || !take (cursor, ":"))
    return FALSE;

  if (g_str_equal (key, "descr") && !dictionary->has_type) {
    dictionary->has_type = TRUE;
    /* A list of fields describes records. */
    if (take (cursor, "[")) {
      g_strlcpy (dictionary->description, "[", sizeof dictionary->description);
      return TRUE;
    }
    return take_text (cursor, dictionary->description);
  }
  if (g_str_equal (key, "fortran_order") && !dictionary->has_order) {
    dictionary->has_order = TRUE;
    header->fortran = take (cursor, "True");
    return header->fortran || take (cursor, "False");
  }
  if (g_str_equal (key, "shape") && !dictionary->has_shape) {
    dictionary->has_shape = TRUE;
    return take_shape (cursor, header);
  }

  return FALSE;
}

static gboolean
take_dictionary (Cursor *cursor, Dictionary *dictionary, Re3ArrayHeader *header)
{
  gboolean has_comma = TRUE;

  if (!take (cursor, "{"))
    return FALSE;
  while (!take (cursor, "}")) {
    if (!has_comma || !take_entry (cursor, dictionary, header))
      return FALSE;
    /* The fields of records are not read: nothing of them will be. */
    if (*dictionary->description == '[')
      return TRUE;
    has_comma = take (cursor, ",");
  }
  skip_space (cursor);

  return cursor->p == cursor->end && dictionary->has_type && dictionary->has_order &&
         dictionary->has_shape;
}

/* "<f8": the order of bytes, the kind, and how many bytes there are. */
static gboolean
read_type (const char *description, Re3ArrayHeader *header)
{
  static const struct {
    char code;
    Re3ArrayKind kind;
    const char *widths;
  } kinds[] = {
    { 'f', RE3_ARRAY_FLOAT, "48" },
    { 'i', RE3_ARRAY_SIGNED, "1248" },
    { 'u', RE3_ARRAY_UNSIGNED, "1248" },
    { 'b', RE3_ARRAY_BOOLEAN, "1" },
  };

  if (strlen (description) != 3 || strchr ("<>|", description[0]) == NULL)
    return FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++) {
    if (kinds[i].code != description[1] || strchr (kinds[i].widths, description[2]) == NULL)
      continue;
    header->kind = kinds[i].kind;
    header->width = (gsize) (description[2] - '0');
    header->big_endian = description[0] == '>';
    /* Without an order there is one byte. */
    return description[0] != '|' || header->width == 1;
  }

  return FALSE;
}

static void
set_type_error (const char *description, const char *name, GError **error)
{
  g_autofree char *quote = re3_io_quote (description);

  if (*description == '[')
    g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_UNSUPPORTED,
                 _ ("%s: this NumPy file holds records, not an array of numbers; save its columns "
                    "as one array of float64."),
                 name);
  else if (description[0] != '\0' && description[1] == 'O')
    g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_UNSUPPORTED,
                 _ ("%s: this NumPy file holds pickled Python objects, which can run code, so Re3 "
                    "does not open it; save an array of numbers: numpy.save(FILE, X.astype(float), "
                    "allow_pickle=False)."),
                 name);
  else
    g_set_error (
        error, RE3_IO_ERROR, RE3_IO_ERROR_UNSUPPORTED,
        _ ("%s: this NumPy file holds “%s”; Re3 reads bool, whole numbers of 1 to 8 bytes, "
           "float32 and float64: save X.astype(float)."),
        name, quote);
}

static gboolean
set_header_error (const char *name, GError **error)
{
  g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_FORMAT,
               _ ("%s: the header of this NumPy file is not as NumPy writes it; save the array "
                  "again."),
               name);
  return FALSE;
}

/* Where the text of the header is. */
static gboolean
find_text (const guint8 *bytes, gsize length, gsize *start, gsize *size)
{
  gboolean is_short;

  if (length < PREAMBLE_SIZE + 4)
    return FALSE;

  is_short = bytes[MAGIC_SIZE] == 1;
  *start = PREAMBLE_SIZE + (is_short ? 2 : 4);
  *size = (gsize) bytes[PREAMBLE_SIZE] | (gsize) bytes[PREAMBLE_SIZE + 1] << 8;
  if (!is_short)
    *size |= (gsize) bytes[PREAMBLE_SIZE + 2] << 16 | (gsize) bytes[PREAMBLE_SIZE + 3] << 24;

  return *size <= RE3_NPY_MAX_HEADER && *size <= length - *start;
}

gboolean
re3_npy_read_header (const guint8 *bytes,
                     gsize length,
                     const char *name,
                     Re3ArrayHeader *header,
                     GError **error)
{
  Dictionary dictionary = { 0 };
  Cursor cursor;
  gsize start;
  gsize size;

  g_return_val_if_fail (re3_npy_is_npy (bytes, length), FALSE);
  g_return_val_if_fail (header != NULL, FALSE);

  *header = (Re3ArrayHeader){ 0 };
  if (length >= PREAMBLE_SIZE &&
      (bytes[MAGIC_SIZE] < 1 || bytes[MAGIC_SIZE] > 3 || bytes[MAGIC_SIZE + 1] != 0)) {
    g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_UNSUPPORTED,
                 _ ("%s: this NumPy file is of version %u.%u; Re3 reads 1.0, 2.0 and 3.0."), name,
                 bytes[MAGIC_SIZE], bytes[MAGIC_SIZE + 1]);
    return FALSE;
  }
  if (!find_text (bytes, length, &start, &size))
    return set_header_error (name, error);

  header->offset = start + size;
  cursor = (Cursor){ (const char *) bytes + start, (const char *) bytes + start + size };
  if (!take_dictionary (&cursor, &dictionary, header))
    return set_header_error (name, error);
  if (!read_type (dictionary.description, header)) {
    set_type_error (dictionary.description, name, error);
    return FALSE;
  }
  if (header->n_dimensions == 0) {
    g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_CONTENT,
                 _ ("%s: this NumPy file holds one number, not an array; save X with one row for "
                    "each sample."),
                 name);
    return FALSE;
  }

  return re3_array_header_check (header, name, error);
}
