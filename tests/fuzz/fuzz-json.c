/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"
#include "re3-model-json.h"

int
LLVMFuzzerTestOneInput (const uint8_t *bytes, size_t length)
{
  g_autofree char *text = fuzz_make_text (bytes, length);

  fuzz_check_model (re3_model_json_parse (text, length, "fuzz.re3.json", NULL));

  return 0;
}
