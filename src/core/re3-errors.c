/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-errors.h"

#include <math.h>

static gboolean
is_measured (const Re3Dataset *dataset, Re3SampleSet set, gsize row)
{
  if (set != RE3_SAMPLES_ALL && re3_dataset_is_test (dataset, row) != (set == RE3_SAMPLES_TEST))
    return FALSE;

  return !isnan (re3_dataset_get_target (dataset, row));
}

void
re3_errors_measure (const Re3Dataset *dataset,
                    const double *outputs,
                    Re3SampleSet set,
                    Re3Errors *errors)
{
  gsize n_rows;
  gsize n = 0;
  double target_sum = 0;
  double error_sum = 0;
  double absolute_sum = 0;
  double square_sum = 0;
  double spread = 0;

  g_return_if_fail (dataset != NULL && errors != NULL && set < RE3_N_SAMPLE_SETS);

  n_rows = re3_dataset_get_n_rows (dataset);
  g_return_if_fail (outputs != NULL || n_rows == 0);

  for (gsize row = 0; row < n_rows; row++) {
    double target = re3_dataset_get_target (dataset, row);
    double error = outputs[row] - target;

    if (!is_measured (dataset, set, row))
      continue;
    n++;
    target_sum += target;
    error_sum += error;
    absolute_sum += fabs (error);
    square_sum += error * error;
  }

  /* The differences from the mean in a second pass: a sum of squares less a square cancels. */
  for (gsize row = 0; row < n_rows; row++) {
    double difference = re3_dataset_get_target (dataset, row) - target_sum / (double) n;

    if (is_measured (dataset, set, row))
      spread += difference * difference;
  }

  *errors = (Re3Errors){
    .n_samples = n,
    .mean = n > 0 ? error_sum / (double) n : NAN,
    .mean_absolute = n > 0 ? absolute_sum / (double) n : NAN,
    .root_mean_square = n > 0 ? sqrt (square_sum / (double) n) : NAN,
    .r2 = spread > 0 ? 1 - square_sum / spread : NAN,
  };
}
