/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-sample-list.h"

struct _Re3Sample {
  GObject parent_instance;
  gsize row;
};

G_DEFINE_FINAL_TYPE (Re3Sample, re3_sample, G_TYPE_OBJECT)

static void
re3_sample_class_init (Re3SampleClass *klass)
{
}

static void
re3_sample_init (Re3Sample *self)
{
}

gsize
re3_sample_get_row (Re3Sample *self)
{
  g_return_val_if_fail (RE3_IS_SAMPLE (self), 0);

  return self->row;
}

struct _Re3SampleList {
  GObject parent_instance;

  Re3Dataset *dataset;
  Re3Analysis *analysis;

  Re3SampleKey key;
  gboolean descending;

  gssize region;
  gboolean misclassified;
  GStrv words; /* casefolded */

  guint32 *rows; /* (nullable): position to data row */
  guint n_rows;
  guint32 *positions; /* data row to position, G_MAXUINT32 while hidden */
};

static void re3_sample_list_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (Re3SampleList,
                               re3_sample_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      re3_sample_list_list_model_init))

typedef struct {
  double key;
  guint32 row;
} SortEntry;

static double
get_key (Re3SampleList *self, gsize row)
{
  if (self->key == RE3_SAMPLE_LABEL)
    return re3_dataset_get_label (self->dataset, row);
  if (self->key == RE3_SAMPLE_ROW || self->analysis == NULL)
    return row;

  switch (self->key) {
  case RE3_SAMPLE_PREDICTION:
    return re3_analysis_get_prediction (self->analysis, row);
  case RE3_SAMPLE_CONFIDENCE:
    return re3_analysis_get_confidence (self->analysis, row);
  case RE3_SAMPLE_REGION:
    return re3_analysis_get_region (self->analysis, row);
  case RE3_SAMPLE_DISTANCE:
    /* Distances are not there in a first analysis, and no number can be sorted by. */
    return re3_analysis_is_complete (self->analysis)
               ? re3_analysis_get_distance (self->analysis, row)
               : 0.0;
  case RE3_SAMPLE_ROW:
  case RE3_SAMPLE_LABEL:
  default:
    g_assert_not_reached ();
  }
}

static int
compare_entries (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const SortEntry *first = a;
  const SortEntry *second = b;
  int sign = *(const gboolean *) user_data ? -1 : 1;

  if (first->key != second->key)
    return first->key < second->key ? -sign : sign;
  return first->row < second->row ? -1 : first->row > second->row;
}

/* The words of the filter, looked up once instead of once a row. */
typedef struct {
  gsize n_words;
  gboolean *class_matches; /* (n_words, n_classes) */
  gssize *numbers;         /* of each word: a row, or -1 */
  gssize *regions;         /* of each word: a region, or -1 */
} Matcher;

static void
matcher_clear (Matcher *matcher)
{
  g_free (matcher->class_matches);
  g_free (matcher->numbers);
  g_free (matcher->regions);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Matcher, matcher_clear)

static gssize
parse_count (const char *text, gssize missing)
{
  guint64 number;

  return g_ascii_string_to_unsigned (text, 10, 0, G_MAXSSIZE, &number, NULL) ? (gssize) number
                                                                             : missing;
}

static void
matcher_init (Matcher *matcher, Re3SampleList *self)
{
  gsize n_words = self->words != NULL ? g_strv_length (self->words) : 0;
  gsize n_classes = re3_dataset_get_n_classes (self->dataset);

  matcher->n_words = n_words;
  matcher->class_matches = g_new0 (gboolean, n_words * n_classes);
  matcher->numbers = g_new (gssize, n_words);
  matcher->regions = g_new (gssize, n_words);

  for (gsize w = 0; w < n_words; w++) {
    const char *word = self->words[w];

    matcher->numbers[w] = parse_count (word, -1);
    matcher->regions[w] = word[0] == 'r' ? parse_count (word + 1, 0) - 1 : -1;

    for (gsize c = 0; self->analysis != NULL && c < n_classes; c++) {
      const char *name = re3_model_get_class_name (re3_analysis_get_model (self->analysis), c);
      g_autofree char *folded = g_utf8_casefold (name, -1);

      matcher->class_matches[w * n_classes + c] = strstr (folded, word) != NULL;
    }
  }
}

static gboolean
word_matches (Re3SampleList *self, const Matcher *matcher, gsize word, gsize row)
{
  gsize n_classes = re3_dataset_get_n_classes (self->dataset);
  const gboolean *classes = matcher->class_matches + word * n_classes;
  int label = re3_dataset_get_label (self->dataset, row);

  if (matcher->numbers[word] == (gssize) row || (label != RE3_NO_LABEL && classes[label]))
    return TRUE;

  return self->analysis != NULL &&
         (classes[re3_analysis_get_prediction (self->analysis, row)] ||
          matcher->regions[word] == (gssize) re3_analysis_get_region (self->analysis, row));
}

static gboolean
row_matches (Re3SampleList *self, const Matcher *matcher, gsize row)
{
  if (self->analysis != NULL) {
    if (self->region >= 0 && re3_analysis_get_region (self->analysis, row) != (gsize) self->region)
      return FALSE;
    if (self->misclassified && !re3_analysis_is_misclassified (self->analysis, row))
      return FALSE;
  }

  for (gsize w = 0; w < matcher->n_words; w++)
    if (!word_matches (self, matcher, w, row))
      return FALSE;

  return TRUE;
}

static void
rebuild (Re3SampleList *self)
{
  guint n_before = self->n_rows;

  g_clear_pointer (&self->rows, g_free);
  g_clear_pointer (&self->positions, g_free);
  self->n_rows = 0;

  if (self->dataset != NULL) {
    gsize n = re3_dataset_get_n_rows (self->dataset);
    g_autofree SortEntry *entries = g_new (SortEntry, n);
    g_auto (Matcher) matcher = { 0 };
    guint count = 0;

    matcher_init (&matcher, self);
    for (gsize row = 0; row < n; row++)
      if (row_matches (self, &matcher, row))
        entries[count++] = (SortEntry){ get_key (self, row), row };
    if (self->key != RE3_SAMPLE_ROW || self->descending)
      g_qsort_with_data (entries, count, sizeof *entries, compare_entries, &self->descending);

    self->rows = g_new (guint32, count);
    self->positions = g_new (guint32, n);
    memset (self->positions, 0xff, n * sizeof *self->positions);
    for (guint i = 0; i < count; i++) {
      self->rows[i] = entries[i].row;
      self->positions[entries[i].row] = i;
    }
    self->n_rows = count;
  }

  g_list_model_items_changed (G_LIST_MODEL (self), 0, n_before, self->n_rows);
}

void
re3_sample_list_set_source (Re3SampleList *self, Re3Dataset *dataset, Re3Analysis *analysis)
{
  g_return_if_fail (RE3_IS_SAMPLE_LIST (self));
  g_return_if_fail (analysis == NULL || re3_analysis_get_dataset (analysis) == dataset);

  g_clear_pointer (&self->dataset, re3_dataset_unref);
  g_clear_pointer (&self->analysis, re3_analysis_unref);
  if (dataset != NULL)
    self->dataset = re3_dataset_ref (dataset);
  if (analysis != NULL)
    self->analysis = re3_analysis_ref (analysis);
  rebuild (self);
}

void
re3_sample_list_set_order (Re3SampleList *self, Re3SampleKey key, gboolean descending)
{
  g_return_if_fail (RE3_IS_SAMPLE_LIST (self));

  if (self->key == key && self->descending == descending)
    return;

  self->key = key;
  self->descending = descending;
  rebuild (self);
}

void
re3_sample_list_set_filter (Re3SampleList *self, const Re3SampleFilter *filter)
{
  g_return_if_fail (RE3_IS_SAMPLE_LIST (self));
  g_return_if_fail (filter != NULL);

  g_clear_pointer (&self->words, g_strfreev);
  self->region = filter->region;
  self->misclassified = filter->misclassified;
  if (filter->text != NULL) {
    g_autofree char *folded = g_utf8_casefold (filter->text, -1);
    g_auto (GStrv) parts = g_strsplit_set (folded, " \t", -1);
    g_autoptr (GStrvBuilder) words = g_strv_builder_new ();

    for (gsize i = 0; parts[i] != NULL; i++)
      if (parts[i][0] != '\0')
        g_strv_builder_add (words, parts[i]);
    self->words = g_strv_builder_end (words);
  }
  rebuild (self);
}

gsize
re3_sample_list_get_row (Re3SampleList *self, guint position)
{
  g_return_val_if_fail (RE3_IS_SAMPLE_LIST (self), 0);
  g_return_val_if_fail (position < self->n_rows, 0);

  return self->rows[position];
}

guint
re3_sample_list_find_row (Re3SampleList *self, gsize row)
{
  g_return_val_if_fail (RE3_IS_SAMPLE_LIST (self), G_MAXUINT);

  if (self->dataset == NULL || row >= re3_dataset_get_n_rows (self->dataset))
    return G_MAXUINT;
  return self->positions[row];
}

static GType
get_item_type (GListModel *model)
{
  return RE3_TYPE_SAMPLE;
}

static guint
get_n_items (GListModel *model)
{
  return RE3_SAMPLE_LIST (model)->n_rows;
}

static gpointer
get_item (GListModel *model, guint position)
{
  Re3SampleList *self = RE3_SAMPLE_LIST (model);
  Re3Sample *sample;

  if (position >= self->n_rows)
    return NULL;

  sample = g_object_new (RE3_TYPE_SAMPLE, NULL);
  sample->row = self->rows[position];
  return sample;
}

static void
re3_sample_list_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
re3_sample_list_finalize (GObject *object)
{
  Re3SampleList *self = RE3_SAMPLE_LIST (object);

  g_clear_pointer (&self->dataset, re3_dataset_unref);
  g_clear_pointer (&self->analysis, re3_analysis_unref);
  g_clear_pointer (&self->words, g_strfreev);
  g_clear_pointer (&self->rows, g_free);
  g_clear_pointer (&self->positions, g_free);

  G_OBJECT_CLASS (re3_sample_list_parent_class)->finalize (object);
}

static void
re3_sample_list_class_init (Re3SampleListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = re3_sample_list_finalize;
}

static void
re3_sample_list_init (Re3SampleList *self)
{
  self->region = -1;
}

Re3SampleList *
re3_sample_list_new (void)
{
  return g_object_new (RE3_TYPE_SAMPLE_LIST, NULL);
}
