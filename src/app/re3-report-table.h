/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RE3_TYPE_REPORT_TABLE (re3_report_table_get_type ())
G_DECLARE_FINAL_TYPE (Re3ReportTable, re3_report_table, RE3, REPORT_TABLE, GtkWidget)

/**
 * Re3ReportTable:
 *
 * How good the model is at each class, over the default set of samples: precision, recall, F1 and
 * support; of a regression network its errors, set by set.
 */
GtkWidget *re3_report_table_new (Re3Session *session);

G_END_DECLS
