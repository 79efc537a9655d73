/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-dataset.h"
#include "re3-model.h"

G_BEGIN_DECLS

/* The scaler that scikit-learn's StandardScaler fits: mean and standard deviation (of the population)
 * of each feature over the training samples. The scale of a feature that never changes, or only by
 * rounding, is 1. @mean, @scale: n_features numbers. Fails without training samples, and where a
 * number is too large to be summed up. */
gboolean  re3_scaler_fit            (const Re3Dataset  *dataset,
                                     double            *mean,
                                     double            *scale,
                                     GError           **error);
/* A model like @model, but with this scaler before its network. The tests of @model are left out, for
 * they say what it answers without. Fails where @model has a scaler already. (transfer full) */
Re3Model *re3_model_new_with_scaler (const Re3Model    *model,
                                     const double      *mean,
                                     const double      *scale,
                                     GError           **error);

G_END_DECLS
