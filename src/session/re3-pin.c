/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-pin.h"

#include <glib/gi18n-lib.h>

struct _Re3Pin {
  GObject parent_instance;

  gssize row;
  gboolean is_edited;
  Re3Baseline *baseline;
};

static guint changed_signal;

G_DEFINE_FINAL_TYPE (Re3Pin, re3_pin, G_TYPE_OBJECT)

static gboolean
differs (const Re3Dataset *dataset, gsize row, const double *values)
{
  for (gsize i = 0; i < re3_dataset_get_n_features (dataset); i++)
    if (values[i] != re3_dataset_get_value (dataset, row, i))
      return TRUE;
  return FALSE;
}

static void
pin (Re3Pin *self, const Re3Dataset *dataset, gsize row, Re3Explanation *explanation)
{
  g_autofree char *name = NULL;

  self->row = (gssize) row;
  self->is_edited = differs (dataset, row, explanation->values);
  name =
      g_strdup_printf (self->is_edited ? _ ("pinned row %zu, edited") : _ ("pinned row %zu"), row);
  g_clear_pointer (&self->baseline, re3_baseline_free);
  self->baseline = re3_baseline_new_sample (name, explanation);
  g_signal_emit (self, changed_signal, 0);
}

void
re3_pin_take (Re3Pin *self, Re3WhatIf *what_if)
{
  g_return_if_fail (RE3_IS_PIN (self));
  g_return_if_fail (RE3_IS_WHAT_IF (what_if));

  const Re3Explanation *explanation = re3_what_if_get_explanation (what_if);

  if (explanation != NULL)
    pin (self, re3_what_if_get_dataset (what_if), (gsize) re3_what_if_get_row (what_if),
         (Re3Explanation *) explanation);
}

gboolean
re3_pin_set (Re3Pin *self,
             Re3Model *model,
             const Re3Dataset *dataset,
             gsize row,
             const double *values)
{
  g_return_val_if_fail (RE3_IS_PIN (self), FALSE);
  g_return_val_if_fail (model != NULL && dataset != NULL && values != NULL, FALSE);
  g_return_val_if_fail (row < re3_dataset_get_n_rows (dataset), FALSE);

  g_autoptr (Re3Explanation) explanation = re3_explanation_new (model, values, NULL);

  if (!re3_explanation_is_finite (explanation))
    return FALSE;
  pin (self, dataset, row, explanation);
  return TRUE;
}

void
re3_pin_clear (Re3Pin *self)
{
  g_return_if_fail (RE3_IS_PIN (self));

  if (self->baseline == NULL)
    return;

  g_clear_pointer (&self->baseline, re3_baseline_free);
  self->row = RE3_NO_ROW;
  self->is_edited = FALSE;
  g_signal_emit (self, changed_signal, 0);
}

const Re3Baseline *
re3_pin_get_baseline (Re3Pin *self)
{
  g_return_val_if_fail (RE3_IS_PIN (self), NULL);

  return self->baseline;
}

gssize
re3_pin_get_row (Re3Pin *self)
{
  g_return_val_if_fail (RE3_IS_PIN (self), RE3_NO_ROW);

  return self->row;
}

gboolean
re3_pin_is_edited (Re3Pin *self)
{
  g_return_val_if_fail (RE3_IS_PIN (self), FALSE);

  return self->is_edited;
}

static void
re3_pin_finalize (GObject *object)
{
  Re3Pin *self = RE3_PIN (object);

  g_clear_pointer (&self->baseline, re3_baseline_free);

  G_OBJECT_CLASS (re3_pin_parent_class)->finalize (object);
}

static void
re3_pin_class_init (Re3PinClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = re3_pin_finalize;

  changed_signal = g_signal_new ("changed", RE3_TYPE_PIN, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
}

static void
re3_pin_init (Re3Pin *self)
{
  self->row = RE3_NO_ROW;
}

Re3Pin *
re3_pin_new (void)
{
  return g_object_new (RE3_TYPE_PIN, NULL);
}
