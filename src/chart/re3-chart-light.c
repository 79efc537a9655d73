/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-chart-light.h"

struct _Re3ChartLight {
  Re3Chart *chart;
  Re3ChartDatum hover;
  Re3ChartDatum focus;
  gboolean focus_is_seen;
  gboolean is_pinned;
  Re3DatumKey pin;
  Re3ChartDatum lit; /* what @highlight belongs to */
  Re3Highlight *highlight;
};

static const Re3ChartDatum no_datum = { 0, RE3_NO_ITEM, 0 };

static Re3ChartDatum
datum_of (const Re3Mark *mark)
{
  return mark != NULL ? (Re3ChartDatum){ mark->panel, mark->item, mark->series } : no_datum;
}

static gboolean
is_same (const Re3ChartDatum *one, const Re3ChartDatum *other)
{
  return one->panel == other->panel && one->item == other->item && one->series == other->series;
}

static Re3ChartDatum
find_lit (const Re3ChartLight *self)
{
  Re3ChartDatum pinned = no_datum;

  if (self->chart == NULL)
    return no_datum;
  if (self->is_pinned)
    return re3_chart_find_key (self->chart, &self->pin, &pinned.item, &pinned.series) ? pinned
                                                                                      : no_datum;
  if (self->hover.item != RE3_NO_ITEM)
    return self->hover;
  return self->focus_is_seen ? self->focus : no_datum;
}

static gboolean
update (Re3ChartLight *self)
{
  Re3ChartDatum lit = find_lit (self);
  gboolean had_highlight = self->highlight != NULL;

  if (is_same (&lit, &self->lit))
    return FALSE;

  self->lit = lit;
  g_clear_pointer (&self->highlight, re3_highlight_free);
  if (lit.item != RE3_NO_ITEM)
    self->highlight = re3_chart_get_highlight (self->chart, lit.item, lit.series);
  return had_highlight || self->highlight != NULL;
}

Re3ChartLight *
re3_chart_light_new (void)
{
  Re3ChartLight *self = g_new0 (Re3ChartLight, 1);

  self->hover = no_datum;
  self->focus = no_datum;
  self->lit = no_datum;
  return self;
}

void
re3_chart_light_free (Re3ChartLight *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->highlight, re3_highlight_free);
  g_clear_pointer (&self->chart, re3_chart_unref);
  g_free (self);
}

/* @datum of the present chart, in @chart. */
static Re3ChartDatum
find_again (const Re3ChartLight *self, const Re3ChartDatum *datum, Re3Chart *chart)
{
  Re3ChartDatum found = *datum;
  Re3DatumKey key;

  if (self->chart == NULL || chart == NULL || datum->item == RE3_NO_ITEM)
    return no_datum;
  key = re3_chart_get_key (self->chart, datum->item, datum->series);
  return re3_chart_find_key (chart, &key, &found.item, &found.series) ? found : no_datum;
}

void
re3_chart_light_set_chart (Re3ChartLight *self, Re3Chart *chart)
{
  g_return_if_fail (self != NULL);

  self->hover = find_again (self, &self->hover, chart);
  self->focus = find_again (self, &self->focus, chart);
  if (chart == NULL)
    self->is_pinned = FALSE;
  else
    re3_chart_ref (chart);
  g_clear_pointer (&self->chart, re3_chart_unref);
  self->chart = chart;

  /* The same indices may be other data now. */
  self->lit = no_datum;
  g_clear_pointer (&self->highlight, re3_highlight_free);
  update (self);
}

gboolean
re3_chart_light_set_hover (Re3ChartLight *self, const Re3Mark *mark)
{
  g_return_val_if_fail (self != NULL, FALSE);

  self->hover = datum_of (mark);
  return update (self);
}

gboolean
re3_chart_light_set_focus (Re3ChartLight *self, const Re3Mark *mark)
{
  g_return_val_if_fail (self != NULL, FALSE);

  self->focus = datum_of (mark);
  return update (self);
}

gboolean
re3_chart_light_show_focus (Re3ChartLight *self, gboolean is_seen)
{
  g_return_val_if_fail (self != NULL, FALSE);

  self->focus_is_seen = is_seen;
  return update (self);
}

static gboolean
equals_pin (const Re3ChartLight *self, const Re3ChartDatum *datum)
{
  Re3DatumKey key;

  if (!self->is_pinned)
    return FALSE;
  key = re3_chart_get_key (self->chart, datum->item, datum->series);
  return key.series == self->pin.series && key.first == self->pin.first &&
         key.second == self->pin.second;
}

gboolean
re3_chart_light_pin (Re3ChartLight *self, const Re3ChartDatum *datum)
{
  g_autoptr (Re3Highlight) highlight = NULL;

  g_return_val_if_fail (self != NULL && datum != NULL, FALSE);

  if (self->chart == NULL)
    return FALSE;
  if (datum->item != RE3_NO_ITEM && !equals_pin (self, datum))
    highlight = re3_chart_get_highlight (self->chart, datum->item, datum->series);
  self->is_pinned = highlight != NULL;
  if (self->is_pinned)
    self->pin = re3_chart_get_key (self->chart, datum->item, datum->series);
  return update (self);
}

gboolean
re3_chart_light_is_pinned (const Re3ChartLight *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->is_pinned;
}

const Re3ChartDatum *
re3_chart_light_get_hover (const Re3ChartLight *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return &self->hover;
}

const Re3ChartDatum *
re3_chart_light_get_focus (const Re3ChartLight *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return &self->focus;
}

const Re3Highlight *
re3_chart_light_get_highlight (const Re3ChartLight *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->highlight;
}
