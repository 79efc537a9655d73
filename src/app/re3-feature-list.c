/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-feature-list.h"

#include "re3-feature-row.h"

/* So many can be looked through without a search. */
#define FEW_FEATURES 8

/* Room above and below a row that is scrolled to. */
#define ROW_MARGIN 8.0

/* As the drop-down lists them. */
typedef enum {
  ORDER_MODEL,
  ORDER_NAME,
  ORDER_IMPORTANCE,
} Order;

struct _Re3FeatureList {
  GtkWidget parent_instance;

  GtkWidget *tools_box;
  GtkEditable *search_entry;
  GtkDropDown *order_drop_down;
  GtkScrolledWindow *scrolled_window;
  GtkBox *rows_box;
  GtkWidget *nothing_label;

  Re3Session *session;
  GPtrArray *rows; /* of Re3FeatureRow, by feature; borrowed from the box */
  guint refresh_id;

  Re3Worker *tracer;
  gboolean is_behind; /* other responses are wanted than the tracer is at */
};

G_DEFINE_FINAL_TYPE (Re3FeatureList, re3_feature_list, GTK_TYPE_WIDGET)

/* --- Order and search ----------------------------------------------------------------------- */

typedef struct {
  const Re3Model *model;
  const double *importance; /* (nullable) */
} Sorting;

static int
compare_names (gconstpointer a, gconstpointer b, gpointer data)
{
  const Sorting *sorting = data;
  g_autofree char *left =
      g_utf8_collate_key (re3_model_get_feature_name (sorting->model, *(const gsize *) a), -1);
  g_autofree char *right =
      g_utf8_collate_key (re3_model_get_feature_name (sorting->model, *(const gsize *) b), -1);

  return strcmp (left, right);
}

static int
compare_importance (gconstpointer a, gconstpointer b, gpointer data)
{
  const Sorting *sorting = data;
  gsize left = *(const gsize *) a;
  gsize right = *(const gsize *) b;

  if (sorting->importance[left] != sorting->importance[right])
    return sorting->importance[left] > sorting->importance[right] ? -1 : 1;
  return left < right ? -1 : left > right;
}

/* (nullable): until the analysis is complete */
static const double *
get_importance (Re3FeatureList *self)
{
  Re3Analysis *analysis = re3_session_get_analysis (self->session);
  const Re3Importance *importance =
      analysis != NULL
          ? re3_analysis_get_importance (analysis, re3_analysis_get_default_set (analysis))
          : NULL;

  return importance != NULL && importance->n_samples > 0 ? importance->logit_absolute : NULL;
}

static void
sort_rows (Re3FeatureList *self)
{
  guint order = gtk_drop_down_get_selected (self->order_drop_down);
  Sorting sorting = { re3_session_get_model (self->session), get_importance (self) };
  g_autoptr (GArray) features = g_array_new (FALSE, FALSE, sizeof (gsize));
  GtkWidget *last = NULL;

  for (gsize i = 0; i < self->rows->len; i++)
    g_array_append_val (features, i);
  if (order == ORDER_NAME)
    g_array_sort_with_data (features, compare_names, &sorting);
  else if (order == ORDER_IMPORTANCE && sorting.importance != NULL)
    g_array_sort_with_data (features, compare_importance, &sorting);

  for (guint i = 0; i < features->len; i++) {
    GtkWidget *row = g_ptr_array_index (self->rows, g_array_index (features, gsize, i));

    gtk_box_reorder_child_after (self->rows_box, row, last);
    last = row;
  }
}

static void
filter_rows (Re3FeatureList *self)
{
  g_autofree char *wanted = g_utf8_casefold (gtk_editable_get_text (self->search_entry), -1);
  const Re3Model *model = re3_session_get_model (self->session);
  gboolean any = self->rows->len == 0;

  for (guint i = 0; i < self->rows->len; i++) {
    g_autofree char *name = g_utf8_casefold (re3_model_get_feature_name (model, i), -1);
    gboolean is_wanted = strstr (name, wanted) != NULL;

    gtk_widget_set_visible (g_ptr_array_index (self->rows, i), is_wanted);
    any = any || is_wanted;
  }
  gtk_widget_set_visible (self->nothing_label, !any);
}

/* --- Showing -------------------------------------------------------------------------------- */

static gboolean
is_seen (Re3FeatureList *self, GtkWidget *row)
{
  GtkWidget *window = GTK_WIDGET (self->scrolled_window);
  graphene_rect_t bounds;

  return gtk_widget_get_visible (row) && gtk_widget_compute_bounds (row, window, &bounds) &&
         bounds.origin.y + bounds.size.height >= 0.0f &&
         bounds.origin.y <= (float) gtk_widget_get_height (window);
}

/* Of a large network, what the sliders show is traced in a thread. */
typedef struct {
  gsize feature;
  double low;
  double high;
  Re3Response *response;
} Trace;

typedef struct {
  Re3Explanation *explanation;
  GArray *traces; /* of Trace */
} TraceJob;

static void
trace_clear (gpointer data)
{
  re3_response_free (((Trace *) data)->response);
}

static void
trace_job_free (gpointer data)
{
  TraceJob *self = data;

  re3_explanation_unref (self->explanation);
  g_array_unref (self->traces);
  g_free (self);
}

static gpointer
trace_work (gpointer data, Re3Job *job, GError **error)
{
  TraceJob *input = data;

  for (guint i = 0; i < input->traces->len; i++) {
    Trace *trace = &g_array_index (input->traces, Trace, i);

    if (g_cancellable_set_error_if_cancelled (re3_job_get_cancellable (job), error))
      return NULL;
    trace->response = re3_response_new (input->explanation->model, input->explanation->values,
                                        trace->feature, trace->low, trace->high);
  }
  return g_array_ref (input->traces);
}

static void request_traces (Re3FeatureList *self);

static void
traced_cb (gpointer result, const GError *error, gpointer user_data)
{
  Re3FeatureList *self = user_data;
  g_autoptr (GArray) traces = result;

  for (guint i = 0; traces != NULL && i < traces->len; i++) {
    Trace *trace = &g_array_index (traces, Trace, i);

    re3_feature_row_take_response (g_ptr_array_index (self->rows, trace->feature),
                                   g_steal_pointer (&trace->response));
  }
  if (self->is_behind)
    request_traces (self);
}

/* What is asked for while the thread is busy is asked for once more when it is done, of the newest
 * sample: there is no queue. */
static void
request_traces (Re3FeatureList *self)
{
  const Re3Explanation *explanation = re3_session_get_explanation (self->session);
  TraceJob *input;

  self->is_behind = re3_worker_is_busy (self->tracer);
  if (self->is_behind || explanation == NULL)
    return;

  input = g_new (TraceJob, 1);
  input->explanation = re3_explanation_ref ((Re3Explanation *) explanation);
  input->traces = g_array_new (FALSE, FALSE, sizeof (Trace));
  g_array_set_clear_func (input->traces, trace_clear);
  for (gsize i = 0; i < self->rows->len; i++) {
    Trace trace = { .feature = i };

    if (is_seen (self, g_ptr_array_index (self->rows, i)) &&
        re3_feature_row_get_range (g_ptr_array_index (self->rows, i), &trace.low, &trace.high))
      g_array_append_val (input->traces, trace);
  }
  re3_worker_submit (self->tracer, trace_work, input, trace_job_free,
                     (GDestroyNotify) g_array_unref, NULL, traced_cb, self);
}

static gboolean
refresh_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  Re3FeatureList *self = RE3_FEATURE_LIST (widget);

  self->refresh_id = 0;
  for (guint i = 0; i < self->rows->len; i++)
    if (is_seen (self, g_ptr_array_index (self->rows, i)))
      re3_feature_row_update (g_ptr_array_index (self->rows, i));
  if (re3_what_if_is_costly (re3_session_get_what_if (self->session)))
    request_traces (self);
  return G_SOURCE_REMOVE;
}

/* However many edits arrive between two frames, they are shown once. */
static void
queue_refresh (Re3FeatureList *self)
{
  if (self->refresh_id == 0)
    self->refresh_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), refresh_cb, NULL, NULL);
}

/* Scrolls as little as shows all of @row. */
static void
scroll_to_row (Re3FeatureList *self, GtkWidget *row)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scrolled_window);
  graphene_rect_t bounds;

  if (gtk_widget_compute_bounds (row, GTK_WIDGET (self->rows_box), &bounds))
    gtk_adjustment_clamp_page (adjustment, bounds.origin.y - ROW_MARGIN,
                               bounds.origin.y + bounds.size.height + 2 * ROW_MARGIN);
}

static void
unit_changed_cb (Re3FeatureList *self)
{
  gsize selected = re3_selection_get_feature (re3_session_get_selection (self->session));

  for (guint i = 0; i < self->rows->len; i++)
    re3_feature_row_set_selected (g_ptr_array_index (self->rows, i), i == selected);
  if (selected >= self->rows->len)
    return;
  /* A row that the search has hidden is shown again. */
  if (!gtk_widget_get_visible (g_ptr_array_index (self->rows, selected)))
    gtk_editable_set_text (self->search_entry, "");
  scroll_to_row (self, g_ptr_array_index (self->rows, selected));
}

static void
analysis_changed_cb (Re3FeatureList *self)
{
  if (gtk_drop_down_get_selected (self->order_drop_down) == ORDER_IMPORTANCE)
    sort_rows (self);
  queue_refresh (self);
}

static void
order_changed_cb (Re3FeatureList *self)
{
  if (self->session == NULL)
    return;
  sort_rows (self);
  queue_refresh (self);
}

static void
search_changed_cb (Re3FeatureList *self)
{
  if (self->session == NULL)
    return;
  filter_rows (self);
  queue_refresh (self);
}

static void
document_changed_cb (Re3FeatureList *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->rows_box))) != NULL)
    gtk_box_remove (self->rows_box, child);
  g_ptr_array_set_size (self->rows, 0);
  re3_worker_abandon (self->tracer);

  if (re3_session_get_dataset (self->session) != NULL) {
    gsize n_features = re3_model_get_n_features (re3_session_get_model (self->session));

    for (gsize i = 0; i < n_features; i++) {
      g_ptr_array_add (self->rows, re3_feature_row_new (self->session, i));
      gtk_box_append (self->rows_box, g_ptr_array_index (self->rows, i));
    }
  }
  gtk_widget_set_visible (self->tools_box, self->rows->len > FEW_FEATURES);
  gtk_editable_set_text (self->search_entry, "");
  filter_rows (self);
  sort_rows (self);
  queue_refresh (self);
}

void
re3_feature_list_set_session (Re3FeatureList *self, Re3Session *session)
{
  g_return_if_fail (RE3_IS_FEATURE_LIST (self));
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "document-changed", G_CALLBACK (document_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "analysis-changed", G_CALLBACK (analysis_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "explanation-changed", G_CALLBACK (queue_refresh), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (re3_session_get_what_if (session), "locks-changed",
                           G_CALLBACK (queue_refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (re3_session_get_selection (session), "unit-changed",
                           G_CALLBACK (unit_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (self->scrolled_window),
                           "value-changed", G_CALLBACK (queue_refresh), self, G_CONNECT_SWAPPED);
  document_changed_cb (self);
}

/* --- The widget ----------------------------------------------------------------------------- */

static void
re3_feature_list_dispose (GObject *object)
{
  Re3FeatureList *self = RE3_FEATURE_LIST (object);
  GtkWidget *child;

  re3_worker_abandon (self->tracer);
  g_ptr_array_set_size (self->rows, 0);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (re3_feature_list_parent_class)->dispose (object);
}

static void
re3_feature_list_finalize (GObject *object)
{
  Re3FeatureList *self = RE3_FEATURE_LIST (object);

  g_ptr_array_unref (self->rows);
  g_object_unref (self->tracer);

  G_OBJECT_CLASS (re3_feature_list_parent_class)->finalize (object);
}

static void
re3_feature_list_class_init (Re3FeatureListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = re3_feature_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = re3_feature_list_finalize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/re3/Re3/ui/re3-feature-list.ui");
  gtk_widget_class_bind_template_child (widget_class, Re3FeatureList, tools_box);
  gtk_widget_class_bind_template_child (widget_class, Re3FeatureList, search_entry);
  gtk_widget_class_bind_template_child (widget_class, Re3FeatureList, order_drop_down);
  gtk_widget_class_bind_template_child (widget_class, Re3FeatureList, scrolled_window);
  gtk_widget_class_bind_template_child (widget_class, Re3FeatureList, rows_box);
  gtk_widget_class_bind_template_child (widget_class, Re3FeatureList, nothing_label);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, order_changed_cb);
  gtk_widget_class_set_css_name (widget_class, "features");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
re3_feature_list_init (Re3FeatureList *self)
{
  self->rows = g_ptr_array_new ();
  self->tracer = re3_worker_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}
