/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-export.h"
#include "re3-heatmap-chart.h"
#include "re3-number-format.h"
#include "re3-scene-private.h"
#include "scene-check.h"

#include <math.h>
#include <string.h>

static const char *const rows[] = { "R1", "R2" };
static const char *const columns[] = { "petal width", "petal length", "sepal width" };
static const double values[] = { 4, -2, 0, NAN, 1, -4 };

static Re3Chart *
make_chart (void)
{
  static const int colors[] = { 2, -1 };

  return re3_heatmap_chart_new (&(Re3HeatmapData){
      .title = "Mean contributions",
      .row_labels = rows,
      .row_colors = colors,
      .n_rows = G_N_ELEMENTS (rows),
      .column_labels = columns,
      .n_columns = G_N_ELEMENTS (columns),
      .values = values,
      .color_title = "mean contribution",
  });
}

static const Re3ScenePart *
find_cell (const Re3Scene *scene, int row, int column)
{
  for (gsize i = 0; i < re3_scene_get_n_marks (scene); i++) {
    const Re3ScenePart *part = re3_scene_get_part (scene, i);

    if (part->mark.kind == RE3_MARK_RECTANGLE && part->mark.item == row &&
        part->mark.series == column)
      return part;
  }
  return NULL;
}

/* Colours are symmetric about 0 and reach their ends at the largest size. */
static void
test_cells (void)
{
  g_autoptr (Re3Chart) chart = make_chart ();
  g_autoptr (Re3Scene) scene = scene_check_layout (chart, &re3_theme_light, 500, 200);

  for (int i = 0; i < (int) G_N_ELEMENTS (values); i++) {
    const Re3ScenePart *cell = find_cell (scene, i / 3, i % 3);
    Re3Color expected;

    if (isnan (values[i])) {
      g_assert_null (cell);
      continue;
    }
    expected = re3_theme_diverging (&re3_theme_light, values[i] / 4);
    g_assert_cmpmem (&cell->paint.fill, sizeof expected, &expected, sizeof expected);
    g_assert_cmpfloat_with_epsilon (cell->mark.bounds.width,
                                    find_cell (scene, 0, 0)->mark.bounds.width, 1e-9);
  }
  g_assert_cmpfloat (find_cell (scene, 0, 1)->mark.bounds.x, >,
                     find_cell (scene, 0, 0)->mark.bounds.x);
  g_assert_cmpfloat (find_cell (scene, 1, 1)->mark.bounds.y, >,
                     find_cell (scene, 0, 1)->mark.bounds.y);
}

static void
test_texts (void)
{
  g_autoptr (Re3Chart) chart = make_chart ();
  g_autoptr (Re3Scene) scene = scene_check_layout (chart, &re3_theme_light, 500, 200);
  g_autoptr (Re3Scene) small = scene_check_layout (chart, &re3_theme_light, 90, 320);
  const Re3Mark *label;

  g_assert_cmpuint (scene_count_text (scene, "−2.0", NULL), ==, 1);
  g_assert_cmpuint (scene_count_text (scene, "4.0", NULL), ==, 1);
  g_assert_cmpuint (scene_count_text (scene, "R2", NULL), ==, 1);
  g_assert_cmpuint (scene_count_text (scene, "mean contribution", NULL), ==, 1);
  g_assert_cmpuint (scene_count_text (scene, "petal length", &label), ==, 1);
  g_assert_cmpfloat (label->bounds.width, >, label->bounds.height);

  /* Narrow columns: labels read upward, and values have no room. */
  g_assert_cmpuint (scene_count_text (small, "petal length", &label), ==, 1);
  g_assert_cmpfloat (label->bounds.width, <, label->bounds.height);
  g_assert_cmpuint (scene_count_text (small, "−2.0", NULL), ==, 0);
}

static void
test_pick (void)
{
  g_autoptr (Re3Chart) chart = make_chart ();
  g_autoptr (Re3Scene) scene = scene_check_layout (chart, &re3_theme_light, 500, 200);

  for (int i = 0; i < (int) G_N_ELEMENTS (values); i++) {
    const Re3ScenePart *cell = find_cell (scene, i / 3, i % 3);
    const Re3Mark *mark;

    if (cell == NULL)
      continue;
    mark = re3_scene_pick (scene, cell->mark.bounds.x + cell->mark.bounds.width / 2,
                           cell->mark.bounds.y + cell->mark.bounds.height / 2);
    g_assert_cmpint (mark->item, ==, i / 3);
    g_assert_cmpint (mark->series, ==, i % 3);
  }
  g_assert_cmpstr (find_cell (scene, 0, 1)->mark.tooltip, ==, "R1, petal length: −2");
}

/* All zero: one colour, a scale that is still a scale. */
static void
test_zeros (void)
{
  static const double zeros[6] = { 0 };
  g_autoptr (Re3Chart) chart = re3_heatmap_chart_new (&(Re3HeatmapData){
      .row_labels = rows,
      .n_rows = 2,
      .column_labels = columns,
      .n_columns = 3,
      .values = zeros,
  });
  g_autoptr (Re3Scene) scene = scene_check_layout (chart, &re3_theme_light, 500, 200);
  Re3Color middle = re3_theme_diverging (&re3_theme_light, 0);

  g_assert_cmpmem (&find_cell (scene, 1, 2)->paint.fill, sizeof middle, &middle, sizeof middle);
  /* Six cells, and a tick that may have decimals. */
  g_assert_cmpuint (scene_count_text (scene, "0", NULL) + scene_count_text (scene, "0.0", NULL), ==,
                    6 + 1);
}

/* Counts: colours from nearly nothing to the largest, texts of their own in two lines, titles, and
 * rows that stand for other items than their places. */
static void
test_sequential (void)
{
  static const double counts[] = { 10, 0, 5, 20, 1, 0 };
  static const char *const texts[] = { "ten", "none", "five", "twenty", "one", "zero" };
  static const char *const details[] = { "67 %", "0 %", "33 %", "95 %", "5 %", NULL };
  static const int items[] = { 7, 3 };
  g_autoptr (Re3Chart) chart = re3_heatmap_chart_new (&(Re3HeatmapData){
      .row_labels = rows,
      .n_rows = 2,
      .column_labels = columns,
      .n_columns = 3,
      .values = counts,
      .row_items = items,
      .row_title = "true class",
      .column_title = "predicted class",
      .scale = RE3_SCALE_SEQUENTIAL,
      .largest = 40,
      .hide_color_bar = TRUE,
      .cell_texts = texts,
      .cell_details = details,
      .cell_tooltips = texts,
  });
  g_autoptr (Re3Scene) scene = scene_check_layout (chart, &re3_theme_light, 500, 200);
  const Re3Mark *text;
  const Re3Mark *detail;

  for (int i = 0; i < (int) G_N_ELEMENTS (counts); i++) {
    const Re3ScenePart *cell = find_cell (scene, items[i / 3], i % 3);
    Re3Color expected = re3_theme_sequential (&re3_theme_light, counts[i] / 40);

    g_assert_cmpmem (&cell->paint.fill, sizeof expected, &expected, sizeof expected);
    g_assert_cmpstr (cell->mark.tooltip, ==, texts[i]);
    g_assert_cmpuint (scene_count_text (scene, texts[i], &text), ==, 1);
    if (details[i] == NULL)
      continue;
    g_assert_cmpuint (scene_count_text (scene, details[i], &detail), ==, 1);
    g_assert_cmpfloat (detail->bounds.y, >, text->bounds.y);
    g_assert_cmpint (detail->item, ==, items[i / 3]);
  }
  g_assert_null (scene_find (scene, RE3_MARK_RECTANGLE, 0, 0, 0));
  g_assert_cmpuint (scene_count_text (scene, "true class", &text), ==, 1);
  g_assert_cmpfloat (text->bounds.height, >, text->bounds.width);
  g_assert_cmpuint (scene_count_text (scene, "predicted class", &text), ==, 1);
  /* No colour bar, and so no ticks. */
  g_assert_cmpuint (scene_count_text (scene, "0", NULL), ==, 0);
  scene_check_sizes (chart, &re3_theme_print);
}

/* Short labels of many columns are thinned and stay upright. */
static void
test_short_labels (void)
{
  enum { N = 60 };
  g_auto (GStrv) labels = g_new0 (char *, N + 1);
  g_autofree double *numbers = g_new0 (double, N);
  g_autoptr (Re3Chart) chart = NULL;
  g_autoptr (Re3Scene) scene = NULL;
  const Re3Mark *mark;

  for (gsize i = 0; i < N; i++)
    labels[i] = g_strdup_printf ("%zu", i + 1);
  chart = re3_heatmap_chart_new (&(Re3HeatmapData){
      .row_labels = rows,
      .n_rows = 1,
      .column_labels = (const char *const *) labels,
      .n_columns = N,
      .values = numbers,
  });
  scene = scene_check_layout (chart, &re3_theme_light, 500, 200);
  g_assert_cmpuint (scene_count_text (scene, "1", &mark), >=, 1);
  g_assert_cmpfloat (mark->bounds.height, >, mark->bounds.width);
  g_assert_cmpuint (scene_count_text (scene, "2", NULL), ==, 0);
}

/* As a table of 2,000 regions has them: many rows, every number another one. */
static Re3Chart *
make_large (gsize n_rows, gsize n_columns)
{
  g_autoptr (GPtrArray) row_labels = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) column_labels = g_ptr_array_new_with_free_func (g_free);
  g_autofree double *numbers = g_new (double, n_rows *n_columns);
  guint64 state = 21;

  for (gsize i = 0; i < n_rows; i++)
    g_ptr_array_add (row_labels, g_strdup_printf ("R%zu", i + 1));
  for (gsize i = 0; i < n_columns; i++)
    g_ptr_array_add (column_labels, g_strdup_printf ("feature %zu", i));
  for (gsize i = 0; i < n_rows * n_columns; i++)
    numbers[i] = i % 1000 == 17 ? NAN : next_random (&state) - 0.5;
  return re3_heatmap_chart_new (&(Re3HeatmapData){
      .title = "Large",
      .row_labels = (const char *const *) row_labels->pdata,
      .n_rows = n_rows,
      .column_labels = (const char *const *) column_labels->pdata,
      .n_columns = n_columns,
      .values = numbers,
      .color_title = "mean contribution",
  });
}

/* The picture that the file called @svg embeds. */
static cairo_surface_t *
decode_picture (const char *svg)
{
  const char *start = strstr (svg, "data:image/png;base64,");
  g_autofree char *base64 = NULL;
  g_autoptr (GBytes) bytes = NULL;
  guchar *png;
  gsize size;

  g_assert_nonnull (start);
  start += strlen ("data:image/png;base64,");
  g_assert_null (strstr (start, "base64,"));
  base64 = g_strndup (start, strcspn (start, "\""));
  png = g_base64_decode (base64, &size);
  bytes = g_bytes_new_take (png, size);
  return picture_parse_png (bytes);
}

/* A large body is one picture with a pixel for each number, in its colour; labels stay texts. */
static void
test_large_file (void)
{
  enum { ROWS = 2000, COLUMNS = 57 };
  static const char *const endings[] = { "svg", "pdf" };
  Re3ExportOptions options = { &re3_theme_print, 640, 900, 0 };
  g_autoptr (Re3Chart) chart = make_large (ROWS, COLUMNS);
  g_autoptr (Re3ChartTable) table = re3_chart_get_data (chart);
  g_autofree char *svg = NULL;
  double largest = 0;
  cairo_surface_t *picture;

  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++) {
    g_autoptr (GBytes) bytes = re3_chart_export_to_bytes (chart, &options, endings[i], NULL);

    g_assert_nonnull (bytes);
    g_assert_cmpuint (g_bytes_get_size (bytes), <, 2 * 1000 * 1000);
    if (i == 0)
      svg = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  }
  g_assert_nonnull (strstr (svg, ">feature 56</text>"));
  g_assert_nonnull (strstr (svg, ">mean contribution</text>"));
  g_assert_nonnull (strstr (svg, "image-rendering: pixelated"));

  for (gsize i = 0; i < ROWS * COLUMNS; i++) {
    const char *cell = re3_chart_table_get_cell (table, i / COLUMNS, 1 + i % COLUMNS);

    largest = MAX (largest, fabs (g_ascii_strtod (cell, NULL)));
  }
  picture = decode_picture (svg);
  g_assert_cmpint (cairo_image_surface_get_width (picture), ==, COLUMNS);
  g_assert_cmpint (cairo_image_surface_get_height (picture), ==, ROWS);
  for (gsize i = 0; i < ROWS * COLUMNS; i++) {
    const guint8 *line = cairo_image_surface_get_data (picture) +
                         i / COLUMNS * (gsize) cairo_image_surface_get_stride (picture);
    guint32 pixel = ((const guint32 *) (const void *) line)[i % COLUMNS];
    const char *cell = re3_chart_table_get_cell (table, i / COLUMNS, 1 + i % COLUMNS);
    Re3Color color;

    if (*cell == '\0') {
      g_assert_cmphex (pixel, ==, 0);
      continue;
    }
    color = re3_theme_diverging (&re3_theme_print, g_ascii_strtod (cell, NULL) / largest);
    g_assert_cmphex (pixel >> 24, ==, 255);
    g_assert_cmpfloat_with_epsilon (pixel >> 16 & 255, 255 * color.red, 1);
    g_assert_cmpfloat_with_epsilon (pixel >> 8 & 255, 255 * color.green, 1);
    g_assert_cmpfloat_with_epsilon (pixel & 255, 255 * color.blue, 1);
  }
  cairo_surface_destroy (picture);
}

/* Many cells that are large enough answer to the pointer each for itself, with their numbers. */
static void
test_large_pick (void)
{
  enum { ROWS = 60, COLUMNS = 50 };
  g_autoptr (Re3Chart) chart = make_large (ROWS, COLUMNS);
  g_autoptr (Re3ChartTable) table = re3_chart_get_data (chart);
  g_autoptr (Re3Scene) scene = scene_check_layout (chart, &re3_theme_light, 1000, 900);
  const Re3Mark *body = NULL;

  for (gsize i = 0; i < re3_scene_get_n_marks (scene); i++)
    if (re3_scene_get_mark (scene, i)->kind == RE3_MARK_CELLS)
      body = re3_scene_get_mark (scene, i);
  g_assert_nonnull (body);
  for (gsize row = 0; row < ROWS; row++)
    for (gsize column = 0; column < COLUMNS; column++) {
      const char *cell = re3_chart_table_get_cell (table, row, 1 + column);
      const Re3Mark *mark =
          re3_scene_pick (scene,
                          body->bounds.x + ((double) column + 0.5) * body->bounds.width / COLUMNS,
                          body->bounds.y + ((double) row + 0.5) * body->bounds.height / ROWS);
      g_autofree char *number = NULL;
      g_autofree char *tooltip = NULL;

      if (*cell == '\0') {
        g_assert_null (mark);
        continue;
      }
      number = re3_format_signed (g_ascii_strtod (cell, NULL), 4);
      tooltip = g_strdup_printf ("R%zu, feature %zu: %s", row + 1, column, number);
      g_assert_cmpint (mark->item, ==, (int) row);
      g_assert_cmpint (mark->series, ==, (int) column);
      g_assert_cmpstr (mark->tooltip, ==, tooltip);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/heatmap-chart/cells", test_cells);
  g_test_add_func ("/heatmap-chart/texts", test_texts);
  g_test_add_func ("/heatmap-chart/pick", test_pick);
  g_test_add_func ("/heatmap-chart/zeros", test_zeros);
  g_test_add_func ("/heatmap-chart/sequential", test_sequential);
  g_test_add_func ("/heatmap-chart/short-labels", test_short_labels);
  g_test_add_func ("/heatmap-chart/large-file", test_large_file);
  g_test_add_func ("/heatmap-chart/large-pick", test_large_pick);
  return g_test_run ();
}
