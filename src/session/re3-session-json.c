/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-io-error.h"
#include "re3-io-file.h"
#include "re3-json-source-private.h"
#include "re3-json-writer.h"
#include "re3-session-file.h"
#include "re3-session-json-groups.h"
#include "re3-session-json-limits.h"
#include "re3-session-json-reading.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define SESSION_VERSION 1

static const char *const kind_names[] = {
  [RE3_FILTER_REGION] = "region",     [RE3_FILTER_CLASSES] = "classes",
  [RE3_FILTER_DISTANCE] = "distance", [RE3_FILTER_MISCLASSIFIED] = "misclassified",
  [RE3_FILTER_SEARCH] = "search",
};
static const char *const output_names[] = {
  [RE3_CONTRIBUTION_LOGIT] = "logit",
  [RE3_CONTRIBUTION_PROBABILITY] = "probability",
  [RE3_CONTRIBUTION_PATH] = "path",
};
static const char *const baseline_names[] = {
  [RE3_BASELINE_NONE] = "none",
  [RE3_BASELINE_MEAN] = "mean",
  [RE3_BASELINE_ZERO] = "zero",
  [RE3_BASELINE_SAMPLE] = "pinned",
};
static const char *const set_names[] = {
  [RE3_SAMPLES_TRAIN] = "train",
  [RE3_SAMPLES_TEST] = "test",
  [RE3_SAMPLES_ALL] = "all",
};
static const char *const metric_names[] = {
  [RE3_METRIC_L2] = "l2",
  [RE3_METRIC_L1] = "l1",
  [RE3_METRIC_LINF] = "linf",
  [RE3_METRIC_PAPER] = "paper",
};

/* --- Writing -------------------------------------------------------------------------------- */

/* A path, relative to @folder if it is below it; a URI where JSON could not hold the path. */
static char *
describe_file (GFile *file, GFile *folder)
{
  g_autofree char *path = g_file_get_relative_path (folder, file);

  if (path == NULL)
    path = g_file_get_path (file);
  return path != NULL && g_utf8_validate (path, -1, NULL) ? g_steal_pointer (&path)
                                                          : g_file_get_uri (file);
}

/* @least: the least number that is a class or a row; what is below is written as null. */
static void
write_index (Re3JsonWriter *writer, const char *key, gssize least, gssize index)
{
  if (index >= least)
    re3_json_writer_add_number (writer, key, (double) index);
  else
    re3_json_writer_add_null (writer, key);
}

static void
write_filter (Re3JsonWriter *writer, const Re3SampleFilter *filter)
{
  re3_json_writer_begin_object (writer, NULL, RE3_JSON_LINE);
  re3_json_writer_add_string (writer, "kind", kind_names[filter->kind]);
  switch (filter->kind) {
  case RE3_FILTER_CLASSES:
    write_index (writer, "actual", RE3_NO_LABEL, filter->actual);
    write_index (writer, "predicted", RE3_NO_LABEL, filter->predicted);
    re3_json_writer_add_string (writer, "set", set_names[filter->set]);
    break;
  case RE3_FILTER_DISTANCE:
    re3_json_writer_add_string (writer, "metric", metric_names[filter->metric]);
    re3_json_writer_add_number (writer, "low", filter->low);
    re3_json_writer_add_number (writer, "high", filter->high);
    re3_json_writer_add_string (writer, "set", set_names[filter->set]);
    break;
  case RE3_FILTER_SEARCH:
    re3_json_writer_add_string (writer, "text", filter->text);
    break;
  case RE3_FILTER_REGION:
  case RE3_FILTER_MISCLASSIFIED:
  default:
    break;
  }
  re3_json_writer_end_object (writer);
}

static void
write_view (Re3JsonWriter *writer, const Re3ViewOptions *view)
{
  re3_json_writer_begin_object (writer, "view", RE3_JSON_BLOCK);
  re3_json_writer_add_boolean (writer, "paper_pathway", view->paper_pathway);
  re3_json_writer_add_count (writer, "pathway_nodes", view->pathway_nodes);
  re3_json_writer_add_string (writer, "contribution_output",
                              output_names[view->contribution_output]);
  re3_json_writer_add_boolean (writer, "waterfall", view->waterfall);
  re3_json_writer_add_string (writer, "baseline", baseline_names[view->baseline]);
  re3_json_writer_add_string (writer, "metric", metric_names[view->metric]);
  re3_json_writer_add_boolean (writer, "both_metrics", view->both_metrics);
  re3_json_writer_add_boolean (writer, "signed_importance", view->signed_importance);
  re3_json_writer_add_boolean (writer, "clustered_regions", view->clustered_regions);
  re3_json_writer_add_boolean (writer, "single_response", view->single_response);
  re3_json_writer_add_count (writer, "first_region", view->first_region);
  re3_json_writer_end_object (writer);
}

static void
write_pin (Re3JsonWriter *writer, const Re3SessionFile *self)
{
  if (self->pinned_row == RE3_NO_ROW) {
    re3_json_writer_add_null (writer, "pin");
    return;
  }
  re3_json_writer_begin_object (writer, "pin", RE3_JSON_LINE);
  re3_json_writer_add_count (writer, "row", (gsize) self->pinned_row);
  re3_json_writer_add_numbers (writer, "values", (const double *) self->pinned_values->data,
                               self->pinned_values->len);
  re3_json_writer_end_object (writer);
}

gboolean
re3_session_file_write (const Re3SessionFile *self, GFile *file, GError **error)
{
  g_return_val_if_fail (self != NULL && self->model_file != NULL, FALSE);
  g_return_val_if_fail (G_IS_FILE (file), FALSE);

  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autoptr (Re3JsonWriter) writer = re3_json_writer_new ();
  g_autofree char *model = describe_file (self->model_file, folder);
  g_autofree char *data = self->data_file != NULL ? describe_file (self->data_file, folder) : NULL;
  g_autofree char *text = NULL;

  re3_json_writer_begin_object (writer, NULL, RE3_JSON_BLOCK);
  re3_json_writer_add_string (writer, "format", "re3-session");
  re3_json_writer_add_count (writer, "version", SESSION_VERSION);
  re3_json_writer_add_string (writer, "model", model);
  re3_json_writer_add_string (writer, "data", data);
  re3_session_json_write_reading (self->reading, writer);
  re3_json_writer_add_boolean (writer, "fit_scaler", self->fit_scaler);
  re3_json_writer_add_string (writer, "page", self->page);
  write_index (writer, "row", 0, self->row);
  write_index (writer, "class", 0, self->class_choice);
  re3_json_writer_add_number (writer, "purity_threshold", self->purity_threshold);
  write_view (writer, &self->view);

  re3_json_writer_begin_array (writer, "filters", RE3_JSON_BLOCK);
  for (guint i = 0; i < self->filters->len; i++)
    write_filter (writer, g_ptr_array_index (self->filters, i));
  re3_json_writer_end_array (writer);
  re3_json_writer_add_string (writer, "region", self->region);
  re3_json_writer_begin_array (writer, "locks", RE3_JSON_LINE);
  for (guint i = 0; i < self->locks->len; i++)
    re3_json_writer_add_count (writer, NULL, g_array_index (self->locks, gsize, i));
  re3_json_writer_end_array (writer);
  re3_session_json_write_groups (self->groups, writer);
  re3_session_json_write_limits (&self->limits, writer);
  re3_json_writer_begin_array (writer, "edits", RE3_JSON_BLOCK);
  for (guint i = 0; i < self->edits->len; i++) {
    const Re3SavedEdit *edit = &g_array_index (self->edits, Re3SavedEdit, i);

    re3_json_writer_begin_object (writer, NULL, RE3_JSON_LINE);
    re3_json_writer_add_count (writer, "row", edit->row);
    re3_json_writer_add_count (writer, "feature", edit->feature);
    re3_json_writer_add_number (writer, "value", edit->value);
    re3_json_writer_end_object (writer);
  }
  re3_json_writer_end_array (writer);
  write_pin (writer, self);
  re3_json_writer_end_object (writer);

  text = re3_json_writer_finish (writer);
  return re3_io_file_replace (file, text, strlen (text), error);
}

/* --- Reading -------------------------------------------------------------------------------- */

static gboolean
read_lock (gpointer target, const Re3JsonSource *source, GError **error)
{
  Re3SessionFile *session = target;
  gsize feature;

  if (!cJSON_IsNumber (source->object) || !re3_json_source_is_count (source->object->valuedouble))
    return re3_json_source_refuse (source, _ ("the number of a feature, from 0"), error);
  feature = (gsize) source->object->valuedouble;
  g_array_append_val (session->locks, feature);
  return TRUE;
}

static gboolean
read_edit (gpointer target, const Re3JsonSource *source, GError **error)
{
  Re3SessionFile *session = target;
  static const char *const members[] = { "row", "feature", "value" };
  Re3SavedEdit edit = { 0 };

  if (!re3_json_check_object (source->object, source->file, source->place, error))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    if (re3_json_get_member (source->object, members[i]) == NULL)
      return re3_json_source_refuse_member (source, members[i], _ ("there"), error);
  if (!re3_json_source_read_count (source, "row", &edit.row, error) ||
      !re3_json_source_read_count (source, "feature", &edit.feature, error) ||
      !re3_json_source_read_number (source, "value", &edit.value, error))
    return FALSE;
  g_array_append_val (session->edits, edit);
  return TRUE;
}

static gboolean
read_filter (gpointer target, const Re3JsonSource *source, GError **error)
{
  Re3SessionFile *session = target;
  guint kind = RE3_FILTER_REGION;
  guint metric = RE3_METRIC_L2;
  guint set = RE3_SAMPLES_ALL;
  int actual = RE3_ALL_CLASSES;
  int predicted = RE3_ALL_CLASSES;
  double low = 0.0;
  double high = INFINITY;
  const char *text = "";
  Re3SampleFilter *filter = NULL;

  if (!re3_json_check_object (source->object, source->file, source->place, error) ||
      !RE3_JSON_SOURCE_READ_NAME (source, "kind", kind_names, &kind, error) ||
      !RE3_JSON_SOURCE_READ_NAME (source, "metric", metric_names, &metric, error) ||
      !RE3_JSON_SOURCE_READ_NAME (source, "set", set_names, &set, error) ||
      !re3_json_source_read_class (source, "actual", RE3_NO_LABEL, &actual, error) ||
      !re3_json_source_read_class (source, "predicted", RE3_NO_LABEL, &predicted, error) ||
      !re3_json_source_read_number (source, "low", &low, error) ||
      !re3_json_source_read_number (source, "high", &high, error) ||
      !re3_json_source_read_text (source, "text", &text, error))
    return FALSE;

  switch ((Re3FilterKind) kind) {
  case RE3_FILTER_CLASSES:
    filter = re3_sample_filter_new_classes (actual, predicted, (Re3SampleSet) set);
    break;
  case RE3_FILTER_DISTANCE:
    if (low > high)
      return re3_json_source_refuse_member (source, "low", _ ("below the member high"), error);
    filter = re3_sample_filter_new_distance ((Re3Metric) metric, low, high, (Re3SampleSet) set);
    break;
  case RE3_FILTER_MISCLASSIFIED:
    filter = re3_sample_filter_new_misclassified ();
    break;
  case RE3_FILTER_SEARCH:
    filter = re3_sample_filter_new_search (text);
    break;
  case RE3_FILTER_REGION:
  default:
    return re3_json_source_refuse_member (source, "kind", _ ("a filter that stands in this list"),
                                          error);
  }
  g_ptr_array_add (session->filters, filter);
  return TRUE;
}

static gboolean
read_pinned_value (gpointer target, const Re3JsonSource *source, GError **error)
{
  Re3SessionFile *session = target;
  double value;

  if (!cJSON_IsNumber (source->object) || !isfinite (source->object->valuedouble))
    return re3_json_source_refuse (source, _ ("a finite number"), error);
  value = source->object->valuedouble;
  g_array_append_val (session->pinned_values, value);
  return TRUE;
}

static gboolean
read_pin (Re3SessionFile *session, const Re3JsonSource *document, GError **error)
{
  g_auto (Re3JsonSource)
      source = { re3_json_get_member (document->object, "pin"), document->file, g_strdup ("pin") };
  gsize row = 0;

  if (source.object == NULL)
    return TRUE;
  if (!re3_json_check_object (source.object, source.file, source.place, error))
    return FALSE;
  if (re3_json_get_member (source.object, "row") == NULL)
    return re3_json_source_refuse_member (&source, "row", _ ("there"), error);
  if (!re3_json_source_read_count (&source, "row", &row, error) ||
      !re3_json_source_read_items (&source, "values", read_pinned_value, session, error))
    return FALSE;
  session->pinned_row = (gssize) row;
  return TRUE;
}

static gboolean
read_view (Re3ViewOptions *view, const Re3JsonSource *document, GError **error)
{
  g_auto (Re3JsonSource) source = { re3_json_get_member (document->object, "view"), document->file,
                                    g_strdup ("view") };
  guint output = view->contribution_output;
  guint baseline = view->baseline;
  guint metric = view->metric;

  if (source.object == NULL)
    return TRUE;
  if (!re3_json_check_object (source.object, source.file, source.place, error) ||
      !re3_json_source_read_boolean (&source, "paper_pathway", &view->paper_pathway, error) ||
      !re3_json_source_read_count (&source, "pathway_nodes", &view->pathway_nodes, error) ||
      !RE3_JSON_SOURCE_READ_NAME (&source, "contribution_output", output_names, &output, error) ||
      !re3_json_source_read_boolean (&source, "waterfall", &view->waterfall, error) ||
      !RE3_JSON_SOURCE_READ_NAME (&source, "baseline", baseline_names, &baseline, error) ||
      !RE3_JSON_SOURCE_READ_NAME (&source, "metric", metric_names, &metric, error) ||
      !re3_json_source_read_boolean (&source, "both_metrics", &view->both_metrics, error) ||
      !re3_json_source_read_boolean (&source, "signed_importance", &view->signed_importance,
                                     error) ||
      !re3_json_source_read_boolean (&source, "clustered_regions", &view->clustered_regions,
                                     error) ||
      !re3_json_source_read_boolean (&source, "single_response", &view->single_response, error) ||
      !re3_json_source_read_count (&source, "first_region", &view->first_region, error))
    return FALSE;
  if (view->pathway_nodes == 0)
    return re3_json_source_refuse_member (&source, "pathway_nodes", _ ("a whole number from 1"),
                                          error);
  view->contribution_output = (Re3ContributionOutput) output;
  view->baseline = (Re3BaselineKind) baseline;
  view->metric = (Re3Metric) metric;
  return TRUE;
}

/* @file: (out): the file that is named, which must be there, or %NULL where none is. */
static gboolean
read_file (const Re3JsonSource *self, const char *key, GFile *folder, GFile **file, GError **error)
{
  const char *text = NULL;
  g_autofree char *path = NULL;

  if (!re3_json_source_read_text (self, key, &text, error))
    return FALSE;
  if (text == NULL)
    return TRUE;

  *file = strstr (text, "://") != NULL ? g_file_new_for_uri (text)
                                       : g_file_resolve_relative_path (folder, text);
  /* What came with a mail or a download makes nobody ask a server for anything. A resource is the
   * sample that ships inside the program. */
  if (!g_file_is_native (*file) && !g_file_has_uri_scheme (*file, "resource")) {
    g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_UNSUPPORTED,
                 _ ("%s: “%s” is %s, which is not a file of this machine; copy it here, open it, "
                    "and save the session again."),
                 self->file, key, text);
    return FALSE;
  }
  if (g_file_query_file_type (*file, G_FILE_QUERY_INFO_NONE, NULL) == G_FILE_TYPE_REGULAR)
    return TRUE;
  path = g_file_get_parse_name (*file);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
               g_str_equal (key, "model")
                   ? _ ("%s: the model of this session is not at %s; put it back there, or open "
                        "model and data and save the session again.")
                   : _ ("%s: the data set of this session is not at %s; put it back there, or open "
                        "model and data and save the session again."),
               self->file, path);
  return FALSE;
}

static gboolean
read_head (const Re3JsonSource *self, GError **error)
{
  const char *format = NULL;
  double version = 0.0;

  if (!re3_json_check_object (self->object, self->file, "", error) ||
      !re3_json_source_read_text (self, "format", &format, error) ||
      !re3_json_source_read_number (self, "version", &version, error))
    return FALSE;
  if (g_strcmp0 (format, "re3-session") != 0)
    return re3_json_source_refuse_member (self, "format", "“re3-session”", error);
  if (!re3_json_source_is_count (version) || version < 1.0)
    return re3_json_source_refuse_member (self, "version", _ ("a whole number from 1"), error);
  if (version > SESSION_VERSION) {
    g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_UNSUPPORTED,
                 _ ("%s: version is %.0f; this Re3 reads version 1. Open it with a newer Re3."),
                 self->file, version);
    return FALSE;
  }
  return TRUE;
}

static gboolean
read_document (Re3SessionFile *self, const Re3JsonSource *source, GFile *folder, GError **error)
{
  const char *page = NULL;
  const char *region = NULL;
  gboolean has_row = re3_json_get_member (source->object, "row") != NULL;
  gsize row = 0;

  if (!read_head (source, error) ||
      !read_file (source, "model", folder, &self->model_file, error) ||
      !read_file (source, "data", folder, &self->data_file, error))
    return FALSE;
  if (self->model_file == NULL)
    return re3_json_source_refuse_member (source, "model", _ ("there"), error);
  if (!re3_session_json_read_reading (source, &self->reading, error) ||
      !re3_json_source_read_boolean (source, "fit_scaler", &self->fit_scaler, error) ||
      !re3_json_source_read_text (source, "page", &page, error) ||
      !re3_json_source_read_count (source, "row", &row, error) ||
      !re3_json_source_read_class (source, "class", 0, &self->class_choice, error) ||
      !re3_json_source_read_number (source, "purity_threshold", &self->purity_threshold, error) ||
      !re3_json_source_read_text (source, "region", &region, error) ||
      !read_view (&self->view, source, error) ||
      !re3_json_source_read_items (source, "filters", read_filter, self, error) ||
      !re3_json_source_read_items (source, "locks", read_lock, self, error) ||
      !re3_session_json_read_groups (source->object, source->file, self->groups, error) ||
      !re3_session_json_read_limits (source, &self->limits, error) ||
      !re3_json_source_read_items (source, "edits", read_edit, self, error) ||
      !read_pin (self, source, error))
    return FALSE;
  if (self->purity_threshold < 0.0 || self->purity_threshold > 1.0)
    return re3_json_source_refuse_member (source, "purity_threshold", _ ("between 0 and 1"), error);
  self->page = g_strdup (page);
  self->region = g_strdup (region);
  self->row = has_row ? (gssize) row : RE3_NO_ROW;
  return TRUE;
}

Re3SessionFile *
re3_session_file_parse (const char *text,
                        gsize length,
                        const char *name,
                        GFile *folder,
                        GError **error)
{
  g_autoptr (cJSON) document = NULL;
  g_autoptr (Re3SessionFile) self = NULL;
  g_auto (Re3JsonSource) source = { NULL, name, NULL };

  g_return_val_if_fail (text != NULL && name != NULL && G_IS_FILE (folder), NULL);

  source.place = g_strdup ("");
  source.object = document = re3_json_parse (text, length, name, error);
  if (document == NULL)
    return NULL;

  self = re3_session_file_new ();
  return read_document (self, &source, folder, error) ? g_steal_pointer (&self) : NULL;
}

Re3SessionFile *
re3_session_file_read (GFile *file, GError **error)
{
  g_return_val_if_fail (G_IS_FILE (file), NULL);

  g_autofree char *name = re3_io_file_get_name (file);
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autoptr (GInputStream) stream = re3_io_file_open (file, NULL, error);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  if (stream == NULL ||
      !re3_io_stream_load (stream, bytes, RE3_SESSION_FILE_MAX_SIZE, name, NULL, error))
    return NULL;
  return re3_session_file_parse ((const char *) bytes->data, bytes->len, name, folder, error);
}
