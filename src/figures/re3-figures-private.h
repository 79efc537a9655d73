/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-figures.h"

G_BEGIN_DECLS

/* What several figures say in the same words. */

/* "0.2 cm": a value in original units. (transfer full) */
char  *re3_figure_format_feature (const Re3Model *model,
                                  gsize           feature,
                                  double          value);
/* Appends "@name @number" to a list that commas divide. */
void   re3_figure_append_signed  (GString        *list,
                                  const char     *name,
                                  double          value);
/* The indices of the @n_wanted largest of @n sizes, the largest first; equal ones in their
 * order. (transfer container) */
GArray *re3_figure_find_largest  (const double   *sizes,
                                  gsize           n,
                                  gsize           n_wanted);
/* The largest class of a region by label, or by prediction where no sample has a label. */
gsize  re3_figure_region_majority (const Re3Analysis *analysis,
                                   gsize              region);
/* "test samples" */
const char *re3_figure_name_set  (Re3SampleSet    set);
/* "L2 distance in scaled units": what an axis of distances is called. (transfer full) */
char  *re3_figure_name_distance  (const Re3Model *model,
                                  Re3Metric       metric);
/* "1 234": a number of things. (transfer full) */
char  *re3_figure_format_count   (gsize           n);

/* The features that a figure of responses is about. (transfer full): of gsize */
GArray *re3_figure_find_responding (const Re3FigureInput *input);

/* What a datum stands for, in the figures of these names or those whose items are these. */
void   re3_figure_identify_region     (const Re3FigureInput *input,
                                       const Re3FigureDatum *datum,
                                       Re3FigureSubject     *subject);
void   re3_figure_identify_profile    (const Re3FigureInput *input,
                                       const Re3FigureDatum *datum,
                                       Re3FigureSubject     *subject);
void   re3_figure_identify_feature    (const Re3FigureInput *input,
                                       const Re3FigureDatum *datum,
                                       Re3FigureSubject     *subject);
void   re3_figure_identify_pixel      (const Re3FigureInput *input,
                                       const Re3FigureDatum *datum,
                                       Re3FigureSubject     *subject);
void   re3_figure_identify_class      (const Re3FigureInput *input,
                                       const Re3FigureDatum *datum,
                                       Re3FigureSubject     *subject);
void   re3_figure_identify_response   (const Re3FigureInput *input,
                                       const Re3FigureDatum *datum,
                                       Re3FigureSubject     *subject);
void   re3_figure_identify_sankey     (const Re3FigureInput *input,
                                       const Re3FigureDatum *datum,
                                       Re3FigureSubject     *subject);
void   re3_figure_identify_importance (const Re3FigureInput *input,
                                       const Re3FigureDatum *datum,
                                       Re3FigureSubject     *subject);
void   re3_figure_identify_neuron     (const Re3FigureInput *input,
                                       const Re3FigureDatum *datum,
                                       Re3FigureSubject     *subject);
void   re3_figure_identify_weight     (const Re3FigureInput *input,
                                       const Re3FigureDatum *datum,
                                       Re3FigureSubject     *subject);
void   re3_figure_identify_confusion  (const Re3FigureInput *input,
                                       const Re3FigureDatum *datum,
                                       Re3FigureSubject     *subject);
void   re3_figure_identify_violin     (const Re3FigureInput *input,
                                       const Re3FigureDatum *datum,
                                       Re3FigureSubject     *subject);

G_END_DECLS
