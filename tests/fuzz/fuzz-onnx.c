/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"
#include "re3-model-onnx.h"

int
LLVMFuzzerTestOneInput (const uint8_t *bytes, size_t length)
{
  g_autoptr (GFile) folder = g_file_new_for_path (g_get_tmp_dir ());

  fuzz_check_foreign (re3_model_onnx_parse (bytes, length, folder, "fuzz.onnx", NULL));

  return 0;
}
