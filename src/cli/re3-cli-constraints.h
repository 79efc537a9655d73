/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-cli-input.h"
#include "re3-counterfactual.h"

G_BEGIN_DECLS

/**
 * Re3CliConstraints:
 *
 * The options that say which inputs a counterfactual may be.
 */
typedef struct {
  /*< private >*/
  char **locks;
  char **ranges;
  char **integers;
  char **orders;

  guint8 *locked;
  guint8 *integer;
  double *low;
  double *high;
  GArray *order_pairs;
} Re3CliConstraints;

/* Adds the options to @parser. */
void     re3_cli_constraints_add_options (Re3CliConstraints        *self,
                                          Re3CliParser             *parser);
/* Reads them, for the features of @input, into @options, which borrows them. */
gboolean re3_cli_constraints_parse       (Re3CliConstraints        *self,
                                          const Re3CliInput        *input,
                                          Re3CounterfactualOptions *options,
                                          GError                  **error);
void     re3_cli_constraints_clear       (Re3CliConstraints        *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Re3CliConstraints, re3_cli_constraints_clear)

G_END_DECLS
