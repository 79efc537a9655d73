/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-figure-page.h"

G_BEGIN_DECLS

/* The pages of figures but for the pathway, in their order. */
const Re3PageDescription *re3_pages_list (gsize      *n_pages);
/* (nullable) */
const Re3PageDescription *re3_pages_find (const char *name);

G_END_DECLS
