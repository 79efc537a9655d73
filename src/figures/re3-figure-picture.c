/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-figures-private.h"

#include "re3-number-format.h"
#include "re3-panels-chart.h"
#include "re3-picture-chart.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Panels are this wide at least, in ems. */
#define LEAST_WIDTH 14.0

/* White in pictures of bytes, and in those that were divided by it. */
#define WHITE_BYTE  255.0
#define WHITE_SHARE 1.0

/* Pictures that have negative values were standardised: grey is 0. @white: (out) */
static Re3ColorScale
choose_greys (const double *values, gsize n, double *white)
{
  double low = 0;
  double high = 0;

  for (gsize i = 0; i < n; i++) {
    low = MIN (low, values[i]);
    high = MAX (high, values[i]);
  }
  if (low < 0) {
    *white = MAX (-low, high);
    return RE3_SCALE_SIGNED_GREY;
  }

  *white = high <= WHITE_SHARE ? WHITE_SHARE : high <= WHITE_BYTE ? WHITE_BYTE : high;
  return RE3_SCALE_GREY;
}

void
re3_figure_picture_get_pixels (const double *values, gsize n, guint32 *pixels)
{
  double white;
  Re3ColorScale scale;

  g_return_if_fail (values != NULL && pixels != NULL);

  scale = choose_greys (values, n, &white);
  for (gsize i = 0; i < n; i++) {
    Re3Color color =
        re3_theme_scale_color (&re3_theme_light, scale, white > 0 ? values[i] / white : 0);
    guint32 grey = (guint32) round (255 * color.red);

    pixels[i] = 0xff000000u | grey << 16 | grey << 8 | grey;
  }
}

/* "p(3,4) = 128, contribution +0.12"; a name that does not tell the place is followed by it. */
static char *
describe_pixel (const Re3Explanation *explanation,
                gsize feature,
                double contribution,
                gsize n_columns)
{
  const char *name = re3_model_get_feature_name (explanation->model, feature);
  g_autofree char *place =
      g_str_has_prefix (name, "p(")
          ? g_strdup (name)
          /* Translators: a feature, and the row and column of its pixel, from 1. */
          : g_strdup_printf (_ ("%s (row %zu, column %zu)"), name, feature / n_columns + 1,
                             feature % n_columns + 1);
  g_autofree char *value =
      re3_figure_format_feature (explanation->model, feature, explanation->values[feature]);
  g_autofree char *number = re3_format_signed (contribution, 3);

  return g_strdup_printf (_ ("%s = %s, contribution %s"), place, value, number);
}

static char *
describe (const Re3Explanation *explanation,
          gsize class_index,
          const double *contributions,
          gsize n_rows,
          gsize n_columns)
{
  const Re3Model *model = explanation->model;
  gsize n_features = re3_model_get_n_features (model);
  g_autofree double *sizes = g_new (double, n_features);
  g_autofree char *output = re3_format_number (explanation->forward->logits[class_index], 3);
  g_autofree char *base = re3_format_signed (explanation->region->D[class_index], 3);
  g_autoptr (GString) list = g_string_new (NULL);
  g_autoptr (GArray) largest = NULL;

  for (gsize i = 0; i < n_features; i++)
    sizes[i] = fabs (contributions[i]);
  largest = re3_figure_find_largest (sizes, n_features, 3);
  for (guint i = 0; i < largest->len; i++) {
    gsize feature = g_array_index (largest, gsize, i);

    re3_figure_append_signed (list, re3_model_get_feature_name (model, feature),
                              contributions[feature]);
  }

  return g_strdup_printf (
      /* Translators: rows, columns, a class or an output, its logit or value, the base, and the
       * pixels that contribute most. */
      _ ("The sample as a picture of %zu\u2009×\u2009%zu pixels, and beside it what each pixel "
         "contributes to %s, which is %s with the base %s. The largest: %s."),
      n_rows, n_columns, re3_model_get_class_name (model, class_index), output, base, list->str);
}

Re3Chart *
re3_figure_picture (const Re3Explanation *explanation,
                    gsize class_index,
                    gsize n_rows,
                    gsize n_columns)
{
  gsize n_features;
  g_autoptr (GPtrArray) names = NULL;
  g_autoptr (GPtrArray) tooltips = NULL;
  g_autofree double *contributions = NULL;
  g_autofree char *description = NULL;
  g_autofree char *title = NULL;
  g_autofree char *overlay_title = NULL;
  Re3Chart *sample;
  Re3Chart *overlay;
  Re3Chart *chart;
  Re3PictureData data;

  g_return_val_if_fail (explanation != NULL, NULL);
  n_features = re3_model_get_n_features (explanation->model);
  g_return_val_if_fail (n_rows > 0 && n_rows * n_columns == n_features, NULL);

  contributions = re3_explanation_logit_contributions (explanation, class_index);
  names = g_ptr_array_new ();
  tooltips = g_ptr_array_new_with_free_func (g_free);
  for (gsize i = 0; i < n_features; i++) {
    g_ptr_array_add (names, (gpointer) re3_model_get_feature_name (explanation->model, i));
    g_ptr_array_add (tooltips, describe_pixel (explanation, i, contributions[i], n_columns));
  }

  data = (Re3PictureData){
    .title = _ ("The sample"),
    .values = explanation->values,
    .n_rows = n_rows,
    .n_columns = n_columns,
    .labels = (const char *const *) names->pdata,
    .tooltips = (const char *const *) tooltips->pdata,
    .color_title = _ ("value"),
  };
  data.scale = choose_greys (explanation->values, n_features, &data.largest);
  sample = re3_picture_chart_new (&data);

  overlay_title = g_strdup_printf (_ ("Contributions to %s"),
                                   re3_model_get_class_name (explanation->model, class_index));
  data.title = overlay_title;
  data.values = contributions;
  data.scale = RE3_SCALE_DIVERGING;
  data.largest = 0;
  data.color_title = re3_model_is_regression (explanation->model) ? _ ("contribution to the output")
                                                                  : _ ("contribution to the logit");
  overlay = re3_picture_chart_new (&data);

  title = g_strdup_printf (_ ("Pixels and what they contribute to %s"),
                           re3_model_get_class_name (explanation->model, class_index));
  description = describe (explanation, class_index, contributions, n_rows, n_columns);
  chart = re3_panels_chart_new (&(Re3PanelsData){
      .title = title,
      .description = description,
      .panels = (Re3Panel[]){ { sample, _ ("The sample") }, { overlay, overlay_title } },
      .n_panels = 2,
      .least_width = LEAST_WIDTH,
  });
  re3_chart_unref (sample);
  re3_chart_unref (overlay);
  return chart;
}
