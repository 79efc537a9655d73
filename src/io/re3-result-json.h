/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-baseline.h"
#include "re3-counterfactual.h"
#include "re3-explanation.h"
#include "re3-response.h"
#include "re3-result-options.h"

G_BEGIN_DECLS

/* Results as JSON with the keys of design §6: numbers unrounded, infinite and undefined ones null,
 * classes by name, layers and neurons counted from 0. (transfer full) */

/* Besides design §6: "path_baseline" is the input that "path" starts from, in original units, and
 * its logit and its probability; "path_logit" adds up to the change of the logit from there;
 * "undecided" lists the neurons too near to tell their side.
 * Of a regression network "label" and "prediction" are the target and the first output, "logits" its
 * outputs, "class" the name of one; "path" adds up to its change, and "path_baseline" has that
 * "output". "probabilities", "probability" and "path_logit" are null.
 * "filled" names the features whose value is not the data's but their training mean.
 * @baseline: (nullable): the input that "path" starts from; else 0 in the network's own units
 * @row: the data row; @label: its class or RE3_NO_LABEL; @target: NAN where it is not known
 * @filled: (nullable) (element-type gsize): these features */
char *re3_explanation_to_json (const Re3Explanation *explanation,
                               gsize                 class_index,
                               const Re3Baseline    *baseline,
                               gsize                 row,
                               int                   label,
                               double                target,
                               const GArray         *filled);
/* Besides design §6: under "data", "scaler" is "model", "train" (fitted to the training rows) or null;
 * "undecided" counts the samples too near to a hyperplane to tell their region; "importance" has the
 * signed means too, and "neurons" what is always or never active, and the same numbers by true class.
 * Of a regression network "errors" tells of "train" and "test" samples how far the first output is off:
 * "n", "mean", "mae", "rmse" and "r2". What is about classes is null then ("accuracy", "report",
 * "confusion", purity and majority, importance to the probability), or left out ("counts",
 * "class_profiles"); profiles and importance are of the first output.
 * @options: (nullable) */
char *re3_analysis_to_json    (const Re3Analysis      *analysis,
                               const Re3ResultOptions *options);
/* Besides design §6: "unit", and "predictions", the stretches of the feature for which a class is
 * predicted. */
char *re3_response_to_json    (const Re3Response *response,
                               const Re3Model    *model);
/* "class", "values" and "distance" are null where nothing was found, and "lower_bound" where it is proven
 * that there is nothing. Besides design §6: a one-hot group that has changed is one of "changed", with
 * "group" in place of "feature" and choices by name, of which "from" is null where there was none; and
 * where the model has groups, "groups_kept" says whether they were kept as they are, since there are too
 * many choices. The groups searched were the model's. @values: n_features numbers: the sample. */
char *re3_counterfactual_to_json (const Re3Counterfactual *counterfactual,
                                  const Re3Model          *model,
                                  const double            *values);
/* What a model is, and, where @dataset is given, a data set for it.
 * @dataset: (nullable); @report: (nullable) */
char *re3_info_to_json        (const Re3Model       *model,
                               const Re3Dataset     *dataset,
                               const Re3DataReport  *report);

G_END_DECLS
