/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-core-error.h"
#include "re3-counterfactual-search.h"
#include "re3-memory.h"
#include "re3-model-file.h"
#include "re3-session-file.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

/* The moments of each kind that are tried, and the longest, in µs: longer than the work takes. */
#define N_MOMENTS  100
#define MOMENT_MAX 6000

static const char *const models[] = { "iris-8-4.re3.json", "iris-16-8-4.re3.json" };

static GFile *
get_sample (const char *name)
{
  return g_file_new_build_filename (g_getenv ("RE3_SAMPLES"), name, NULL);
}

static void
wait (Re3Session *session)
{
  while (re3_worker_is_busy (re3_session_get_loader (session)) ||
         re3_worker_is_busy (re3_session_get_analyst (session)))
    g_main_context_iteration (NULL, TRUE);
}

static void
start_open (Re3Session *session, gsize index)
{
  g_autoptr (GFile) model = get_sample (models[index]);
  g_autoptr (GFile) data = get_sample ("iris.csv");

  re3_session_open (session, model, data);
}

static Re3Session *
open_iris (gsize index)
{
  Re3Session *session = re3_session_new ();

  start_open (session, index);
  wait (session);
  g_assert_true (re3_analysis_is_complete (re3_session_get_analysis (session)));

  return session;
}

/* Lets the main loop run for a while that is drawn from @random, which ends anywhere in the work.
 */
static void
pass_time (GRand *random)
{
  gint64 end = g_get_monotonic_time () + g_rand_int_range (random, 0, MOMENT_MAX);

  do {
    g_main_context_iteration (NULL, FALSE);
  } while (g_get_monotonic_time () < end);
}

/* All digits of the analysis. (transfer full) */
static char *
digest (Re3Session *session)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  const Re3Analysis *analysis = re3_session_get_analysis (session);
  gsize n_rows = re3_dataset_get_n_rows (re3_session_get_dataset (session));

  g_assert_true (re3_analysis_is_complete (analysis));
  for (gsize row = 0; row < n_rows; row++) {
    double numbers[RE3_N_METRICS + 2];

    for (Re3Metric metric = 0; metric < RE3_N_METRICS; metric++)
      numbers[metric] = re3_analysis_get_boundary (analysis, row, metric, NULL);
    numbers[RE3_N_METRICS] = re3_analysis_get_confidence (analysis, row);
    numbers[RE3_N_METRICS + 1] = (double) re3_analysis_get_region (analysis, row);
    g_checksum_update (checksum, (const guchar *) numbers, sizeof numbers);
  }

  return g_strdup (g_checksum_get_string (checksum));
}

static void
take_error_cb (Re3Session *session, const GError *error, GError **taken)
{
  g_clear_error (taken);
  *taken = g_error_copy (error);
}

/* An analysis that fails says why and leaves the last good one. */
static void
test_analysis_fails (void)
{
  g_autoptr (Re3Session) session = open_iris (1);
  g_autofree char *expected = digest (session);
  g_autoptr (GError) error = NULL;
  gsize n_failed = 0;
  gboolean failed;

  g_signal_connect (session, "analysis-failed", G_CALLBACK (take_error_cb), &error);
  do {
    g_autofree char *found = NULL;

    g_clear_error (&error);
    re3_memory_fail_at (n_failed + 1);
    re3_session_analyse (session);
    wait (session);
    failed = error != NULL;
    g_assert_true (failed != re3_memory_will_fail ());
    if (failed) {
      g_assert_error (error, RE3_CORE_ERROR, RE3_CORE_ERROR_MEMORY);
      n_failed++;
    }
    found = digest (session);
    g_assert_cmpstr (found, ==, expected);
  } while (failed);
  re3_memory_fail_at (0);

  g_assert_cmpuint (n_failed, >, 50);
}

/* Whenever an analysis is stopped, the last good one stands. */
static void
test_stop_analysis (void)
{
  g_autoptr (Re3Session) session = open_iris (1);
  g_autofree char *expected = digest (session);
  g_autoptr (GError) error = NULL;
  g_autoptr (GRand) random = g_rand_new_with_seed (71);

  g_signal_connect (session, "analysis-failed", G_CALLBACK (take_error_cb), &error);
  for (gsize i = 0; i < N_MOMENTS; i++) {
    g_autofree char *found = NULL;

    re3_session_analyse (session);
    pass_time (random);
    re3_worker_cancel (re3_session_get_analyst (session));
    wait (session);
    found = digest (session);
    g_assert_cmpstr (found, ==, expected);
    g_assert_no_error (error);
  }
}

/* Whenever opening is stopped, either document is open, and whole. */
static void
test_stop_opening (void)
{
  g_autoptr (Re3Session) session = open_iris (0);
  g_autofree char *expected[2] = { digest (session), NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GRand) random = g_rand_new_with_seed (72);
  gsize n_opened = 0;
  gsize at = 0;

  {
    g_autoptr (Re3Session) other = open_iris (1);

    expected[1] = digest (other);
  }
  g_assert_cmpstr (expected[0], !=, expected[1]);

  g_signal_connect (session, "failed", G_CALLBACK (take_error_cb), &error);
  for (gsize i = 0; i < N_MOMENTS; i++) {
    Re3Document *document = re3_session_get_document (session);
    g_autofree char *found = NULL;

    start_open (session, 1 - at);
    pass_time (random);
    re3_worker_cancel (re3_session_get_loader (session));
    wait (session);
    if (re3_session_get_document (session) != document) {
      at = 1 - at;
      n_opened++;
    }
    found = digest (session);
    g_assert_cmpstr (found, ==, expected[at]);
    g_assert_no_error (error);
  }
  g_test_message ("%zu of %d were open before they were stopped", n_opened, N_MOMENTS);
  g_free (expected[1]);
}

/* Whatever is under way when another model is opened, it is that model in the end. */
static void
test_open_another (void)
{
  g_autoptr (Re3Session) session = open_iris (0);
  g_autofree char *first = digest (session);
  g_autofree char *second = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GRand) random = g_rand_new_with_seed (73);

  start_open (session, 1);
  wait (session);
  second = digest (session);
  g_signal_connect (session, "failed", G_CALLBACK (take_error_cb), &error);
  for (gsize i = 0; i < N_MOMENTS; i++) {
    g_autofree char *found = NULL;

    start_open (session, i % 2);
    pass_time (random);
    start_open (session, 1 - i % 2);
    wait (session);
    found = digest (session);
    g_assert_cmpstr (found, ==, i % 2 == 0 ? second : first);
    g_assert_no_error (error);
  }
}

/* A session that ends while it works takes its work along. */
static void
test_end_during_work (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (74);

  for (gsize i = 0; i < N_MOMENTS; i++) {
    Re3Session *session = re3_session_new ();

    g_object_add_weak_pointer (G_OBJECT (session), (gpointer *) &session);
    start_open (session, i % 2);
    pass_time (random);
    g_object_unref (session);
    g_assert_null (session);
  }
  /* What was given up comes to its end in the main loop. */
  for (gsize i = 0; i < 10; i++)
    pass_time (random);
}

/* Whenever a search is stopped, it has the best so far or nothing, and never a false proof. */
static void
test_stop_search (void)
{
  g_autoptr (Re3Session) session = open_iris (1);
  g_autofree char *expected = digest (session);
  g_autofree char *found = NULL;
  g_autoptr (Re3CounterfactualSearch) search =
      re3_counterfactual_search_new (re3_session_get_what_if (session),
                                     re3_session_get_groups (session),
                                     re3_session_get_limits (session));
  const Re3CounterfactualQuestion question = { .target = RE3_ANY_OTHER_CLASS };
  g_autoptr (GRand) random = g_rand_new_with_seed (75);
  double distance = 0;

  re3_session_select_row (session, 60);
  for (gsize i = 0; i <= N_MOMENTS; i++) {
    const Re3Counterfactual *result;

    re3_counterfactual_search_start (search, &question);
    if (i > 0) {
      pass_time (random);
      if (i % 2 == 0)
        re3_counterfactual_search_stop (search);
      else
        re3_worker_cancel (re3_counterfactual_search_get_worker (search));
    }
    while (re3_worker_is_busy (re3_counterfactual_search_get_worker (search)))
      g_main_context_iteration (NULL, TRUE);

    result = re3_counterfactual_search_get_result (search);
    if (i == 0) {
      g_assert_true (result != NULL && result->found && result->proven);
      distance = result->distance;
    } else if (result != NULL && result->proven) {
      g_assert_cmpfloat (result->distance, ==, distance);
    } else if (result != NULL && result->found) {
      g_assert_cmpfloat (result->distance, >=, distance * (1 - 1e-9));
    }
  }

  found = digest (session);
  g_assert_cmpstr (found, ==, expected);
}

/* --- Saving -------------------------------------------------------------------------------- */

static gboolean
save_session (Re3Session *session, GFile *file, GError **error)
{
  g_autoptr (Re3SessionFile) state = re3_session_file_capture (session, NULL);

  return re3_session_file_write (state, file, error);
}

static gboolean
save_model (Re3Session *session, GFile *file, GError **error)
{
  return re3_model_file_write (re3_session_get_model (session), file, error);
}

typedef struct {
  const char *name;
  gboolean (*save) (Re3Session *session, GFile *file, GError **error);
} Saving;

/* The names in @folder, parted by blanks. (transfer full) */
static char *
list_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  GString *names = g_string_new (NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    g_string_append_printf (names, "%s ", name);

  return g_string_free (names, FALSE);
}

static void
assert_content (const char *path, const char *expected)
{
  g_autofree char *content = NULL;

  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, expected);
}

/* A disk that is full after a few bytes, and a folder that cannot be written to: the old file
 * stands, and nothing lies beside it. */
static void
test_save (gconstpointer data)
{
  const Saving *saving = data;
  g_autoptr (Re3Session) session = open_iris (0);
  g_autofree char *folder = g_dir_make_tmp ("re3-faults-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, saving->name, NULL);
  g_autofree char *names = NULL;
  g_autofree char *whole = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) full = NULL;
  g_autoptr (GError) read_only = NULL;
  struct rlimit old, small;
  void (*handler) (int) = signal (SIGXFSZ, SIG_IGN);
  gboolean saved;

  g_assert_true (saving->save (session, file, NULL));
  g_assert_true (g_file_get_contents (path, &whole, NULL, NULL));
  g_assert_true (g_file_set_contents (path, "old", -1, NULL));

  /* A process that may write no larger files meets the end of its disk. */
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &old), ==, 0);
  small = (struct rlimit){ 100, old.rlim_max };
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
  saved = saving->save (session, file, &full);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &old), ==, 0);
  signal (SIGXFSZ, handler);
  g_assert_false (saved);
  g_assert_nonnull (strstr (full->message, saving->name));
  assert_content (path, "old");

  /* Nothing can be renamed in such a folder, but a file that is there may be written to; and to
   * whom everything is permitted no folder is read-only. */
  g_assert_cmpint (g_chmod (folder, 0500), ==, 0);
  saved = saving->save (session, file, &read_only);
  assert_content (path, saved ? whole : "old");
  g_assert_true (saved || strstr (read_only->message, saving->name) != NULL);
  g_assert_cmpint (g_chmod (folder, 0700), ==, 0);

  g_clear_error (&read_only);
  g_assert_true (g_file_set_contents (path, "old", -1, NULL));
  g_assert_cmpint (g_chmod (path, 0400), ==, 0);
  g_assert_cmpint (g_chmod (folder, 0500), ==, 0);
  if (g_access (path, W_OK) != 0) {
    g_assert_false (saving->save (session, file, &read_only));
    g_assert_nonnull (strstr (read_only->message, saving->name));
    assert_content (path, "old");
  }
  g_assert_cmpint (g_chmod (folder, 0700), ==, 0);
  g_assert_cmpint (g_chmod (path, 0600), ==, 0);

  names = list_folder (folder);
  g_assert_cmpstr (g_strchomp (names), ==, saving->name);

  g_unlink (path);
  g_rmdir (folder);
}

int
main (int argc, char *argv[])
{
  static const Saving session = { "study.re3session", save_session };
  static const Saving model = { "study.re3.json", save_model };

  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/session-faults/analysis-fails", test_analysis_fails);
  g_test_add_func ("/session-faults/stop-analysis", test_stop_analysis);
  g_test_add_func ("/session-faults/stop-opening", test_stop_opening);
  g_test_add_func ("/session-faults/open-another", test_open_another);
  g_test_add_func ("/session-faults/end-during-work", test_end_during_work);
  g_test_add_func ("/session-faults/stop-search", test_stop_search);
  g_test_add_data_func ("/session-faults/save-session", &session, test_save);
  g_test_add_data_func ("/session-faults/save-model", &model, test_save);

  return g_test_run ();
}
