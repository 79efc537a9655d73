/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-pages.h"

#include "re3-compare-table.h"
#include "re3-labels.h"
#include "re3-number-text.h"
#include "re3-page-options.h"
#include "re3-region-pager.h"
#include "re3-report-table.h"

#include <glib/gi18n.h>
#include <math.h>

/* " · root mean square error 1.2 kg train, 1.4 kg test", of a regression network */
static void
append_errors (GString *text, const Re3Analysis *analysis)
{
  const Re3Errors *train = re3_analysis_get_errors (analysis, RE3_SAMPLES_TRAIN);
  const Re3Errors *test = re3_analysis_get_errors (analysis, RE3_SAMPLES_TEST);
  const Re3Model *model = re3_analysis_get_model (analysis);
  g_autofree char *train_error = NULL;
  g_autofree char *test_error = NULL;

  if (train == NULL || train->n_samples == 0 || test->n_samples == 0)
    return;

  train_error = re3_label_output (model, train->root_mean_square);
  test_error = re3_label_output (model, test->root_mean_square);
  g_string_append (text, " · ");
  g_string_append_printf (text, _ ("root mean square error %s train, %s test"), train_error,
                          test_error);
}

/* "17 regions · accuracy 97.5 % train, 96.7 % test · the largest holds 34.7 % of the test samples"
 */
static char *
summarise_regions (Re3Session *session)
{
  const Re3Analysis *analysis = re3_session_get_analysis (session);
  Re3RegionCounts counts;
  double train, test;
  g_autofree char *n_regions = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  if (analysis == NULL)
    return NULL;

  train = re3_analysis_get_train_accuracy (analysis);
  test = re3_analysis_get_test_accuracy (analysis);
  re3_region_table_count (re3_analysis_get_region_table (analysis), &counts);
  n_regions = re3_number_text_new ((double) counts.all, G_MAXINT8);
  g_string_append_printf (text, ngettext ("%s region", "%s regions", counts.all), n_regions);
  if (!isnan (train) && !isnan (test)) {
    g_autofree char *train_share = re3_number_text_new_percent (train, 1);
    g_autofree char *test_share = re3_number_text_new_percent (test, 1);

    g_string_append (text, " · ");
    g_string_append_printf (text, _ ("accuracy %s train, %s test"), train_share, test_share);
  }
  append_errors (text, analysis);
  if (!isnan (counts.top1)) {
    g_autofree char *share = re3_number_text_new_percent (counts.top1, 1);

    g_string_append (text, " · ");
    g_string_append_printf (text, _ ("the largest holds %s of the test samples"), share);
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static const Re3PageDescription pages[] = {
  {
      .name = "regions",
      .title = N_ ("Regions"),
      .icon_name = "view-grid-symbolic",
      .figures = { "regions", "profiles" },
      .options = { re3_region_pager_new, re3_purity_option_new, re3_cluster_option_new },
      .summarise = summarise_regions,
  },
  {
      .name = "validity",
      .title = N_ ("Validity"),
      .icon_name = "zoom-fit-best-symbolic",
      .figures = { "validity", "violin" },
      .options = { re3_metric_option_new, re3_both_metrics_option_new },
  },
  {
      .name = "features",
      .title = N_ ("Features"),
      .icon_name = "view-list-bullet-symbolic",
      .figures = { "importance" },
      .options = { re3_signed_option_new },
  },
  {
      .name = "neurons",
      .title = N_ ("Neurons"),
      .icon_name = "network-workgroup-symbolic",
      .figures = { "neurons", "weights" },
  },
  {
      .name = "quality",
      .title = N_ ("Quality"),
      .icon_name = "emblem-ok-symbolic",
      .figures = { "confusion" },
      .extra = re3_report_table_new,
  },
  {
      .name = "response",
      .title = N_ ("Response"),
      .icon_name = "applications-graphics-symbolic",
      .figures = { "response" },
      .options = { re3_single_response_option_new },
  },
  {
      .name = "compare",
      .title = N_ ("Compare"),
      .icon_name = "view-dual-symbolic",
      .figures = { "compare" },
      .options = { re3_unpin_option_new },
      .extra = re3_compare_table_new,
      .empty = re3_compare_empty_new,
  },
  {
      .name = "picture",
      .title = N_ ("Picture"),
      .icon_name = "image-x-generic-symbolic",
      .figures = { "picture" },
  },
};

const Re3PageDescription *
re3_pages_list (gsize *n_pages)
{
  g_return_val_if_fail (n_pages != NULL, NULL);

  *n_pages = G_N_ELEMENTS (pages);
  return pages;
}

const Re3PageDescription *
re3_pages_find (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++)
    if (g_str_equal (pages[i].name, name))
      return &pages[i];
  return NULL;
}
