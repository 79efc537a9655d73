/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define RE3_TYPE_APPLICATION (re3_application_get_type ())
G_DECLARE_FINAL_TYPE (Re3Application, re3_application, RE3, APPLICATION, AdwApplication)

AdwApplication *re3_application_new (void);

G_END_DECLS
