/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-data-labels.h"

#include "re3-csv-cell.h"
#include "re3-dataset.h"
#include "re3-io-error.h"
#include "re3-io-file.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/**
 * Labels:
 * @n_present: values that are not missing
 * @n_named: those of them that are names of classes
 * @n_classes_named: how many classes those name
 * @n_numbers: those that are whole numbers
 * @numbers: (element-type double): the different whole numbers, in order
 *
 * What the values of a label column are.
 */
typedef struct {
  gsize n_present;
  gsize n_named;
  gsize n_classes_named;
  gsize n_numbers;
  GArray *numbers;
} Labels;

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return (x > y) - (x < y);
}

static gboolean
read_whole_number (const char *value, double *number)
{
  return re3_csv_cell_read (value, number) == RE3_CSV_CELL_NUMBER && floor (*number) == *number;
}

/* The class called @value. The names 0, 1, ... of a model that names none are ours, and no
 * evidence that the label 1 means the second class. */
static int
find_named_class (const Re3Model *model, const char *value)
{
  if (!re3_model_has_class_names (model) || !g_utf8_validate (value, -1, NULL))
    return RE3_NO_LABEL;

  return (int) re3_model_find_class (model, value);
}

/* A class may be called "none", so its name is looked for first. */
static gboolean
is_missing (const Re3Model *model, const char *value)
{
  double number;

  return find_named_class (model, value) < 0 &&
         re3_csv_cell_read (value, &number) == RE3_CSV_CELL_MISSING;
}

static void
sort_out (const Re3Model *model, const char *const *values, gsize n_values, Labels *labels)
{
  g_autofree gboolean *is_named = g_new0 (gboolean, re3_model_get_n_classes (model));
  GArray *numbers = g_array_new (FALSE, FALSE, sizeof (double));
  guint n_different = 0;

  *labels = (Labels){ .numbers = numbers };

  for (gsize i = 0; i < n_values; i++) {
    int class_index = find_named_class (model, values[i]);
    double number;

    if (is_missing (model, values[i]))
      continue;
    labels->n_present++;
    if (class_index >= 0) {
      labels->n_named++;
      labels->n_classes_named += !is_named[class_index];
      is_named[class_index] = TRUE;
    }
    if (read_whole_number (values[i], &number)) {
      labels->n_numbers++;
      g_array_append_val (numbers, number);
    }
  }

  g_array_sort (numbers, compare_numbers);
  for (guint i = 0; i < numbers->len; i++) {
    double number = g_array_index (numbers, double, i);

    if (i == 0 || number != g_array_index (numbers, double, n_different - 1))
      g_array_index (numbers, double, n_different++) = number;
  }
  g_array_set_size (numbers, n_different);
}

/* Whether all numbers are among @base, @base + 1, ... for the classes of @model. */
static gboolean
fits_base (const Re3Model *model, const GArray *numbers, double base)
{
  double n_classes = (double) re3_model_get_n_classes (model);

  return numbers->len > 0 && g_array_index (numbers, double, 0) >= base &&
         g_array_index (numbers, double, numbers->len - 1) < base + n_classes;
}

/* Whether all values that are there are numbers. */
static Re3LabelFit
judge_targets (const char *const *values, gsize n_values)
{
  Re3LabelFit fit = RE3_LABEL_FIT_NONE;

  for (gsize i = 0; i < n_values; i++) {
    double number;
    Re3CsvCell kind = re3_csv_cell_read (values[i], &number);

    if (kind == RE3_CSV_CELL_NUMBER)
      fit = RE3_LABEL_FIT_NUMBERS;
    else if (kind != RE3_CSV_CELL_MISSING)
      return RE3_LABEL_FIT_NONE;
  }

  return fit;
}

Re3LabelFit
re3_labels_judge (const Re3Model *model, const char *const *values, gsize n_values)
{
  g_autoptr (GArray) numbers = NULL;
  gsize n_classes;
  Labels labels;

  g_return_val_if_fail (model != NULL, RE3_LABEL_FIT_NONE);

  if (re3_model_is_regression (model))
    return judge_targets (values, n_values);

  n_classes = re3_model_get_n_classes (model);
  sort_out (model, values, n_values, &labels);
  numbers = labels.numbers;

  if (labels.n_present == 0)
    return RE3_LABEL_FIT_NONE;

  if (labels.n_numbers == labels.n_present) {
    if (labels.n_named == labels.n_present || labels.n_classes_named == n_classes ||
        numbers->len == n_classes || fits_base (model, numbers, 0) || fits_base (model, numbers, 1))
      return RE3_LABEL_FIT_NUMBERS;
    return RE3_LABEL_FIT_NONE;
  }

  /* Without names of classes texts cannot be mapped, but then the reader had better say that than
   * that there is no label. */
  if (re3_model_has_class_names (model))
    return 2 * labels.n_named >= labels.n_present ? RE3_LABEL_FIT_TEXTS : RE3_LABEL_FIT_NONE;
  return labels.n_numbers == 0 && labels.n_present <= n_classes ? RE3_LABEL_FIT_TEXTS
                                                                : RE3_LABEL_FIT_NONE;
}

static char *
describe_mapping (const Re3Model *model,
                  const char *const *values,
                  const int *classes,
                  gsize n_values)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  gboolean is_told_by_names = TRUE;

  for (gsize c = 0; c < re3_model_get_n_classes (model); c++) {
    for (gsize i = 0; i < n_values; i++) {
      const char *class_name = re3_model_get_class_name (model, c);

      if (classes[i] == (int) c) {
        g_ptr_array_add (parts, g_strdup_printf ("%s = %s", values[i], class_name));
        is_told_by_names = is_told_by_names && g_str_equal (values[i], class_name);
        break;
      }
    }
  }

  return is_told_by_names ? NULL
                          : re3_io_join_names ((const char *const *) parts->pdata, parts->len);
}

/* The number that stands for the first class, and whether there is one for sure. */
static gboolean
find_base (const Re3Model *model,
           const Labels *labels,
           const char *const *values,
           gsize n_values,
           const char *column,
           const char *name,
           double *base,
           GError **error)
{
  gsize n_classes = re3_model_get_n_classes (model);
  gboolean fits_0 = fits_base (model, labels->numbers, 0);
  gboolean fits_1 = fits_base (model, labels->numbers, 1);
  g_autofree char *list = NULL;

  if (fits_0 != fits_1) {
    *base = fits_0 ? 0 : 1;
    return TRUE;
  }

  list = re3_io_join_names (values, n_values);
  if (fits_0)
    g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_LABEL,
                 _ ("%s: the column “%s” holds the labels %s, fewer than the model's %zu classes, "
                    "and they could count from 0 or from 1. Give the training data with "
                    "it, or name the classes in the model."),
                 name, column, list, n_classes);
  else
    g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_LABEL,
                 _ ("%s: the column “%s” holds %u different numbers (%s), which cannot be the "
                    "model's %zu classes; choose the column that holds the classes, or none."),
                 name, column, labels->numbers->len, list, n_classes);

  return FALSE;
}

static gboolean
map_numbers (const Re3Model *model,
             const Labels *labels,
             const char *const *values,
             gsize n_values,
             const char *column,
             const char *name,
             int *classes,
             GError **error)
{
  gboolean in_order = labels->numbers->len == re3_model_get_n_classes (model);
  double base = 0;

  if (!in_order && !find_base (model, labels, values, n_values, column, name, &base, error))
    return FALSE;

  for (gsize i = 0; i < n_values; i++) {
    double number;

    classes[i] = RE3_NO_LABEL;
    if (!read_whole_number (values[i], &number))
      continue;
    if (!in_order) {
      classes[i] = (int) (number - base);
      continue;
    }
    for (guint j = 0; j < labels->numbers->len; j++) {
      if (g_array_index (labels->numbers, double, j) == number)
        classes[i] = (int) j;
    }
  }

  return TRUE;
}

static void
set_no_class_error (const Re3Model *model,
                    const char *const *values,
                    gsize n_values,
                    const char *column,
                    const char *name,
                    GError **error)
{
  g_autofree char *list = re3_io_join_names (values, n_values);
  g_autoptr (GPtrArray) names = NULL;
  g_autofree char *classes = NULL;

  if (!re3_model_has_class_names (model)) {
    g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_LABEL,
                 _ ("%s: the labels in the column “%s” are %s, but the model does not name its "
                    "classes: name them, or open the data without labels."),
                 name, column, list);
    return;
  }

  names = g_ptr_array_new ();
  for (gsize c = 0; c < re3_model_get_n_classes (model); c++)
    g_ptr_array_add (names, (gpointer) re3_model_get_class_name (model, c));
  classes = re3_io_join_names ((const char *const *) names->pdata, names->len);

  g_set_error (
      error, RE3_IO_ERROR, RE3_IO_ERROR_LABEL,
      _ ("%s: the column “%s” holds %s, and none of it is one of the model's classes (%s); "
         "choose the column that holds the classes, or none."),
      name, column, list, classes);
}

gboolean
re3_labels_map (const Re3Model *model,
                const char *const *values,
                gsize n_values,
                const char *column,
                const char *name,
                int *classes,
                char **mapping,
                GError **error)
{
  g_autoptr (GArray) numbers = NULL;
  Labels labels;

  g_return_val_if_fail (model != NULL && classes != NULL && mapping != NULL, FALSE);

  *mapping = NULL;
  sort_out (model, values, n_values, &labels);
  numbers = labels.numbers;

  /* Where all classes are there by name, a number too many is a fault of its row. */
  if (labels.n_named < labels.n_present && labels.n_numbers == labels.n_present &&
      labels.n_classes_named < re3_model_get_n_classes (model)) {
    if (!map_numbers (model, &labels, values, n_values, column, name, classes, error))
      return FALSE;
    *mapping = describe_mapping (model, values, classes, n_values);
    return TRUE;
  }

  /* Where every label is missing every row is skipped, which says why. */
  if (labels.n_named == 0 && labels.n_present > 0) {
    set_no_class_error (model, values, n_values, column, name, error);
    return FALSE;
  }

  for (gsize i = 0; i < n_values; i++)
    classes[i] = find_named_class (model, values[i]);

  return TRUE;
}

gboolean
re3_targets_read (const char *const *values,
                  gsize n_values,
                  const char *column,
                  const char *name,
                  double *targets,
                  GError **error)
{
  g_autofree char *list = NULL;
  gsize n_numbers = 0;

  g_return_val_if_fail (values != NULL || n_values == 0, FALSE);
  g_return_val_if_fail (targets != NULL || n_values == 0, FALSE);

  for (gsize i = 0; i < n_values; i++) {
    if (re3_csv_cell_read (values[i], &targets[i]) == RE3_CSV_CELL_NUMBER)
      n_numbers++;
    else
      targets[i] = NAN;
  }
  if (n_numbers > 0 || n_values == 0)
    return TRUE;

  list = re3_io_join_names (values, n_values);
  g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_LABEL,
               _ ("%s: the column “%s” holds %s, and none of it is a number, which the target of a "
                  "regression network is; choose the column that holds it, or none."),
               name, column, list);

  return FALSE;
}
