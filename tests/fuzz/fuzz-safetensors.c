/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"
#include "re3-model-safetensors.h"

int
LLVMFuzzerTestOneInput (const uint8_t *bytes, size_t length)
{
  fuzz_check_foreign (re3_model_safetensors_parse (bytes, length, "fuzz.safetensors", NULL));

  return 0;
}
