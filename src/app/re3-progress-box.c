/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-progress-box.h"

#include "re3-number-text.h"

#include <glib/gi18n.h>
#include <math.h>

/* Work that is done sooner shows no progress: it would only flicker. */
#define DELAY_MS 300

struct _Re3ProgressBox {
  GtkBox parent_instance;

  GtkProgressBar *bar;

  Re3Session *session;
  guint delay_id;
};

G_DEFINE_FINAL_TYPE (Re3ProgressBox, re3_progress_box, GTK_TYPE_BOX)

/* "63 420 of 253 680 rows, 2 s left" */
static char *
describe (Re3ProgressBox *self, Re3Worker *worker)
{
  double fraction = re3_worker_get_fraction (worker);
  double seconds_left = re3_worker_get_seconds_left (worker);
  Re3Dataset *dataset = re3_session_get_dataset (self->session);
  double n_rows = dataset != NULL ? (double) re3_dataset_get_n_rows (dataset) : 0.0;
  g_autofree char *done = re3_number_text_new (floor (fraction * n_rows), G_MAXINT8);
  g_autofree char *total = re3_number_text_new (n_rows, G_MAXINT8);

  if (worker == re3_session_get_loader (self->session))
    return g_strdup (_ ("Opening"));
  if (fraction < 0.0)
    return g_strdup (_ ("Analysing"));
  if (seconds_left < 0.0)
    return g_strdup_printf (_ ("Analysing: %s of %s rows"), done, total);
  /* Translators: rows done, rows in all, and a number of seconds. */
  return g_strdup_printf (_ ("Analysing: %s of %s rows, %.0f s left"), done, total, seconds_left);
}

static gboolean
delay_over_cb (gpointer user_data)
{
  Re3ProgressBox *self = user_data;

  self->delay_id = 0;
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  return G_SOURCE_REMOVE;
}

static void
work_changed_cb (Re3ProgressBox *self)
{
  /* It is going away, and with it the session, whose work tells that it stops. */
  if (self->session == NULL)
    return;

  Re3Worker *loader = re3_session_get_loader (self->session);
  Re3Worker *analyst = re3_session_get_analyst (self->session);
  Re3Worker *busy = re3_worker_is_busy (loader)    ? loader
                    : re3_worker_is_busy (analyst) ? analyst
                                                   : NULL;
  g_autofree char *text = NULL;
  double fraction;

  if (busy == NULL) {
    g_clear_handle_id (&self->delay_id, g_source_remove);
    gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
    return;
  }

  if (self->delay_id == 0 && !gtk_widget_get_visible (GTK_WIDGET (self)))
    self->delay_id = g_timeout_add (DELAY_MS, delay_over_cb, self);
  fraction = re3_worker_get_fraction (busy);
  text = describe (self, busy);
  if (fraction >= 0.0)
    gtk_progress_bar_set_fraction (self->bar, fraction);
  else
    gtk_progress_bar_pulse (self->bar);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bar), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT,
                                  text, -1);
}

static void
re3_progress_box_dispose (GObject *object)
{
  Re3ProgressBox *self = RE3_PROGRESS_BOX (object);

  g_clear_handle_id (&self->delay_id, g_source_remove);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (re3_progress_box_parent_class)->dispose (object);
}

static void
re3_progress_box_class_init (Re3ProgressBoxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = re3_progress_box_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/re3/Re3/ui/re3-progress-box.ui");
  gtk_widget_class_bind_template_child (widget_class, Re3ProgressBox, bar);
}

static void
re3_progress_box_init (Re3ProgressBox *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
re3_progress_box_set_session (Re3ProgressBox *self, Re3Session *session)
{
  g_return_if_fail (RE3_IS_PROGRESS_BOX (self));
  g_return_if_fail (self->session == NULL && RE3_IS_SESSION (session));

  self->session = g_object_ref (session);
  g_signal_connect_object (re3_session_get_loader (session), "notify", G_CALLBACK (work_changed_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (re3_session_get_analyst (session), "notify",
                           G_CALLBACK (work_changed_cb), self, G_CONNECT_SWAPPED);
  work_changed_cb (self);
}
