/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-application.h"

#include "re3-window.h"

#include <glib/gi18n.h>

#define APPLICATION_ID "io.github.re3.Re3"

/* What a window shows that was given nothing: a sample that ships inside the program. */
#define SAMPLE_MODEL "resource:///io/github/re3/Re3/samples/iris-16-8-4.re3.json"
#define SAMPLE_DATA  "resource:///io/github/re3/Re3/samples/iris.csv"

struct _Re3Application {
  AdwApplication parent_instance;
};

G_DEFINE_FINAL_TYPE (Re3Application, re3_application, ADW_TYPE_APPLICATION)

/* (transfer none) */
static Re3Window *
open_window (GApplication *application, GFile **files, gsize n_files)
{
  GtkWidget *window = re3_window_new (ADW_APPLICATION (application));

  gtk_window_present (GTK_WINDOW (window));
  re3_window_open_files (RE3_WINDOW (window), files, n_files);
  return RE3_WINDOW (window);
}

static void
re3_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  open_window (application, files, (gsize) n_files);
}

static void
re3_application_activate (GApplication *application)
{
  g_autoptr (GFile) model = g_file_new_for_uri (SAMPLE_MODEL);
  g_autoptr (GFile) data = g_file_new_for_uri (SAMPLE_DATA);
  GFile *files[] = { model, data };
  gboolean is_first = gtk_application_get_windows (GTK_APPLICATION (application)) == NULL;
  Re3Window *window = open_window (application, files, G_N_ELEMENTS (files));

  if (is_first)
    re3_window_offer_last (window);
}

static void
new_window_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  re3_application_activate (user_data);
}

static void
quit_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkApplication *application = user_data;
  GtkWindow *window;

  while ((window = gtk_application_get_active_window (application)) != NULL)
    gtk_window_destroy (window);
}

static void
about_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  static const char *const developers[] = { "The Re3 developers", NULL };

  adw_show_about_window (gtk_application_get_active_window (user_data), "application-name", "Re3",
                         "application-icon", APPLICATION_ID, "version", RE3_VERSION, "comments",
                         _ ("See exactly why a ReLU network answers as it does"), "developer-name",
                         _ ("The Re3 developers"), "developers", developers, "copyright",
                         "© 2026 The Re3 developers", "license-type", GTK_LICENSE_GPL_3_0, NULL);
}

static void
re3_application_startup (GApplication *application)
{
  static const GActionEntry actions[] = {
    { .name = "new-window", .activate = new_window_action },
    { .name = "quit", .activate = quit_action },
    { .name = "about", .activate = about_action },
  };
  static const struct {
    const char *action;
    const char *accels[3];
  } shortcuts[] = {
    { "app.new-window", { "<Control>n" } },
    { "app.quit", { "<Control>q" } },
    { "window.close", { "<Control>w" } },
    { "win.open-model", { "<Control>o" } },
    { "win.open-data", { "<Control><Shift>o" } },
    { "win.save-session", { "<Control>s" } },
    { "win.save-session-as", { "<Control><Shift>s" } },
    { "win.export", { "<Control>e" } },
    { "win.copy", { "<Control><Shift>c" } },
    { "win.search", { "<Control>f" } },
    { "win.undo", { "<Control>z" } },
    { "win.redo", { "<Control><Shift>z" } },
    { "win.reset", { "<Control>r" } },
    { "win.pin", { "<Control>d" } },
    { "win.document-info", { "<Control>i" } },
    { "win.analyse", { "F5" } },
    { "win.cancel", { "<Control>period" } },
    { "win.show-page::pathway", { "<Alt>1" } },
    { "win.show-page::regions", { "<Alt>2" } },
    { "win.show-page::validity", { "<Alt>3" } },
    { "win.show-page::features", { "<Alt>4" } },
    { "win.show-page::neurons", { "<Alt>5" } },
    { "win.show-page::quality", { "<Alt>6" } },
    { "win.show-page::response", { "<Alt>7" } },
    { "win.show-page::compare", { "<Alt>8" } },
    { "win.show-page::picture", { "<Alt>9" } },
    { "win.show-help-overlay", { "F1", "<Control>question" } },
  };

  G_APPLICATION_CLASS (re3_application_parent_class)->startup (application);

  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions),
                                   application);
  for (gsize i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (application), shortcuts[i].action,
                                           shortcuts[i].accels);
}

static void
re3_application_class_init (Re3ApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  application_class->startup = re3_application_startup;
  application_class->activate = re3_application_activate;
  application_class->open = re3_application_open;
}

static void
re3_application_init (Re3Application *self)
{
  static const GOptionEntry options[] = {
    { "version", 'v', 0, G_OPTION_ARG_NONE, NULL, N_ ("Print the version and exit"), NULL },
    { NULL },
  };

  g_application_add_main_option_entries (G_APPLICATION (self), options);
  g_application_set_option_context_parameter_string (G_APPLICATION (self),
                                                     _ ("[MODEL] [DATA] | SESSION"));
  g_application_set_option_context_summary (
      G_APPLICATION (self), _ ("See exactly why a ReLU network answers as it does."));
}

AdwApplication *
re3_application_new (void)
{
  return g_object_new (RE3_TYPE_APPLICATION, "application-id", APPLICATION_ID, "flags",
                       G_APPLICATION_HANDLES_OPEN, NULL);
}
