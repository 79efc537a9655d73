/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture.h"
#include "picture.h"
#include "re3-data-file.h"
#include "re3-export.h"
#include "re3-figures.h"
#include "re3-model-file.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <pango/pangocairo.h>
#include <string.h>

/* Pictures of the figures beside those that somebody has looked at and found good, in
 * tests/goldens. With --renew, those that are not the same take their place. */

#define WIDTH 380
#define DPI   96

#define SAMPLE_ROW 5

/* What it is compared with: in Iris, a sample of another class. */
#define PINNED_ROW 120

typedef enum {
  SUBJECT_IRIS,    /* the sample that ships */
  SUBJECT_WIDE,    /* 57 features, in hundreds of regions */
  SUBJECT_FASHION, /* the pictures that ship */
} Subject;

typedef struct {
  const char *figure;
  Subject subject;
  const Re3Theme *theme;
  gboolean from_mean; /* with the contributions from the training mean */
} Golden;

static const Golden others[] = {
  { "sankey", SUBJECT_IRIS, &re3_theme_dark },
  { "contributions", SUBJECT_IRIS, &re3_theme_dark },
  { "compare", SUBJECT_IRIS, &re3_theme_dark },
  { "contributions", SUBJECT_IRIS, &re3_theme_print, .from_mean = TRUE },
  { "contributions", SUBJECT_WIDE, &re3_theme_print, .from_mean = TRUE },
  { "sankey", SUBJECT_WIDE, &re3_theme_print },
  { "contributions", SUBJECT_WIDE, &re3_theme_print },
  { "compare", SUBJECT_WIDE, &re3_theme_print },
  { "regions", SUBJECT_WIDE, &re3_theme_print },
  { "profiles", SUBJECT_WIDE, &re3_theme_print },
  { "importance", SUBJECT_WIDE, &re3_theme_print },
  { "neurons", SUBJECT_WIDE, &re3_theme_print },
  { "weights", SUBJECT_WIDE, &re3_theme_print },
  { "picture", SUBJECT_FASHION, &re3_theme_print },
  { "picture", SUBJECT_FASHION, &re3_theme_dark },
};

static Re3Analysis *analyses[SUBJECT_FASHION + 1];

/* "contributions-from-mean-wide-dark" */
static char *
name_golden (const Golden *golden)
{
  return g_strconcat (golden->figure, golden->from_mean ? "-from-mean" : "",
                      golden->subject == SUBJECT_WIDE ? "-wide" : "",
                      golden->theme == &re3_theme_dark ? "-dark" : "", NULL);
}

/* (transfer full) */
static char *
golden_path (const char *name)
{
  return g_strconcat (g_getenv ("RE3_SOURCE_ROOT"), "/tests/goldens/", name, ".png", NULL);
}

static Re3Analysis *
read_sample (const char *model_name, const char *data_name)
{
  g_autofree char *folder = g_build_filename (g_getenv ("RE3_SOURCE_ROOT"), "data/samples", NULL);
  g_autofree char *model_path = g_build_filename (folder, model_name, NULL);
  g_autofree char *data_path = g_build_filename (folder, data_name, NULL);
  g_autoptr (GFile) model_file = g_file_new_for_path (model_path);
  g_autoptr (GFile) data_file = g_file_new_for_path (data_path);
  g_autoptr (GError) error = NULL;
  g_autoptr (Re3Model) model = re3_model_file_read (model_file, NULL, &error);
  g_autoptr (Re3Dataset) dataset = NULL;
  Re3DataOptions options = RE3_DATA_OPTIONS_DEFAULT;
  Re3Analysis *analysis;

  g_assert_no_error (error);
  dataset = re3_data_file_read (data_file, model, &options, NULL, NULL, &error);
  g_assert_no_error (error);
  analysis = re3_analysis_new (model, dataset, NULL, &error);
  g_assert_no_error (error);
  return analysis;
}

static Re3Analysis *
make_wide (void)
{
  static const gsize widths[] = { 57, 24, 12, 3 };
  g_autoptr (Re3Model) model = random_model_new (widths, G_N_ELEMENTS (widths), 0, 57);

  return random_analysis_new (model, 600, 58);
}

static cairo_surface_t *
draw (const Golden *golden, GBytes **png)
{
  const Re3Figure *figure = re3_figures_find (golden->figure);
  const Re3Analysis *analysis = analyses[golden->subject];
  g_autoptr (Re3Explanation) explanation = explain_row (analysis, SAMPLE_ROW);
  g_autoptr (Re3Explanation) other = explain_row (analysis, PINNED_ROW);
  g_autoptr (Re3Baseline) pinned = re3_baseline_new_sample ("row 120", other);
  g_autoptr (Re3Baseline) mean =
      re3_baseline_new_mean (explanation->model, re3_analysis_get_dataset (analysis));
  Re3FigureInput input = {
    .analysis = figure->needs_sample ? NULL : analysis,
    .explanation = figure->needs_sample ? explanation : NULL,
    .baseline = golden->from_mean ? mean : NULL,
    .pinned = figure->needs_pin ? pinned : NULL,
    .class_index = (gsize) re3_analysis_get_prediction (analysis, SAMPLE_ROW),
    .picture_rows = golden->subject == SUBJECT_FASHION ? 28 : 0,
    .picture_columns = golden->subject == SUBJECT_FASHION ? 28 : 0,
  };
  g_autoptr (Re3Chart) chart = figure->create (&input);
  Re3ExportOptions options = { .theme = golden->theme, .width = WIDTH, .dpi = DPI };
  g_autoptr (GError) error = NULL;

  *png = re3_chart_export_to_bytes (chart, &options, "png", &error);
  g_assert_no_error (error);
  return picture_from_png (*png);
}

/* --- The pictures --------------------------------------------------------------------------- */

static gboolean
has_font (const char *family)
{
  PangoFontMap *map = pango_cairo_font_map_get_default ();
  g_autofree PangoFontFamily **families = NULL;
  int n_families;

  pango_font_map_list_families (map, &families, &n_families);
  for (int i = 0; i < n_families; i++)
    if (g_str_equal (pango_font_family_get_name (families[i]), family))
      return TRUE;
  return FALSE;
}

/* What the pictures were drawn with; without it, nothing can be said about them. */
static const char *
find_missing_font (void)
{
  static const char *const families[] = { "Nimbus Sans", "Cantarell" };

  for (gsize i = 0; i < G_N_ELEMENTS (families); i++)
    if (!has_font (families[i]))
      return families[i];
  return NULL;
}

/* (transfer full): %NULL if there is none */
static cairo_surface_t *
read_golden (const char *name)
{
  g_autofree char *path = golden_path (name);
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *content = NULL;
  gsize length;

  if (!g_file_get_contents (path, &content, &length, NULL))
    return NULL;
  bytes = g_bytes_new_take (g_steal_pointer (&content), length);
  return picture_from_png (bytes);
}

/* Both pictures side by side, beside the build. (transfer full): their path */
static char *
write_comparison (const char *name, cairo_surface_t *golden, cairo_surface_t *picture)
{
  g_autofree char *folder = g_build_filename (g_getenv ("RE3_BUILD_ROOT"), "goldens", NULL);
  g_autofree char *file = g_strconcat (name, ".png", NULL);
  char *path = g_build_filename (folder, file, NULL);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0755), ==, 0);
  g_assert_true (picture_write_comparison (golden != NULL ? golden : picture, picture, path));
  return path;
}

static void
test_golden (gconstpointer data)
{
  const Golden *golden = data;
  const char *font = find_missing_font ();
  g_autofree char *name = name_golden (golden);
  g_autofree char *path = NULL;
  g_autoptr (GBytes) png = NULL;
  g_autoptr (cairo_surface_t) expected = NULL;
  g_autoptr (cairo_surface_t) picture = NULL;
  PictureDifference difference;

  if (font != NULL && g_getenv ("CI") == NULL) {
    g_autofree char *reason = g_strdup_printf ("the font %s is not installed", font);

    g_test_skip (reason);
    return;
  }
  g_assert_null (font);
  picture = draw (golden, &png);
  expected = read_golden (name);
  if (expected == NULL) {
    path = write_comparison (name, NULL, picture);
    g_test_fail_printf ("tests/goldens/%s.png is missing; see %s, and ./dev goldens", name, path);
    return;
  }
  difference = picture_compare (expected, picture);
  if (picture_is_same (difference))
    return;
  path = write_comparison (name, expected, picture);
  g_test_fail_printf ("%s differs by %.2f in the mean and %.1f at worst; see %s, and ./dev goldens",
                      name, difference.mean, difference.worst, path);
}

/* --- What is compared ----------------------------------------------------------------------- */

/* A copy of @picture in which the part below @top has moved to the right. */
static cairo_surface_t *
move_part (cairo_surface_t *picture, int top, int height, double by)
{
  int width = cairo_image_surface_get_width (picture);
  cairo_surface_t *moved = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width,
                                                       cairo_image_surface_get_height (picture));
  cairo_t *cr = cairo_create (moved);

  cairo_set_source_surface (cr, picture, 0, 0);
  cairo_paint (cr);
  cairo_rectangle (cr, 0, top, width, height);
  cairo_clip (cr);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_set_source_surface (cr, picture, by, 0);
  cairo_paint (cr);
  cairo_destroy (cr);
  return moved;
}

/* A line of text that is a pixel further to the right is seen, one that is a tenth of a pixel
 * further, as another version of a library may have it, is not. */
static void
test_comparison (void)
{
  const Golden golden = { "probabilities", SUBJECT_IRIS, &re3_theme_print };
  g_autoptr (GBytes) png = NULL;
  g_autoptr (cairo_surface_t) picture = draw (&golden, &png);
  g_autoptr (cairo_surface_t) same = move_part (picture, 0, 30, 0);
  g_autoptr (cairo_surface_t) near = move_part (picture, 0, 30, 0.1);
  g_autoptr (cairo_surface_t) far = move_part (picture, 0, 30, 1);
  g_autoptr (cairo_surface_t) small = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 10, 10);

  g_assert_cmpfloat (picture_compare (picture, same).worst, ==, 0);
  g_assert_cmpfloat (picture_compare (picture, near).worst, >, 0);
  g_assert_true (picture_is_same (picture_compare (picture, near)));
  g_assert_false (picture_is_same (picture_compare (picture, far)));
  g_assert_false (picture_is_same (picture_compare (picture, small)));
}

/* --- All of them ---------------------------------------------------------------------------- */

/* All figures of Iris in print, and the others. (transfer container) */
static GArray *
list_goldens (void)
{
  GArray *goldens = g_array_new (FALSE, FALSE, sizeof (Golden));
  gsize n_figures;
  const Re3Figure *figures = re3_figures_list (&n_figures);

  for (gsize i = 0; i < n_figures; i++) {
    Golden golden = { figures[i].name, SUBJECT_IRIS, &re3_theme_print };

    if (!figures[i].needs_picture)
      g_array_append_val (goldens, golden);
  }
  g_array_append_vals (goldens, others, G_N_ELEMENTS (others));
  return goldens;
}

static void
renew (const Golden *golden)
{
  g_autofree char *name = name_golden (golden);
  g_autofree char *path = golden_path (name);
  g_autofree char *comparison = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) png = NULL;
  g_autoptr (cairo_surface_t) picture = draw (golden, &png);
  g_autoptr (cairo_surface_t) expected = read_golden (name);

  if (expected != NULL && picture_is_same (picture_compare (expected, picture)))
    return;
  comparison = write_comparison (name, expected, picture);
  g_file_set_contents (path, g_bytes_get_data (png, NULL), (gssize) g_bytes_get_size (png), &error);
  g_assert_no_error (error);
  g_print ("%s: see %s\n", name, comparison);
}

static int
renew_all (GArray *goldens)
{
  const char *font = find_missing_font ();

  if (font != NULL) {
    g_printerr ("The font %s is not installed.\n", font);
    return 1;
  }
  for (guint i = 0; i < goldens->len; i++)
    renew (&g_array_index (goldens, Golden, i));
  return 0;
}

int
main (int argc, char *argv[])
{
  g_autoptr (GArray) goldens = list_goldens ();
  int status;

  analyses[SUBJECT_IRIS] = read_sample ("iris-16-8-4.re3.json", "iris.csv");
  analyses[SUBJECT_FASHION] =
      read_sample ("fashion-32-16.re3.json", "fashion-images-idx3-ubyte.gz");
  analyses[SUBJECT_WIDE] = make_wide ();
  if (argc == 2 && g_str_equal (argv[1], "--renew")) {
    status = renew_all (goldens);
  } else {
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/goldens/comparison", test_comparison);
    for (guint i = 0; i < goldens->len; i++) {
      const Golden *golden = &g_array_index (goldens, Golden, i);
      g_autofree char *name = name_golden (golden);
      g_autofree char *path = g_strconcat ("/goldens/", name, NULL);

      g_test_add_data_func (path, golden, test_golden);
    }
    status = g_test_run ();
  }
  for (gsize i = 0; i < G_N_ELEMENTS (analyses); i++)
    re3_analysis_unref (analyses[i]);
  return status;
}
