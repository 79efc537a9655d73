/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io-test.h"
#include "re3-data-labels.h"

#include <string.h>

#define NAMED(names) "\"classes\": [" names "], "

static const char *const species = NAMED ("\"setosa\", \"versicolor\", \"virginica\"");

/* Maps values parted by spaces, and tells the classes as "0 1 -": a dash for none. */
static char *
map (const char *classes, gsize n_classes, const char *values, char **mapping, GError **error)
{
  g_autoptr (Re3Model) model = make_model (1, n_classes, classes);
  g_auto (GStrv) list = g_strsplit (values, " ", -1);
  gsize n_values = g_strv_length (list);
  g_autofree int *mapped = g_new (int, n_values);
  g_autoptr (GString) text = g_string_new (NULL);

  if (!re3_labels_map (model, (const char *const *) list, n_values, "kind", "a.csv", mapped,
                       mapping, error))
    return NULL;

  for (gsize i = 0; i < n_values; i++) {
    if (mapped[i] < 0)
      g_string_append (text, " -");
    else
      g_string_append_printf (text, " %d", mapped[i]);
  }

  return g_strdup (text->str + 1);
}

static void
test_map (void)
{
  const struct {
    const char *classes;
    gsize n_classes;
    const char *values;
    const char *mapped;
    const char *mapping;
  } cases[] = {
    { species, 3, "virginica setosa", "2 0", NULL },
    { species, 3, "Setosa VERSICOLOR virginica setosa", "0 1 2 0", NULL },
    { species, 3, "setosa tulip ? versicolor", "0 - - 1", NULL },
    /* As many numbers as classes, in order, from anywhere. */
    { species, 3, "2 1 3", "1 0 2", "1 = setosa, 2 = versicolor, 3 = virginica" },
    { species, 3, "0 1 2", "0 1 2", "0 = setosa, 1 = versicolor, 2 = virginica" },
    { species, 3, "10 30 20 NA", "0 2 1 -", "10 = setosa, 20 = versicolor, 30 = virginica" },
    { NULL, 2, "1.0 0.0", "1 0", "0.0 = 0, 1.0 = 1" },
    { NULL, 2, "-1 1", "0 1", "-1 = 0, 1 = 1" },
    { NULL, 2, "0 1 1.0 01", "0 1 1 1", NULL },
    /* Fewer, where only one base is possible. */
    { species, 3, "0 2", "0 2", "0 = setosa, 2 = virginica" },
    { species, 3, "1 3", "0 2", "1 = setosa, 3 = virginica" },
    { NULL, 3, "0", "0", NULL },
    /* Names that are numbers. */
    { NAMED ("\"0\", \"1\""), 2, "1", "1", NULL },
    { NAMED ("\"0\", \"1\""), 2, "1.0 0.0", "1 0", NULL },
    { NAMED ("\"1\", \"2\", \"3\""), 3, "2", "1", NULL },
    { NAMED ("\"0\", \"1\", \"2\""), 3, "1 2 3", "0 1 2", "1 = 0, 2 = 1, 3 = 2" },
    { NAMED ("\"0\", \"1\", \"2\""), 3, "0 99 1 2", "0 - 1 2", NULL },
    { NAMED ("\"0.5\", \"1.5\""), 2, "1.5 0.5", "1 0", NULL },
    /* A class may be called what elsewhere says that a value is missing. */
    { NAMED ("\"none\", \"some\""), 2, "none some NA", "0 1 -", NULL },
    { species, 3, "? NA", "- -", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *mapping = NULL;
    g_autofree char *mapped =
        map (cases[i].classes, cases[i].n_classes, cases[i].values, &mapping, &error);

    g_test_message ("%s", cases[i].values);
    g_assert_no_error (error);
    g_assert_cmpstr (mapped, ==, cases[i].mapped);
    g_assert_cmpstr (mapping, ==, cases[i].mapping);
  }
}

static void
test_refuse (void)
{
  const struct {
    const char *classes;
    gsize n_classes;
    const char *values;
    const char *saying;
  } cases[] = {
    /* 1 could be the first of two or the second. */
    { NULL, 2, "1", "a.csv: &“kind”&from 0 or from 1&training data" },
    { species, 3, "1 2", "from 0 or from 1" },
    { species, 3, "0 1 2 3", "4 different numbers&choose the column" },
    { species, 3, "7", "cannot be&3 classes&choose the column" },
    { NULL, 3, "a b c", "a, b, c&does not name its classes" },
    { species, 3, "oak elm", "oak, elm&setosa, versicolor, virginica&choose the column" },
    { species, 3, "0.5 1.5", "0.5, 1.5&choose the column" },
    { NAMED ("\"0\", \"1\", \"2\""), 3, "1 2 3 99", "4 different numbers" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *mapping = NULL;

    assert_refused (map (cases[i].classes, cases[i].n_classes, cases[i].values, &mapping, &error),
                    &error, cases[i].saying);
  }
}

static void
test_judge (void)
{
  const struct {
    const char *classes;
    gsize n_classes;
    const char *values;
    Re3LabelFit fit;
  } cases[] = {
    { species, 3, "setosa virginica", RE3_LABEL_FIT_TEXTS },
    { species, 3, "setosa virginica versicolor tulip", RE3_LABEL_FIT_TEXTS },
    { species, 3, "oak elm", RE3_LABEL_FIT_NONE },
    { species, 3, "1 2 3", RE3_LABEL_FIT_NUMBERS },
    { species, 3, "1 2 3 ?", RE3_LABEL_FIT_NUMBERS },
    /* Could count from 0 or 1: it may be the label, though not yet which. */
    { species, 3, "1", RE3_LABEL_FIT_NUMBERS },
    { species, 3, "1 2 3 4", RE3_LABEL_FIT_NONE },
    { species, 3, "5 9", RE3_LABEL_FIT_NONE },
    { species, 3, "1.5 2.5 3.5", RE3_LABEL_FIT_NONE },
    { species, 3, "? NA", RE3_LABEL_FIT_NONE },
    { NULL, 3, "a b c", RE3_LABEL_FIT_TEXTS },
    { NULL, 3, "a b c d", RE3_LABEL_FIT_NONE },
    { NULL, 3, "a 1", RE3_LABEL_FIT_NONE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (Re3Model) model = make_model (1, cases[i].n_classes, cases[i].classes);
    g_auto (GStrv) values = g_strsplit (cases[i].values, " ", -1);

    g_test_message ("%s", cases[i].values);
    g_assert_cmpint (re3_labels_judge (model, (const char *const *) values, g_strv_length (values)),
                     ==, cases[i].fit);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/data-labels/map", test_map);
  g_test_add_func ("/data-labels/refuse", test_refuse);
  g_test_add_func ("/data-labels/judge", test_judge);

  return g_test_run ();
}
