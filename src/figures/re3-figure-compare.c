/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-figures-private.h"

#include "re3-curves-private.h"
#include "re3-number-format.h"
#include "re3-trace-stretches.h"

#include <glib/gi18n-lib.h>

/* Of shares of the way, and of logits. */
#define DIGITS 3

/* The straight line between the two, whose ends are 0 and 1. */
typedef struct {
  const Re3Explanation *explanation;
  const Re3Baseline *pinned;
  Re3Trace *trace;
} Line;

static void
append_switches (GString *text, const Line *line, gsize piece)
{
  const Re3TracePiece *pieces = line->trace->pieces;
  g_autofree char *share = re3_format_number (pieces[piece].from, DIGITS);
  g_autofree char *names =
      re3_name_switches (re3_model_get_network (line->explanation->model),
                         pieces[piece - 1].pattern, pieces[piece].pattern, RE3_CURVES_MOST_NAMED);

  /* Translators: a share of the way, and the neurons that switch there, such as "L1·3 on". */
  g_string_append_printf (text, _ ("\nat %s: %s"), share, names);
}

static char *
describe_piece (const Line *line, gsize index)
{
  const Re3Model *model = line->explanation->model;
  const Re3TracePiece *piece = &line->trace->pieces[index];
  g_autofree char *from = re3_format_number (piece->from, DIGITS);
  g_autofree char *to = re3_format_number (piece->to, DIGITS);
  g_autoptr (GString) text = g_string_new (NULL);
  gsize n_shown = MIN (line->trace->n_outputs, RE3_CURVES_MOST_NAMED);

  /* Translators: a piece of a line: two shares of the way along it. */
  g_string_append_printf (text, _ ("%s to %s of the way"), from, to);
  for (gsize c = 0; c < n_shown; c++) {
    g_autofree char *start =
        re3_format_number (piece->intercept[c] + piece->slope[c] * piece->from, DIGITS);
    g_autofree char *end =
        re3_format_number (piece->intercept[c] + piece->slope[c] * piece->to, DIGITS);

    g_string_append_printf (text,
                            re3_model_is_regression (model)
                                ? "\n%s: %s → %s"
                                /* Translators: a class and two logits. */
                                : _ ("\nlogit of %s: %s → %s"),
                            re3_model_get_class_name (model, c), start, end);
  }
  if (n_shown < line->trace->n_outputs)
    g_string_append (text, "\n…");
  if (index > 0)
    append_switches (text, line, index);
  if (index + 1 < line->trace->n_pieces)
    append_switches (text, line, index + 1);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* "From pinned row 5 to the sample: setosa up to 0.42, versicolor; 12 pieces." */
static char *
describe_line (const Line *line, GArray *stretches)
{
  const Re3Model *model = line->explanation->model;
  g_autoptr (GString) text = g_string_new (NULL);

  /* Translators: an input such as "pinned row 5". */
  g_string_append_printf (text, _ ("From %s to the sample: "), line->pinned->name);
  for (guint i = 0; i < stretches->len && !re3_model_is_regression (model); i++) {
    const Re3TraceStretch *stretch = &g_array_index (stretches, Re3TraceStretch, i);
    const char *name = re3_model_get_class_name (model, stretch->class_index);
    g_autofree char *end = re3_format_number (stretch->to, DIGITS);

    if (i + 1 < stretches->len)
      /* Translators: a class that is predicted, and up to which share of the way. */
      g_string_append_printf (text, _ ("%s up to %s, "), name, end);
    else
      g_string_append_printf (text, "%s; ", name);
  }
  g_string_append_printf (
      text, g_dngettext (GETTEXT_PACKAGE, "%zu piece.", "%zu pieces.", line->trace->n_pieces),
      line->trace->n_pieces);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static Re3Curves *
make_curves (const Line *line, GArray *stretches)
{
  Re3Curves *curves = re3_curves_new (line->explanation->model, line->trace, 0, 1);

  for (gsize i = 0; i < line->trace->n_pieces; i++)
    re3_curves_take_piece (curves, line->trace->pieces[i].from, line->trace->pieces[i].to,
                           describe_piece (line, i));
  for (guint i = 0; i < stretches->len; i++) {
    const Re3TraceStretch *stretch = &g_array_index (stretches, Re3TraceStretch, i);

    re3_curves_add_stretch (curves, stretch->from, stretch->to, stretch->class_index);
  }
  re3_curves_take_marker (curves, g_strdup (line->pinned->name), 0, TRUE);
  re3_curves_take_marker (curves, g_strdup (_ ("the sample")), 1, FALSE);
  return curves;
}

Re3Chart *
re3_figure_compare (const Re3Explanation *explanation, const Re3Baseline *pinned)
{
  Line line = { explanation, pinned, NULL };
  g_autoptr (Re3Trace) trace = NULL;
  g_autoptr (GArray) stretches = NULL;
  g_autoptr (Re3Curves) curves = NULL;
  g_autofree char *title = NULL;
  g_autofree char *description = NULL;

  g_return_val_if_fail (explanation != NULL && pinned != NULL, NULL);
  g_return_val_if_fail (pinned->explanation->model == explanation->model, NULL);

  trace = re3_trace_new (re3_model_get_network (explanation->model), pinned->explanation->input,
                         explanation->input);
  line.trace = trace;
  stretches = re3_trace_find_stretches (trace);
  curves = make_curves (&line, stretches);
  title = g_strdup_printf (_ ("From %s to the sample"), pinned->name);
  description = describe_line (&line, stretches);
  return re3_curves_draw_both (curves, title, description, _ ("share of the way"));
}
