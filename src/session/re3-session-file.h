/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-session.h"

G_BEGIN_DECLS

#define RE3_SESSION_FILE_SUFFIX ".re3session"

/* A longer file is no session. */
#define RE3_SESSION_FILE_MAX_SIZE (64u << 20)

/* One value of one row that was changed. */
typedef struct {
  gsize row;
  gsize feature;
  double value;
} Re3SavedEdit;

/* Whether a feature stays a whole number, where the data set shows something else. */
typedef struct {
  gsize feature;
  gboolean is_integer;
} Re3SavedInteger;

/**
 * Re3SavedLimits:
 * @ranges: (element-type Re3FeatureRange)
 * @orders: (element-type Re3FeatureOrder)
 * @integers: (element-type Re3SavedInteger)
 */
typedef struct {
  GArray *ranges;
  GArray *orders;
  GArray *integers;
} Re3SavedLimits;

/**
 * Re3SessionFile:
 * @model_file: the model
 * @data_file: (nullable): the data set
 * @reading: (nullable): how it is read; %NULL where the file, an older one, does not say
 * @fit_scaler: whether the scaler is one fitted to the training samples
 * @page: (nullable): name of the page that was seen
 * @row: the selected row, or RE3_NO_ROW
 * @class_choice: as re3_session_set_class_choice() takes it
 * @purity_threshold: below it a region is marked as confused
 * @view: how the person looks at it
 * @filters: (element-type Re3SampleFilter): all but that of a region
 * @region: (nullable): pattern of the region that samples are filtered by: its place in the table
 *   would mean another one if the data change
 * @locks: (element-type gsize): features that are locked
 * @groups: (element-type Re3FeatureGroup): one-hot groups that were adopted
 * @limits: what counterfactuals have to respect
 * @edits: (element-type Re3SavedEdit): what-if edits of all rows
 * @pinned_row: the row of what is pinned, or RE3_NO_ROW
 * @pinned_values: (element-type double): its values in original units
 *
 * What of a session can be saved and opened again; numbers and files, not the results, which are
 * made anew. In the file (JSON), paths below its folder are relative to it, so that both can be
 * moved together.
 */
typedef struct {
  GFile *model_file;
  GFile *data_file;
  Re3Reading *reading;
  gboolean fit_scaler;
  char *page;
  gssize row;
  int class_choice;
  double purity_threshold;
  Re3ViewOptions view;
  GPtrArray *filters;
  char *region;
  GArray *locks;
  GPtrArray *groups;
  Re3SavedLimits limits;
  GArray *edits;
  gssize pinned_row;
  GArray *pinned_values;
} Re3SessionFile;

/* Of a session without a document: no files, nothing selected. (transfer full) */
Re3SessionFile *re3_session_file_new     (void);
/* What @session, which has a document, is at now. @page: (nullable). (transfer full) */
Re3SessionFile *re3_session_file_capture (Re3Session           *session,
                                          const char           *page);
/* Puts @session, which has just opened the files of @self, to where it was; the filter by region
 * needs the regions, see below. Returns: how many edits, locks, groups, limits, choices and pins were left out,
 * as model or data do not have what they are of */
gsize           re3_session_file_restore (const Re3SessionFile *self,
                                          Re3Session           *session);
/* The filter by region, if there is one, when there is an analysis. Returns: as above */
gsize           re3_session_file_restore_region (const Re3SessionFile *self,
                                          Re3Session           *session);
/* Lets @self, which was captured with @from, be restored with @to, which the file of both was read as
 * since: each row is found again by its line. What is of rows that are gone is left out then; what
 * was pinned as it was in the data is pinned as it is there now. */
void            re3_session_file_follow_rows (Re3SessionFile  *self,
                                          const Re3Dataset     *from,
                                          const Re3Dataset     *to);
/* (transfer full) */
Re3SessionFile *re3_session_file_ref     (Re3SessionFile       *self);
void            re3_session_file_unref   (Re3SessionFile       *self);

/* Whole or not at all. */
gboolean        re3_session_file_write   (const Re3SessionFile *self,
                                          GFile                *file,
                                          GError              **error);
/* Members that are not known are passed over; a newer version is refused, and so is what names a
 * file that is not there, or not on this machine. (transfer full) */
Re3SessionFile *re3_session_file_read    (GFile                *file,
                                          GError              **error);
/* The same of @length bytes. @name: of their file, for messages; @folder: where it is */
Re3SessionFile *re3_session_file_parse   (const char           *text,
                                          gsize                 length,
                                          const char           *name,
                                          GFile                *folder,
                                          GError              **error);
/* Whether it is called like a session. */
gboolean        re3_session_file_is_name (GFile                *file);
/* "study", for study.re3session. (transfer full) */
char           *re3_session_file_make_title (GFile             *file);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Re3SessionFile, re3_session_file_unref)

G_END_DECLS
