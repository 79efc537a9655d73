/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-legend-private.h"

#include "re3-text-private.h"

/* In ems. */
#define SHAPE_WIDTH 0.85
#define LINE_WIDTH  1.8
#define BAR_WIDTH   0.4
#define SHAPE_GAP   0.4
#define ENTRY_GAP   1.4

/* Room kept at the end of the last line for "+12". */
#define MORE_WIDTH 3.0

/* Steps through the places of the entries: the same for measuring and for drawing. */
typedef struct {
  const Re3Theme *theme;
  double em;
  double width;
  gsize most_lines;
  double x;
  gsize line;
} Walk;

static double
shape_width (const Re3LegendEntry *entry, double em)
{
  switch (entry->shape) {
  case RE3_LEGEND_LINE:
    return LINE_WIDTH * em;
  case RE3_LEGEND_HEIGHT:
    return BAR_WIDTH * em;
  case RE3_LEGEND_SWATCH:
  case RE3_LEGEND_DIAMOND:
    return SHAPE_WIDTH * em;
  default:
    g_assert_not_reached ();
  }
}

/* Moves to the place of @entry. Returns: the width of its label there, 0 if it has no place. */
static double
walk_to (Walk *walk, const Re3LegendEntry *entry, gboolean is_last)
{
  double shape = shape_width (entry, walk->em) + SHAPE_GAP * walk->em;
  g_autoptr (PangoLayout) layout = re3_text_shape (walk->theme, entry->label, walk->em, FALSE, 0);
  double label = re3_text_get_width (layout);
  gboolean on_last_line = walk->line + 1 >= walk->most_lines;
  double end = walk->width - (on_last_line && !is_last ? MORE_WIDTH * walk->em : 0);

  if (walk->x + shape + label <= end)
    return label;
  if (walk->x > 0 && !on_last_line) {
    walk->x = 0;
    walk->line++;
    return walk_to (walk, entry, is_last);
  }
  /* A name that is longer than a whole line is cut. */
  if (walk->x == 0 && end - shape > 2 * walk->em)
    return end - shape;
  return 0;
}

static void
walk_past (Walk *walk, const Re3LegendEntry *entry, double label)
{
  walk->x += shape_width (entry, walk->em) + (SHAPE_GAP + ENTRY_GAP) * walk->em + label;
}

static Walk
walk_start (const Re3Theme *theme, double width, gsize most_lines)
{
  return (Walk){ theme, re3_text_detail_size (theme), width, most_lines, 0, 0 };
}

double
re3_legend_measure (const Re3Theme *theme,
                    const Re3LegendEntry *entries,
                    gsize n_entries,
                    double width,
                    gsize most_lines)
{
  Walk walk = walk_start (theme, width, most_lines);

  for (gsize i = 0; i < n_entries; i++) {
    double label = walk_to (&walk, &entries[i], i + 1 == n_entries);

    if (label == 0)
      break;
    walk_past (&walk, &entries[i], label);
  }
  return n_entries > 0 ? (double) (walk.line + 1) * RE3_LEGEND_LINE_HEIGHT * theme->font_size : 0;
}

static void
add_shape (Re3Scene *scene, const Re3LegendEntry *entry, double x, double y, double em)
{
  double width = shape_width (entry, em);
  Re3Rect square = { x, y - width / 2, width, width };

  switch (entry->shape) {
  case RE3_LEGEND_SWATCH:
    re3_scene_add_rectangle (scene, &square, &entry->paint, NULL);
    break;
  case RE3_LEGEND_LINE:
    re3_scene_move_to (scene, x, y);
    re3_scene_line_to (scene, x + width, y);
    re3_scene_add_path (scene, &entry->paint, NULL);
    break;
  case RE3_LEGEND_HEIGHT:
    square.y = y - entry->height / 2;
    square.height = entry->height;
    re3_scene_add_rectangle (scene, &square, &entry->paint, NULL);
    break;
  case RE3_LEGEND_DIAMOND:
    re3_scene_add_diamond (scene, x + width / 2, y, width / 2, &entry->paint.fill, NULL);
    break;
  default:
    g_assert_not_reached ();
  }
}

void
re3_legend_add (Re3Scene *scene,
                const Re3LegendEntry *entries,
                gsize n_entries,
                double x,
                double y,
                double width,
                gsize most_lines)
{
  const Re3Theme *theme = re3_scene_get_theme (scene);
  Walk walk = walk_start (theme, width, most_lines);
  Re3TextStyle style = re3_text_style (walk.em, &theme->foreground, RE3_ANCHOR_START);
  gsize n_added = 0;

  for (; n_added < n_entries; n_added++) {
    const Re3LegendEntry *entry = &entries[n_added];
    double label = walk_to (&walk, entry, n_added + 1 == n_entries);
    double middle = y + ((double) walk.line + 0.5) * RE3_LEGEND_LINE_HEIGHT * theme->font_size;

    if (label == 0)
      break;
    add_shape (scene, entry, x + walk.x, middle, walk.em);
    re3_scene_add_text (scene, entry->label, &style,
                        x + walk.x + shape_width (entry, walk.em) + SHAPE_GAP * walk.em, middle,
                        label + 0.01, NULL);
    walk_past (&walk, entry, label);
  }

  if (n_added < n_entries) {
    g_autofree char *more = g_strdup_printf ("+%zu", n_entries - n_added);
    double room = width - walk.x;

    style.color = theme->muted;
    if (room > 0)
      re3_scene_add_text (
          scene, more, &style, x + walk.x,
          y + ((double) walk.line + 0.5) * RE3_LEGEND_LINE_HEIGHT * theme->font_size, room, NULL);
  }
}

GArray *
re3_legend_make_series (const Re3Theme *theme,
                        const char *const *names,
                        const int *colors,
                        gsize n_series,
                        const char *mark_text)
{
  GArray *entries = g_array_new (FALSE, TRUE, sizeof (Re3LegendEntry));

  for (gsize i = 0; i < n_series; i++) {
    Re3LegendEntry entry = {
      .label = names[i],
      .shape = RE3_LEGEND_SWATCH,
      .paint = { .fill = colors[i] < 0 ? theme->surface
                                       : re3_theme_class_color (theme, (gsize) colors[i]),
                 .radius = 1.5 },
    };

    g_array_append_val (entries, entry);
  }
  if (mark_text != NULL) {
    Re3LegendEntry entry = {
      .label = mark_text,
      .shape = RE3_LEGEND_DIAMOND,
      .paint.fill = theme->foreground,
    };

    g_array_append_val (entries, entry);
  }
  return entries;
}
