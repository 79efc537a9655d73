/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "random-network.h"
#include "re3-trace.h"
#include "reference.h"

#include <float.h>
#include <math.h>

/* The lines of the reference end at its first rows, and start so many rows behind them. */
#define TRACE_FROM 20

static void
point_at (const double *start, const double *end, gsize n, double t, double *point)
{
  for (gsize i = 0; i < n; i++)
    point[i] = (1 - t) * start[i] + t * end[i];
}

/* Pieces cover [0, 1] in order, and neighbours differ. */
static void
assert_sound (const Re3Trace *trace)
{
  g_assert_cmpuint (trace->n_pieces, >, 0);
  g_assert_cmpfloat (trace->pieces[0].from, ==, 0);
  g_assert_cmpfloat (trace->pieces[trace->n_pieces - 1].to, ==, 1);
  for (gsize i = 0; i < trace->n_pieces; i++) {
    g_assert_cmpfloat (trace->pieces[i].from, <, trace->pieces[i].to);
    if (i > 0) {
      g_assert_cmpfloat (trace->pieces[i].from, ==, trace->pieces[i - 1].to);
      g_assert_false (re3_pattern_equal (trace->pieces[i].pattern, trace->pieces[i - 1].pattern));
    }
  }
}

/* At @t the piece answers what the network answers. */
static void
assert_follows (const Re3Trace *trace,
                const Re3Network *network,
                const double *start,
                const double *end,
                double t,
                double tolerance)
{
  gsize n_inputs = re3_network_get_n_inputs (network);
  const Re3TracePiece *piece = &trace->pieces[re3_trace_find (trace, t)];
  g_autofree double *point = g_new (double, n_inputs);
  g_autoptr (Re3Forward) forward = NULL;

  g_assert_cmpfloat (piece->from, <=, t);
  g_assert_cmpfloat (piece->to, >=, t);
  point_at (start, end, n_inputs, t, point);
  forward = re3_network_forward (network, point, 1);
  for (gsize c = 0; c < trace->n_outputs; c++)
    assert_near (piece->intercept[c] + piece->slope[c] * t, forward->logits[c], tolerance);
}

/* In the middle of every piece that is wide enough for it, the pattern is the network's. */
static void
assert_patterns (const Re3Trace *trace,
                 const Re3Network *network,
                 const double *start,
                 const double *end)
{
  gsize n_inputs = re3_network_get_n_inputs (network);
  g_autofree double *point = g_new (double, n_inputs);

  for (gsize i = 0; i < trace->n_pieces; i++) {
    const Re3TracePiece *piece = &trace->pieces[i];
    g_autoptr (Re3Forward) forward = NULL;
    g_autoptr (Re3Pattern) pattern = NULL;

    if (piece->to - piece->from < 1e-9)
      continue;
    point_at (start, end, n_inputs, (piece->from + piece->to) / 2, point);
    forward = re3_network_forward (network, point, 1);
    pattern = re3_pattern_new_from_forward (forward, network, 0);
    g_assert_true (re3_pattern_equal (piece->pattern, pattern));
  }
}

static void
test_reference (void)
{
  for (gsize i = 0; reference_networks[i] != NULL; i++) {
    g_autoptr (Reference) reference = reference_open (reference_networks[i]);
    g_autoptr (Re3Network) network = reference_network (reference);

    for (gsize row = 0; row < reference_integer (reference, "n_traces"); row++) {
      const char *key = reference_key (reference, "breakpoints", row);
      const double *expected = reference_numbers (reference, key, 0);
      gsize n_expected = reference_size (reference, key);
      const double *start = reference_point (reference, row + TRACE_FROM);
      g_autoptr (Re3Trace) trace = re3_trace_new (network, start, reference_point (reference, row));

      assert_sound (trace);
      /* The reference samples: it may miss a narrow piece, and finds no other ones. */
      g_assert_cmpuint (trace->n_pieces, >=, n_expected + 1);
      for (gsize j = 0; j < n_expected; j++) {
        gsize piece = re3_trace_find (trace, expected[j]);
        double nearest = fabs (trace->pieces[piece].to - expected[j]);

        nearest = MIN (nearest, fabs (trace->pieces[piece].from - expected[j]));
        g_assert_cmpfloat (nearest, <, 1e-12);
      }
    }
  }
}

static void
test_follows_network (void)
{
  static const gsize shapes[][6] = {
    { 4, 3 }, { 4, 12, 3 }, { 5, 20, 10, 4 }, { 3, 16, 8, 4, 2 }, { 10, 70, 66, 5 },
  };
  static const gsize n_widths[] = { 2, 3, 4, 5, 4 };

  for (guint32 s = 0; s < G_N_ELEMENTS (n_widths); s++) {
    g_autoptr (Re3Network) network = random_network (shapes[s], n_widths[s], 100 + s);
    gsize n_inputs = shapes[s][0];

    for (guint32 line = 0; line < 10; line++) {
      g_autofree double *start = random_numbers (n_inputs, 5, 200 + line);
      g_autofree double *end = random_numbers (n_inputs, 5, 300 + line);
      g_autoptr (Re3Trace) trace = re3_trace_new (network, start, end);

      assert_sound (trace);
      assert_patterns (trace, network, start, end);
      for (gsize i = 0; i <= 1000; i++)
        assert_follows (trace, network, start, end, (double) i / 1000, 1e-12);
      for (gsize i = 0; i < trace->n_pieces; i++)
        assert_follows (trace, network, start, end, trace->pieces[i].to, 1e-12);
    }
  }
}

/* More neurons switch on the way than changes are added up before a layer is computed anew: nothing
 * that they round off gathers. */
static void
test_many_switches (void)
{
  static const gsize widths[] = { 3, 400, 300, 2 };
  g_autoptr (Re3Network) network = random_network (widths, 4, 900);
  g_autofree double *start = random_numbers (3, 30, 901);
  g_autofree double *end = random_numbers (3, 30, 902);
  g_autoptr (Re3Trace) trace = re3_trace_new (network, start, end);

  assert_sound (trace);
  g_assert_cmpuint (trace->n_pieces, >, 300);
  assert_patterns (trace, network, start, end);
  for (gsize i = 0; i < trace->n_pieces; i++)
    assert_follows (trace, network, start, end, trace->pieces[i].to, 1e-11);
}

/* The same pieces as those of the line through its ends, whether the input is on it, at its end or
 * far from it. */
static void
test_along_feature (void)
{
  static const gsize shapes[][5] = { { 4, 3 }, { 5, 12, 3 }, { 6, 70, 40, 2 }, { 3, 16, 8, 4, 2 } };
  static const gsize n_widths[] = { 2, 3, 4, 5 };
  static const double ends[][2] = { { -4, 5 }, { 5, -4 }, { 20, 90 }, { 0.5, 3 }, { -3, 0.5 } };

  for (guint32 s = 0; s < G_N_ELEMENTS (n_widths); s++) {
    g_autoptr (Re3Network) network = random_network (shapes[s], n_widths[s], 1000 + s);
    gsize n_inputs = shapes[s][0];
    g_autofree double *input = random_numbers (n_inputs, 2, 1100 + s);
    g_autoptr (Re3Forward) forward = NULL;

    input[1] = 0.5;
    forward = re3_network_forward (network, input, 1);
    for (gsize i = 0; i < G_N_ELEMENTS (ends); i++) {
      g_autofree double *start = g_memdup2 (input, n_inputs * sizeof (double));
      g_autofree double *end = g_memdup2 (input, n_inputs * sizeof (double));
      g_autoptr (Re3Trace) expected = NULL;
      g_autoptr (Re3Trace) trace = NULL;

      start[1] = ends[i][0];
      end[1] = ends[i][1];
      expected = re3_trace_new (network, start, end);
      trace = re3_trace_new_along_feature (network, input, forward, 1, ends[i][0], ends[i][1]);
      g_assert_cmpuint (trace->n_pieces, ==, expected->n_pieces);
      assert_patterns (trace, network, start, end);
      for (gsize piece = 0; piece < trace->n_pieces; piece++) {
        assert_near (trace->pieces[piece].to, expected->pieces[piece].to, 1e-12);
        assert_follows (trace, network, start, end, trace->pieces[piece].to, 1e-11);
      }
    }
  }
}

/* With one hidden layer, a generic line crosses the hyperplanes that its ends are parted by. */
static void
test_counts_crossings (void)
{
  static const gsize widths[] = { 6, 100, 3 };
  g_autoptr (Re3Network) network = random_network (widths, 3, 400);

  for (guint32 line = 0; line < 50; line++) {
    g_autofree double *start = random_numbers (6, 4, 500 + line);
    g_autofree double *end = random_numbers (6, 4, 600 + line);
    g_autoptr (Re3Trace) trace = re3_trace_new (network, start, end);
    g_autoptr (Re3Forward) at_start = re3_network_forward (network, start, 1);
    g_autoptr (Re3Forward) at_end = re3_network_forward (network, end, 1);
    gsize n_crossed = 0;

    for (gsize j = 0; j < 100; j++)
      n_crossed += (at_start->pre_activations[j] > 0) != (at_end->pre_activations[j] > 0);
    g_assert_cmpuint (trace->n_pieces, ==, n_crossed + 1);
  }
}

static void
test_no_length (void)
{
  static const gsize widths[] = { 3, 8, 4, 2 };
  static const double point[] = { 0.3, -1, 2 };
  g_autoptr (Re3Network) network = random_network (widths, 4, 700);
  g_autoptr (Re3Trace) trace = re3_trace_new (network, point, point);

  assert_sound (trace);
  g_assert_cmpuint (trace->n_pieces, ==, 1);
  assert_patterns (trace, network, point, point);
  assert_follows (trace, network, point, point, 0.5, 1e-14);
  g_assert_cmpfloat (trace->pieces[0].slope[0], ==, 0);
  g_assert_cmpfloat (trace->pieces[0].slope[1], ==, 0);
}

/* One input, five neurons: twins, a third one with the same zero the other way round, one that is
 * constant along the line, and one that is always 0. */
static Re3Network *
network_of_twins (void)
{
  static const double weight[] = { 3, 30, -0.3, 0, 0 };
  static const double bias[] = { -1, -10, 0.1, 1, 0 };
  static const double last[] = { 1, 2, 3, 4, 5, 5, 4, 3, 2, 1 };
  static const double last_bias[] = { 0, 0 };
  g_autoptr (Re3NetworkBuilder) builder = re3_network_builder_new (1);

  re3_network_builder_add_affine (builder, 5, weight, bias, NULL);
  re3_network_builder_add_rectifier (builder, 0, NULL);
  re3_network_builder_add_affine (builder, 2, last, last_bias, NULL);

  return re3_network_builder_finish (builder, NULL);
}

static void
test_equal_breakpoints (void)
{
  static const double start[] = { 0 };
  static const double end[] = { 1 };
  g_autoptr (Re3Network) network = network_of_twins ();
  g_autoptr (Re3Trace) trace = re3_trace_new (network, start, end);

  assert_sound (trace);
  g_assert_cmpuint (trace->n_pieces, ==, 2);
  assert_near (trace->pieces[0].to, 1.0 / 3, 1e-15);
  g_assert_cmpuint (trace->pieces[0].pattern->words[0], ==, 0x0c);
  g_assert_cmpuint (trace->pieces[1].pattern->words[0], ==, 0x0b);
}

/* A line that starts or ends on a hyperplane, but for rounding, does not cross it. */
static void
test_ends_on_breakpoints (void)
{
  static const double weight[] = { 1, 1 };
  static const double bias[] = { 0, -1 + DBL_EPSILON };
  static const double last[] = { 1, 1, 1, -1 };
  static const double zeros[] = { 0, 0 };
  static const double zero[] = { 0 };
  static const double one[] = { 1 };
  g_autoptr (Re3NetworkBuilder) builder = re3_network_builder_new (1);
  g_autoptr (Re3Network) network = NULL;
  g_autoptr (Re3Trace) up = NULL;
  g_autoptr (Re3Trace) down = NULL;

  re3_network_builder_add_affine (builder, 2, weight, bias, NULL);
  re3_network_builder_add_rectifier (builder, 0, NULL);
  re3_network_builder_add_affine (builder, 2, last, zeros, NULL);
  network = re3_network_builder_finish (builder, NULL);

  up = re3_trace_new (network, zero, one);
  g_assert_cmpuint (up->n_pieces, ==, 1);
  g_assert_cmpuint (up->pieces[0].pattern->words[0], ==, 1);
  down = re3_trace_new (network, one, zero);
  g_assert_cmpuint (down->n_pieces, ==, 1);
  g_assert_cmpuint (down->pieces[0].pattern->words[0], ==, 1);
}

/* z2 = |x| - |x| - ... : a later layer that touches zero at an earlier breakpoint adds nothing, and
 * one that crosses it there adds its bit to the same breakpoint. */
static void
test_later_layer_at_earlier_breakpoint (void)
{
  static const double first[] = { 1, -1 };        /* x, -x */
  static const double second[] = { 1, 1, 1, -1 }; /* |x|, x */
  static const double second_bias[] = { 0, 0 };
  static const double last[] = { 1, 0, 0, 1 };
  static const double start[] = { -1 };
  static const double end[] = { 3 };
  g_autoptr (Re3NetworkBuilder) builder = re3_network_builder_new (1);
  g_autoptr (Re3Network) network = NULL;
  g_autoptr (Re3Trace) trace = NULL;

  re3_network_builder_add_affine (builder, 2, first, second_bias, NULL);
  re3_network_builder_add_rectifier (builder, 0, NULL);
  re3_network_builder_add_affine (builder, 2, second, second_bias, NULL);
  re3_network_builder_add_rectifier (builder, 0, NULL);
  re3_network_builder_add_affine (builder, 2, last, second_bias, NULL);
  network = re3_network_builder_finish (builder, NULL);

  trace = re3_trace_new (network, start, end);
  assert_sound (trace);
  g_assert_cmpuint (trace->n_pieces, ==, 2);
  g_assert_cmpfloat (trace->pieces[0].to, ==, 0.25);
  g_assert_cmpuint (trace->pieces[0].pattern->words[0], ==, 0x6); /* -x, |x| */
  g_assert_cmpuint (trace->pieces[1].pattern->words[0], ==, 0xd); /* x, |x|, x */
  g_assert_cmpfloat (trace->pieces[0].slope[0], ==, -4);
  g_assert_cmpfloat (trace->pieces[0].slope[1], ==, 0);
  g_assert_cmpfloat (trace->pieces[1].slope[1], ==, 4);
  g_assert_cmpfloat (trace->pieces[1].intercept[1], ==, -1);
}

/* Units may be large, small, or both. */
static void
test_scales (void)
{
  static const gsize widths[] = { 4, 12, 8, 3 };
  static const double ranges[] = { 1e-6, 1e3, 1e9 };
  g_autoptr (Re3Network) network = random_network (widths, 4, 800);

  for (gsize r = 0; r < G_N_ELEMENTS (ranges); r++) {
    g_autofree double *start = random_numbers (4, ranges[r], 801);
    g_autofree double *end = random_numbers (4, ranges[r], 802);
    g_autoptr (Re3Trace) trace = re3_trace_new (network, start, end);

    assert_sound (trace);
    for (gsize i = 0; i <= 100; i++)
      assert_follows (trace, network, start, end, (double) i / 100, 1e-13 * MAX (1, ranges[r]));
  }
}

/* A breakpoint belongs to the piece before it. */
static void
test_find (void)
{
  Re3TracePiece pieces[] = { { .from = 0, .to = 0.25 },
                             { .from = 0.25, .to = 0.5 },
                             { .from = 0.5, .to = 1 } };
  const Re3Trace trace = { .n_pieces = 3, .pieces = pieces };

  g_assert_cmpuint (re3_trace_find (&trace, 0), ==, 0);
  g_assert_cmpuint (re3_trace_find (&trace, 0.25), ==, 0);
  g_assert_cmpuint (re3_trace_find (&trace, 0.26), ==, 1);
  g_assert_cmpuint (re3_trace_find (&trace, 0.5), ==, 1);
  g_assert_cmpuint (re3_trace_find (&trace, 0.51), ==, 2);
  g_assert_cmpuint (re3_trace_find (&trace, 1), ==, 2);
}

/* A hundred thousand layers: no recursion, however deep the network. */
static void
test_deep (void)
{
  static const double one[] = { 1, 1 };
  static const double zero[] = { 0, 0 };
  static const double start[] = { -1 };
  static const double end[] = { 1 };
  g_autoptr (Re3NetworkBuilder) builder = re3_network_builder_new (1);
  g_autoptr (Re3Network) network = NULL;
  g_autoptr (Re3Trace) trace = NULL;

  for (gsize layer = 0; layer < 100000; layer++) {
    re3_network_builder_add_affine (builder, 1, one, zero, NULL);
    re3_network_builder_add_rectifier (builder, 0, NULL);
  }
  re3_network_builder_add_affine (builder, 2, one, zero, NULL);
  network = re3_network_builder_finish (builder, NULL);
  trace = re3_trace_new (network, start, end);

  g_assert_cmpuint (trace->n_pieces, ==, 2);
  g_assert_cmpfloat (trace->pieces[0].to, ==, 0.5);
  g_assert_cmpfloat (trace->pieces[1].slope[1], ==, 2);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/trace/reference", test_reference);
  g_test_add_func ("/trace/follows-network", test_follows_network);
  g_test_add_func ("/trace/many-switches", test_many_switches);
  g_test_add_func ("/trace/along-feature", test_along_feature);
  g_test_add_func ("/trace/counts-crossings", test_counts_crossings);
  g_test_add_func ("/trace/no-length", test_no_length);
  g_test_add_func ("/trace/equal-breakpoints", test_equal_breakpoints);
  g_test_add_func ("/trace/ends-on-breakpoints", test_ends_on_breakpoints);
  g_test_add_func ("/trace/later-layer-at-earlier-breakpoint",
                   test_later_layer_at_earlier_breakpoint);
  g_test_add_func ("/trace/scales", test_scales);
  g_test_add_func ("/trace/find", test_find);
  g_test_add_func ("/trace/deep", test_deep);

  return g_test_run ();
}
