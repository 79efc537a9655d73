/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-sample-filter.h"

#include <math.h>
#include <string.h>

static Re3SampleFilter *
filter_new (Re3FilterKind kind)
{
  Re3SampleFilter *self = g_new0 (Re3SampleFilter, 1);

  self->kind = kind;
  self->actual = RE3_ALL_CLASSES;
  self->predicted = RE3_ALL_CLASSES;
  self->set = RE3_SAMPLES_ALL;
  return self;
}

Re3SampleFilter *
re3_sample_filter_new_region (gsize region)
{
  Re3SampleFilter *self = filter_new (RE3_FILTER_REGION);

  self->region = region;
  return self;
}

Re3SampleFilter *
re3_sample_filter_new_classes (int actual, int predicted, Re3SampleSet set)
{
  Re3SampleFilter *self = filter_new (RE3_FILTER_CLASSES);

  self->actual = actual;
  self->predicted = predicted;
  self->set = set;
  return self;
}

Re3SampleFilter *
re3_sample_filter_new_distance (Re3Metric metric, double low, double high, Re3SampleSet set)
{
  g_return_val_if_fail (low <= high, NULL);

  Re3SampleFilter *self = filter_new (RE3_FILTER_DISTANCE);

  self->metric = metric;
  self->low = low;
  self->high = high;
  self->set = set;
  return self;
}

Re3SampleFilter *
re3_sample_filter_new_misclassified (void)
{
  return filter_new (RE3_FILTER_MISCLASSIFIED);
}

Re3SampleFilter *
re3_sample_filter_new_search (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);

  Re3SampleFilter *self = filter_new (RE3_FILTER_SEARCH);

  self->text = g_strdup (text);
  return self;
}

Re3SampleFilter *
re3_sample_filter_copy (const Re3SampleFilter *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  Re3SampleFilter *copy = g_memdup2 (self, sizeof *self);

  copy->text = g_strdup (self->text);
  return copy;
}

void
re3_sample_filter_free (Re3SampleFilter *self)
{
  if (self == NULL)
    return;

  g_free (self->text);
  g_free (self);
}

gboolean
re3_sample_filter_equal (const Re3SampleFilter *self, const Re3SampleFilter *other)
{
  g_return_val_if_fail (self != NULL && other != NULL, FALSE);

  return self->kind == other->kind && self->region == other->region &&
         self->actual == other->actual && self->predicted == other->predicted &&
         self->metric == other->metric && self->low == other->low && self->high == other->high &&
         self->set == other->set && g_strcmp0 (self->text, other->text) == 0;
}

/* --- The predicate -------------------------------------------------------------------------- */

/* A word of a search text. */
typedef struct {
  gssize number;           /* the row that it names, or -1 */
  gssize region;           /* the region, or -1 */
  gboolean *class_matches; /* (n_classes) */
} Word;

struct _Re3SamplePredicate {
  const Re3SampleFilter *const *filters;
  gsize n_filters;
  const Re3Dataset *dataset;
  const Re3Analysis *analysis;
  gboolean has_distances;
  GArray *words; /* of Word */
};

static void
word_clear (gpointer data)
{
  Word *word = data;

  g_free (word->class_matches);
}

static gssize
parse_count (const char *text, gssize missing)
{
  guint64 number;

  return g_ascii_string_to_unsigned (text, 10, 0, G_MAXSSIZE, &number, NULL) ? (gssize) number
                                                                             : missing;
}

static void
add_word (Re3SamplePredicate *self, const char *text)
{
  gsize n_classes = re3_dataset_get_n_classes (self->dataset);
  Word word = {
    .number = parse_count (text, -1),
    .region = text[0] == 'r' ? parse_count (text + 1, 0) - 1 : -1,
    .class_matches = g_new0 (gboolean, n_classes),
  };

  for (gsize c = 0; self->analysis != NULL && c < n_classes; c++) {
    const char *name = re3_model_get_class_name (re3_analysis_get_model (self->analysis), c);
    g_autofree char *folded = g_utf8_casefold (name, -1);

    word.class_matches[c] = strstr (folded, text) != NULL;
  }
  g_array_append_val (self->words, word);
}

static void
add_words (Re3SamplePredicate *self, const char *text)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);
  g_auto (GStrv) parts = g_strsplit_set (folded, " \t", -1);

  for (gsize i = 0; parts[i] != NULL; i++)
    if (parts[i][0] != '\0')
      add_word (self, parts[i]);
}

Re3SamplePredicate *
re3_sample_predicate_new (const Re3SampleFilter *const *filters,
                          gsize n_filters,
                          const Re3Dataset *dataset,
                          const Re3Analysis *analysis)
{
  g_return_val_if_fail (filters != NULL || n_filters == 0, NULL);
  g_return_val_if_fail (dataset != NULL, NULL);

  Re3SamplePredicate *self = g_new0 (Re3SamplePredicate, 1);

  self->filters = filters;
  self->n_filters = n_filters;
  self->dataset = dataset;
  self->analysis = analysis;
  self->has_distances = analysis != NULL && re3_analysis_is_complete (analysis);
  self->words = g_array_new (FALSE, FALSE, sizeof (Word));
  g_array_set_clear_func (self->words, word_clear);
  for (gsize i = 0; i < n_filters; i++)
    if (filters[i]->kind == RE3_FILTER_SEARCH)
      add_words (self, filters[i]->text);
  return self;
}

void
re3_sample_predicate_free (Re3SamplePredicate *self)
{
  if (self == NULL)
    return;

  g_array_unref (self->words);
  g_free (self);
}

static gboolean
is_in_set (const Re3SamplePredicate *self, Re3SampleSet set, gsize row)
{
  return set == RE3_SAMPLES_ALL ||
         re3_dataset_is_test (self->dataset, row) == (set == RE3_SAMPLES_TEST);
}

static gboolean
matches_classes (const Re3SamplePredicate *self, const Re3SampleFilter *filter, gsize row)
{
  return is_in_set (self, filter->set, row) &&
         (filter->actual == RE3_ALL_CLASSES ||
          re3_dataset_get_label (self->dataset, row) == filter->actual) &&
         (filter->predicted == RE3_ALL_CLASSES || self->analysis == NULL ||
          re3_analysis_get_prediction (self->analysis, row) == filter->predicted);
}

static gboolean
matches_distance (const Re3SamplePredicate *self, const Re3SampleFilter *filter, gsize row)
{
  double distance;

  if (!is_in_set (self, filter->set, row))
    return FALSE;
  if (!self->has_distances)
    return TRUE;

  distance = re3_analysis_get_boundary (self->analysis, row, filter->metric, NULL);
  return distance >= filter->low && (distance < filter->high || isinf (filter->high));
}

static gboolean
matches_word (const Re3SamplePredicate *self, const Word *word, gsize row)
{
  int label = re3_dataset_get_label (self->dataset, row);

  if (word->number == (gssize) row || (label != RE3_NO_LABEL && word->class_matches[label]))
    return TRUE;

  return self->analysis != NULL &&
         (word->class_matches[re3_analysis_get_prediction (self->analysis, row)] ||
          word->region == (gssize) re3_analysis_get_region (self->analysis, row));
}

static gboolean
matches_search (const Re3SamplePredicate *self, gsize row)
{
  for (guint i = 0; i < self->words->len; i++)
    if (!matches_word (self, &g_array_index (self->words, Word, i), row))
      return FALSE;
  return TRUE;
}

static gboolean
matches_filter (const Re3SamplePredicate *self, const Re3SampleFilter *filter, gsize row)
{
  switch (filter->kind) {
  case RE3_FILTER_REGION:
    return self->analysis == NULL ||
           re3_analysis_get_region (self->analysis, row) == filter->region;
  case RE3_FILTER_CLASSES:
    return matches_classes (self, filter, row);
  case RE3_FILTER_DISTANCE:
    return matches_distance (self, filter, row);
  case RE3_FILTER_MISCLASSIFIED:
    return self->analysis == NULL || re3_analysis_is_misclassified (self->analysis, row);
  case RE3_FILTER_SEARCH:
    return matches_search (self, row);
  default:
    g_assert_not_reached ();
  }
}

gboolean
re3_sample_predicate_matches (const Re3SamplePredicate *self, gsize row)
{
  for (gsize i = 0; i < self->n_filters; i++)
    if (!matches_filter (self, self->filters[i], row))
      return FALSE;
  return TRUE;
}
