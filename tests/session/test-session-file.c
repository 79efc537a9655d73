/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-io-error.h"
#include "re3-session-file.h"

#include <glib/gstdio.h>
#include <math.h>

#define N_TRIALS 20

/* A folder with a copy of a model and its data, as people have them. */
static GFile *
make_folder (void)
{
  static const char *const names[] = { "iris-8-4.re3.json", "iris.csv" };
  g_autofree char *path = g_dir_make_tmp ("re3-session-XXXXXX", NULL);
  GFile *folder = g_file_new_for_path (path);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autoptr (GFile) from = g_file_new_build_filename (g_getenv ("RE3_SAMPLES"), names[i], NULL);
    g_autoptr (GFile) to = g_file_get_child (folder, names[i]);

    g_assert_true (g_file_copy (from, to, G_FILE_COPY_NONE, NULL, NULL, NULL, NULL));
  }
  return folder;
}

static void
remove_folder (GFile *folder)
{
  g_autoptr (GDir) dir = g_dir_open (g_file_peek_path (folder), 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autoptr (GFile) file = g_file_get_child (folder, name);

    g_file_delete (file, NULL, NULL);
  }
  g_file_delete (folder, NULL, NULL);
  g_object_unref (folder);
}

static Re3Session *
open_session (GFile *model, GFile *data)
{
  Re3Session *session = re3_session_new ();

  re3_session_open (session, model, data);
  while (re3_worker_is_busy (re3_session_get_loader (session)) ||
         re3_worker_is_busy (re3_session_get_analyst (session)))
    g_main_context_iteration (NULL, TRUE);
  g_assert_nonnull (re3_session_get_analysis (session));
  return session;
}

static void
play_limits (Re3Limits *limits)
{
  for (gsize i = 0; i < 4; i++) {
    double end = g_test_rand_double_range (-3.0, 9.0);

    if (g_test_rand_bit ())
      re3_limits_set_range (limits, i, g_test_rand_bit () ? end : -INFINITY,
                            g_test_rand_bit () ? end + 1 / 3.0 : INFINITY, NULL);
    re3_limits_set_integer (limits, i, g_test_rand_bit ());
    re3_limits_add_order (limits,
                          (Re3FeatureOrder){ (gsize) g_test_rand_int_range (0, 4),
                                             (gsize) g_test_rand_int_range (0, 4) },
                          NULL);
  }
}

/* Does what a person could have done. */
static void
play (Re3Session *session)
{
  Re3Selection *selection = re3_session_get_selection (session);
  Re3ViewOptions view = {
    .paper_pathway = g_test_rand_bit (),
    .pathway_nodes = (gsize) g_test_rand_int_range (1, 40),
    .contribution_output = (Re3ContributionOutput) g_test_rand_int_range (0, 3),
    .waterfall = g_test_rand_bit (),
    .baseline = (Re3BaselineKind) g_test_rand_int_range (0, RE3_BASELINE_SAMPLE + 1),
    .metric = (Re3Metric) g_test_rand_int_range (0, RE3_N_METRICS),
    .both_metrics = g_test_rand_bit (),
    .signed_importance = g_test_rand_bit (),
    .clustered_regions = g_test_rand_bit (),
    .single_response = g_test_rand_bit (),
    .first_region = (gsize) g_test_rand_int_range (0, 3),
  };

  for (int i = g_test_rand_int_range (0, 30); i > 0; i--) {
    re3_session_select_row (session, g_test_rand_int_range (0, 150));
    re3_what_if_set_value (re3_session_get_what_if (session), (gsize) g_test_rand_int_range (0, 4),
                           g_test_rand_double_range (-3.0, 9.0), NULL);
  }
  if (g_test_rand_bit ())
    re3_pin_take (re3_session_get_pin (session), re3_session_get_what_if (session));
  for (gsize i = 0; i < 4; i++)
    re3_what_if_set_locked (re3_session_get_what_if (session), i, g_test_rand_bit ());
  if (g_test_rand_bit ()) {
    static const gsize features[] = { 3, 1 };
    static const char *const choices[] = { "“wide”\n\\", "narrow" };
    g_autoptr (Re3FeatureGroup) group = re3_feature_group_new ("kind", features, choices, 2);

    g_assert_true (re3_group_choices_adopt (re3_session_get_groups (session), group));
  }
  play_limits (re3_session_get_limits (session));
  re3_session_select_row (session, g_test_rand_int_range (0, 150));
  re3_session_set_view_options (session, &view);
  re3_session_set_class_choice (session, g_test_rand_int_range (RE3_CLASS_PREDICTED, 3));
  re3_session_set_purity_threshold (session, g_test_rand_double ());
  if (g_test_rand_bit ())
    re3_selection_add_filter (
        selection, re3_sample_filter_new_classes (g_test_rand_int_range (-1, 3),
                                                  g_test_rand_int_range (0, 3), RE3_SAMPLES_TEST));
  if (g_test_rand_bit ())
    re3_selection_add_filter (
        selection,
        re3_sample_filter_new_distance (RE3_METRIC_LINF, g_test_rand_double (),
                                        g_test_rand_bit () ? INFINITY : 2.5, RE3_SAMPLES_TRAIN));
  if (g_test_rand_bit ())
    re3_selection_add_filter (selection, re3_sample_filter_new_misclassified ());
  if (g_test_rand_bit ())
    re3_selection_add_filter (selection, re3_sample_filter_new_search ("“setosa”\n\\ 1"));
  if (g_test_rand_bit ())
    re3_selection_add_filter (selection,
                              re3_sample_filter_new_region ((gsize) g_test_rand_int_range (0, 3)));
}

static void
assert_same_pin (Re3Pin *pin, Re3Pin *other)
{
  const Re3Baseline *pinned = re3_pin_get_baseline (pin);
  const Re3Baseline *found = re3_pin_get_baseline (other);

  g_assert_cmpint (re3_pin_get_row (pin), ==, re3_pin_get_row (other));
  g_assert_cmpint (re3_pin_is_edited (pin), ==, re3_pin_is_edited (other));
  g_assert_cmpint (pinned == NULL, ==, found == NULL);
  if (pinned != NULL)
    g_assert_cmpmem (pinned->explanation->values, 4 * sizeof (double), found->explanation->values,
                     4 * sizeof (double));
}

static void
assert_same_groups (Re3Session *session, Re3Session *other)
{
  const GPtrArray *groups = re3_group_choices_get_groups (re3_session_get_groups (session));
  const GPtrArray *other_groups = re3_group_choices_get_groups (re3_session_get_groups (other));

  g_assert_cmpuint (groups->len, ==, other_groups->len);
  for (guint i = 0; i < groups->len; i++) {
    const Re3FeatureGroup *group = g_ptr_array_index (groups, i);
    const Re3FeatureGroup *found = g_ptr_array_index (other_groups, i);

    g_assert_cmpstr (group->name, ==, found->name);
    g_assert_cmpmem (group->features, group->n_features * sizeof (gsize), found->features,
                     found->n_features * sizeof (gsize));
    g_assert_cmpstrv (group->choices, found->choices);
  }
}

static void
assert_same_limits (Re3Limits *limits, Re3Limits *other)
{
  const GArray *ranges = re3_limits_get_ranges (limits);
  const GArray *other_ranges = re3_limits_get_ranges (other);
  const GArray *orders = re3_limits_get_orders (limits);
  const GArray *other_orders = re3_limits_get_orders (other);

  g_assert_cmpmem (ranges->data, ranges->len * sizeof (Re3FeatureRange), other_ranges->data,
                   other_ranges->len * sizeof (Re3FeatureRange));
  g_assert_cmpmem (orders->data, orders->len * sizeof (Re3FeatureOrder), other_orders->data,
                   other_orders->len * sizeof (Re3FeatureOrder));
  for (gsize i = 0; i < 4; i++)
    g_assert_cmpint (re3_limits_is_integer (limits, i), ==, re3_limits_is_integer (other, i));
}

/* To the last bit; a -0 in the place of a 0 would be another one. */
static void
assert_same (Re3Session *session, Re3Session *other)
{
  Re3WhatIf *what_if = re3_session_get_what_if (session);
  Re3WhatIf *other_what_if = re3_session_get_what_if (other);
  double values[4], other_values[4];

  g_assert_cmpint (re3_session_get_row (session), ==, re3_session_get_row (other));
  g_assert_cmpint (re3_session_get_class_choice (session), ==,
                   re3_session_get_class_choice (other));
  g_assert_cmpfloat (re3_session_get_purity_threshold (session), ==,
                     re3_session_get_purity_threshold (other));
  g_assert_true (re3_view_options_equal (re3_session_get_view_options (session),
                                         re3_session_get_view_options (other)));
  assert_same_pin (re3_session_get_pin (session), re3_session_get_pin (other));
  for (gsize row = 0; row < 150; row++) {
    re3_what_if_copy_row (what_if, row, values);
    re3_what_if_copy_row (other_what_if, row, other_values);
    g_assert_cmpmem (values, sizeof values, other_values, sizeof other_values);
  }
  for (gsize i = 0; i < 4; i++)
    g_assert_cmpint (re3_what_if_is_locked (what_if, i), ==,
                     re3_what_if_is_locked (other_what_if, i));
  assert_same_groups (session, other);
  assert_same_limits (re3_session_get_limits (session), re3_session_get_limits (other));
  for (guint kind = 0; kind < RE3_N_FILTER_KINDS; kind++) {
    const Re3SampleFilter *filter =
        re3_selection_get_filter (re3_session_get_selection (session), (Re3FilterKind) kind);
    const Re3SampleFilter *found =
        re3_selection_get_filter (re3_session_get_selection (other), (Re3FilterKind) kind);

    g_assert_cmpint (filter == NULL, ==, found == NULL);
    g_assert_true (filter == NULL || re3_sample_filter_equal (filter, found));
  }
}

/* What is saved in one session is found in another one, also where the folder has moved. */
static void
test_round_trip (void)
{
  for (guint i = 0; i < N_TRIALS; i++) {
    GFile *folder = make_folder ();
    g_autoptr (GFile) model = g_file_get_child (folder, "iris-8-4.re3.json");
    g_autoptr (GFile) data = g_file_get_child (folder, "iris.csv");
    g_autoptr (GFile) file = g_file_get_child (folder, "my.re3session");
    g_autoptr (Re3Session) session = open_session (model, data);
    g_autofree char *moved_path = g_strconcat (g_file_peek_path (folder), "-moved", NULL);
    GFile *moved = g_file_new_for_path (moved_path);
    g_autoptr (GFile) moved_file = g_file_get_child (moved, "my.re3session");
    g_autoptr (Re3SessionFile) saved = NULL;
    g_autoptr (Re3SessionFile) read = NULL;
    g_autoptr (Re3Session) other = NULL;
    g_autoptr (GError) error = NULL;

    play (session);
    saved = re3_session_file_capture (session, "validity");
    g_assert_true (re3_session_file_write (saved, file, &error));
    g_assert_no_error (error);
    g_assert_cmpint (g_rename (g_file_peek_path (folder), moved_path), ==, 0);
    read = re3_session_file_read (moved_file, &error);
    g_assert_no_error (error);
    g_assert_true (g_file_has_parent (read->model_file, moved));
    g_assert_cmpstr (read->page, ==, "validity");

    other = open_session (read->model_file, read->data_file);
    g_assert_cmpuint (re3_session_file_restore (read, other), ==, 0);
    g_assert_cmpuint (re3_session_file_restore_region (read, other), ==, 0);
    assert_same (session, other);
    g_assert_false (re3_what_if_can_undo (re3_session_get_what_if (other)));
    g_object_unref (folder);
    remove_folder (moved);
  }
}

static Re3SessionFile *
read_text (GFile *folder, const char *text, gssize length, GError **error)
{
  g_autoptr (GFile) file = g_file_get_child (folder, "hand.re3session");

  g_assert_true (g_file_set_contents (g_file_peek_path (file), text, length, NULL));
  return re3_session_file_read (file, error);
}

#define HEAD "{\"format\": \"re3-session\", \"version\": 1, \"model\": \"iris-8-4.re3.json\""

static void
test_refused (void)
{
  static const struct {
    const char *text;
    const char *saying;
  } cases[] = {
    { "", "hand.re3session" },
    { "[]", "hand.re3session" },
    { "{\"format\": \"re3-model\", \"version\": 1}", "re3-session" },
    { "{\"format\": \"re3-session\", \"version\": 2, \"model\": 7}", "version is 2" },
    { "{\"format\": \"re3-session\", \"version\": 1}", "model" },
    { "{\"format\": \"re3-session\", \"version\": 1, \"model\": \"gone.onnx\"}",
      "the model of this session is not at /" },
    { "{\"format\": \"re3-session\", \"version\": 1, \"model\": \".\"}", "is not at" },
    { "{\"format\": \"re3-session\", \"version\": 1, \"model\": \"http://a.b/model.onnx\"}",
      "not a file of this machine" },
    { HEAD ", \"data\": \"gone.csv\"}", "the data set of this session is not at /" },
    { HEAD ", \"row\": -1}", "row" },
    { HEAD ", \"row\": 1.5}", "row" },
    { HEAD ", \"row\": 1e300}", "row" },
    { HEAD ", \"class\": -2}", "class" },
    { HEAD ", \"purity_threshold\": 1.1}", "purity_threshold" },
    { HEAD ", \"view\": {\"pathway_nodes\": 0}}", "view.pathway_nodes" },
    { HEAD ", \"view\": {\"metric\": \"l3\"}}", "l1, linf" },
    { HEAD ", \"view\": {\"baseline\": \"median\"}}", "mean, zero" },
    { HEAD ", \"pin\": {\"values\": [1]}}", "pin.row" },
    { HEAD ", \"pin\": {\"row\": 0, \"values\": [1, null]}}", "pin.values[1]" },
    { HEAD ", \"filters\": [{\"kind\": \"region\"}]}", "filters[0].kind" },
    { HEAD ", \"locks\": [0, \"x\"]}", "locks[1]" },
    { HEAD ", \"groups\": 1}", "groups" },
    { HEAD ", \"groups\": [{\"name\": \"a\", \"features\": [0], \"choices\": [\"x\"]}]}",
      "groups[0]" },
    { HEAD
      ", \"groups\": [{\"name\": \"a\", \"features\": [0, 1.5], \"choices\": [\"x\", \"y\"]}]}",
      "groups[0].features[1]" },
    { HEAD ", \"groups\": [{\"name\": \"a\", \"features\": [0, 1], \"choices\": [\"x\", 2]}]}",
      "groups[0].choices[1]" },
    { HEAD ", \"limits\": []}", "limits" },
    { HEAD ", \"limits\": {\"ranges\": {}}}", "limits.ranges" },
    { HEAD ", \"limits\": {\"ranges\": [{\"low\": 1}]}}", "limits.ranges[0].feature" },
    { HEAD ", \"limits\": {\"ranges\": [{\"feature\": 0, \"low\": \"1\"}]}}",
      "limits.ranges[0].low" },
    { HEAD ", \"limits\": {\"ranges\": [{\"feature\": 0, \"low\": 2, \"high\": 1}]}}",
      "limits.ranges[0].low" },
    { HEAD ", \"limits\": {\"orders\": [{\"lesser\": 0}]}}", "limits.orders[0].greater" },
    { HEAD ", \"limits\": {\"orders\": [{\"lesser\": 1, \"greater\": 1}]}}",
      "limits.orders[0].greater" },
    { HEAD ", \"limits\": {\"orders\": [{\"lesser\": 0.5, \"greater\": 1}]}}",
      "limits.orders[0].lesser" },
    { HEAD ", \"limits\": {\"integers\": [{\"feature\": 0}]}}", "limits.integers[0].integer" },
    { HEAD ", \"limits\": {\"integers\": [{\"feature\": 0, \"integer\": 1}]}}",
      "limits.integers[0].integer" },
    { HEAD ", \"edits\": [{\"row\": 0, \"feature\": 0}]}", "edits[0].value" },
    { HEAD ", \"edits\": [{\"row\": 0, \"feature\": 0, \"value\": 1e999}]}", "edits[0].value" },
  };
  GFile *folder = make_folder ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;

    g_test_message ("%s", cases[i].text);
    g_assert_null (read_text (folder, cases[i].text, -1, &error));
    g_assert_nonnull (error);
    g_test_message ("%s", error->message);
    g_assert_nonnull (strstr (error->message, cases[i].saying));
  }
  remove_folder (folder);
}

/* However much of a file is lost, it is refused. */
static void
test_truncated (void)
{
  const char *text =
      HEAD ", \"row\": 3, \"edits\": [{\"row\": 1, \"feature\": 2, \"value\": 0.5}]}";
  GFile *folder = make_folder ();

  for (gsize length = 0; length < strlen (text); length++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (read_text (folder, text, (gssize) length, &error));
    g_assert_nonnull (error);
  }
  remove_folder (folder);
}

/* What a later version adds is passed over; what the data do not have is left out, and counted. */
static void
test_left_out (void)
{
  const char *text = HEAD
      ", \"data\": \"iris.csv\", \"later\": {\"a\": [1]}, \"row\": 150, \"class\": 3, "
      "\"pin\": {\"row\": 1, \"values\": [5, 3, 1]}, \"region\": \"1|1\", \"locks\": [1, 4], "
      "\"filters\": [{\"kind\": \"classes\", \"actual\": "
      "3}],"
      "\"groups\": [{\"name\": \"a\", \"features\": [3, 4], \"choices\": [\"x\", \"y\"]}], "
      "\"limits\": {\"ranges\": [{\"feature\": 4, \"low\": 1}, {\"feature\": 2}, "
      "{\"feature\": 1, \"high\": 3}], \"orders\": [{\"lesser\": 0, \"greater\": 4}], "
      "\"integers\": [{\"feature\": 4, \"integer\": true}], \"later\": 1}, "
      "\"edits\": [{\"row\": 2, \"feature\": 0, \"value\": 7.5}, {\"row\": 2, \"feature\": 4, "
      "\"value\": 1}, {\"row\": 150, \"feature\": 0, \"value\": 1}, {\"row\": 3, \"feature\": 0, "
      "\"value\": 1.7e308}]}";
  GFile *folder = make_folder ();
  g_autoptr (GError) error = NULL;
  g_autoptr (Re3SessionFile) file = read_text (folder, text, -1, &error);
  g_autoptr (Re3Session) session = NULL;
  double values[4];

  g_assert_no_error (error);
  session = open_session (file->model_file, file->data_file);
  g_assert_cmpuint (re3_session_file_restore (file, session), ==, 13);
  g_assert_null (re3_pin_get_baseline (re3_session_get_pin (session)));
  g_assert_cmpuint (re3_session_file_restore_region (file, session), ==, 1);
  g_assert_cmpint (re3_session_get_row (session), ==, 0);
  g_assert_true (re3_what_if_is_locked (re3_session_get_what_if (session), 1));
  g_assert_cmpuint (re3_limits_get_ranges (re3_session_get_limits (session))->len, ==, 1);
  g_assert_cmpfloat (re3_limits_find_range (re3_session_get_limits (session), 1)->high, ==, 3);
  /* Row 2 of Iris is 4.7, 3.2, 1.3, 0.2 cm (Fisher 1936). */
  re3_what_if_copy_row (re3_session_get_what_if (session), 2, values);
  g_assert_cmpfloat (values[0], ==, 7.5);
  g_assert_cmpfloat (values[1], ==, 3.2);
  re3_what_if_copy_row (re3_session_get_what_if (session), 3, values);
  g_assert_cmpfloat (values[0], ==, 4.6);
  remove_folder (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session-file/round-trip", test_round_trip);
  g_test_add_func ("/session-file/refused", test_refused);
  g_test_add_func ("/session-file/truncated", test_truncated);
  g_test_add_func ("/session-file/left-out", test_left_out);
  return g_test_run ();
}
