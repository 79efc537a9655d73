/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-model-nnet.h"

#include "re3-io-error.h"
#include "re3-io-file.h"
#include "re3-memory.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* A number and its comma. */
#define MIN_NUMBER_SIZE 2

/**
 * Lines:
 * @name: of the file
 * @next: the line that is read next
 * @end: of the text
 * @line: its number, from 1
 */
typedef struct {
  const char *name;
  const char *next;
  const char *end;
  guint line;
} Lines;

static gboolean fail (const Lines *lines, GError **error, const char *format, ...)
    G_GNUC_PRINTF (3, 4);

static gboolean
fail (const Lines *lines, GError **error, const char *format, ...)
{
  g_autofree char *reason = NULL;
  va_list arguments;

  va_start (arguments, format);
  reason = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_CONTENT, "%s:%u: %s", lines->name, lines->line,
               reason);

  return FALSE;
}

/* Comments stand at the beginning only. */
static void
skip_comments (Lines *lines)
{
  while (g_str_has_prefix (lines->next, "//")) {
    lines->next += strcspn (lines->next, "\n");
    lines->line += *lines->next == '\n';
    lines->next += *lines->next == '\n';
  }
}

/* The next line, which has exactly @n_numbers numbers, each with a comma behind it but perhaps the
 * last. @what: they are, for people */
static gboolean
read_numbers (Lines *lines, const char *what, gsize n_numbers, double *numbers, GError **error)
{
  const char *p = lines->next;

  for (gsize i = 0; i < n_numbers; i++) {
    char *end = NULL;

    while (*p == ' ' || *p == '\t' || (i > 0 && *p == ','))
      p++;
    if (*p == '\n' || *p == '\r' || p >= lines->end)
      return fail (lines, error, _ ("there are %zu numbers (%s) and not %zu."), i, what, n_numbers);

    numbers[i] = g_ascii_strtod (p, &end);
    if (end == p || (strchr (", \t\r\n", *end) == NULL)) {
      g_autofree char *quote = re3_io_quote (p);

      return fail (lines, error, _ ("“%s” is no number (%s)."), quote, what);
    }
    if (!isfinite (numbers[i]))
      return fail (lines, error, _ ("number %zu (%s) is not finite."), i + 1, what);
    p = end;
  }

  p += strspn (p, ", \t\r");
  if (*p != '\n' && p < lines->end)
    return fail (lines, error, _ ("there are more than %zu numbers (%s)."), n_numbers, what);

  lines->next = p + (*p == '\n');
  lines->line++;

  return TRUE;
}

/* The same of numbers that are sizes. */
static gboolean
read_sizes (Lines *lines, const char *what, gsize n_sizes, gsize *sizes, GError **error)
{
  g_autofree double *numbers = g_new (double, n_sizes);
  const guint line = lines->line;

  if (!read_numbers (lines, what, n_sizes, numbers, error))
    return FALSE;

  for (gsize i = 0; i < n_sizes; i++) {
    if (!(numbers[i] >= 1 && numbers[i] <= (double) (lines->end - lines->next)) ||
        numbers[i] != floor (numbers[i])) {
      lines->line = line;
      return fail (lines, error, _ ("number %zu (%s) is no size that fits this file."), i + 1,
                   what);
    }
    sizes[i] = (gsize) numbers[i];
  }

  return TRUE;
}

/**
 * Header:
 * @n_layers: layers with weights
 * @sizes: n_layers + 1 of them, from the inputs to the outputs
 * @means, @ranges: of the inputs, and then one for all outputs
 */
typedef struct {
  gsize n_layers;
  gsize *sizes;
  double *means;
  double *ranges;
} Header;

static void
header_clear (Header *header)
{
  g_free (header->sizes);
  g_free (header->means);
  g_free (header->ranges);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Header, header_clear)

static gboolean
read_header (Lines *lines, Header *header, GError **error)
{
  gsize counts[4];
  gsize n_inputs;
  g_autofree double *limits = NULL;
  double flag;

  skip_comments (lines);
  if (!read_sizes (lines, _ ("layers, inputs, outputs, widest layer"), 4, counts, error))
    return FALSE;

  header->n_layers = counts[0];
  n_inputs = counts[1];
  header->sizes = g_new (gsize, header->n_layers + 1);
  if (!read_sizes (lines, _ ("sizes of the layers"), header->n_layers + 1, header->sizes, error))
    return FALSE;
  if (header->sizes[0] != n_inputs || header->sizes[header->n_layers] != counts[2])
    return fail (lines, error,
                 _ ("the sizes above do not start with %zu inputs and end with %zu "
                    "outputs, as the first line has it."),
                 n_inputs, counts[2]);

  limits = g_new (double, n_inputs);
  header->means = g_new (double, n_inputs + 1);
  header->ranges = g_new (double, n_inputs + 1);
  if (!read_numbers (lines, _ ("a flag that is not used"), 1, &flag, error) ||
      !read_numbers (lines, _ ("smallest inputs"), n_inputs, limits, error) ||
      !read_numbers (lines, _ ("largest inputs"), n_inputs, limits, error) ||
      !read_numbers (lines, _ ("means"), n_inputs + 1, header->means, error) ||
      !read_numbers (lines, _ ("ranges"), n_inputs + 1, header->ranges, error))
    return FALSE;

  for (gsize i = 0; i <= n_inputs; i++)
    if (!(header->ranges[i] > 0))
      return fail (lines, error, _ ("range %zu above is not greater than 0."), i + 1);

  return TRUE;
}

static gboolean
read_layer (Lines *lines, Re3NetworkSteps *steps, gsize layer, gsize n_outputs, GError **error)
{
  gsize n_inputs = re3_network_steps_get_width (steps);
  g_autofree double *weight = NULL;
  g_autofree double *bias = NULL;
  g_autofree char *place = NULL;

  /* Before memory is asked for: what the file cannot hold is not there. */
  if (n_inputs > (gsize) (lines->end - lines->next) / MIN_NUMBER_SIZE / n_outputs)
    return fail (lines, error,
                 _ ("the file ends before the %zu x %zu weights of layer %zu; was it cut off?"),
                 n_outputs, n_inputs, layer + 1);

  place = g_strdup_printf (_ ("%s: layer %zu"), lines->name, layer + 1);
  weight = re3_try_new (double, n_outputs, n_inputs, error, _ ("%zu x %zu weights"), n_outputs,
                        n_inputs);
  if (weight == NULL) {
    g_prefix_error (error, "%s: ", place);
    return FALSE;
  }
  bias = g_new (double, n_outputs);
  for (gsize i = 0; i < n_outputs; i++)
    if (!read_numbers (lines, _ ("weights"), n_inputs, weight + i * n_inputs, error))
      return FALSE;
  for (gsize i = 0; i < n_outputs; i++)
    if (!read_numbers (lines, _ ("bias"), 1, bias + i, error))
      return FALSE;

  re3_network_steps_add_affine (steps, place, n_outputs, g_steal_pointer (&weight),
                                g_steal_pointer (&bias));

  return TRUE;
}

static gboolean
read_network (Lines *lines, const Header *header, Re3NetworkSteps *steps, GError **error)
{
  gsize n_inputs = header->sizes[0];
  gsize n_outputs = header->sizes[header->n_layers];
  double *shift = g_new (double, n_inputs);

  for (gsize i = 0; i < n_inputs; i++)
    shift[i] = -header->means[i];
  re3_network_steps_add_scaling (steps, NULL, re3_repeat_number (1, n_inputs), shift, FALSE);
  re3_network_steps_add_division (steps, NULL,
                                  g_memdup2 (header->ranges, n_inputs * sizeof (double)));

  for (gsize i = 0; i < header->n_layers; i++) {
    if (!read_layer (lines, steps, i, header->sizes[i + 1], error))
      return FALSE;
    if (i + 1 < header->n_layers)
      re3_network_steps_add_activation (steps, NULL, re3_activation_rectifier (0));
  }
  re3_network_steps_add_scaling (steps, NULL,
                                 re3_repeat_number (header->ranges[n_inputs], n_outputs),
                                 re3_repeat_number (header->means[n_inputs], n_outputs), TRUE);

  lines->next += strspn (lines->next, " \t\r\n");

  return lines->next >= lines->end ||
         fail (lines, error, _ ("something stands behind the last layer."));
}

Re3ForeignModel *
re3_model_nnet_parse (const char *text, gsize length, const char *name, GError **error)
{
  g_autoptr (Re3ForeignModel) model = NULL;
  g_auto (Header) header = { 0 };
  Lines lines = { name, text, text + length, 1 };

  g_return_val_if_fail (text != NULL && text[length] == '\0', NULL);
  g_return_val_if_fail (name != NULL, NULL);

  if (!read_header (&lines, &header, error))
    return NULL;

  model = re3_foreign_model_new (name);
  model->steps = re3_network_steps_new (header.sizes[0]);
  if (!read_network (&lines, &header, model->steps, error))
    return NULL;

  g_ptr_array_add (
      model->notes,
      g_strdup_printf (
          _ ("%s: NNet files do not say what their outputs mean: Re3 takes the largest "
             "as the answer, where ACAS Xu takes the smallest. Inputs are not clipped to "
             "the smallest and largest that the file names."),
          name));

  return g_steal_pointer (&model);
}
