/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io-test.h"
#include "re3-array-table.h"
#include "re3-data-file.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

static const char *const pixels = "\"features\": [\"p(1,1)\", \"p(1,2)\", \"p(2,1)\", \"p(2,2)\"], "
                                  "\"classes\": [\"bag\", \"boot\"], ";

/* Three pictures of 2 x 2, their labels, and labels that are too few. */
static const char images[] = "\0\0\x08\x03\0\0\0\x03\0\0\0\x02\0\0\0\x02"
                             "\x00\x01\x02\x03\xff\xfe\xfd\xfc\x10\x11\x12\x13";
static const char labels[] = "\0\0\x08\x01\0\0\0\x03\x01\x00\x01";
static const char few[] = "\0\0\x08\x01\0\0\0\x02\x01\x00";

/* A folder of its own with files in it. */
typedef struct {
  char *path;
} Folder;

static Folder
make_folder (void)
{
  Folder folder = { g_dir_make_tmp ("re3-arrays-XXXXXX", NULL) };

  g_assert_nonnull (folder.path);
  return folder;
}

/* (transfer full) */
static GFile *
add_file (const Folder *folder, const char *name, const void *content, gsize length)
{
  g_autofree char *path = g_build_filename (folder->path, name, NULL);

  g_assert_true (g_file_set_contents (path, content, (gssize) length, NULL));
  return g_file_new_for_path (path);
}

static void
folder_clear (Folder *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder->path, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder->path, name, NULL);

    g_assert_cmpint (g_remove (path), ==, 0);
  }
  g_assert_cmpint (g_remove (folder->path), ==, 0);
  g_free (folder->path);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Folder, folder_clear)

/* A NumPy file of numbers of eight bytes, little-endian. @type: "f" or "i" */
static GFile *
add_numbers (const Folder *folder,
             const char *name,
             const char *type,
             const char *shape,
             const void *numbers,
             gsize n)
{
  g_autofree char *header =
      g_strdup_printf ("{'descr': '<%s8', 'fortran_order': False, 'shape': %s}", type, shape);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint8 length[] = { (guint8) strlen (header), 0 };

  g_byte_array_append (bytes, (const guint8 *) "\x93NUMPY\x01\x00", 8);
  g_byte_array_append (bytes, length, sizeof length);
  g_byte_array_append (bytes, (const guint8 *) header, (guint) strlen (header));
  for (gsize i = 0; i < n; i++) {
    guint64 bits;

    memcpy (&bits, (const char *) numbers + i * sizeof bits, sizeof bits);
    bits = GUINT64_TO_LE (bits);
    g_byte_array_append (bytes, (const guint8 *) &bits, sizeof bits);
  }

  return add_file (folder, name, bytes->data, bytes->len);
}

static GFile *
add_npy (const Folder *folder, const char *name, const char *shape, const double *numbers, gsize n)
{
  return add_numbers (folder, name, "f", shape, numbers, n);
}

static void
test_pictures (void)
{
  g_auto (Folder) folder = make_folder ();
  g_autoptr (GFile) file = add_file (&folder, "train-images-idx3-ubyte", images, sizeof images - 1);
  g_autoptr (GFile) beside G_GNUC_UNUSED =
      add_file (&folder, "train-labels-idx1-ubyte", labels, sizeof labels - 1);
  g_autoptr (Re3Model) model = make_model (4, 2, pixels);
  g_autoptr (Re3DataReport) report = NULL;
  g_autoptr (Re3Dataset) dataset = NULL;
  g_autofree char *description = NULL;
  Re3DataOptions options = RE3_DATA_OPTIONS_DEFAULT;
  g_autoptr (GError) error = NULL;
  gsize rows;
  gsize columns;
  double row[4];

  dataset = re3_data_file_read (file, model, &options, NULL, &report, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (re3_dataset_get_n_rows (dataset), ==, 3);
  re3_dataset_get_row (dataset, 1, row);
  g_assert_cmpmem (row, sizeof row, ((double[]){ 255, 254, 253, 252 }), sizeof row);
  g_assert_cmpint (re3_dataset_get_label (dataset, 0), ==, 1);
  g_assert_cmpint (re3_dataset_get_label (dataset, 1), ==, 0);
  g_assert_cmpuint (re3_dataset_get_line (dataset, 1), ==, 0);
  g_assert_true (re3_dataset_get_picture (dataset, &rows, &columns));
  g_assert_cmpuint (rows, ==, 2);
  g_assert_cmpuint (columns, ==, 2);

  g_assert_true (report->matched_by_name);
  g_assert_true (report->label_guessed);
  g_assert_cmpstr (report->feature_columns[2], ==, "p(2,1)");
  description = re3_data_report_describe (report);
  g_assert_nonnull (strstr (description, "Array: IDX, 3 × 2 × 2.\n"));
  g_assert_nonnull (strstr (description, "Labels: in train-labels-idx1-ubyte, found beside it.\n"));
  g_assert_nonnull (strstr (description, "0 = bag, 1 = boot"));
  g_assert_null (strstr (description, "Delimiter"));
}

/* Another file for the labels, none on request, and a test file with its own beside it. */
static void
test_labels (void)
{
  g_auto (Folder) folder = make_folder ();
  g_autoptr (GFile) file = add_file (&folder, "images", images, sizeof images - 1);
  g_autoptr (GFile) too_few G_GNUC_UNUSED = add_file (&folder, "labels", few, sizeof few - 1);
  g_autoptr (GFile) other = add_file (&folder, "other", labels, sizeof labels - 1);
  g_autoptr (GFile) test = add_file (&folder, "t10k-images-idx3-ubyte", images, sizeof images - 1);
  g_autoptr (GFile) test_labels G_GNUC_UNUSED =
      add_file (&folder, "t10k-labels-idx1-ubyte", labels, sizeof labels - 1);
  g_autoptr (Re3Model) model = make_model (4, 2, pixels);
  g_autoptr (Re3Dataset) dataset = NULL;
  g_autoptr (Re3Dataset) unlabelled = NULL;
  Re3DataOptions options = RE3_DATA_OPTIONS_DEFAULT;
  g_autoptr (GError) error = NULL;

  assert_refused (re3_data_file_read (file, model, &options, NULL, NULL, &error), &error,
                  "labels: &2 rows&images has 3 rows&without labels");

  options.labels_file = other;
  options.test_file = test;
  dataset = re3_data_file_read (file, model, &options, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (re3_dataset_get_n_rows (dataset), ==, 6);
  g_assert_cmpuint (re3_dataset_get_n_test (dataset), ==, 3);
  g_assert_cmpint (re3_dataset_get_label (dataset, 4), ==, 0);

  options = RE3_DATA_OPTIONS_DEFAULT;
  options.label = "";
  unlabelled = re3_data_file_read (file, model, &options, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (re3_dataset_has_labels (unlabelled));

  options.label = "kind";
  assert_refused (re3_data_file_read (file, model, &options, NULL, NULL, &error), &error,
                  "images: &none can be the label&file of their own");
  options.label = NULL;
  options.split_column = "part";
  assert_refused (re3_data_file_read (file, model, &options, NULL, NULL, &error), &error,
                  "images: &none can say train or test");
}

/* Numbers that are missing or infinite are faults of their row; Python counts rows from 0. */
static void
test_rows (void)
{
  static const double values[] = { 1, 2, NAN, 4, 5, INFINITY, NAN, NAN, 9, 10 };
  static const double targets[] = { 0.5, -1.25, 3, 4, 5 };
  static const char *const expected[] = {
    "X_train.npy[1]: column “column 1”: “NaN” says that the value is missing",
    "X_train.npy[2]: column “column 2”: “inf” is not a finite number",
    "X_train.npy[3]: column “column 1”: “NaN” says that the value is missing",
  };
  g_auto (Folder) folder = make_folder ();
  g_autoptr (GFile) file = add_npy (&folder, "X_train.npy", "(5, 2)", values, 10);
  g_autoptr (GFile) beside G_GNUC_UNUSED = add_npy (&folder, "y_train.npy", "(5,)", targets, 5);
  g_autoptr (Re3Model) model = make_model (2, 1, "\"output\": \"price\", ");
  g_autoptr (Re3Model) wide = make_model (3, 1, NULL);
  g_autoptr (Re3DataReport) report = NULL;
  g_autoptr (Re3Dataset) dataset = NULL;
  g_autoptr (Re3Dataset) filled = NULL;
  Re3DataOptions options = RE3_DATA_OPTIONS_DEFAULT;
  g_autoptr (GError) error = NULL;

  options.test_fraction = 0;
  dataset = re3_data_file_read (file, model, &options, NULL, &report, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (re3_dataset_get_n_rows (dataset), ==, 2);
  g_assert_cmpfloat (re3_dataset_get_target (dataset, 0), ==, 0.5);
  g_assert_cmpfloat (re3_dataset_get_target (dataset, 1), ==, 5);
  g_assert_cmpuint (report->n_missing, ==, 2);
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++) {
    g_autofree char *text = re3_skipped_row_describe (g_ptr_array_index (report->skipped, i));

    g_assert_cmpstr (text, ==, expected[i]);
  }

  /* Of 1 and 9. */
  options.fill = RE3_DATA_FILL_MEAN;
  filled = re3_data_file_read (file, model, &options, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (re3_dataset_get_n_rows (filled), ==, 3);
  g_assert_cmpfloat (re3_dataset_get_value (filled, 1, 0), ==, 5);
  g_assert_cmpfloat (re3_dataset_get_target (filled, 1), ==, -1.25);
  g_assert_true (re3_dataset_is_filled (filled, 1, 0));

  assert_refused (re3_data_file_read (file, wide, &options, NULL, NULL, &error), &error,
                  "X_train.npy: &2 numbers&takes 3 features");
}

/* An integer that is no double would be another label. */
static void
test_large_labels (void)
{
  static const double values[] = { 1, 2, 3, 4 };
  static const gint64 targets[] = { 3, (G_GINT64_CONSTANT (1) << 53) + 1 };
  g_auto (Folder) folder = make_folder ();
  g_autoptr (GFile) file = add_npy (&folder, "X.npy", "(2, 2)", values, 4);
  g_autoptr (GFile) beside G_GNUC_UNUSED = add_numbers (&folder, "y.npy", "i", "(2,)", targets, 2);
  g_autoptr (Re3Model) model = make_model (2, 1, NULL);
  g_autoptr (Re3DataReport) report = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (Re3Dataset) dataset =
      re3_data_file_read (file, model, &RE3_DATA_OPTIONS_DEFAULT, NULL, &report, &error);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (re3_dataset_get_n_rows (dataset), ==, 1);
  text = re3_skipped_row_describe (g_ptr_array_index (report->skipped, 0));
  g_assert_true (g_str_has_prefix (text, "X.npy[1]: column “y.npy”: 900719925474099"));
  g_assert_nonnull (strstr (text, "too large for double precision"));
}

static void
test_names (void)
{
  static const struct {
    const char *name;
    const char *first;
  } cases[] = {
    { "train-images-idx3-ubyte", "train-labels-idx1-ubyte" },
    { "t10k-images.idx3-ubyte.gz", "t10k-labels.idx1-ubyte.gz" },
    { "X.npy", "y.npy" },
    { "train_X.npy", "train_y.npy" },
    { "x_test.npy", "y_test.npy" },
    { "MAX-X.npy", "MAX-y.npy" },
    { "iris_features.npy", "iris_labels.npy" },
    { "MAX.npy", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GPtrArray) names = re3_array_table_name_labels (cases[i].name);

    if (cases[i].first == NULL)
      g_assert_cmpuint (names->len, ==, 0);
    else
      g_assert_cmpstr (g_ptr_array_index (names, 0), ==, cases[i].first);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/array-table/pictures", test_pictures);
  g_test_add_func ("/array-table/labels", test_labels);
  g_test_add_func ("/array-table/rows", test_rows);
  g_test_add_func ("/array-table/large-labels", test_large_labels);
  g_test_add_func ("/array-table/names", test_names);

  return g_test_run ();
}
