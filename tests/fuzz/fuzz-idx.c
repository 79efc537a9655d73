/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

int
LLVMFuzzerTestOneInput (const uint8_t *bytes, size_t length)
{
  fuzz_check_array (re3_array_parse (bytes, length, "fuzz.idx", NULL));

  return 0;
}
