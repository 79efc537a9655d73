/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-session-file.h"

#include "re3-io-file.h"

Re3SessionFile *
re3_session_file_new (void)
{
  Re3SessionFile *self = g_rc_box_new0 (Re3SessionFile);

  self->row = RE3_NO_ROW;
  self->class_choice = RE3_CLASS_PREDICTED;
  self->purity_threshold = RE3_DEFAULT_PURITY_THRESHOLD;
  self->view = RE3_VIEW_OPTIONS_DEFAULT;
  self->filters = g_ptr_array_new_with_free_func ((GDestroyNotify) re3_sample_filter_free);
  self->locks = g_array_new (FALSE, FALSE, sizeof (gsize));
  self->groups = g_ptr_array_new_with_free_func ((GDestroyNotify) re3_feature_group_free);
  self->limits.ranges = g_array_new (FALSE, FALSE, sizeof (Re3FeatureRange));
  self->limits.orders = g_array_new (FALSE, FALSE, sizeof (Re3FeatureOrder));
  self->limits.integers = g_array_new (FALSE, FALSE, sizeof (Re3SavedInteger));
  self->edits = g_array_new (FALSE, FALSE, sizeof (Re3SavedEdit));
  self->pinned_row = RE3_NO_ROW;
  self->pinned_values = g_array_new (FALSE, FALSE, sizeof (double));
  return self;
}

static void
clear (gpointer data)
{
  Re3SessionFile *self = data;

  g_clear_object (&self->model_file);
  g_clear_object (&self->data_file);
  re3_reading_free (self->reading);
  g_free (self->page);
  g_ptr_array_unref (self->filters);
  g_free (self->region);
  g_array_unref (self->locks);
  g_ptr_array_unref (self->groups);
  g_array_unref (self->limits.ranges);
  g_array_unref (self->limits.orders);
  g_array_unref (self->limits.integers);
  g_array_unref (self->edits);
  g_array_unref (self->pinned_values);
}

Re3SessionFile *
re3_session_file_ref (Re3SessionFile *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_rc_box_acquire (self);
}

void
re3_session_file_unref (Re3SessionFile *self)
{
  g_rc_box_release_full (self, clear);
}

gboolean
re3_session_file_is_name (GFile *file)
{
  g_autofree char *name = NULL;

  g_return_val_if_fail (G_IS_FILE (file), FALSE);

  name = g_file_get_basename (file);
  return name != NULL && g_str_has_suffix (name, RE3_SESSION_FILE_SUFFIX);
}

char *
re3_session_file_make_title (GFile *file)
{
  char *name;

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  name = re3_io_file_get_name (file);
  if (g_str_has_suffix (name, RE3_SESSION_FILE_SUFFIX))
    name[strlen (name) - strlen (RE3_SESSION_FILE_SUFFIX)] = '\0';
  return name;
}

static void
capture_filters (Re3SessionFile *self, Re3Session *session)
{
  Re3Analysis *analysis = re3_session_get_analysis (session);
  gsize n_filters;
  const Re3SampleFilter *const *filters =
      re3_selection_get_filters (re3_session_get_selection (session), &n_filters);

  for (gsize i = 0; i < n_filters; i++) {
    if (filters[i]->kind != RE3_FILTER_REGION) {
      g_ptr_array_add (self->filters, re3_sample_filter_copy (filters[i]));
    } else if (analysis != NULL) {
      const Re3RegionRow *region = re3_region_table_get_region (
          re3_analysis_get_region_table (analysis), filters[i]->region);

      self->region = re3_pattern_to_string (
          region->pattern, re3_model_get_network (re3_session_get_model (session)));
    }
  }
}

static void
capture_groups (Re3SessionFile *self, Re3Session *session)
{
  Re3GroupChoices *choices = re3_session_get_groups (session);
  const GPtrArray *groups = re3_group_choices_get_groups (choices);

  for (guint i = 0; i < groups->len; i++)
    if (re3_group_choices_is_adopted (choices, g_ptr_array_index (groups, i)))
      g_ptr_array_add (self->groups, re3_feature_group_copy (g_ptr_array_index (groups, i)));
}

static void
capture_limits (Re3SessionFile *self, Re3Session *session)
{
  Re3Limits *limits = re3_session_get_limits (session);
  const GArray *ranges = re3_limits_get_ranges (limits);
  const GArray *orders = re3_limits_get_orders (limits);
  gsize n_features = re3_model_get_n_features (re3_session_get_model (session));

  g_array_append_vals (self->limits.ranges, ranges->data, ranges->len);
  g_array_append_vals (self->limits.orders, orders->data, orders->len);
  for (gsize f = 0; f < n_features; f++) {
    Re3SavedInteger saved = { f, re3_limits_is_integer (limits, f) };

    if (re3_limits_is_integer_set (limits, f))
      g_array_append_val (self->limits.integers, saved);
  }
}

static void
capture_edits (Re3SessionFile *self, Re3Session *session)
{
  Re3WhatIf *what_if = re3_session_get_what_if (session);
  Re3Dataset *dataset = re3_session_get_dataset (session);
  gsize n_features = re3_model_get_n_features (re3_session_get_model (session));
  g_autofree double *values = g_new (double, n_features);
  g_autoptr (GArray) rows = re3_what_if_list_edited_rows (what_if);

  for (gsize feature = 0; feature < n_features; feature++)
    if (re3_what_if_is_locked (what_if, feature))
      g_array_append_val (self->locks, feature);

  for (guint i = 0; i < rows->len; i++) {
    gsize row = g_array_index (rows, gsize, i);

    re3_what_if_copy_row (what_if, row, values);
    for (gsize feature = 0; feature < n_features; feature++) {
      Re3SavedEdit edit = { row, feature, values[feature] };

      if (edit.value != re3_dataset_get_value (dataset, row, feature))
        g_array_append_val (self->edits, edit);
    }
  }
}

static void
capture_pin (Re3SessionFile *self, Re3Session *session)
{
  Re3Pin *pin = re3_session_get_pin (session);
  const Re3Baseline *pinned = re3_pin_get_baseline (pin);

  self->pinned_row = re3_pin_get_row (pin);
  if (pinned != NULL)
    g_array_append_vals (self->pinned_values, pinned->explanation->values,
                         (guint) re3_model_get_n_features (pinned->explanation->model));
}

/* Which rows there are follows from it: that nothing was chosen is told too. */
static Re3Reading *
capture_reading (Re3Document *document)
{
  const Re3Reading *reading = re3_document_get_reading (document);

  if (re3_document_get_data_file (document) == NULL)
    return NULL;
  return reading != NULL ? re3_reading_copy (reading) : re3_reading_new ();
}

Re3SessionFile *
re3_session_file_capture (Re3Session *session, const char *page)
{
  g_return_val_if_fail (RE3_IS_SESSION (session), NULL);
  g_return_val_if_fail (re3_session_get_document (session) != NULL, NULL);

  Re3Document *document = re3_session_get_document (session);
  Re3SessionFile *self = re3_session_file_new ();

  g_set_object (&self->model_file, re3_document_get_model_file (document));
  g_set_object (&self->data_file, re3_document_get_data_file (document));
  self->reading = capture_reading (document);
  self->fit_scaler = re3_document_has_fitted_scaler (document);
  self->page = g_strdup (page);
  self->row = re3_session_get_row (session);
  self->class_choice = re3_session_get_class_choice (session);
  self->purity_threshold = re3_session_get_purity_threshold (session);
  self->view = *re3_session_get_view_options (session);
  capture_filters (self, session);
  capture_groups (self, session);
  capture_limits (self, session);
  capture_edits (self, session);
  capture_pin (self, session);
  return self;
}

/* Where each row of @from is in @to: by its line, or where lines are not known at the same place. A
 * row that is not there is behind all others. (transfer full) */
static gsize *
map_rows (const Re3Dataset *from, const Re3Dataset *to)
{
  gsize n_from = re3_dataset_get_n_rows (from);
  gsize n_to = re3_dataset_get_n_rows (to);
  gsize *places = g_new (gsize, n_from);
  gsize next = 0;

  for (gsize row = 0; row < n_from; row++) {
    guint line = re3_dataset_get_line (from, row);

    while (next < n_to && re3_dataset_get_line (to, next) < line)
      next++;
    if (line == 0)
      places[row] = row;
    else
      places[row] = next < n_to && re3_dataset_get_line (to, next) == line ? next : n_to;
  }
  return places;
}

/* Where @row is, or the next one that is still there; the last one if there is none. */
static gssize
find_near (const gsize *places, gsize row, gsize n_from, gsize n_to)
{
  while (row < n_from && places[row] >= n_to)
    row++;
  return row < n_from ? (gssize) places[row] : (gssize) n_to - 1;
}

static gboolean
is_row (const Re3Dataset *dataset, gsize row, const GArray *values)
{
  for (gsize i = 0; i < values->len; i++)
    if (re3_dataset_get_value (dataset, row, i) != g_array_index (values, double, i))
      return FALSE;
  return TRUE;
}

void
re3_session_file_follow_rows (Re3SessionFile *self, const Re3Dataset *from, const Re3Dataset *to)
{
  g_return_if_fail (self != NULL && from != NULL && to != NULL);

  g_autofree gsize *places = map_rows (from, to);
  gsize n_from = re3_dataset_get_n_rows (from);
  gsize n_to = re3_dataset_get_n_rows (to);

  for (guint i = 0; i < self->edits->len; i++) {
    Re3SavedEdit *edit = &g_array_index (self->edits, Re3SavedEdit, i);

    edit->row = places[edit->row];
  }
  if (self->row != RE3_NO_ROW)
    self->row = find_near (places, (gsize) self->row, n_from, n_to);
  if (self->pinned_row != RE3_NO_ROW) {
    gsize row = (gsize) self->pinned_row;
    gsize place = places[row];

    if (place < n_to && is_row (from, row, self->pinned_values))
      re3_dataset_get_row (to, place, (double *) self->pinned_values->data);
    self->pinned_row = (gssize) place;
  }
}

/* Edits of a row stand together. */
static gsize
restore_edits (const Re3SessionFile *self, Re3WhatIf *what_if, Re3Dataset *dataset)
{
  gsize n_rows = re3_dataset_get_n_rows (dataset);
  gsize n_features = re3_dataset_get_n_features (dataset);
  g_autofree double *values = g_new (double, n_features);
  gsize n_left_out = 0;
  guint next;

  for (guint i = 0; i < self->edits->len; i = next) {
    gsize row = g_array_index (self->edits, Re3SavedEdit, i).row;
    gsize n_edits = 0;

    if (row < n_rows)
      re3_what_if_copy_row (what_if, row, values);
    for (next = i; next < self->edits->len; next++) {
      const Re3SavedEdit *edit = &g_array_index (self->edits, Re3SavedEdit, next);

      if (edit->row != row)
        break;
      if (row < n_rows && edit->feature < n_features) {
        values[edit->feature] = edit->value;
        n_edits++;
      }
    }
    if (n_edits == 0 || !re3_what_if_restore_row (what_if, row, values))
      n_edits = 0;
    n_left_out += next - i - n_edits;
  }
  return n_left_out;
}

/* Returns: how many pins were left out */
static gsize
restore_pin (const Re3SessionFile *self, Re3Session *session)
{
  Re3Dataset *dataset = re3_session_get_dataset (session);
  Re3Pin *pin = re3_session_get_pin (session);

  re3_pin_clear (pin);
  if (self->pinned_row == RE3_NO_ROW)
    return 0;
  if (dataset == NULL || (gsize) self->pinned_row >= re3_dataset_get_n_rows (dataset) ||
      self->pinned_values->len != re3_dataset_get_n_features (dataset))
    return 1;
  return re3_pin_set (pin, re3_session_get_model (session), dataset, (gsize) self->pinned_row,
                      (const double *) self->pinned_values->data)
             ? 0
             : 1;
}

/* In place of those that there are. Returns: how many were left out */
static gsize
restore_limits (const Re3SessionFile *self, Re3Session *session)
{
  const Re3SavedLimits *saved = &self->limits;
  Re3Limits *limits = re3_session_get_limits (session);
  Re3Model *model = re3_session_get_model (session);
  gsize n_left_out = 0;

  re3_limits_clear (limits);
  for (guint i = 0; i < saved->integers->len; i++) {
    const Re3SavedInteger *integer = &g_array_index (saved->integers, Re3SavedInteger, i);

    if (integer->feature < re3_model_get_n_features (model))
      re3_limits_set_integer (limits, integer->feature, integer->is_integer);
    else
      n_left_out++;
  }
  for (guint i = 0; i < saved->ranges->len; i++) {
    const Re3FeatureRange *range = &g_array_index (saved->ranges, Re3FeatureRange, i);

    if (!re3_limits_set_range (limits, range->feature, range->low, range->high, NULL))
      n_left_out++;
  }
  for (guint i = 0; i < saved->orders->len; i++)
    if (!re3_limits_add_order (limits, g_array_index (saved->orders, Re3FeatureOrder, i), NULL))
      n_left_out++;
  return n_left_out;
}

static gboolean
filter_fits (const Re3SampleFilter *filter, int n_classes)
{
  return filter->kind != RE3_FILTER_CLASSES ||
         (filter->actual < n_classes && filter->predicted < n_classes);
}

gsize
re3_session_file_restore (const Re3SessionFile *self, Re3Session *session)
{
  g_return_val_if_fail (self != NULL && RE3_IS_SESSION (session), 0);
  g_return_val_if_fail (re3_session_get_document (session) != NULL, 0);

  Re3Model *model = re3_session_get_model (session);
  Re3Dataset *dataset = re3_session_get_dataset (session);
  Re3WhatIf *what_if = re3_session_get_what_if (session);
  int n_classes = (int) re3_model_get_n_classes (model);
  gsize n_left_out = 0;

  /* Edits are laid over rows while none is selected: each is explained when it is looked at. */
  re3_session_select_row (session, RE3_NO_ROW);
  if (dataset != NULL)
    n_left_out += restore_edits (self, what_if, dataset);
  for (guint i = 0; i < self->locks->len; i++) {
    gsize feature = g_array_index (self->locks, gsize, i);

    if (feature < re3_model_get_n_features (model))
      re3_what_if_set_locked (what_if, feature, TRUE);
    else
      n_left_out++;
  }

  n_left_out += restore_limits (self, session);
  n_left_out += restore_pin (self, session);
  for (guint i = 0; i < self->groups->len; i++)
    if (!re3_group_choices_adopt (re3_session_get_groups (session),
                                  g_ptr_array_index (self->groups, i)))
      n_left_out++;

  re3_session_set_view_options (session, &self->view);
  re3_session_set_purity_threshold (session, self->purity_threshold);
  if (self->class_choice < n_classes)
    re3_session_set_class_choice (session, self->class_choice);
  else
    n_left_out++;
  for (guint i = 0; i < self->filters->len; i++) {
    const Re3SampleFilter *filter = g_ptr_array_index (self->filters, i);

    if (filter_fits (filter, n_classes))
      re3_selection_add_filter (re3_session_get_selection (session),
                                re3_sample_filter_copy (filter));
    else
      n_left_out++;
  }

  if (dataset != NULL) {
    gboolean fits = self->row < (gssize) re3_dataset_get_n_rows (dataset);

    re3_session_select_row (session, fits ? self->row : 0);
    n_left_out += fits ? 0 : 1;
  }
  return n_left_out;
}

gsize
re3_session_file_restore_region (const Re3SessionFile *self, Re3Session *session)
{
  g_return_val_if_fail (self != NULL && RE3_IS_SESSION (session), 0);
  g_return_val_if_fail (self->region == NULL || re3_session_get_analysis (session) != NULL, 0);

  if (self->region == NULL)
    return 0;

  const Re3RegionTable *table = re3_analysis_get_region_table (re3_session_get_analysis (session));
  const Re3Network *network = re3_model_get_network (re3_session_get_model (session));

  for (gsize i = 0; i < re3_region_table_get_n_regions (table); i++) {
    g_autofree char *pattern =
        re3_pattern_to_string (re3_region_table_get_region (table, i)->pattern, network);

    if (g_str_equal (pattern, self->region)) {
      re3_selection_add_filter (re3_session_get_selection (session),
                                re3_sample_filter_new_region (i));
      return 0;
    }
  }
  return 1;
}
