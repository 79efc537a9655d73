/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-png-private.h"

#include <math.h>
#include <string.h>

#define INCHES_TO_METRE (1 / 0.0254)

/* The signature and the header, which come first in every PNG file: length, name, 13 bytes and
 * checksum. */
#define HEADER_END (8 + 4 + 4 + 13 + 4)

static guint32
checksum (const guint8 *data, gsize size)
{
  guint32 crc = 0xffffffff;

  for (gsize i = 0; i < size; i++) {
    crc ^= data[i];
    for (int bit = 0; bit < 8; bit++)
      crc = (crc >> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc;
}

static void
put_big_endian (guint8 *at, guint32 number)
{
  number = GUINT32_TO_BE (number);
  memcpy (at, &number, sizeof number);
}

void
re3_png_set_resolution (GByteArray *bytes, double dpi)
{
  enum { LENGTH = 0, NAME = 4, ACROSS = 8, DOWN = 12, UNIT = 16, CHECKSUM = 17, SIZE = 21 };
  guint8 chunk[SIZE];
  guint32 dots = (guint32) lround (dpi * INCHES_TO_METRE);
  gsize rest;

  g_assert (bytes->len > HEADER_END);

  put_big_endian (chunk + LENGTH, CHECKSUM - ACROSS);
  memcpy (chunk + NAME, "pHYs", 4);
  put_big_endian (chunk + ACROSS, dots);
  put_big_endian (chunk + DOWN, dots);
  chunk[UNIT] = 1; /* the metre */
  put_big_endian (chunk + CHECKSUM, checksum (chunk + NAME, CHECKSUM - NAME));

  rest = bytes->len - HEADER_END;
  g_byte_array_set_size (bytes, bytes->len + SIZE);
  memmove (bytes->data + HEADER_END + SIZE, bytes->data + HEADER_END, rest);
  memcpy (bytes->data + HEADER_END, chunk, SIZE);
}
