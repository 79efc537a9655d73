/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-cli-constraints.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

void
re3_cli_constraints_add_options (Re3CliConstraints *self, Re3CliParser *parser)
{
  const GOptionEntry entries[] = {
    { "lock", 0, 0, G_OPTION_ARG_STRING_ARRAY, &self->locks,
      N_ ("A feature, or a one-hot group, that stays as it is; may be repeated"), N_ ("FEATURE") },
    { "range", 0, 0, G_OPTION_ARG_STRING_ARRAY, &self->ranges,
      N_ ("From where to where a feature may go, in original units; either end may be left out; "
          "may be repeated"),
      N_ ("FEATURE=LOW:HIGH") },
    { "integer", 0, 0, G_OPTION_ARG_STRING_ARRAY, &self->integers,
      N_ ("A feature that is a whole number in original units; may be repeated"), N_ ("FEATURE") },
    { "order", 0, 0, G_OPTION_ARG_STRING_ARRAY, &self->orders,
      N_ ("Two features of which the first is never larger, in original units; may be repeated"),
      N_ ("A<=B") },
    G_OPTION_ENTRY_NULL,
  };

  re3_cli_parser_add (parser, entries);
}

void
re3_cli_constraints_clear (Re3CliConstraints *self)
{
  g_clear_pointer (&self->locks, g_strfreev);
  g_clear_pointer (&self->ranges, g_strfreev);
  g_clear_pointer (&self->integers, g_strfreev);
  g_clear_pointer (&self->orders, g_strfreev);
  g_clear_pointer (&self->locked, g_free);
  g_clear_pointer (&self->integer, g_free);
  g_clear_pointer (&self->low, g_free);
  g_clear_pointer (&self->high, g_free);
  g_clear_pointer (&self->order_pairs, g_array_unref);
}

/* The feature that @text up to @end is the name of. */
static gboolean
find_feature (const Re3CliInput *input,
              const char *text,
              const char *end,
              gsize *feature,
              GError **error)
{
  g_autofree char *name = g_strstrip (g_strndup (text, (gsize) (end - text)));

  return re3_cli_input_find_feature (input, name, feature, error);
}

static gboolean
flag_features (const Re3CliInput *input, char **names, guint8 *flags, GError **error)
{
  for (gsize i = 0; names != NULL && names[i] != NULL; i++) {
    gsize feature;

    if (!re3_cli_input_find_feature (input, names[i], &feature, error))
      return FALSE;
    flags[feature] = TRUE;
  }

  return TRUE;
}

/* Locks features, and groups as a whole. */
static gboolean
lock_features (const Re3CliInput *input, char **names, guint8 *locked, GError **error)
{
  for (gsize i = 0; names != NULL && names[i] != NULL; i++) {
    const Re3FeatureGroup *group = re3_cli_input_find_group (input, names[i]);
    gsize feature;

    for (gsize j = 0; group != NULL && j < group->n_features; j++)
      locked[group->features[j]] = TRUE;
    if (group != NULL)
      continue;
    if (!re3_cli_input_find_feature (input, names[i], &feature, error))
      return FALSE;
    locked[feature] = TRUE;
  }

  return TRUE;
}

/* One end of a range; without a text it is as it was. */
static gboolean
parse_end (const char *option, char *text, double *end, GError **error)
{
  g_strstrip (text);

  return re3_cli_parse_number (option, *text != '\0' ? text : NULL, -G_MAXDOUBLE, G_MAXDOUBLE,
                               _ ("finite numbers"), end, error);
}

static gboolean
parse_range (Re3CliConstraints *self, const Re3CliInput *input, const char *text, GError **error)
{
  /* A name may hold the sign of equality, a number cannot. */
  const char *equals = strrchr (text, '=');
  const char *colon = equals != NULL ? strchr (equals, ':') : NULL;
  g_autofree char *option = g_strdup_printf ("--range \"%s\"", text);
  g_autofree char *low = NULL;
  g_autofree char *high = NULL;
  gsize feature;

  if (colon == NULL || equals == text) {
    g_set_error (error, RE3_CLI_ERROR, RE3_CLI_ERROR_USAGE,
                 _ ("--range takes a feature and two numbers, such as \"petal width=0:2.5\", not "
                    "“%s”."),
                 text);
    return FALSE;
  }

  low = g_strndup (equals + 1, (gsize) (colon - equals - 1));
  high = g_strdup (colon + 1);
  if (!find_feature (input, text, equals, &feature, error) ||
      !parse_end (option, low, &self->low[feature], error) ||
      !parse_end (option, high, &self->high[feature], error))
    return FALSE;
  if (self->low[feature] <= self->high[feature])
    return TRUE;

  g_set_error (error, RE3_CLI_ERROR, RE3_CLI_ERROR_USAGE,
               _ ("%s: the first number is larger than the second."), option);
  return FALSE;
}

static gboolean
parse_order (Re3CliConstraints *self, const Re3CliInput *input, const char *text, GError **error)
{
  const char *sign = strstr (text, "<=");
  Re3FeatureOrder order;

  if (sign == NULL) {
    g_set_error (error, RE3_CLI_ERROR, RE3_CLI_ERROR_USAGE,
                 _ ("--order takes two features, such as \"petal width<=petal length\", not “%s”."),
                 text);
    return FALSE;
  }

  if (!find_feature (input, text, sign, &order.lesser, error) ||
      !find_feature (input, sign + 2, text + strlen (text), &order.greater, error))
    return FALSE;
  g_array_append_val (self->order_pairs, order);

  return TRUE;
}

gboolean
re3_cli_constraints_parse (Re3CliConstraints *self,
                           const Re3CliInput *input,
                           Re3CounterfactualOptions *options,
                           GError **error)
{
  gsize n_features = re3_model_get_n_features (input->model);

  self->locked = g_new0 (guint8, n_features);
  self->integer = g_new0 (guint8, n_features);
  self->low = g_new (double, n_features);
  self->high = g_new (double, n_features);
  self->order_pairs = g_array_new (FALSE, FALSE, sizeof (Re3FeatureOrder));
  for (gsize f = 0; f < n_features; f++) {
    self->low[f] = -INFINITY;
    self->high[f] = INFINITY;
  }

  if (!lock_features (input, self->locks, self->locked, error) ||
      !flag_features (input, self->integers, self->integer, error))
    return FALSE;
  for (gsize i = 0; self->ranges != NULL && self->ranges[i] != NULL; i++)
    if (!parse_range (self, input, self->ranges[i], error))
      return FALSE;
  for (gsize i = 0; self->orders != NULL && self->orders[i] != NULL; i++)
    if (!parse_order (self, input, self->orders[i], error))
      return FALSE;

  options->groups = re3_model_get_groups (input->model);
  options->locked = self->locked;
  options->integer = self->integer;
  options->low = self->low;
  options->high = self->high;
  options->orders = (const Re3FeatureOrder *) (gpointer) self->order_pairs->data;
  options->n_orders = self->order_pairs->len;

  return TRUE;
}
