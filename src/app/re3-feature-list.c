/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-feature-list.h"

#include "re3-feature-row.h"
#include "re3-group-offer.h"
#include "re3-group-row.h"
#include "re3-row-view.h"

/* So many can be looked through without a search. */
#define FEW_FEATURES 8

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
  Re3GroupOffer *group_offer;
  GtkScrolledWindow *scrolled_window;
  Re3RowView *row_view;
  GtkWidget *nothing_label;

  Re3Session *session;
  GListStore *items;           /* of Re3FeatureItem, in the order of the model's features */
  GtkSortListModel *sorted;    /* the same in the order that is chosen */
  GtkFilterListModel *matches; /* and of these, what the search finds */
  GtkSorter *by_name;
  GtkSorter *by_importance;
  guint refresh_id;

  Re3Worker *tracer;
  gboolean is_behind; /* other responses are wanted than the tracer is at */
};

G_DEFINE_FINAL_TYPE (Re3FeatureList, re3_feature_list, GTK_TYPE_WIDGET)

/* --- Order and search ----------------------------------------------------------------------- */

/* What is equal otherwise stands as in the model, whatever order there was before. */
static int
compare_features (Re3FeatureItem *a, Re3FeatureItem *b)
{
  gsize left = re3_feature_item_get_feature (a);
  gsize right = re3_feature_item_get_feature (b);

  return left < right ? -1 : left > right;
}

static int
compare_names (gconstpointer a, gconstpointer b, gpointer user_data)
{
  int order = re3_feature_item_compare_names ((Re3FeatureItem *) a, (Re3FeatureItem *) b);

  return order != 0 ? order : compare_features ((Re3FeatureItem *) a, (Re3FeatureItem *) b);
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

static int
compare_importance (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const double *importance = get_importance (user_data);
  double left = 0.0;
  double right = 0.0;

  if (importance != NULL) {
    left = re3_feature_item_get_importance ((Re3FeatureItem *) a, importance);
    right = re3_feature_item_get_importance ((Re3FeatureItem *) b, importance);
  }
  if (left != right)
    return left > right ? -1 : 1;
  return compare_features ((Re3FeatureItem *) a, (Re3FeatureItem *) b);
}

static gboolean
is_match (gpointer item, gpointer user_data)
{
  Re3FeatureList *self = user_data;

  return re3_feature_item_matches (item, gtk_editable_get_text (self->search_entry));
}

static void
make_lists (Re3FeatureList *self)
{
  GtkFilter *filter = GTK_FILTER (gtk_custom_filter_new (is_match, self, NULL));

  self->items = g_list_store_new (RE3_TYPE_FEATURE_ITEM);
  self->by_name = GTK_SORTER (gtk_custom_sorter_new (compare_names, NULL, NULL));
  self->by_importance = GTK_SORTER (gtk_custom_sorter_new (compare_importance, self, NULL));
  self->sorted = gtk_sort_list_model_new (g_object_ref (G_LIST_MODEL (self->items)), NULL);
  self->matches = gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (self->sorted)), filter);
}

/* Returns: (transfer full) (nullable): of what the search finds */
static Re3FeatureItem *
get_match (Re3FeatureList *self, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (self->matches), position);
}

/* GTK_INVALID_LIST_POSITION for a feature that the search does not find. */
static guint
find_feature (Re3FeatureList *self, gsize feature)
{
  guint n_matches = g_list_model_get_n_items (G_LIST_MODEL (self->matches));

  for (guint i = 0; i < n_matches; i++) {
    g_autoptr (Re3FeatureItem) item = get_match (self, i);

    if (re3_feature_item_has (item, feature))
      return i;
  }
  return GTK_INVALID_LIST_POSITION;
}

/* --- Showing -------------------------------------------------------------------------------- */

static GType
choose_row_type (gpointer item)
{
  return re3_feature_item_get_group (item) != NULL ? RE3_TYPE_GROUP_ROW : RE3_TYPE_FEATURE_ROW;
}

static void
bind_row (GtkWidget *row, gpointer item, gpointer user_data)
{
  Re3FeatureList *self = user_data;

  re3_what_if_row_bind (RE3_WHAT_IF_ROW (row), self->session, item);
}

static const Re3RowSource row_source = { choose_row_type, bind_row };

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
    trace->response =
        re3_response_new (input->explanation, trace->feature, trace->low, trace->high);
  }
  return g_array_ref (input->traces);
}

static void request_traces (Re3FeatureList *self);

/* Unless it has been scrolled away meanwhile. */
static void
show_trace (Re3FeatureList *self, Trace *trace)
{
  GtkWidget *row;

  for (guint i = 0; (row = re3_row_view_get_row (self->row_view, i)) != NULL; i++)
    if (RE3_IS_FEATURE_ROW (row) &&
        re3_feature_row_get_feature (RE3_FEATURE_ROW (row)) == trace->feature)
      re3_feature_row_take_response (RE3_FEATURE_ROW (row), g_steal_pointer (&trace->response));
}

static void
traced_cb (gpointer result, const GError *error, gpointer user_data)
{
  Re3FeatureList *self = user_data;
  g_autoptr (GArray) traces = result;

  for (guint i = 0; traces != NULL && i < traces->len; i++)
    show_trace (self, &g_array_index (traces, Trace, i));
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
  GtkWidget *row;

  self->is_behind = re3_worker_is_busy (self->tracer);
  if (self->is_behind || explanation == NULL)
    return;

  input = g_new (TraceJob, 1);
  input->explanation = re3_explanation_ref ((Re3Explanation *) explanation);
  input->traces = g_array_new (FALSE, FALSE, sizeof (Trace));
  g_array_set_clear_func (input->traces, trace_clear);
  for (guint i = 0; (row = re3_row_view_get_row (self->row_view, i)) != NULL; i++) {
    Trace trace = { 0 };

    if (!RE3_IS_FEATURE_ROW (row))
      continue;
    trace.feature = re3_feature_row_get_feature (RE3_FEATURE_ROW (row));
    if (re3_feature_row_get_range (RE3_FEATURE_ROW (row), &trace.low, &trace.high))
      g_array_append_val (input->traces, trace);
  }
  re3_worker_submit (self->tracer, trace_work, input, trace_job_free,
                     (GDestroyNotify) g_array_unref, NULL, traced_cb, self);
}

static gboolean
refresh_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  Re3FeatureList *self = RE3_FEATURE_LIST (widget);
  GtkWidget *row;

  self->refresh_id = 0;
  re3_row_view_fill (self->row_view);
  for (guint i = 0; (row = re3_row_view_get_row (self->row_view, i)) != NULL; i++)
    re3_what_if_row_update (RE3_WHAT_IF_ROW (row));
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

static void
filter_items (Re3FeatureList *self)
{
  gtk_filter_changed (gtk_filter_list_model_get_filter (self->matches),
                      GTK_FILTER_CHANGE_DIFFERENT);
}

static void
unit_changed_cb (Re3FeatureList *self)
{
  gsize selected = re3_selection_get_feature (re3_session_get_selection (self->session));

  if (selected != RE3_NO_FEATURE) {
    guint position = find_feature (self, selected);

    /* What the search has hidden is shown again. */
    if (position == GTK_INVALID_LIST_POSITION) {
      gtk_editable_set_text (self->search_entry, "");
      position = find_feature (self, selected);
    }
    re3_row_view_scroll_to (self->row_view, position);
  }
  queue_refresh (self);
}

static void
analysis_changed_cb (Re3FeatureList *self)
{
  gtk_sorter_changed (self->by_importance, GTK_SORTER_CHANGE_DIFFERENT);
  queue_refresh (self);
}

static void
order_changed_cb (Re3FeatureList *self)
{
  GtkSorter *sorters[] = {
    [ORDER_MODEL] = NULL,
    [ORDER_NAME] = self->by_name,
    [ORDER_IMPORTANCE] = self->by_importance,
  };

  gtk_sort_list_model_set_sorter (self->sorted,
                                  sorters[gtk_drop_down_get_selected (self->order_drop_down)]);
}

static void
matches_changed_cb (Re3FeatureList *self)
{
  gtk_widget_set_visible (self->nothing_label,
                          g_list_model_get_n_items (G_LIST_MODEL (self->items)) > 0 &&
                              g_list_model_get_n_items (G_LIST_MODEL (self->matches)) == 0);
  queue_refresh (self);
}

/* A group stands where its first feature is, in the place of all. All at once: each change would
 * have all of them sorted. */
static void
replace_items (Re3FeatureList *self)
{
  const GPtrArray *groups = re3_group_choices_get_groups (re3_session_get_groups (self->session));
  g_autoptr (GHashTable) has_item = g_hash_table_new (NULL, NULL);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  Re3Model *model = re3_session_get_model (self->session);
  gsize n_features =
      re3_session_get_dataset (self->session) != NULL ? re3_model_get_n_features (model) : 0;

  for (gsize i = 0; i < n_features; i++) {
    const Re3FeatureGroup *group = re3_feature_groups_find (groups, i);

    if (group == NULL)
      g_ptr_array_add (items, re3_feature_item_new (model, i));
    else if (g_hash_table_add (has_item, (gpointer) group))
      g_ptr_array_add (items, re3_feature_item_new_group (model, group));
  }
  g_list_store_splice (self->items, 0, g_list_model_get_n_items (G_LIST_MODEL (self->items)),
                       items->pdata, items->len);
}

static void
groups_changed_cb (Re3FeatureList *self)
{
  replace_items (self);
  gtk_widget_set_visible (self->tools_box,
                          g_list_model_get_n_items (G_LIST_MODEL (self->items)) > FEW_FEATURES);
  /* No row is about a feature of the document that has gone, or a group that there is no more. */
  re3_row_view_fill (self->row_view);
  queue_refresh (self);
}

static void
document_changed_cb (Re3FeatureList *self)
{
  re3_worker_abandon (self->tracer);
  gtk_editable_set_text (self->search_entry, "");
  groups_changed_cb (self);
}

void
re3_feature_list_set_session (Re3FeatureList *self, Re3Session *session)
{
  g_return_if_fail (RE3_IS_FEATURE_LIST (self));
  g_return_if_fail (self->session == NULL);

  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scrolled_window);

  self->session = g_object_ref (session);
  re3_group_offer_set_session (self->group_offer, session);
  g_signal_connect_object (re3_session_get_groups (session), "changed",
                           G_CALLBACK (groups_changed_cb), self, G_CONNECT_SWAPPED);
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
  re3_row_view_set_source (self->row_view, G_LIST_MODEL (self->matches), adjustment, &row_source,
                           self);
  g_signal_connect_object (self->matches, "items-changed", G_CALLBACK (matches_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "changed", G_CALLBACK (queue_refresh), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (queue_refresh), self,
                           G_CONNECT_SWAPPED);
  document_changed_cb (self);
}

/* --- The widget ----------------------------------------------------------------------------- */

static void
re3_feature_list_dispose (GObject *object)
{
  Re3FeatureList *self = RE3_FEATURE_LIST (object);
  GtkWidget *child;

  re3_worker_abandon (self->tracer);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (re3_feature_list_parent_class)->dispose (object);
}

static void
re3_feature_list_finalize (GObject *object)
{
  Re3FeatureList *self = RE3_FEATURE_LIST (object);

  g_object_unref (self->matches);
  g_object_unref (self->sorted);
  g_object_unref (self->items);
  g_object_unref (self->by_name);
  g_object_unref (self->by_importance);
  g_object_unref (self->tracer);

  G_OBJECT_CLASS (re3_feature_list_parent_class)->finalize (object);
}

static void
re3_feature_list_class_init (Re3FeatureListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = re3_feature_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = re3_feature_list_finalize;

  g_type_ensure (RE3_TYPE_GROUP_OFFER);
  g_type_ensure (RE3_TYPE_ROW_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/re3/Re3/ui/re3-feature-list.ui");
  gtk_widget_class_bind_template_child (widget_class, Re3FeatureList, tools_box);
  gtk_widget_class_bind_template_child (widget_class, Re3FeatureList, search_entry);
  gtk_widget_class_bind_template_child (widget_class, Re3FeatureList, order_drop_down);
  gtk_widget_class_bind_template_child (widget_class, Re3FeatureList, group_offer);
  gtk_widget_class_bind_template_child (widget_class, Re3FeatureList, scrolled_window);
  gtk_widget_class_bind_template_child (widget_class, Re3FeatureList, row_view);
  gtk_widget_class_bind_template_child (widget_class, Re3FeatureList, nothing_label);
  gtk_widget_class_bind_template_callback (widget_class, filter_items);
  gtk_widget_class_bind_template_callback (widget_class, order_changed_cb);
  gtk_widget_class_set_css_name (widget_class, "features");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
re3_feature_list_init (Re3FeatureList *self)
{
  self->tracer = re3_worker_new ();
  make_lists (self);
  gtk_widget_init_template (GTK_WIDGET (self));
}
