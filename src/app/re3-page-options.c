/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-page-options.h"

#include <glib/gi18n.h>

static void
purity_changed_cb (GtkSpinButton *button, Re3Session *session)
{
  re3_session_set_purity_threshold (session, gtk_spin_button_get_value (button) / 100.0);
}

GtkWidget *
re3_purity_option_new (Re3Session *session)
{
  g_return_val_if_fail (RE3_IS_SESSION (session), NULL);

  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (_ ("Purity below (%)"));
  GtkWidget *button = gtk_spin_button_new_with_range (1.0, 100.0, 1.0);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), button);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_set_tooltip_text (button,
                               _ ("Regions whose largest class has a smaller share of their "
                                  "samples are marked as confused"));
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (button),
                             100.0 * re3_session_get_purity_threshold (session));
  g_signal_connect_object (button, "value-changed", G_CALLBACK (purity_changed_cb), session, 0);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), button);
  return box;
}
