/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-array.h"
#include "re3-foreign-model.h"

#include <stddef.h>
#include <stdint.h>

/* What the fuzz targets share. Each is one file with libFuzzer's entry point, which reads the bytes as
 * a file of its format: whatever they are, it has to come to an end, without a fault and without more
 * memory than the reader's bounds. */

int   LLVMFuzzerTestOneInput (const uint8_t   *bytes,
                              size_t           length);

/* A copy with a NUL behind it. (transfer full) */
char *fuzz_make_text         (const uint8_t   *bytes,
                              size_t           length);
/* Goes on to what follows on reading, and sees that the answer is one. (nullable) (transfer full) */
void  fuzz_check_foreign     (Re3ForeignModel *model);
void  fuzz_check_model       (Re3Model        *model);
void  fuzz_check_array       (Re3Array        *array);
