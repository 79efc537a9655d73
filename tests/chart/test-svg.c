/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-heatmap-chart.h"
#include "re3-line-chart.h"
#include "re3-sankey-chart.h"
#include "re3-stacked-bar-chart.h"
#include "re3-svg-private.h"
#include "scene-check.h"

#include <locale.h>
#include <math.h>
#include <string.h>

/* Half a thousandth, and what decimal numbers add to it. */
#define TOLERANCE 0.000501

/* An element as it is read: its attributes, its own text and that of its title. */
typedef struct {
  char *name;
  GHashTable *attributes;
  GString *text;
  GString *title;
} Element;

typedef struct {
  GPtrArray *elements;
  GPtrArray *open;
} Reader;

static void
element_free (gpointer data)
{
  Element *element = data;

  g_free (element->name);
  g_hash_table_unref (element->attributes);
  g_string_free (element->text, TRUE);
  g_string_free (element->title, TRUE);
  g_free (element);
}

static void
start_element (GMarkupParseContext *context,
               const char *name,
               const char **names,
               const char **values,
               gpointer data,
               GError **error)
{
  Reader *reader = data;
  Element *element = g_new0 (Element, 1);

  element->name = g_strdup (name);
  element->attributes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (gsize i = 0; names[i] != NULL; i++)
    g_hash_table_insert (element->attributes, g_strdup (names[i]), g_strdup (values[i]));
  element->text = g_string_new (NULL);
  element->title = g_string_new (NULL);
  g_ptr_array_add (reader->open, element);
  g_ptr_array_add (reader->elements, element);
}

static void
end_element (GMarkupParseContext *context, const char *name, gpointer data, GError **error)
{
  Reader *reader = data;
  Element *element = g_ptr_array_steal_index (reader->open, reader->open->len - 1);

  if (g_str_equal (name, "title") && reader->open->len > 0)
    g_string_assign (((Element *) reader->open->pdata[reader->open->len - 1])->title,
                     element->text->str);
}

static void
add_text (GMarkupParseContext *context,
          const char *text,
          gsize length,
          gpointer data,
          GError **error)
{
  Reader *reader = data;

  if (reader->open->len > 0)
    g_string_append_len (((Element *) reader->open->pdata[reader->open->len - 1])->text, text,
                         (gssize) length);
}

/* All elements in the order of the file. */
static GPtrArray *
parse (const char *svg)
{
  static const GMarkupParser parser = {
    .start_element = start_element,
    .end_element = end_element,
    .text = add_text,
  };
  g_autoptr (GPtrArray) open = g_ptr_array_new ();
  Reader reader = { g_ptr_array_new_with_free_func (element_free), open };
  g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&parser, 0, &reader, NULL);
  g_autoptr (GError) error = NULL;

  g_markup_parse_context_parse (context, svg, -1, &error);
  g_assert_no_error (error);
  g_markup_parse_context_end_parse (context, &error);
  g_assert_no_error (error);
  return reader.elements;
}

static const char *
get (const Element *element, const char *attribute)
{
  return g_hash_table_lookup (element->attributes, attribute);
}

static void
check_number (const Element *element, const char *attribute, double expected)
{
  const char *text = get (element, attribute);
  char *end;

  g_assert_nonnull (text);
  g_assert_cmpfloat_with_epsilon (g_ascii_strtod (text, &end), expected, TOLERANCE);
  g_assert_cmpint (*end, ==, '\0');
  g_assert_cmpstr (text, !=, "-0");
}

static void
check_color (const Element *element, const char *property, const Re3Color *color)
{
  g_autofree char *opacity = g_strconcat (property, "-opacity", NULL);
  const char *text = get (element, property);
  guint64 rgb;

  if (color->alpha == 0) {
    if (text != NULL)
      g_assert_cmpstr (text, ==, "none");
    return;
  }
  g_assert_true (text[0] == '#' && strlen (text) == 7);
  rgb = g_ascii_strtoull (text + 1, NULL, 16);
  g_assert_cmpfloat_with_epsilon ((double) (rgb >> 16) / 255, color->red, 0.5001 / 255);
  g_assert_cmpfloat_with_epsilon ((double) (rgb >> 8 & 255) / 255, color->green, 0.5001 / 255);
  g_assert_cmpfloat_with_epsilon ((double) (rgb & 255) / 255, color->blue, 0.5001 / 255);
  if (color->alpha == 1)
    g_assert_null (get (element, opacity));
  else
    check_number (element, opacity, color->alpha);
}

static void
check_path (const char *path, const Re3PathElement *steps, guint n_steps)
{
  static const char commands[] = { 'M', 'L', 'C', 'Z' };
  static const int n_points[] = { 1, 1, 3, 0 };

  for (guint i = 0; i < n_steps; i++) {
    g_assert_cmpint (*path, ==, commands[steps[i].verb]);
    path++;
    for (int point = 0; point < n_points[steps[i].verb]; point++) {
      char *end;

      g_assert_cmpfloat_with_epsilon (g_ascii_strtod (path, &end), steps[i].x[point], TOLERANCE);
      g_assert_true (end > path && *end == ' ');
      path = end + 1;
      g_assert_cmpfloat_with_epsilon (g_ascii_strtod (path, &end), steps[i].y[point], TOLERANCE);
      g_assert_true (end > path);
      path = *end == ' ' ? end + 1 : end;
    }
  }
  g_assert_cmpint (*path, ==, '\0');
}

static void
check_text (const Element *element, const Re3ScenePart *part)
{
  static const char *const anchors[] = { NULL, "middle", "end" };
  const char *transform = get (element, "transform");

  g_assert_cmpstr (element->name, ==, "text");
  g_assert_cmpstr (element->text->str, ==, pango_layout_get_text (part->text));
  check_number (element, "x", part->x);
  check_number (element, "y", part->y);
  check_number (element, "font-size", part->style.size);
  check_color (element, "fill", &part->style.color);
  g_assert_cmpstr (get (element, "text-anchor"), ==, anchors[part->style.anchor]);
  g_assert_cmpstr (get (element, "font-weight"), ==, part->style.bold ? "bold" : NULL);
  if (part->style.vertical)
    g_assert_true (g_str_has_prefix (transform, "rotate(-90 "));
  else
    g_assert_null (transform);
}

static void
check_rectangle (const Element *element, const Re3Rect *bounds)
{
  check_number (element, "x", bounds->x);
  check_number (element, "y", bounds->y);
  check_number (element, "width", bounds->width);
  check_number (element, "height", bounds->height);
}

static void
check_shape (const Element *element, const Re3Scene *scene, const Re3ScenePart *part)
{
  const Re3Rect *bounds = &part->mark.bounds;

  check_color (element, "fill", &part->paint.fill);
  check_color (element, "stroke", &part->paint.stroke);
  if (part->paint.stroke.alpha > 0)
    check_number (element, "stroke-width", part->paint.stroke_width);
  if (part->paint.dash > 0)
    check_number (element, "stroke-dasharray", part->paint.dash);
  if (part->mark.kind == RE3_MARK_PATH) {
    g_assert_cmpstr (element->name, ==, "path");
    check_path (get (element, "d"), re3_scene_get_elements (scene, part), part->n_elements);
    return;
  }
  g_assert_cmpstr (element->name, ==, "rect");
  check_rectangle (element, bounds);
  if (part->paint.radius > 0)
    check_number (element, "rx", MIN (part->paint.radius, MIN (bounds->width, bounds->height) / 2));
}

static GString *
write_scene (const Re3Scene *scene, const Re3Theme *theme)
{
  GString *svg = re3_svg_begin (theme, re3_scene_get_width (scene), re3_scene_get_height (scene),
                                "A title", "What is to be seen");

  re3_svg_add_scene (svg, scene, 0, 0);
  re3_svg_end (svg);
  return svg;
}

/* Every mark that is seen is one element, in order, with the same geometry, colours and words. */
static void
check_scene (const Re3Scene *scene, const Re3Theme *theme)
{
  g_autoptr (GString) svg = write_scene (scene, theme);
  g_autoptr (GString) again = write_scene (scene, theme);
  g_autoptr (GPtrArray) elements = parse (svg->str);
  guint next = 0;
  gsize n_texts = 0;

  g_assert_cmpstr (svg->str, ==, again->str);

  /* The background is the first rectangle, and the marks are in the group after it. */
  while (!g_str_equal (((Element *) elements->pdata[next])->name, "g"))
    next++;
  check_color (elements->pdata[next - 1], "fill", &theme->background);
  next++;
  for (gsize i = 0; i < re3_scene_get_n_marks (scene); i++) {
    const Re3ScenePart *part = re3_scene_get_part (scene, i);
    const Element *element;

    if ((part->mark.kind == RE3_MARK_RECTANGLE || part->mark.kind == RE3_MARK_PATH) &&
        part->paint.fill.alpha == 0 && part->paint.stroke.alpha == 0)
      continue;
    g_assert_cmpuint (next, <, elements->len);
    element = elements->pdata[next++];
    g_assert_cmpstr (element->title->str, ==, part->mark.tooltip != NULL ? part->mark.tooltip : "");
    if (element->title->len > 0)
      next++;
    if (part->mark.kind == RE3_MARK_TEXT) {
      check_text (element, part);
      n_texts++;
    } else if (part->mark.kind == RE3_MARK_CELLS) {
      g_assert_cmpstr (element->name, ==, "image");
      check_rectangle (element, &part->mark.bounds);
      g_assert_true (g_str_has_prefix (get (element, "xlink:href"), "data:image/png;base64,iVBOR"));
      g_assert_cmpstr (get (element, "preserveAspectRatio"), ==, "none");
    } else {
      check_shape (element, scene, part);
    }
  }
  g_assert_cmpuint (next, ==, elements->len);
  g_assert_cmpuint (n_texts, >, 0);
}

static void
test_sankey_chart (void)
{
  static const char *const columns[] = { "features", "layer 1", "logit" };
  const Re3SankeyNode nodes[] = {
    { .label = "sepal <width> & \"length\"", .value = "3.9 cm", .tooltip = "x = 3.9\ncm" },
    { .label = "bias", .is_offset = TRUE },
    { .label = "L1·1", .value = "0.6", .column = 1, .color_index = -1 },
    { .label = "L1·2", .value = "−0.2", .column = 1, .color_index = -1, .muted = TRUE },
    { .label = "setosa", .value = "13.3", .tooltip = "the \"winner\"", .column = 2 },
  };
  const Re3SankeyLink links[] = { { 0, 2, 1.25, "a → b" },
                                  { 1, 2, -0.5, NULL },
                                  { 2, 4, 1.75, "c & d" } };
  g_autoptr (Re3Chart) chart = re3_sankey_chart_new (&(Re3SankeyData){
      .title = "Pathway",
      .column_titles = columns,
      .n_columns = G_N_ELEMENTS (columns),
      .nodes = nodes,
      .n_nodes = G_N_ELEMENTS (nodes),
      .links = links,
      .n_links = G_N_ELEMENTS (links),
      .is_signed = TRUE,
  });
  g_autoptr (Re3Scene) scene = scene_check_layout (chart, &re3_theme_dark, 533.3, 271.7);

  check_scene (scene, &re3_theme_dark);
}

static void
test_stacked_bar_chart (void)
{
  static const char *const classes[] = { "setosa", "versicolor" };
  static const double values[][2] = { { 12, 3 }, { 0, 7 }, { 900, 1 } };
  const Re3StackedBar bars[] = { { "R1", "80 %", "R1: 12 + 3", TRUE, values[0] },
                                 { "R2", "100 %", NULL, FALSE, values[1] },
                                 { "others", NULL, NULL, FALSE, values[2], TRUE } };
  g_autoptr (Re3Chart) chart = re3_stacked_bar_chart_new (&(Re3StackedBarData){
      .title = "Samples per region",
      .axis_title = "samples",
      .series_names = classes,
      .n_series = 2,
      .bars = bars,
      .n_bars = G_N_ELEMENTS (bars),
      .mark_text = "purity < 90 %",
  });
  g_autoptr (Re3Scene) scene = scene_check_layout (chart, &re3_theme_print, 400, 200);

  check_scene (scene, &re3_theme_print);
}

static void
test_line_chart (void)
{
  double x[200];
  double y[200];
  guint64 state = 3;
  Re3Line line = { "share", x, y, G_N_ELEMENTS (x), -1, TRUE };
  Re3LineMarker marker = { "ε₉₀ = 0.02", 40 };
  g_autoptr (Re3Chart) chart = NULL;
  g_autoptr (Re3Scene) scene = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (x); i++) {
    x[i] = (double) i + 0.9 * next_random (&state);
    y[i] = next_random (&state) - 0.5;
  }
  chart = re3_line_chart_new (&(Re3LineData){
      .x_title = "distance",
      .y_title = "share",
      .lines = &line,
      .n_lines = 1,
      .markers = &marker,
      .n_markers = 1,
  });
  scene = scene_check_layout (chart, &re3_theme_light, 600, 333);
  check_scene (scene, &re3_theme_light);
}

/* Cells so small that they are one picture. */
static void
test_heatmap_chart (void)
{
  static const char *const names[] = { "a", "b", "c", "d", "e", "f", "g", "h" };
  double values[64];
  guint64 state = 17;
  g_autoptr (Re3Chart) chart = NULL;
  g_autoptr (Re3Scene) scene = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    values[i] = next_random (&state) - 0.5;
  chart = re3_heatmap_chart_new (&(Re3HeatmapData){
      .row_labels = names,
      .n_rows = 8,
      .column_labels = names,
      .n_columns = 8,
      .values = values,
      .color_title = "weight",
  });
  scene = scene_check_layout (chart, &re3_theme_light, 61.3, 140);
  g_assert_nonnull (scene_find (scene, RE3_MARK_CELLS, RE3_NO_ITEM, 0, 0));
  check_scene (scene, &re3_theme_light);
}

/* All anchors and both directions, half-clear colours, places below zero and far away. */
static void
test_any_marks (void)
{
  g_autoptr (Re3Scene) scene = re3_scene_new (NULL, &re3_theme_light, 300, 200);
  guint64 state = 5;

  for (int i = 0; i < 200; i++) {
    Re3Color color = { next_random (&state), next_random (&state), next_random (&state),
                       i % 2 == 0 ? 1 : next_random (&state) };
    Re3Paint paint = { .fill = color, .stroke = color, .stroke_width = 4 * next_random (&state) };
    double x = (next_random (&state) - 0.5) * pow (10, 5 * next_random (&state));
    double y = 0.001 * (next_random (&state) - 0.5);
    Re3TextStyle style = re3_text_style (5 + 10 * next_random (&state), &color, i % 3);

    paint.radius = i % 7;
    paint.dash = i % 5;
    style.bold = i % 4 == 1;
    style.vertical = i % 5 == 2;
    re3_scene_add_text (scene, "+0.5 × 10⁻⁷", &style, x, y, 0, NULL);
    re3_scene_add_rectangle (scene, &(Re3Rect){ x, y, 10, 5 }, &paint, NULL);
    re3_scene_add_diamond (scene, x, y, 3, &color, NULL);
  }
  check_scene (scene, &re3_theme_light);
}

/* What XML knows as markup, what it forbids and what it would swallow. */
static void
test_texts (void)
{
  g_autoptr (Re3Scene) scene = re3_scene_new (NULL, &re3_theme_light, 300, 200);
  Re3TextStyle style = re3_text_style (12, &re3_theme_light.foreground, RE3_ANCHOR_START);
  g_autoptr (GString) svg = NULL;
  g_autoptr (GPtrArray) elements = NULL;
  const Element *root;
  const Element *text;

  re3_scene_add_text (scene, "a\001b\uffffc\td  <e>&amp;'\"]]>", &style, 0, 20, 0,
                      &(Re3Datum){ 0, 0, "one\n\"two\"\002" });
  svg = re3_svg_begin (&re3_theme_light, 300, 200, "x < y", "");
  re3_svg_add_scene (svg, scene, 12, 30.5);
  re3_svg_end (svg);
  elements = parse (svg->str);

  root = elements->pdata[0];
  text = elements->pdata[elements->len - 2];
  g_assert_cmpstr (root->title->str, ==, "x < y");
  g_assert_cmpstr (get (root, "width"), ==, "225pt");
  g_assert_cmpstr (get (root, "height"), ==, "150pt");
  g_assert_cmpstr (get (root, "viewBox"), ==, "0 0 300 200");
  g_assert_cmpstr (get (root, "xml:space"), ==, "preserve");
  g_assert_cmpstr (text->text->str, ==, "a\ufffdb\ufffdc d  <e>&amp;'\"]]>");
  g_assert_cmpstr (text->title->str, ==, "one\n\"two\"\ufffd");
  g_assert_nonnull (strstr (svg->str, "translate(12 30.5)"));
  g_assert_null (strstr (svg->str, "&#"));
  g_assert_null (strstr (svg->str, "<desc>"));
}

/* Names that Pango takes become names that CSS takes. */
static void
test_families (void)
{
  Re3Theme theme = re3_theme_light;
  g_autoptr (GString) svg = NULL;
  g_autoptr (GPtrArray) elements = NULL;

  theme.font_family = "Source Sans 3,  It's \"A\" <Font>, Sans,, serif";
  svg = re3_svg_begin (&theme, 100, 100, "", "");
  re3_svg_end (svg);
  elements = parse (svg->str);
  g_assert_cmpstr (get (elements->pdata[0], "font-family"), ==,
                   "'Source Sans 3', 'It s  A  <Font>', sans-serif, serif");
}

int
main (int argc, char *argv[])
{
  /* A locale with a decimal comma, where there is one: files have a point in all of them. */
  setlocale (LC_NUMERIC, "de_DE.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/svg/sankey-chart", test_sankey_chart);
  g_test_add_func ("/svg/stacked-bar-chart", test_stacked_bar_chart);
  g_test_add_func ("/svg/line-chart", test_line_chart);
  g_test_add_func ("/svg/heatmap-chart", test_heatmap_chart);
  g_test_add_func ("/svg/any-marks", test_any_marks);
  g_test_add_func ("/svg/texts", test_texts);
  g_test_add_func ("/svg/families", test_families);
  return g_test_run ();
}
