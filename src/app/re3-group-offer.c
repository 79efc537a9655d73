/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-group-offer.h"

#include "re3-tooltip.h"

#include <glib/gi18n.h>

/* Choices that are named; the others are in the tooltip. */
#define MOST_NAMED 6

struct _Re3GroupOffer {
  GtkWidget parent_instance;

  GtkLabel *label;

  Re3Session *session;
};

G_DEFINE_FINAL_TYPE (Re3GroupOffer, re3_group_offer, GTK_TYPE_WIDGET)

/* (nullable): the first one */
static const Re3FeatureGroup *
get_offer (Re3GroupOffer *self)
{
  const GPtrArray *offers = re3_group_choices_get_offers (re3_session_get_groups (self->session));

  return offers->len > 0 ? g_ptr_array_index (offers, 0) : NULL;
}

/* "red, green, blue" */
static char *
list_choices (const Re3FeatureGroup *group, gsize most)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (gsize i = 0; i < group->n_features && i < most; i++)
    g_string_append_printf (list, "%s%s", i > 0 ? ", " : "", group->choices[i]);
  if (group->n_features > most)
    g_string_append (list, ", …");
  return g_string_free (g_steal_pointer (&list), FALSE);
}

static void
show_offer (Re3GroupOffer *self)
{
  const Re3FeatureGroup *offer = get_offer (self);
  g_autofree char *some = NULL;
  g_autofree char *all = NULL;
  g_autofree char *text = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self), offer != NULL);
  if (offer == NULL)
    return;

  some = list_choices (offer, MOST_NAMED);
  all = list_choices (offer, offer->n_features);
  /* Translators: the name of a group of features, and the choices that they stand for. */
  text = g_strdup_printf (_ ("Edit as one choice: %s = %s"), offer->name, some);
  gtk_label_set_text (self->label, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->label), all);
}

static void
accept_clicked_cb (Re3GroupOffer *self)
{
  re3_group_choices_adopt (re3_session_get_groups (self->session), get_offer (self));
}

static void
not_now_clicked_cb (Re3GroupOffer *self)
{
  re3_group_choices_put_off (re3_session_get_groups (self->session), get_offer (self));
}

void
re3_group_offer_set_session (Re3GroupOffer *self, Re3Session *session)
{
  g_return_if_fail (RE3_IS_GROUP_OFFER (self));
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (re3_session_get_groups (session), "changed", G_CALLBACK (show_offer),
                           self, G_CONNECT_SWAPPED);
  show_offer (self);
}

static void
re3_group_offer_dispose (GObject *object)
{
  Re3GroupOffer *self = RE3_GROUP_OFFER (object);

  for (GtkWidget *child; (child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL;)
    gtk_widget_unparent (child);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (re3_group_offer_parent_class)->dispose (object);
}

static void
re3_group_offer_class_init (Re3GroupOfferClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = re3_group_offer_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/re3/Re3/ui/re3-group-offer.ui");
  gtk_widget_class_bind_template_child (widget_class, Re3GroupOffer, label);
  gtk_widget_class_bind_template_callback (widget_class, accept_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, not_now_clicked_cb);
  gtk_widget_class_set_css_name (widget_class, "offer");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
re3_group_offer_init (Re3GroupOffer *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  re3_tooltip_show_cut (self->label);
}
