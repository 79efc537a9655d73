/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-onnx-message.h"

#include "re3-io-error.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>

/* What protobuf-c needs at most for a field besides its bytes: a message of some members, its
 * place in an array, and what it notes down while it parses. */
#define FIELD_SIZE 1024

/* A number of one byte in the file takes eight in memory. */
#define MAX_GROWTH 8

#define MAX_MEMORY (G_GUINT64_CONSTANT (2) * 1024 * 1024 * 1024)

#define MAX_VARINT_SIZE 10

/* The ways that a field is written. */
enum {
  WIRE_VARINT = 0,
  WIRE_64_BITS = 1,
  WIRE_BYTES = 2,
  WIRE_32_BITS = 5,
};

/**
 * Scan:
 * @start: of the file
 * @position: what is read next
 * @n_fields: found so far
 */
typedef struct {
  const char *name;
  const guint8 *start;
  const guint8 *position;
  gsize n_fields;
} Scan;

static gboolean
set_cut_off_error (const Scan *scan, GError **error)
{
  g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_FORMAT,
               _ ("%s: the message that holds byte %zu ends in the middle of a field; was the file "
                  "cut off?"),
               scan->name, (gsize) (scan->position - scan->start));
  return FALSE;
}

static gboolean
set_wire_error (const Scan *scan, GError **error)
{
  g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_FORMAT,
               _ ("%s: at byte %zu there is no field of a protocol buffer, which is what an ONNX "
                  "file is made of; export it again."),
               scan->name, (gsize) (scan->position - scan->start));
  return FALSE;
}

static gboolean
scan_varint (Scan *scan, const guint8 *end, guint64 *number, GError **error)
{
  *number = 0;
  for (guint i = 0; i < MAX_VARINT_SIZE; i++) {
    guint8 byte;

    if (scan->position == end)
      return set_cut_off_error (scan, error);
    byte = *scan->position++;
    *number |= (guint64) (byte & 0x7f) << (7 * i);
    if (byte < 0x80)
      return TRUE;
  }

  return set_wire_error (scan, error);
}

static gboolean
scan_skip (Scan *scan, const guint8 *end, guint64 size, GError **error)
{
  if (size > (gsize) (end - scan->position))
    return set_cut_off_error (scan, error);

  scan->position += size;
  return TRUE;
}

/* Recursion ends with the schema, whose messages do not hold themselves. */
static gboolean
scan_message (Scan *scan,
              const ProtobufCMessageDescriptor *descriptor,
              const guint8 *end,
              GError **error)
{
  while (scan->position < end) {
    const ProtobufCFieldDescriptor *field;
    guint64 key;
    guint64 size;

    if (++scan->n_fields > RE3_ONNX_MAX_FIELDS) {
      g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_TOO_LARGE,
                   _ ("%s: this file has more than %d fields, which is more than any network that "
                      "Re3 can show."),
                   scan->name, RE3_ONNX_MAX_FIELDS);
      return FALSE;
    }

    if (!scan_varint (scan, end, &key, error))
      return FALSE;
    if (key >> 3 == 0 || key > G_MAXUINT32)
      return set_wire_error (scan, error);

    switch (key & 7) {
    case WIRE_VARINT:
      if (!scan_varint (scan, end, &size, error))
        return FALSE;
      break;
    case WIRE_64_BITS:
      if (!scan_skip (scan, end, 8, error))
        return FALSE;
      break;
    case WIRE_32_BITS:
      if (!scan_skip (scan, end, 4, error))
        return FALSE;
      break;
    case WIRE_BYTES:
      if (!scan_varint (scan, end, &size, error))
        return FALSE;
      field = protobuf_c_message_descriptor_get_field (descriptor, (unsigned) (key >> 3));
      if (field != NULL && field->type == PROTOBUF_C_TYPE_MESSAGE) {
        const guint8 *start = scan->position;

        if (!scan_skip (scan, end, size, error))
          return FALSE;
        scan->position = start;
        if (!scan_message (scan, field->descriptor, start + size, error))
          return FALSE;
      } else if (!scan_skip (scan, end, size, error)) {
        return FALSE;
      }
      break;
    default:
      return set_wire_error (scan, error);
    }
  }

  return TRUE;
}

/**
 * Memory:
 * @n_left: bytes that may still be asked for
 * @is_exceeded: whether more were
 *
 * Lends protobuf-c no more memory than a message of its size and number of fields can need.
 */
typedef struct {
  ProtobufCAllocator allocator;
  guint64 n_left;
  gboolean is_exceeded;
} Memory;

static void *
memory_allocate (void *data, size_t size)
{
  Memory *self = data;

  if (size > self->n_left) {
    self->is_exceeded = TRUE;
    return NULL;
  }

  self->n_left -= size;
  return malloc (size);
}

static void
memory_free (void *data, void *pointer)
{
  free (pointer);
}

ProtobufCMessage *
re3_onnx_message_parse (const ProtobufCMessageDescriptor *descriptor,
                        const guint8 *bytes,
                        gsize length,
                        const char *name,
                        GError **error)
{
  Scan scan = { .name = name, .start = bytes, .position = bytes };
  Memory memory = { 0 };
  ProtobufCMessage *message;

  g_return_val_if_fail (descriptor != NULL && name != NULL, NULL);
  g_return_val_if_fail (bytes != NULL || length == 0, NULL);

  if (!scan_message (&scan, descriptor, bytes + length, error))
    return NULL;

  memory.allocator = (ProtobufCAllocator){ memory_allocate, memory_free, &memory };
  memory.n_left =
      MIN (MAX_MEMORY, MAX_GROWTH * (guint64) length + FIELD_SIZE * ((guint64) scan.n_fields + 1));
  message = protobuf_c_message_unpack (descriptor, &memory.allocator, length, bytes);
  if (message != NULL)
    return message;

  if (memory.is_exceeded)
    g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_TOO_LARGE,
                 _ ("%s: reading this file takes more memory than Re3 gives to one."), name);
  else
    g_set_error (
        error, RE3_IO_ERROR, RE3_IO_ERROR_FORMAT,
        _ ("%s: this is no valid ONNX file, although it starts like one; export it again."), name);
  return NULL;
}

void
re3_onnx_message_free (ProtobufCMessage *message)
{
  ProtobufCAllocator allocator = { NULL, memory_free, NULL };

  if (message != NULL)
    protobuf_c_message_free_unpacked (message, &allocator);
}
