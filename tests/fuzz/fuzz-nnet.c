/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"
#include "re3-model-nnet.h"

int
LLVMFuzzerTestOneInput (const uint8_t *bytes, size_t length)
{
  g_autofree char *text = fuzz_make_text (bytes, length);

  fuzz_check_foreign (re3_model_nnet_parse (text, length, "fuzz.nnet", NULL));

  return 0;
}
