/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench-partner.h"
#include "bench-rows.h"

#define FRAME_MS  16.7
#define RE3       RE3_BENCH_BUILD "/src/app/re3"
#define BARE      RE3_BENCH_BUILD "/tests/bench/bare-window"
#define FRAMES_PY RE3_BENCH_SOURCE "/frames.py"
#define START_PY  RE3_BENCH_SOURCE "/start.py"

static gboolean
is_built (const char *program)
{
  return g_file_test (program, G_FILE_TEST_IS_EXECUTABLE);
}

static void
measure_frame (BenchTable *table, const char *name, const char *work, const char *network)
{
  const char *command[] = { RE3_BENCH_PYTHON, FRAMES_PY, RE3, "serve", network, NULL };
  g_autoptr (BenchPartner) partner = NULL;
  g_autofree char *why = NULL;
  BenchRequest request = { .what = "drag" };
  const BenchRow row = {
    .name = name,
    .work = work,
    .baseline = { .label = "a frame", .limit = FRAME_MS },
    .ours = { .label = "processor time of a frame", .run = bench_partner_run, .data = &request },
    .target = 1,
  };

  if (!bench_table_wants (table, name))
    return;

  request.partner = partner = bench_partner_new (command, NULL, &why);
  if (partner != NULL)
    bench_table_measure (table, &row);
  else
    bench_table_skip (table, name, why);
}

static void
measure_start (BenchTable *table, const char *name, const char *work, const char *what)
{
  const char *command[] = { RE3_BENCH_PYTHON, START_PY, RE3, BARE, NULL };
  g_autoptr (BenchPartner) partner = NULL;
  g_autofree char *why = NULL;
  BenchRequest bare = { .what = "bare" };
  BenchRequest re3 = { .what = what };
  const BenchRow row = {
    .name = name,
    .work = work,
    .baseline = { .label = "a bare GTK window", .run = bench_partner_run, .data = &bare },
    .ours = { .label = "Re3", .run = bench_partner_run, .data = &re3 },
    .target = 0.5,
  };

  if (!bench_table_wants (table, row.name))
    return;

  bare.partner = re3.partner = partner = bench_partner_new (command, NULL, &why);
  if (partner != NULL)
    bench_table_measure (table, &row);
  else
    bench_table_skip (table, row.name, why);
}

void
bench_window (BenchTable *table)
{
  static const char *const names[] = { "frame", "frame-57", "frame-784", "start", "start-figure" };

  if (!is_built (RE3) || !is_built (BARE)) {
    for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
      if (bench_table_wants (table, names[i]))
        bench_table_skip (table, names[i], "the window is not built (ninja -C build)");
    return;
  }

  measure_frame (table, "frame", "a slider dragged in the window at 1280x800, Cairo, Iris", "iris");
  measure_frame (table, "frame-57", "the same, 57-16-8-4-2", "57");
  measure_frame (table, "frame-784", "the same, 784-256-128-10", "784");
  measure_start (table, "start", "from exec to the first painted frame, with the shipped sample",
                 "re3");
  measure_start (table, "start-figure", "the same, to the figure of the sample", "figure");
}
