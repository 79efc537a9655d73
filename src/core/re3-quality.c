/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-quality.h"

#include "re3-memory.h"

#include <glib/gi18n-lib.h>
#include <math.h>

Re3Quality *
re3_quality_new (gsize n_classes, GError **error)
{
  g_autoptr (Re3Quality) self = g_new0 (Re3Quality, 1);

  self->n_classes = n_classes;
  self->confusion = re3_try_new0 (gsize, n_classes, n_classes, error,
                                  _ ("the confusion matrix of %zu classes"), n_classes);
  if (self->confusion == NULL)
    return NULL;

  return g_steal_pointer (&self);
}

void
re3_quality_free (Re3Quality *self)
{
  if (self == NULL)
    return;

  g_free (self->confusion);
  g_free (self);
}

void
re3_quality_add (Re3Quality *self, gsize actual, gsize predicted)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (actual < self->n_classes && predicted < self->n_classes);

  self->confusion[actual * self->n_classes + predicted]++;
  self->n_samples++;
}

void
re3_quality_add_all (Re3Quality *self, const Re3Quality *other)
{
  g_return_if_fail (self != NULL && other != NULL);
  g_return_if_fail (self->n_classes == other->n_classes);

  for (gsize pair = 0; pair < self->n_classes * self->n_classes; pair++)
    self->confusion[pair] += other->confusion[pair];
  self->n_samples += other->n_samples;
}

static double
share (gsize part, gsize whole)
{
  return whole > 0 ? (double) part / (double) whole : NAN;
}

static gsize
count_hits (const Re3Quality *self, gsize class_index)
{
  return self->confusion[class_index * self->n_classes + class_index];
}

static gsize
count_predicted (const Re3Quality *self, gsize class_index)
{
  gsize count = 0;

  for (gsize actual = 0; actual < self->n_classes; actual++)
    count += self->confusion[actual * self->n_classes + class_index];

  return count;
}

double
re3_quality_get_accuracy (const Re3Quality *self)
{
  gsize n_hits = 0;

  g_return_val_if_fail (self != NULL, NAN);

  for (gsize class_index = 0; class_index < self->n_classes; class_index++)
    n_hits += count_hits (self, class_index);

  return share (n_hits, self->n_samples);
}

double
re3_quality_get_precision (const Re3Quality *self, gsize class_index)
{
  g_return_val_if_fail (self != NULL && class_index < self->n_classes, NAN);

  return share (count_hits (self, class_index), count_predicted (self, class_index));
}

double
re3_quality_get_recall (const Re3Quality *self, gsize class_index)
{
  g_return_val_if_fail (self != NULL && class_index < self->n_classes, NAN);

  return share (count_hits (self, class_index), re3_quality_get_support (self, class_index));
}

double
re3_quality_get_f1 (const Re3Quality *self, gsize class_index)
{
  g_return_val_if_fail (self != NULL && class_index < self->n_classes, NAN);

  return share (2 * count_hits (self, class_index),
                count_predicted (self, class_index) + re3_quality_get_support (self, class_index));
}

gsize
re3_quality_get_support (const Re3Quality *self, gsize class_index)
{
  gsize count = 0;

  g_return_val_if_fail (self != NULL && class_index < self->n_classes, 0);

  for (gsize predicted = 0; predicted < self->n_classes; predicted++)
    count += self->confusion[class_index * self->n_classes + predicted];

  return count;
}
