/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-test.h"

#include <glib/gstdio.h>
#include <string.h>

static gsize
get_size (const char *name, char start[4])
{
  g_autofree char *path = get_path (name);
  g_autofree char *content = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  g_assert_cmpuint (length, >, 4);
  memcpy (start, content, 4);

  return length;
}

static void
test_explain (void)
{
  g_autoptr (cJSON) json = run_json ("explain " MODEL " " DATA " --row 7 --json");
  static const char *const keys[] = {
    "row",      "label",         "prediction", "logits",   "probabilities",
    "pattern",  "input",         "values",     "A",        "D",
    "residual", "contributions", "neurons",    "boundary", "intervals",
  };
  const cJSON *contributions = get (json, "contributions");
  const cJSON *logits = get (json, "logits");
  const cJSON *baseline = get (contributions, "path_baseline");
  double probability = cJSON_GetArrayItem (get (json, "probabilities"), 0)->valuedouble;

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    g_assert_nonnull (get (json, keys[i]));

  /* The eighth flower of the file. */
  g_assert_cmpfloat (get_number (json, "row"), ==, 7);
  g_assert_cmpstr (get (json, "label")->valuestring, ==, "setosa");
  g_assert_cmpstr (get (json, "prediction")->valuestring, ==, "setosa");
  g_assert_cmpfloat (cJSON_GetArrayItem (get (json, "values"), 1)->valuedouble, ==, 3.4);
  g_assert_cmpuint (strlen (get (json, "pattern")->valuestring), ==, 8 + 1 + 4);

  g_assert_cmpfloat (get_number (json, "residual"), <, 1e-12);
  g_assert_cmpstr (get (contributions, "class")->valuestring, ==, "setosa");
  g_assert_cmpfloat_with_epsilon (sum (get (contributions, "logit")) +
                                      get_number (contributions, "base"),
                                  cJSON_GetArrayItem (logits, 0)->valuedouble, 1e-12);
  g_assert_cmpfloat_with_epsilon (sum (get (contributions, "path")),
                                  probability - get_number (baseline, "probability"), 1e-12);
  g_assert_cmpint (cJSON_GetArraySize (get (json, "neurons")), ==, 2);
  g_assert_cmpint (cJSON_GetArraySize (get (json, "A")), ==, 3);
}

static void
test_explain_options (void)
{
  g_autoptr (cJSON) by_name =
      run_json ("explain " MODEL " " DATA " --row 0 --class Virginica --json");
  g_autoptr (cJSON) by_index = run_json ("explain " MODEL " " DATA " --row 0 --class 2 --json");
  g_autoptr (cJSON) edited =
      run_json ("explain " MODEL " " DATA " --row 0 --set 'Petal.Width = 2.1' --set petal_length=6 "
                "--json");
  g_auto (Run) text = run_cli ("explain " MODEL " " DATA " --row 0 --set 'petal width=2.1'");

  g_assert_cmpstr (get (get (by_name, "contributions"), "class")->valuestring, ==, "virginica");
  g_assert_true (cJSON_Compare (by_name, by_index, TRUE));

  g_assert_cmpstr (get (edited, "label")->valuestring, ==, "setosa");
  g_assert_cmpstr (get (edited, "prediction")->valuestring, ==, "virginica");
  g_assert_cmpfloat (cJSON_GetArrayItem (get (edited, "values"), 3)->valuedouble, ==, 2.1);
  g_assert_cmpfloat (cJSON_GetArrayItem (get (edited, "values"), 2)->valuedouble, ==, 6);
  g_assert_cmpfloat (cJSON_GetArrayItem (get (edited, "values"), 0)->valuedouble, ==, 5.1);

  g_assert_cmpint (text.status, ==, 0);
  g_assert_nonnull (strstr (text.output, "edited"));
  g_assert_nonnull (strstr (text.output, "2.1\u00a0cm"));
  g_assert_null (strstr (text.output, " \n"));
}

static void
test_info (void)
{
  g_autoptr (cJSON) json = run_json ("info " MODEL " --json");
  g_autoptr (cJSON) with_data = run_json ("info " MODEL " " DATA " --json");
  g_auto (Run) text = run_cli ("info " MODEL " " DATA);

  g_assert_cmpstr (get (json, "shape")->valuestring, ==, "4-8-4-3");
  g_assert_null (cJSON_GetObjectItem (json, "data"));
  g_assert_cmpstr (get (get (with_data, "data"), "label")->valuestring, ==, "species");
  g_assert_nonnull (strstr (text.output, "4-8-4-3"));
  g_assert_nonnull (strstr (text.output, "“species”"));
  g_assert_null (strstr (text.output, "reference"));
}

/* Of a sigmoid's two classes the first has no logit of its own. */
static void
test_info_of_sigmoid (void)
{
  g_auto (Run) info = { 0 };

  write_file ("sigmoid.re3.json",
              "{\"format\": \"re3-model\", \"version\": 1, \"classes\": [\"no\", \"yes\"], "
              "\"layers\": [{\"type\": \"linear\", \"weight\": [[1, 2]]}, "
              "{\"type\": \"sigmoid\"}]}");
  info = run_cli ("info sigmoid.re3.json");
  g_assert_cmpint (info.status, ==, 0);
  g_assert_nonnull (strstr (info.output, "no: its logit is 0"));
}

static void
test_convert (void)
{
  g_auto (Run) first = run_cli ("convert " MODEL " -o a.re3.json");
  g_auto (Run) second = run_cli ("convert a.re3.json -o b.re3.json");
  g_autoptr (cJSON) original = run_json ("explain " MODEL " " DATA " --row 9 --json");
  g_autoptr (cJSON) converted = run_json ("explain b.re3.json " DATA " --row 9 --json");
  g_autofree char *original_text = cJSON_Print (original);
  g_autofree char *converted_text = cJSON_Print (converted);

  g_assert_cmpint (first.status, ==, 0);
  g_assert_cmpint (second.status, ==, 0);
  g_assert_cmpstr (first.output, ==, "");
  g_assert_cmpstr (original_text, ==, converted_text);
}

static void
test_render (void)
{
  static const struct {
    const char *command;
    const char *name;
    const char *start;
  } cases[] = {
    { "render sankey " MODEL " " DATA " --row 5 -o a.png --dpi 96", "a.png", "\x89PNG" },
    { "render sankey " MODEL " " DATA " --row 5 --mode paper --theme dark -o a.svg", "a.svg",
      "<?xm" },
    { "render contributions " MODEL " " DATA " --row 5 --class setosa -o a.pdf", "a.pdf", "%PDF" },
    { "render contributions " MODEL " " DATA " --row 5 --baseline mean -o l.svg", "l.svg", "<?xm" },
    { "render compare " MODEL " " DATA " --row 5 --with 120 -o m.svg", "m.svg", "<?xm" },
    { "render probabilities " MODEL " " DATA " --row 5 -o b.svg", "b.svg", "<?xm" },
    { "render response " MODEL " " DATA " --row 5 --top 3 -o r.svg", "r.svg", "<?xm" },
    { "render response " MODEL " " DATA " --row 5 --feature petal_width -o r.csv", "r.csv",
      "pane" },
    { "render regions " MODEL " " DATA " -o c.svg --width 500 --height 400", "c.svg", "<?xm" },
    { "render profiles " MODEL " " DATA " --order clustered --regions 5 -o d.svg", "d.svg",
      "<?xm" },
    { "render validity " MODEL " " DATA " -o e.pdf", "e.pdf", "%PDF" },
    { "render validity " MODEL " " DATA " --metric both -o f.svg", "f.svg", "<?xm" },
    { "render violin " MODEL " " DATA " --metric linf --set train -o g.svg", "g.svg", "<?xm" },
    { "render confusion " MODEL " " DATA " --set all -o h.svg", "h.svg", "<?xm" },
    { "render importance " MODEL " " DATA " --signed -o i.svg", "i.svg", "<?xm" },
    { "render neurons " MODEL " " DATA " -o j.svg", "j.svg", "<?xm" },
    { "render picture pixels.re3.json pixels.csv --row 1 -o n.png --dpi 96", "n.png", "\x89PNG" },
    { "render weights " MODEL " " DATA " -o k.svg", "k.svg", "<?xm" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_auto (Run) run = run_cli (cases[i].command);
    char start[4];

    g_assert_cmpstr (run.errors, ==, "");
    g_assert_cmpint (run.status, ==, 0);
    g_assert_cmpuint (get_size (cases[i].name, start), >, 1000);
    g_assert_cmpmem (start, 4, cases[i].start, 4);
  }
}

/* 85 mm at 300 dots per inch are 1004 pixels, which a PNG file states from its 17th byte on. */
static void
test_render_sizes (void)
{
  static const struct {
    const char *options;
    guint32 width;
    guint32 height;
  } cases[] = {
    { "--width 85mm --height 50mm --dpi 300", 1004, 591 },
    { "--width '85 mm' --height 240px --dpi 192", 643, 480 },
    { "--width 320 --height 240px --dpi 96 --theme high-contrast-dark", 320, 240 },
  };
  g_autofree char *path = get_path ("size.png");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *command =
        g_strconcat ("render validity " MODEL " " DATA " -o size.png ", cases[i].options, NULL);
    g_auto (Run) run = run_cli (command);
    g_autofree char *content = NULL;
    guint32 sides[2];
    gsize length;

    g_assert_cmpstr (run.errors, ==, "");
    g_assert_true (g_file_get_contents (path, &content, &length, NULL));
    g_assert_cmpuint (length, >, 1000);
    memcpy (sides, content + 16, sizeof sides);
    g_assert_cmpuint (GUINT32_FROM_BE (sides[0]), ==, cases[i].width);
    g_assert_cmpuint (GUINT32_FROM_BE (sides[1]), ==, cases[i].height);
  }
}

/* A PDF file names the fonts that it embeds. */
static void
test_render_font (void)
{
  g_auto (Run) run =
      run_cli ("render probabilities " MODEL " " DATA " --row 5 --font 'DejaVu Sans' -o font.pdf");
  g_autofree char *path = get_path ("font.pdf");
  g_autofree char *content = NULL;
  gsize length;

  g_assert_cmpstr (run.errors, ==, "");
  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  g_assert_nonnull (memmem (content, length, "+DejaVuSans", 11));
}

/* A fault of a file is one line that starts with the program and the place, and status 1. */
static void
test_faults (void)
{
  static const struct {
    const char *command;
    const char *message;
  } cases[] = {
    { "info nowhere.json", "nowhere.json: there is no such file" },
    { "info " DATA, "iris.csv: this is a table of data" },
    { "info broken.re3.json", "broken.re3.json:2: this is not valid JSON at column 14" },
    { "analyze " MODEL " broken.csv --label kind", "broken.csv:3: a quote opens" },
    { "analyze " MODEL " other.csv", "other.csv: there is no column for the model's feature" },
    { "analyze " MODEL " " DATA " --label sort",
      "iris.csv: there is no column “sort” to be the label; the columns are: sepal length, "
      "sepal width, petal length, petal width, species. --label COLUMN chooses the label" },
    { "explain " MODEL " " DATA " --row 150",
      "iris.csv: there is no row 150; the rows are 0 to 149" },
    { "explain " MODEL " " DATA " --row 1 --class tulip",
      MODEL ": there is no class “tulip”; the classes are: setosa, versicolor, virginica" },
    { "explain " MODEL " " DATA " --row 1 --class 3", MODEL ": there is no class “3”" },
    { "explain " MODEL " " DATA " --row 1 --set color=3", MODEL ": there is no feature “color”" },
    { "explain " MODEL " " DATA " --row 1 --set 'petal width=1e308'",
      "iris.csv: the values of row 1" },
    { "convert " MODEL " -o a.h5", "a.h5: Re3 writes models as Re3 JSON" },
    { "convert " MODEL " -o no/a.json", "no/a.json: there is no such folder" },
    { "render picture " MODEL " " DATA " --row 1 -o a.svg",
      "picture is a figure of samples that are pictures: the data are an IDX file" },
    { "render regions " MODEL " " DATA " -o a.gif", "a.gif: Figures are not written as “.gif”" },
    { "render regions " MODEL " " DATA " -o no/a.svg", "no/a.svg: there is no such folder" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_auto (Run) run = run_cli (cases[i].command);

    g_test_message ("%s", cases[i].command);
    g_assert_cmpint (run.status, ==, 1);
    g_assert_cmpstr (run.output, ==, "");
    g_assert_true (g_str_has_prefix (run.errors, "re3-cli: "));
    if (strstr (run.errors, cases[i].message) == NULL)
      g_error ("“%s” does not say “%s”", run.errors, cases[i].message);
    /* One line, and no more. */
    g_assert_true (strchr (run.errors, '\n') == run.errors + strlen (run.errors) - 1);
  }
}

static void
test_usage (void)
{
  static const struct {
    const char *command;
    const char *message;
  } cases[] = {
    { "", "Usage: re3-cli COMMAND" },
    { "paint", "there is no command “paint”" },
    { "info", "1 argument is needed, not 0" },
    { "analyze " MODEL, "2 arguments are needed, not 1" },
    { "analyze " MODEL " " DATA " more", "“more” is one argument too many" },
    { "analyze " MODEL " " DATA " --colour", "--colour" },
    { "analyze " MODEL " " DATA " --test-fraction 1.5", "--test-fraction takes a number" },
    { "analyze " MODEL " " DATA " --test-fraction nan", "--test-fraction takes a number" },
    { "analyze " MODEL " " DATA " --seed -1", "--seed takes a whole number" },
    { "analyze " MODEL " " DATA " --seed 1 --split species", "give one" },
    { "analyze " MODEL " " DATA " --test " DATA " --split species", "give one" },
    { "explain " MODEL " " DATA, "--row N is missing" },
    { "explain " MODEL " " DATA " --row seven", "--row takes a whole number" },
    { "explain " MODEL " " DATA " --row 1 --set 'petal width'",
      "--set takes a feature and a value" },
    { "explain " MODEL " " DATA " --row 1 --set 'petal width=1,5'", "takes a finite number" },
    { "explain " MODEL " " DATA " --row 1 --set 'petal width=inf'", "takes a finite number" },
    { "convert " MODEL, "-o OUT is missing" },
    { "render regions " MODEL " " DATA, "-o FILE is missing" },
    { "render pie " MODEL " " DATA " -o a.svg", "FIGURE is one of sankey, " },
    { "render sankey " MODEL " " DATA " -o a.svg", "--row N is missing" },
    { "render compare " MODEL " " DATA " --row 1 -o a.svg", "--with N is missing" },
    { "render regions " MODEL " " DATA " -o a.svg --theme pink", "--theme is one of" },
    { "render regions " MODEL " " DATA " -o a.svg --width wide", "--width takes a length" },
    { "render regions " MODEL " " DATA " -o a.svg --width 85cm", "640px or 85mm, not “85cm”" },
    { "render regions " MODEL " " DATA " -o a.svg --height 0mm", "--height takes a length" },
    { "render response " MODEL " " DATA " --row 1 -o a.svg --top few",
      "--top takes a whole number" },
    { "render sankey " MODEL " " DATA " --row 1 -o a.svg --mode x", "--mode is one of" },
    { "render violin " MODEL " " DATA " -o a.svg --set some", "--set is one of train, test, all" },
    { "render profiles " MODEL " " DATA " -o a.svg --order x", "--order is one of size, clust" },
    { "render profiles " MODEL " " DATA " -o a.svg --regions 0", "--regions takes a number from" },
    { "render violin " MODEL " " DATA " -o a.svg --metric both", "violin shows one metric" },
    { "render picture pixels.re3.json pixels.csv -o a.svg", "picture is a figure of one sample" },
    { "render violin " MODEL " " DATA " -o a.svg --metric l3", "--metric is one of l2, l1, " },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_auto (Run) run = run_cli (cases[i].command);

    g_test_message ("%s", cases[i].command);
    g_assert_cmpint (run.status, ==, 2);
    g_assert_cmpstr (run.output, ==, "");
    if (strstr (run.errors, cases[i].message) == NULL)
      g_error ("“%s” does not say “%s”", run.errors, cases[i].message);
    g_assert_nonnull (strstr (run.errors, "--help"));
  }
}

static void
test_help (void)
{
  static const char *const commands[] = { "info", "analyze", "explain", "render", "convert" };
  g_auto (Run) help = run_cli ("--help");
  g_auto (Run) version = run_cli ("--version");

  g_assert_cmpint (help.status, ==, 0);
  g_assert_cmpint (version.status, ==, 0);
  g_assert_true (g_str_has_prefix (version.output, "re3-cli "));

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++) {
    g_autofree char *command = g_strconcat (commands[i], " --help", NULL);
    g_autofree char *start = g_strconcat ("re3-cli ", commands[i], " ", NULL);
    g_auto (Run) run = run_cli (command);

    g_assert_cmpint (run.status, ==, 0);
    g_assert_cmpstr (run.errors, ==, "");
    g_assert_nonnull (strstr (run.output, start));
    g_assert_nonnull (strstr (help.output, commands[i]));
  }
}

/* Two rows have a hole; what is set is not filled any more. */
static void
test_fill (void)
{
  g_auto (Run) run = run_cli ("explain " MODEL " gaps.csv --label species --fill mean --row 1 "
                              "--test-fraction 0 --json");
  g_auto (Run) edited = run_cli ("explain " MODEL " gaps.csv --label species --fill mean --row 1 "
                                 "--set 'petal length=9' --json");
  g_auto (Run) text = run_cli ("explain " MODEL " gaps.csv --label species --fill mean --row 1");
  g_auto (Run) info = run_cli ("info " MODEL " gaps.csv --label species --fill mean --json");
  g_auto (Run) wrong = run_cli ("info " MODEL " gaps.csv --fill median");
  g_autoptr (cJSON) json = cJSON_Parse (run.output);
  g_autoptr (cJSON) edited_json = cJSON_Parse (edited.output);
  g_autoptr (cJSON) info_json = cJSON_Parse (info.output);

  g_assert_cmpint (run.status, ==, 0);
  g_assert_nonnull (strstr (run.errors, "gaps.csv: "));
  g_assert_nonnull (strstr (run.errors, "filled with the training mean"));
  g_assert_nonnull (strstr (run.errors, "petal length (1)"));
  g_assert_cmpint (cJSON_GetArraySize (get (json, "filled")), ==, 1);
  g_assert_cmpstr (cJSON_GetArrayItem (get (json, "filled"), 0)->valuestring, ==, "petal length");
  g_assert_cmpint (cJSON_GetArraySize (get (edited_json, "filled")), ==, 0);
  g_assert_nonnull (strstr (text.output, "(filled)"));
  g_assert_cmpfloat (get_number (get (info_json, "data"), "filled"), >=, 1);

  g_assert_cmpint (wrong.status, ==, 2);
  g_assert_nonnull (strstr (wrong.errors, "--fill is one of none, mean, not “median”"));
}

/* What is left out is told, but is no fault. */
static void
test_notes (void)
{
  g_auto (Run) run = run_cli ("analyze " MODEL " gaps.csv --label species --json");
  g_autoptr (cJSON) json = cJSON_Parse (run.output);

  g_assert_cmpint (run.status, ==, 0);
  g_assert_cmpstr (run.errors, ==,
                   "re3-cli: note: gaps.csv:3: column “petal length”: the cell is empty; 2 rows "
                   "were skipped.\n");
  g_assert_cmpfloat (get_number (get (json, "data"), "skipped"), ==, 2);
  g_assert_cmpfloat (get_number (get (json, "data"), "rows"), ==, 3);
}

/* Whichever command it is, it says what it guessed; but not a label column of the classes' names.
 */
static void
test_reading_notes (void)
{
  static const char *const commands[] = {
    "explain " MODEL " odd.csv --row 0",
    "trace " MODEL " odd.csv --row 0 --feature 0",
    "analyze " MODEL " odd.csv --test odd.csv",
    "counterfactual " MODEL " odd.csv --row 0",
  };
  g_auto (Run) plain = run_cli ("explain " MODEL " " DATA " --row 0");

  g_assert_cmpstr (plain.errors, ==, "");

  write_file ("odd.csv", "w,x,y,z,note,kind\n5.1,3.5,1.4,0.2,so,1\n7,3.2,4.7,1.4,so,2\n"
                         "6.3,3.3,6,2.5,so,3\n");
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++) {
    g_auto (Run) run = run_cli (commands[i]);

    g_assert_nonnull (strstr (run.errors, "note: odd.csv: Features: taken by position.\n"));
    g_assert_nonnull (strstr (run.errors, "note: odd.csv: Label: the column “kind”, found by"));
    g_assert_nonnull (strstr (run.errors, "note: odd.csv: Labels: 1 = setosa, 2 = versicolor"));
    g_assert_nonnull (strstr (run.errors, "note: odd.csv: Left out: note.\n"));
  }
}

/* Whatever the locale, numbers have a point and names are UTF-8. */
static void
test_locales (void)
{
  static const char *const locales[] = { "C", "C.UTF-8", "de_DE.UTF-8", "POSIX" };
  g_auto (Run) expected = run_cli ("explain umlaut.re3.json two.csv --row 1 --class 'größer'");

  g_assert_cmpstr (expected.errors, ==, "");
  g_assert_nonnull (strstr (expected.output, "größer"));
  g_assert_nonnull (strstr (expected.output, "1.5"));

  for (gsize i = 0; i < G_N_ELEMENTS (locales); i++) {
    g_auto (Run) run =
        run_in (locales[i], "explain umlaut.re3.json two.csv --row 1 --class 'größer'");

    g_assert_cmpint (run.status, ==, 0);
    g_assert_cmpstr (run.output, ==, expected.output);
  }
}

/* A reader that has seen enough is no fault. */
static void
test_closed_pipe (void)
{
  g_autofree char *command = g_strdup_printf ("sh -c '(\"$RE3_CLI\" analyze " MODEL " " DATA
                                              " --json; echo $? > status) | true'");
  g_autofree char *own = get_path (".");
  g_autofree char *path = get_path ("status");
  g_autofree char *status = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *old = g_get_current_dir ();

  g_assert_cmpint (g_chdir (own), ==, 0);
  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, &error));
  g_assert_cmpint (g_chdir (old), ==, 0);

  g_assert_true (g_file_get_contents (path, &status, NULL, NULL));
  g_assert_cmpstr (status, ==, "0\n");
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  fill_folder ();

  g_test_add_func ("/cli/explain", test_explain);
  g_test_add_func ("/cli/explain-options", test_explain_options);
  g_test_add_func ("/cli/info", test_info);
  g_test_add_func ("/cli/info-of-sigmoid", test_info_of_sigmoid);
  g_test_add_func ("/cli/convert", test_convert);
  g_test_add_func ("/cli/render", test_render);
  g_test_add_func ("/cli/render-sizes", test_render_sizes);
  g_test_add_func ("/cli/render-font", test_render_font);
  g_test_add_func ("/cli/faults", test_faults);
  g_test_add_func ("/cli/usage", test_usage);
  g_test_add_func ("/cli/help", test_help);
  g_test_add_func ("/cli/fill", test_fill);
  g_test_add_func ("/cli/notes", test_notes);
  g_test_add_func ("/cli/reading-notes", test_reading_notes);
  g_test_add_func ("/cli/locales", test_locales);
  g_test_add_func ("/cli/closed-pipe", test_closed_pipe);

  status = g_test_run ();
  empty_folder ();

  return status;
}
