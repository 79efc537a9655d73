/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "re3-forward.h"

/* Larger networks take long to run, and show no more. */
#define MAX_PARAMETERS 100000

char *
fuzz_make_text (const uint8_t *bytes, size_t length)
{
  char *text = g_malloc (length + 1);

  if (length > 0)
    memcpy (text, bytes, length);
  text[length] = '\0';

  return text;
}

void
fuzz_check_model (Re3Model *model)
{
  g_autofree double *input = NULL;
  g_autoptr (Re3Forward) forward = NULL;
  gsize n_features;

  if (model == NULL)
    return;

  n_features = re3_model_get_n_features (model);
  g_assert (n_features > 0 && re3_model_get_n_classes (model) > 0);
  if (re3_network_get_n_parameters (re3_model_get_network (model)) <= MAX_PARAMETERS) {
    input = g_new0 (double, n_features);
    forward = re3_network_forward (re3_model_get_network (model), input, 1);
  }
  re3_model_unref (model);
}

void
fuzz_check_foreign (Re3ForeignModel *model)
{
  if (model == NULL)
    return;

  fuzz_check_model (re3_foreign_model_build (model, NULL, NULL, NULL));
  re3_foreign_model_free (model);
}

void
fuzz_check_array (Re3Array *array)
{
  if (array == NULL)
    return;

  for (gsize row = 0; row < re3_array_get_n_rows (array); row++)
    for (gsize column = 0; column < re3_array_get_n_columns (array); column++) {
      gboolean is_exact;

      re3_array_get_value (array, row, column, &is_exact);
    }
  re3_array_free (array);
}
