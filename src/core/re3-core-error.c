/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-core-error.h"

G_DEFINE_QUARK (re3 - core - error - quark, re3_core_error)
