/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-counterfactual-choices-private.h"

#include <math.h>
#include <string.h>

typedef struct {
  const double *values; /* of the sample */
  const Re3CounterfactualOptions *options;
} Question;

static gboolean
allows_value (const Question *self, gsize feature, double value)
{
  const Re3CounterfactualOptions *options = self->options;

  if (options->locked != NULL && options->locked[feature] && value != self->values[feature])
    return FALSE;
  if (options->integer != NULL && options->integer[feature] && value != rint (value))
    return FALSE;

  return (options->low == NULL || value >= options->low[feature]) &&
         (options->high == NULL || value <= options->high[feature]);
}

/* What @choice makes of a member. */
static double
get_value (const Question *self, const Re3FeatureGroup *group, gssize choice, gsize member)
{
  if (choice == RE3_NO_CHOICE)
    return self->values[group->features[member]];

  return (gsize) choice == member ? 1 : 0;
}

static gboolean
allows_choice (const Question *self, const Re3FeatureGroup *group, gssize choice)
{
  for (gsize i = 0; i < group->n_features; i++)
    if (!allows_value (self, group->features[i], get_value (self, group, choice, i)))
      return FALSE;

  return TRUE;
}

/* (transfer full) (element-type gssize) */
static GArray *
list_choices (const Question *self, const Re3FeatureGroup *group)
{
  GArray *choices = g_array_new (FALSE, FALSE, sizeof (gssize));
  gboolean has_choice = re3_feature_group_get_choice (group, self->values) != RE3_NO_CHOICE;

  for (gssize choice = has_choice ? 0 : RE3_NO_CHOICE; choice < (gssize) group->n_features;
       choice++)
    if (allows_choice (self, group, choice))
      g_array_append_val (choices, choice);

  return choices;
}

/* Lists the choices of each group. Returns: how many joint ones, or one more than can be gone
 * through
 */
static gsize
list_all_choices (const Question *self, GPtrArray *choices)
{
  const GPtrArray *groups = self->options->groups;
  gsize n = 1;

  for (guint i = 0; groups != NULL && i < groups->len; i++) {
    GArray *of_group = list_choices (self, g_ptr_array_index (groups, i));

    g_ptr_array_add (choices, of_group);
    n = MIN (n * of_group->len, RE3_COUNTERFACTUAL_MAX_CHOICES + 1);
    /* What is impossible stays so, whatever comes. */
    if (n == 0)
      return 0;
  }

  return n;
}

/* Writes down one joint choice, the last group's changing fastest.
 * @choices: (nullable): of each group, or %NULL to leave all as they are */
static void
write_choice (const Question *self, const GPtrArray *choices, gsize index, double *values)
{
  const GPtrArray *groups = self->options->groups;

  for (guint i = groups->len; i-- > 0;) {
    const Re3FeatureGroup *group = g_ptr_array_index (groups, i);
    gssize choice = RE3_NO_CHOICE;

    if (choices != NULL) {
      const GArray *of_group = g_ptr_array_index (choices, i);

      choice = g_array_index (of_group, gssize, index % of_group->len);
      index /= of_group->len;
    }
    for (gsize member = group->n_features; member-- > 0;)
      *--values = get_value (self, group, choice, member);
  }
}

Re3CounterfactualChoices *
re3_counterfactual_choices_new (const Re3Model *model,
                                const double *values,
                                const Re3CounterfactualOptions *options)
{
  Re3CounterfactualChoices *self = g_new0 (Re3CounterfactualChoices, 1);
  const Question question = { values, options };
  g_autoptr (GPtrArray) choices = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);

  self->n = list_all_choices (&question, choices);
  self->are_kept = self->n > RE3_COUNTERFACTUAL_MAX_CHOICES;
  if (self->are_kept)
    self->n = 1;

  self->members = g_new (gsize, re3_model_get_n_features (model));
  for (guint i = 0; options->groups != NULL && i < options->groups->len; i++) {
    const Re3FeatureGroup *group = g_ptr_array_index (options->groups, i);

    memcpy (self->members + self->n_members, group->features,
            group->n_features * sizeof *group->features);
    self->n_members += group->n_features;
  }

  self->values = g_new (double, self->n * self->n_members);
  for (gsize i = 0; self->n_members > 0 && i < self->n; i++)
    write_choice (&question, self->are_kept ? NULL : choices, i,
                  self->values + (i + 1) * self->n_members);

  return self;
}

void
re3_counterfactual_choices_free (Re3CounterfactualChoices *self)
{
  if (self == NULL)
    return;

  g_free (self->members);
  g_free (self->values);
  g_free (self);
}

void
re3_counterfactual_choices_fix (const Re3CounterfactualChoices *self,
                                gsize choice,
                                double *low,
                                double *high)
{
  for (gsize i = 0; i < self->n_members; i++) {
    double value = self->values[choice * self->n_members + i];

    low[self->members[i]] = MAX (low[self->members[i]], value);
    high[self->members[i]] = MIN (high[self->members[i]], value);
  }
}
