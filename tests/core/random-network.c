/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "random-network.h"

#include <math.h>

double *
random_numbers (gsize n, double range, guint32 seed)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  double *numbers = g_new (double, n);

  for (gsize i = 0; i < n; i++)
    numbers[i] = g_rand_double_range (random, -range, range);

  return numbers;
}

Re3Network *
random_network_with (const gsize *widths,
                     gsize n_widths,
                     const Re3Activation *activation,
                     guint32 seed)
{
  g_autoptr (Re3NetworkBuilder) builder = re3_network_builder_new (widths[0]);
  g_autoptr (GError) error = NULL;
  Re3Network *network;

  for (gsize layer = 0; layer + 1 < n_widths; layer++) {
    gsize n_inputs = widths[layer];
    gsize n_outputs = widths[layer + 1];
    double range = 2 / sqrt ((double) n_inputs);
    g_autofree double *weight = random_numbers (n_inputs * n_outputs, range, seed++);
    g_autofree double *bias = random_numbers (n_outputs, 0.5, seed++);

    if (layer > 0)
      re3_network_builder_add_activation (builder, activation, &error);
    g_assert_no_error (error);
    re3_network_builder_add_affine (builder, n_outputs, weight, bias, &error);
    g_assert_no_error (error);
  }

  network = re3_network_builder_finish (builder, &error);
  g_assert_no_error (error);

  return network;
}

Re3Network *
random_network (const gsize *widths, gsize n_widths, guint32 seed)
{
  Re3Activation rectifier = re3_activation_rectifier (0);

  return random_network_with (widths, n_widths, &rectifier, seed);
}

Re3Model *
model_of_network (Re3Network *network)
{
  g_autoptr (Re3ModelBuilder) builder = re3_model_builder_new (network);

  return re3_model_builder_finish (builder);
}
