/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-chart-private.h"

void
re3_chart_init (Re3Chart *self,
                const Re3ChartKind *kind,
                const char *title,
                const char *description)
{
  g_assert (kind->get_natural_height != NULL && kind->layout != NULL);
  g_assert (kind->fill_table != NULL && kind->finalize != NULL);

  self->kind = kind;
  g_atomic_ref_count_init (&self->n_references);
  self->texts = g_string_chunk_new (1024);
  self->title = re3_chart_copy_text (self, title != NULL ? title : "");
  self->description = re3_chart_copy_text (self, description != NULL ? description : "");
}

const char *
re3_chart_copy_text (Re3Chart *self, const char *text)
{
  g_autofree char *valid = NULL;

  if (text == NULL)
    return NULL;
  if (g_utf8_validate (text, -1, NULL))
    return g_string_chunk_insert (self->texts, text);
  valid = g_utf8_make_valid (text, -1);
  return g_string_chunk_insert (self->texts, valid);
}

const char **
re3_chart_copy_texts (Re3Chart *self, const char *const *texts, gsize n)
{
  const char **copies = g_new0 (const char *, n);

  for (gsize i = 0; i < n; i++)
    copies[i] = re3_chart_copy_text (self, texts[i]);
  return copies;
}

Re3Chart *
re3_chart_ref (Re3Chart *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->n_references);
  return self;
}

void
re3_chart_unref (Re3Chart *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->n_references))
    return;
  self->kind->finalize (self);
  g_string_chunk_free (self->texts);
  g_free (self);
}

const char *
re3_chart_get_title (const Re3Chart *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->title;
}

const char *
re3_chart_get_description (const Re3Chart *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->description;
}

double
re3_chart_get_natural_height (Re3Chart *self, const Re3Theme *theme, double width)
{
  g_return_val_if_fail (self != NULL && theme != NULL, 0);

  return self->kind->get_natural_height (self, theme, width);
}

Re3Scene *
re3_chart_layout (Re3Chart *self, const Re3Theme *theme, double width, double height)
{
  Re3Scene *scene;

  g_return_val_if_fail (self != NULL && theme != NULL, NULL);

  scene = re3_scene_new (self, theme, MAX (width, 0), MAX (height, 0));
  self->kind->layout (self, scene);
  return scene;
}

Re3Highlight *
re3_chart_get_highlight (Re3Chart *self, int item, int series)
{
  Re3Highlight *highlight;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->kind->light == NULL)
    return NULL;
  highlight = re3_highlight_new ();
  self->kind->light (self, item, series, highlight);
  return highlight;
}

Re3DatumKey
re3_chart_get_key (Re3Chart *self, int item, int series)
{
  Re3DatumKey key = { series, (guint) item, 0 };

  g_return_val_if_fail (self != NULL, key);

  if (self->kind->get_key != NULL)
    self->kind->get_key (self, item, series, &key);
  return key;
}

gboolean
re3_chart_find_key (Re3Chart *self, const Re3DatumKey *key, int *item, int *series)
{
  g_return_val_if_fail (self != NULL && key != NULL, FALSE);
  g_return_val_if_fail (item != NULL && series != NULL, FALSE);

  if (self->kind->find_key != NULL)
    return self->kind->find_key (self, key, item, series);
  *item = (int) key->first;
  *series = key->series;
  return TRUE;
}

Re3ChartTable *
re3_chart_get_data (Re3Chart *self)
{
  Re3ChartTable *table;

  g_return_val_if_fail (self != NULL, NULL);

  table = re3_chart_table_new ();
  self->kind->fill_table (self, table);
  return table;
}
