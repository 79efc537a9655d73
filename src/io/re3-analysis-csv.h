/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-result-options.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Writes each table of a complete analysis as a CSV file into @folder, which is made if it is not
 * there: summary, regions, class-profiles, importance, ranks, neurons, class-neurons, validity,
 * samples, report and confusion. What §6 of the design says of the JSON holds for them too, but that
 * rows and regions are named as people see them (R1, L1·3), and what is infinite is "inf".
 *
 * All files are put in their places at the end, each at once; where writing fails, or with
 * RE3_CORE_ERROR_CANCELLED is stopped by the monitor, what was there before is left as it was. Where
 * one cannot be put in its place, because a folder is there, those before it are new already.
 * @options: (nullable); @monitor: (nullable): its steps are rows of long tables */
gboolean re3_analysis_write_csv (const Re3Analysis      *analysis,
                                 const Re3ResultOptions *options,
                                 GFile                  *folder,
                                 const Re3Monitor       *monitor,
                                 GError                **error);

G_END_DECLS
