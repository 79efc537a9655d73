/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-application.h"

#include <glib/gi18n.h>
#include <locale.h>

static int
handle_local_options_cb (GApplication *application, GVariantDict *options)
{
  if (!g_variant_dict_contains (options, "version"))
    return -1;

  g_print ("re3 %s\n", RE3_VERSION);
  return 0;
}

int
main (int argc, char **argv)
{
  g_autoptr (AdwApplication) application = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, RE3_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  application = re3_application_new ();
  g_signal_connect (application, "handle-local-options", G_CALLBACK (handle_local_options_cb),
                    NULL);
  return g_application_run (G_APPLICATION (application), argc, argv);
}
