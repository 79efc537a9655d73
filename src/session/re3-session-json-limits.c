/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-session-json-limits.h"

#include <glib/gi18n-lib.h>
#include <math.h>

void
re3_session_json_write_limits (const Re3SavedLimits *limits, Re3JsonWriter *writer)
{
  re3_json_writer_begin_object (writer, "limits", RE3_JSON_BLOCK);
  re3_json_writer_begin_array (writer, "ranges", RE3_JSON_BLOCK);
  for (guint i = 0; i < limits->ranges->len; i++) {
    const Re3FeatureRange *range = &g_array_index (limits->ranges, Re3FeatureRange, i);

    re3_json_writer_begin_object (writer, NULL, RE3_JSON_LINE);
    re3_json_writer_add_count (writer, "feature", range->feature);
    re3_json_writer_add_number (writer, "low", range->low);
    re3_json_writer_add_number (writer, "high", range->high);
    re3_json_writer_end_object (writer);
  }
  re3_json_writer_end_array (writer);

  re3_json_writer_begin_array (writer, "orders", RE3_JSON_BLOCK);
  for (guint i = 0; i < limits->orders->len; i++) {
    const Re3FeatureOrder *order = &g_array_index (limits->orders, Re3FeatureOrder, i);

    re3_json_writer_begin_object (writer, NULL, RE3_JSON_LINE);
    re3_json_writer_add_count (writer, "lesser", order->lesser);
    re3_json_writer_add_count (writer, "greater", order->greater);
    re3_json_writer_end_object (writer);
  }
  re3_json_writer_end_array (writer);

  re3_json_writer_begin_array (writer, "integers", RE3_JSON_BLOCK);
  for (guint i = 0; i < limits->integers->len; i++) {
    const Re3SavedInteger *saved = &g_array_index (limits->integers, Re3SavedInteger, i);

    re3_json_writer_begin_object (writer, NULL, RE3_JSON_LINE);
    re3_json_writer_add_count (writer, "feature", saved->feature);
    re3_json_writer_add_boolean (writer, "integer", saved->is_integer);
    re3_json_writer_end_object (writer);
  }
  re3_json_writer_end_array (writer);
  re3_json_writer_end_object (writer);
}

/* An object with all of @members, of which there are @n_members. */
static gboolean
check_members (const Re3JsonSource *source,
               const char *const *members,
               gsize n_members,
               GError **error)
{
  if (!re3_json_check_object (source->object, source->file, source->place, error))
    return FALSE;
  for (gsize i = 0; i < n_members; i++)
    if (re3_json_get_member (source->object, members[i]) == NULL)
      return re3_json_source_refuse_member (source, members[i], _ ("there"), error);
  return TRUE;
}

static gboolean
read_range (gpointer target, const Re3JsonSource *source, GError **error)
{
  static const char *const members[] = { "feature" };
  Re3SavedLimits *limits = target;
  Re3FeatureRange range = { 0, -INFINITY, INFINITY };

  if (!check_members (source, members, G_N_ELEMENTS (members), error) ||
      !re3_json_source_read_count (source, "feature", &range.feature, error) ||
      !re3_json_source_read_number (source, "low", &range.low, error) ||
      !re3_json_source_read_number (source, "high", &range.high, error))
    return FALSE;
  if (range.low > range.high)
    return re3_json_source_refuse_member (source, "low", _ ("below the member high"), error);
  g_array_append_val (limits->ranges, range);
  return TRUE;
}

static gboolean
read_order (gpointer target, const Re3JsonSource *source, GError **error)
{
  static const char *const members[] = { "lesser", "greater" };
  Re3SavedLimits *limits = target;
  Re3FeatureOrder order = { 0 };

  if (!check_members (source, members, G_N_ELEMENTS (members), error) ||
      !re3_json_source_read_count (source, "lesser", &order.lesser, error) ||
      !re3_json_source_read_count (source, "greater", &order.greater, error))
    return FALSE;
  if (order.lesser == order.greater)
    return re3_json_source_refuse_member (source, "greater", _ ("another feature than lesser"),
                                          error);
  g_array_append_val (limits->orders, order);
  return TRUE;
}

static gboolean
read_integer (gpointer target, const Re3JsonSource *source, GError **error)
{
  static const char *const members[] = { "feature", "integer" };
  Re3SavedLimits *limits = target;
  Re3SavedInteger saved = { 0 };

  if (!check_members (source, members, G_N_ELEMENTS (members), error) ||
      !re3_json_source_read_count (source, "feature", &saved.feature, error) ||
      !re3_json_source_read_boolean (source, "integer", &saved.is_integer, error))
    return FALSE;
  g_array_append_val (limits->integers, saved);
  return TRUE;
}

gboolean
re3_session_json_read_limits (const Re3JsonSource *document, Re3SavedLimits *limits, GError **error)
{
  g_auto (Re3JsonSource) source = { re3_json_get_member (document->object, "limits"),
                                    document->file, g_strdup ("limits") };

  /* Older sessions have none. */
  if (source.object == NULL)
    return TRUE;
  return re3_json_check_object (source.object, source.file, source.place, error) &&
         re3_json_source_read_items (&source, "ranges", read_range, limits, error) &&
         re3_json_source_read_items (&source, "orders", read_order, limits, error) &&
         re3_json_source_read_items (&source, "integers", read_integer, limits, error);
}
