#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# if-installed.sh PROGRAM [ARG...]: runs a checker, or skips the test where there is none. CI has all.
if ! command -v "$1" >/dev/null && [ -z "$CI" ]; then
  echo "$1 is not installed"
  exit 77
fi
exec "$@"
