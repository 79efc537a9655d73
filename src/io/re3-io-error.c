/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-io-error.h"

G_DEFINE_QUARK (re3 - io - error - quark, re3_io_error)
