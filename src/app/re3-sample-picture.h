/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-dataset.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RE3_TYPE_SAMPLE_PICTURE (re3_sample_picture_get_type ())
G_DECLARE_FINAL_TYPE (Re3SamplePicture, re3_sample_picture, RE3, SAMPLE_PICTURE, GtkWidget)

/**
 * Re3SamplePicture:
 *
 * A sample that is a picture, small, in the greys of the picture figure. It is made of the data when it
 * is first seen, and kept until the widget shows another one.
 */
GtkWidget *re3_sample_picture_new  (void);
/* @dataset: (nullable): for no picture; its features are @n_rows rows of @n_columns pixels. */
void       re3_sample_picture_show (Re3SamplePicture *self,
                                    Re3Dataset       *dataset,
                                    gsize             row,
                                    gsize             n_rows,
                                    gsize             n_columns);

G_END_DECLS
