/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-what-if-row.h"

G_DEFINE_INTERFACE (Re3WhatIfRow, re3_what_if_row, GTK_TYPE_WIDGET)

static void
re3_what_if_row_default_init (Re3WhatIfRowInterface *interface)
{
}

void
re3_what_if_row_bind (Re3WhatIfRow *self, Re3Session *session, Re3FeatureItem *item)
{
  g_return_if_fail (RE3_IS_WHAT_IF_ROW (self));
  g_return_if_fail (re3_session_get_dataset (session) != NULL);
  g_return_if_fail (RE3_IS_FEATURE_ITEM (item));

  RE3_WHAT_IF_ROW_GET_IFACE (self)->bind (self, session, item);
}

void
re3_what_if_row_update (Re3WhatIfRow *self)
{
  g_return_if_fail (RE3_IS_WHAT_IF_ROW (self));

  RE3_WHAT_IF_ROW_GET_IFACE (self)->update (self);
}
