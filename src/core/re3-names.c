/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-names.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Cuts a unit in round or square brackets off the end of @name. Returns: (nullable): it, with the
 * bracket that closes */
static char *
strip_unit (char *name)
{
  char *opening = NULL;

  g_strchomp (name);
  if (g_str_has_suffix (name, ")"))
    opening = strrchr (name, '(');
  else if (g_str_has_suffix (name, "]"))
    opening = strrchr (name, '[');
  if (opening == NULL)
    return NULL;

  *opening = '\0';
  return opening + 1;
}

/* (transfer full) (nullable) */
static char *
fold (const char *name)
{
  g_autofree char *composed = g_utf8_normalize (name, -1, G_NORMALIZE_ALL_COMPOSE);
  g_autofree char *folded = composed != NULL ? g_utf8_casefold (composed, -1) : NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  for (const char *p = folded; p != NULL && *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (!g_unichar_isspace (c) && !g_unichar_ispunct (c))
      g_string_append_unichar (text, c);
  }

  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

char *
re3_name_normalise (const char *name)
{
  g_autofree char *without_unit = NULL;
  char *normal;

  g_return_val_if_fail (name != NULL, NULL);

  without_unit = g_strdup (name);
  strip_unit (without_unit);
  normal = fold (without_unit);

  /* Brackets around the whole name hold no unit. */
  return normal != NULL ? normal : fold (name);
}

char *
re3_name_normalise_with_unit (const char *name)
{
  g_autofree char *copy = NULL;
  g_autofree char *normal = NULL;
  g_autofree char *unit = NULL;
  const char *rest;

  g_return_val_if_fail (name != NULL, NULL);

  copy = g_strdup (name);
  rest = strip_unit (copy);
  normal = fold (copy);
  unit = rest != NULL ? fold (rest) : NULL;
  if (normal == NULL || unit == NULL)
    return re3_name_normalise (name);

  return g_strconcat (normal, "(", unit, NULL);
}

gboolean
re3_names_match (const char *a, const char *b)
{
  g_autofree char *normal_a = NULL;
  g_autofree char *normal_b = NULL;

  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  if (g_str_equal (a, b))
    return TRUE;

  normal_a = re3_name_normalise (a);
  normal_b = re3_name_normalise (b);

  return normal_a != NULL && g_strcmp0 (normal_a, normal_b) == 0;
}

char *
re3_name_region (gsize region)
{
  return g_strdup_printf ("R%zu", region + 1);
}

char *
re3_name_neuron (const Re3Network *network, gsize neuron)
{
  gsize layer;
  gsize index;

  g_return_val_if_fail (network != NULL, NULL);

  re3_network_locate_neuron (network, neuron, &layer, &index);
  return g_strdup_printf ("L%zu\u00b7%zu", layer + 1, index + 1);
}

char *
re3_name_switch (const Re3Network *network, gsize neuron, gsize state_before, gsize state)
{
  g_autofree char *name = re3_name_neuron (network, neuron);

  if (re3_network_get_first_gate (network, neuron + 1) >
      re3_network_get_first_gate (network, neuron) + 1)
    /* Translators: a neuron, such as L1·3, and its states before and now. */
    return g_strdup_printf (_ ("%s %zu → %zu"), name, state_before, state);

  /* Translators: %s is a neuron, such as L1·3. */
  return g_strdup_printf (state > state_before ? _ ("%s on") : _ ("%s off"), name);
}

char *
re3_name_switches (const Re3Network *network,
                   const Re3Pattern *before,
                   const Re3Pattern *after,
                   gsize max_named)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gsize n_switched = 0;

  g_return_val_if_fail (network != NULL && before != NULL && after != NULL, NULL);

  for (gsize j = 0; j < re3_network_get_n_neurons (network) && n_switched <= max_named; j++) {
    gsize state_before = re3_pattern_get_state (before, network, j);
    gsize state = re3_pattern_get_state (after, network, j);
    g_autofree char *name = NULL;

    if (state == state_before || ++n_switched > max_named)
      continue;
    name = re3_name_switch (network, j, state_before, state);
    g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", name);
  }
  if (n_switched > max_named)
    g_string_append (text, ", …");
  return g_string_free (g_steal_pointer (&text), FALSE);
}
