/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The samples that a number is about. Training and test stand as re3_dataset_is_test() says: 0, 1. */
typedef enum {
  RE3_SAMPLES_TRAIN,
  RE3_SAMPLES_TEST,
  RE3_SAMPLES_ALL,
} Re3SampleSet;

#define RE3_N_SAMPLE_SETS 3

G_END_DECLS
