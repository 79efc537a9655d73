/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-analysis.h"
#include "re3-baseline.h"
#include "re3-chart.h"
#include "re3-contributions.h"
#include "re3-explanation.h"

G_BEGIN_DECLS

/* Every figure that people know by name: results in, a chart out. (transfer full) */

typedef enum {
  RE3_SANKEY_CONSERVED, /* what enters a neuron leaves it; the total is the logit */
  RE3_SANKEY_PAPER,     /* |weight * activation of the source| of active neurons */
} Re3SankeyMode;

/* The decision pathway of one sample towards @class_index (paper, Fig. 4; design 4.5).
 * @chosen_by: (nullable): whose largest nodes are shown, so that no node comes or goes while a
 *   sample is edited
 * @max_nodes: beyond so many nodes a column shows its largest ones, in their order, and "others" */
Re3Chart *re3_figure_sankey        (const Re3Explanation *explanation,
                                    const Re3Explanation *chosen_by,
                                    gsize                 class_index,
                                    Re3SankeyMode         mode,
                                    gsize                 max_nodes);
/* Contributions to @output of @class_index: what is there without them, features by size, what they
 * add up to, residual.
 * @ordered_as: (nullable): takes the order of the features from there, so that no bar changes its
 * place while a sample is edited
 * @baseline: (nullable): a second column has what the changes from there to the sample contribute, to
 *   the logit or else the probability, which sum to the difference of the two outputs; for
 *   RE3_CONTRIBUTION_PATH there is this column alone
 * @waterfall: each bar starts where the one before it ends
 * A regression network has no probabilities: whatever @output is, its own output is shown.
 * Panels: the columns. Items are features; n_features is the base, n_features + 1 what they add up to, n_features + 2 what
 * the others come to. */
Re3Chart *re3_figure_contributions (const Re3Explanation *explanation,
                                    const Re3Explanation *ordered_as,
                                    const Re3Baseline    *baseline,
                                    gsize                 class_index,
                                    Re3ContributionOutput output,
                                    gboolean              waterfall,
                                    gsize                 max_bars);
/* Class probabilities of the sample. Items are classes; n_classes is what the others come to. */
Re3Chart *re3_figure_probabilities (const Re3Explanation *explanation);
/* What the model answers while one feature of the sample moves and all others stay, exactly: with one
 * feature logits (panel 0) and probabilities (panel 1) of all classes, with several the
 * probabilities, one panel for each feature; of a regression network always the outputs. @original:
 * (nullable): where the sample was is marked too. @lows, @highs: (nullable): n_features numbers in
 * original units: how far each feature moves; in any case to where it is. Marks: those of
 * re3-line-chart.h. */
Re3Chart *re3_figure_response      (const Re3Explanation *explanation,
                                    const Re3Explanation *original,
                                    const double         *lows,
                                    const double         *highs,
                                    const gsize          *features,
                                    gsize                 n_features);
/* What the model answers along the straight line from @pinned to the sample, exactly: logits (panel 0)
 * and probabilities (panel 1) of all classes against the share of the way in the network's own units,
 * of a regression network the outputs. Marks: those of re3-line-chart.h. */
Re3Chart *re3_figure_compare       (const Re3Explanation *explanation,
                                    const Re3Baseline    *pinned);
/* A sample whose features are the pixels of a picture, row after row: the picture in grey, and in panel
 * 1 what each pixel contributes to the logit of @class_index (or to an output), in the colours of signed
 * numbers. Greys run from 0 to 255, or to 1 where no pixel is beyond it. Marks: item = row, series =
 * column. */
Re3Chart *re3_figure_picture       (const Re3Explanation *explanation,
                                    gsize                 class_index,
                                    gsize                 n_rows,
                                    gsize                 n_columns);
/* The @n pixels of such a picture of @values, in the same greys, each as 0xffRRGGBB. */
void      re3_figure_picture_get_pixels (const double *values,
                                    gsize                 n,
                                    guint32              *pixels);
/* Samples per region by class (paper, Fig. 2 a, c), from @first_region of the table on, up to
 * @max_regions, of the training samples and of the test samples; purity and the mark are those of the
 * region with all its samples. Last bars sum up the other regions: those of one sample apart from
 * larger ones. Panels: the sets that have samples, and the legend if there are two. Items are
 * regions; those of the last bars are none. */
Re3Chart *re3_figure_regions       (const Re3Analysis    *analysis,
                                    double                purity_threshold,
                                    gsize                 first_region,
                                    gsize                 max_regions);

typedef enum {
  RE3_REGIONS_BY_SIZE,   /* as in the table of regions */
  RE3_REGIONS_CLUSTERED, /* similar profiles stand together */
} Re3RegionOrder;

/* Region x feature: mean contributions to the majority class, and to each class that has samples in
 * these regions (paper, Fig. 2 b, d), from @first_region of the table on, up to @max_regions, which
 * are put in @order among themselves by their majority profiles (see re3-clustering.h). All have one
 * scale of colours. Panels: the majority, then those classes. Items are regions, series features. */
Re3Chart *re3_figure_profiles      (const Re3Analysis    *analysis,
                                    Re3RegionOrder        order,
                                    gsize                 first_region,
                                    gsize                 max_regions);
/* Share of the samples of @set that keep their region up to a distance (paper, Fig. 3), in @metric
 * and, where it is another one, in @other_metric too. Marks: item = step of the curve, series = 0 for
 * @metric, 1 for the other. */
Re3Chart *re3_figure_validity      (const Re3Analysis    *analysis,
                                    Re3Metric             metric,
                                    Re3Metric             other_metric,
                                    Re3SampleSet          set);
/* How the boundary distances of the samples of @set are spread, of all and by true class (paper,
 * Fig. 3), with the bandwidth of re3-density.h. Infinite ones are counted beside it. Marks: item = 0
 * for all, 1 + true class; series = the quarter of the samples by distance, from 0 to 3, or -1. */
Re3Chart *re3_figure_violin        (const Re3Analysis    *analysis,
                                    Re3Metric             metric,
                                    Re3SampleSet          set);
/* The confusion matrix of the samples of @set: counts, and shares of the true class as colours.
 * Marks: item = true class, series = predicted class, or -1 for the name of the true class. */
Re3Chart *re3_figure_confusion     (const Re3Analysis    *analysis,
                                    Re3SampleSet          set);
#define RE3_N_IMPORTANCE_PANELS 3

/* Mean contributions over the samples of @set, absolute or signed, of the @max_features features
 * with the largest mean |contribution| to the logit (paper, Fig. 6). Panels: 0 the logit, 1 the
 * probability, 2 how often each feature has each rank. Marks: item = feature, or n_features for
 * the mean of the others; in panel 2, series = rank from 0, the last column being all further ranks. */
Re3Chart *re3_figure_importance    (const Re3Analysis    *analysis,
                                    Re3SampleSet          set,
                                    gboolean              is_signed,
                                    gsize                 max_features);
/* Activity and dominance of the hidden neurons over the samples of @set (paper, App. B): of each
 * layer the @max_neurons with the largest mean |contribution|, and the mean of the others. Panel =
 * hidden layer. Marks: item = neuron among all hidden ones; series = 0 share of samples in which it
 * is active, 1 to 3 among the top 1 to 3 of its layer, 4 its contribution. */
Re3Chart *re3_figure_neurons       (const Re3Analysis    *analysis,
                                    Re3SampleSet          set,
                                    gsize                 max_neurons);
/* The weights and biases of all layers on one scale (paper, Fig. 8). Panel = layer, the last one
 * leads into the logits. Marks: item = neuron of the layer (or class), series = the feature or the
 * neuron of the layer before that it is fed by, or their number for the bias. */
Re3Chart *re3_figure_weights       (const Re3Model       *model);

/**
 * Re3FigureInput:
 *
 * @analysis: what the figures of a data set are made from
 * @explanation: what those of one sample are made from
 * @original: (nullable): the same sample without edits, whose order the contributions keep
 * @pinned: (nullable): what the sample is compared with
 * @purity_threshold: regions with a smaller purity are marked; 0 for the default
 * @first_region: of those that are shown one by one
 * @max_regions: how many regions are shown one by one; 0 for as many as fit a page
 * @region_order: of their profiles
 * @has_set: whether @set says which samples the figure is about; else re3_analysis_get_default_set()
 *   does
 * @metric: how distances are measured
 * @both_metrics: the validity in the paper's metric is drawn too
 * @is_signed: means of contributions keep their sign
 * @max_nodes: how many nodes a column of the pathway has; 0 for as many as fit a page
 * @contribution_output, @waterfall: of the contributions
 * @baseline: (nullable): where those of a second column start from
 * @feature_lows, @feature_highs: (nullable): n_features numbers: between which values features move
 * @has_feature: whether the figure is about @feature; else it is about the most important ones
 * @max_features: how many of these; 0 for as many as fit a page
 * @picture_rows, @picture_columns: the shape of the picture that the features are; 0 where they are
 *   none (see re3-picture-shape.h)
 *
 * What a figure that is asked for by name may be made from.
 */
typedef struct {
  const Re3Analysis *analysis;
  const Re3Explanation *explanation;
  const Re3Explanation *original;
  const Re3Baseline *pinned;
  double purity_threshold;
  gsize first_region;
  gsize max_regions;
  Re3RegionOrder region_order;
  gsize class_index;
  Re3SankeyMode sankey_mode;
  gboolean has_set;
  Re3SampleSet set;
  Re3Metric metric;
  gboolean both_metrics;
  gboolean is_signed;
  gsize max_nodes;
  Re3ContributionOutput contribution_output;
  gboolean waterfall;
  const Re3Baseline *baseline;
  const double *feature_lows;
  const double *feature_highs;
  gboolean has_feature;
  gsize feature;
  gsize max_features;
  gsize picture_rows;
  gsize picture_columns;
} Re3FigureInput;

/* In place of a region or a feature; RE3_NO_NEURON and RE3_NO_LABEL say so of neurons and classes. */
#define RE3_NO_SUBJECT G_MAXSIZE

/* A datum of @chart, as its marks tell it. */
typedef struct {
  Re3Chart *chart;
  int panel;
  int item;
  int series;
} Re3FigureDatum;

/**
 * Re3FigureSubject:
 * @region: its place in the region table
 * @feature: its place among the model's
 * @neuron: the hidden neuron
 * @source: of a weight that feeds @neuron or a class: the hidden neuron that it comes from
 * @class_index: the class that it is about
 * @actual: of the samples of true class @actual that were taken for @predicted, which may be
 *   RE3_ALL_CLASSES
 * @low, @high: of the samples whose distance in @metric is from @low to below @high; a range is not
 *   empty
 * @set: which samples those are
 *
 * What a datum of a figure stands for, in the words of the model; all of it none where it stands for
 * nothing that can be selected. A cell may stand for two things, such as a region and a feature.
 */
typedef struct {
  gsize region;
  gsize feature;
  gsize neuron;
  gsize source;
  int class_index;
  int actual;
  int predicted;
  Re3Metric metric;
  double low;
  double high;
  Re3SampleSet set;
} Re3FigureSubject;

/**
 * Re3Figure:
 * @name: what it is called on the command line
 * @needs_sample: made from an explanation, or else from an analysis
 * @needs_pin: of a sample: made from what it is compared with, too
 * @needs_picture: of a sample that is a picture
 * @needs_complete: of an analysis: made from what a first one lacks
 * @shows_both_metrics: has a second curve for the paper's metric
 * @needs_classes: about classes, which a regression network does not have
 * @create: makes it. (transfer full)
 * @identify: (nullable): says what a datum stands for; asked by re3_figure_get_subject()
 */
typedef struct {
  const char *name;
  gboolean needs_sample;
  gboolean needs_pin;
  gboolean needs_picture;
  gboolean needs_complete;
  gboolean shows_both_metrics;
  gboolean needs_classes;
  Re3Chart *(*create) (const Re3FigureInput *input);
  void (*identify) (const Re3FigureInput *input,
                    const Re3FigureDatum *datum,
                    Re3FigureSubject     *subject);
} Re3Figure;

/* All figures; n_figures is set. */
const Re3Figure *re3_figures_list (gsize      *n_figures);
/* (nullable) */
const Re3Figure *re3_figures_find (const char *name);

/* What @datum of the chart that was made as @figure from @input stands for. */
Re3FigureSubject re3_figure_get_subject (const Re3Figure      *figure,
                                         const Re3FigureInput *input,
                                         const Re3FigureDatum *datum);

G_END_DECLS
