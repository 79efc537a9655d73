/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-reading.h"

#include <string.h>

#define LIST_TYPE G_VARIANT_TYPE ("a(sa{sv})")

/* What a delimiter can be. */
static const char delimiters[] = { ',', ';', '\t', '|', RE3_CSV_WHITE_SPACE };

Re3Reading *
re3_reading_new (void)
{
  return g_new0 (Re3Reading, 1);
}

Re3Reading *
re3_reading_copy (const Re3Reading *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  Re3Reading *copy = re3_reading_new ();

  *copy = *self;
  copy->label = g_strdup (self->label);
  copy->left_out = g_strdupv (self->left_out);
  return copy;
}

void
re3_reading_free (Re3Reading *self)
{
  if (self == NULL)
    return;

  g_free (self->label);
  g_strfreev (self->left_out);
  g_free (self);
}

gboolean
re3_reading_set_delimiter (Re3Reading *self, const char *text)
{
  g_return_val_if_fail (self != NULL && text != NULL, FALSE);

  if (strlen (text) != 1 || memchr (delimiters, *text, sizeof delimiters) == NULL)
    return FALSE;
  self->delimiter = *text;
  return TRUE;
}

Re3DataOptions
re3_reading_get_options (const Re3Reading *self)
{
  Re3DataOptions options = RE3_DATA_OPTIONS_DEFAULT;

  options.keep_doubts = TRUE;
  if (self == NULL)
    return options;
  options.delimiter = self->delimiter;
  options.header = self->header;
  options.label = self->label;
  options.left_out = (const char *const *) self->left_out;
  options.fill = self->fill;
  return options;
}

static GVariant *
write_reading (const Re3Reading *self)
{
  GVariantDict dict;
  char delimiter[] = { self->delimiter, '\0' };

  g_variant_dict_init (&dict, NULL);
  if (self->delimiter != RE3_CSV_GUESS_DELIMITER)
    g_variant_dict_insert (&dict, "delimiter", "s", delimiter);
  if (self->header != RE3_CSV_HEADER_GUESS)
    g_variant_dict_insert (&dict, "header", "b", self->header == RE3_CSV_HEADER_FIRST_LINE);
  if (self->label != NULL)
    g_variant_dict_insert (&dict, "label", "s", self->label);
  if (self->left_out != NULL)
    g_variant_dict_insert (&dict, "left-out", "^as", self->left_out);
  if (self->fill == RE3_DATA_FILL_MEAN)
    g_variant_dict_insert (&dict, "fill-with-mean", "b", TRUE);
  return g_variant_dict_end (&dict);
}

static Re3Reading *
read_reading (GVariant *variant)
{
  g_auto (GVariantDict) dict;
  Re3Reading *self = re3_reading_new ();
  const char *delimiter;
  gboolean has_header;
  gboolean fills;

  g_variant_dict_init (&dict, variant);
  if (g_variant_dict_lookup (&dict, "delimiter", "&s", &delimiter))
    re3_reading_set_delimiter (self, delimiter);
  if (g_variant_dict_lookup (&dict, "header", "b", &has_header))
    self->header = has_header ? RE3_CSV_HEADER_FIRST_LINE : RE3_CSV_HEADER_NONE;
  g_variant_dict_lookup (&dict, "label", "s", &self->label);
  g_variant_dict_lookup (&dict, "left-out", "^as", &self->left_out);
  if (g_variant_dict_lookup (&dict, "fill-with-mean", "b", &fills) && fills)
    self->fill = RE3_DATA_FILL_MEAN;
  return self;
}

Re3Reading *
re3_readings_find (GVariant *list, GFile *file)
{
  g_return_val_if_fail (g_variant_is_of_type (list, LIST_TYPE), NULL);
  g_return_val_if_fail (G_IS_FILE (file), NULL);

  g_autofree char *wanted = g_file_get_uri (file);

  for (gsize i = 0; i < g_variant_n_children (list); i++) {
    g_autoptr (GVariant) chosen = NULL;
    const char *uri;

    g_variant_get_child (list, i, "(&s@a{sv})", &uri, &chosen);
    if (g_str_equal (uri, wanted))
      return read_reading (chosen);
  }
  return NULL;
}

GVariant *
re3_readings_add (GVariant *list, GFile *file, const Re3Reading *reading)
{
  g_return_val_if_fail (g_variant_is_of_type (list, LIST_TYPE), NULL);
  g_return_val_if_fail (G_IS_FILE (file) && reading != NULL, NULL);

  g_autofree char *own = g_file_get_uri (file);
  gsize n_kept = 1;
  GVariantBuilder builder;

  g_variant_builder_init (&builder, LIST_TYPE);
  g_variant_builder_add (&builder, "(s@a{sv})", own, write_reading (reading));
  for (gsize i = 0; i < g_variant_n_children (list) && n_kept < RE3_MAX_READINGS; i++) {
    g_autoptr (GVariant) chosen = NULL;
    const char *uri;

    g_variant_get_child (list, i, "(&s@a{sv})", &uri, &chosen);
    if (g_str_equal (uri, own))
      continue;
    g_variant_builder_add (&builder, "(s@a{sv})", uri, chosen);
    n_kept++;
  }
  return g_variant_builder_end (&builder);
}
