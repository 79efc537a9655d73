/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-polyhedron-private.h"

#include <glpk.h>
#include <math.h>
#include <setjmp.h>

/* GLPK counts from 1, and counts in int. */
#define INDEX(i) ((int) (i) + 1)

/* Simplex steps between two looks at the monitor. */
#define STEPS_PER_POLL 100

/* Far more than a problem of this size takes: a sign of rounding. */
#define STEPS_PER_ROW 200

/* Of the simplex method: unit normals and costs of 1 stand in its tables. */
#define TOLERANCE 1e-10

/* A problem on its way through GLPK. Columns are y+ and y-, whose difference is y, for L1; y, and
 * then the largest |y_i|, for Linf. */
typedef struct {
  const Re3Polyhedron *polyhedron;
  Re3Metric metric;
  double limit;
  const Re3Monitor *monitor;
  double *point;
  double distance;
  Re3NearestStatus status;

  glp_prob *problem;
  int *indices;
  double *values;
  jmp_buf fault;
} Program;

/* GLPK keeps what it allocates in one place: for each thread, or, where it was built without that,
 * for the whole process. */
static GMutex glpk_lock;

static void
set_bounds (glp_prob *problem,
            int index,
            double low,
            double high,
            void (*set) (glp_prob *, int, int, double, double))
{
  int kind = GLP_DB;

  if (isinf (low) && isinf (high))
    kind = GLP_FR;
  else if (isinf (high))
    kind = GLP_LO;
  else if (isinf (low))
    kind = GLP_UP;
  else if (low == high)
    kind = GLP_FX;
  set (problem, index, kind, isinf (low) ? 0 : low, isinf (high) ? 0 : high);
}

static void
program_add_columns (Program *self)
{
  const Re3Polyhedron *polyhedron = self->polyhedron;
  gsize n = polyhedron->n;

  if (self->metric == RE3_METRIC_L1) {
    glp_add_cols (self->problem, (int) (2 * n));
    for (gsize i = 0; i < n; i++) {
      double low = polyhedron->low[i];
      double high = polyhedron->high[i];

      set_bounds (self->problem, INDEX (i), MAX (low, 0), MAX (high, 0), glp_set_col_bnds);
      set_bounds (self->problem, INDEX (n + i), MAX (-high, 0), MAX (-low, 0), glp_set_col_bnds);
      glp_set_obj_coef (self->problem, INDEX (i), 1);
      glp_set_obj_coef (self->problem, INDEX (n + i), 1);
    }
    return;
  }

  glp_add_cols (self->problem, (int) (n + 1));
  for (gsize i = 0; i < n; i++)
    set_bounds (self->problem, INDEX (i), polyhedron->low[i], polyhedron->high[i],
                glp_set_col_bnds);
  set_bounds (self->problem, INDEX (n), 0, INFINITY, glp_set_col_bnds);
  glp_set_obj_coef (self->problem, INDEX (n), 1);
}

/* largest + y_i >= 0 and largest - y_i >= 0 */
static void
program_add_largest (Program *self)
{
  gsize n = self->polyhedron->n;

  for (gsize i = 0; i < 2 * n; i++) {
    int row = glp_add_rows (self->problem, 1);

    self->indices[1] = INDEX (i % n);
    self->values[1] = i < n ? 1 : -1;
    self->indices[2] = INDEX (n);
    self->values[2] = 1;
    glp_set_mat_row (self->problem, row, 2, self->indices, self->values);
    glp_set_row_bnds (self->problem, row, GLP_LO, 0, 0);
  }
}

/* What all points nearer than the limit hold is left out: that keeps the problem small. */
static void
program_add_rows (Program *self)
{
  const Re3Polyhedron *polyhedron = self->polyhedron;
  gsize n = polyhedron->n;

  for (gsize row = 0; row < polyhedron->n_rows; row++) {
    const double *normal = polyhedron->normals + row * n;
    int index;
    int n_entries = 0;

    if (re3_polyhedron_row_reserve (polyhedron, row, self->metric) > self->limit)
      continue;

    for (gsize i = 0; i < n; i++) {
      if (normal[i] == 0)
        continue;
      self->indices[++n_entries] = INDEX (i);
      self->values[n_entries] = normal[i];
      if (self->metric == RE3_METRIC_L1) {
        self->indices[++n_entries] = INDEX (n + i);
        self->values[n_entries] = -normal[i];
      }
    }
    index = glp_add_rows (self->problem, 1);
    glp_set_mat_row (self->problem, index, n_entries, self->indices, self->values);
    glp_set_row_bnds (self->problem, index, GLP_LO, polyhedron->offsets[row], 0);
  }
}

static double
program_read_variable (const Program *self, gsize i)
{
  double value = glp_get_col_prim (self->problem, INDEX (i));

  if (self->metric == RE3_METRIC_L1)
    value -= glp_get_col_prim (self->problem, INDEX (self->polyhedron->n + i));

  return CLAMP (value, self->polyhedron->low[i], self->polyhedron->high[i]);
}

static void
program_read (Program *self)
{
  gsize n = self->polyhedron->n;

  for (gsize i = 0; i < n; i++)
    self->point[i] = program_read_variable (self, i);
  self->distance = re3_metric_length (self->metric, self->point, n);
  self->status = self->distance < self->limit ? RE3_NEAREST_FOUND : RE3_NEAREST_BEYOND;
}

/* From the origin on, where the costs are right and rows are not: for the dual simplex method,
 * whose objective only grows. */
static void
program_solve (Program *self)
{
  gsize n_left;
  glp_smcp settings;
  int fault;

  glp_init_smcp (&settings);
  settings.msg_lev = GLP_MSG_OFF;
  settings.meth = GLP_DUALP;
  settings.tol_bnd = TOLERANCE;
  settings.tol_dj = TOLERANCE;
  settings.it_lim = STEPS_PER_POLL;
  if (isfinite (self->limit))
    settings.obj_ul = self->limit;

  n_left = 10 + STEPS_PER_ROW * (gsize) (glp_get_num_rows (self->problem) + 1) / STEPS_PER_POLL;
  do {
    if (!re3_monitor_report (self->monitor, 0, 0)) {
      self->status = RE3_NEAREST_STOPPED;
      return;
    }
    fault = glp_simplex (self->problem, &settings);
  } while (fault == GLP_EITLIM && n_left-- > 0);

  if (fault == GLP_EOBJUL) {
    self->status = RE3_NEAREST_BEYOND;
    self->distance = self->limit;
  } else if (fault == 0 && glp_get_status (self->problem) == GLP_OPT) {
    program_read (self);
  } else if (fault == 0 && (glp_get_status (self->problem) == GLP_NOFEAS ||
                            glp_get_prim_stat (self->problem) == GLP_NOFEAS)) {
    self->status = RE3_NEAREST_EMPTY;
    self->distance = INFINITY;
  }
}

/* GLPK calls this before it would abort the program; what it held is freed with the rest. */
static void
leave_glpk (void *data)
{
  Program *self = data;

  longjmp (self->fault, 1);
}

/* Takes what GLPK would print: before a fault it prints whatever its settings are. */
static int
hush (void *data, const char *text)
{
  return 1;
}

static void
program_run (Program *self)
{
  gboolean is_shared = glp_config ("TLS") == NULL;

  if (is_shared)
    g_mutex_lock (&glpk_lock);
  if (setjmp (self->fault) == 0) {
    glp_term_hook (hush, NULL);
    glp_error_hook (leave_glpk, self);
    self->problem = glp_create_prob ();
    program_add_columns (self);
    if (self->metric == RE3_METRIC_LINF)
      program_add_largest (self);
    program_add_rows (self);
    program_solve (self);
  } else {
    self->status = RE3_NEAREST_UNRESOLVED;
  }
  /* With all that was made, also after a fault. */
  glp_free_env ();
  if (is_shared)
    g_mutex_unlock (&glpk_lock);
}

Re3NearestStatus
re3_polyhedron_nearest_linear (const Re3Polyhedron *self,
                               Re3Metric metric,
                               double limit,
                               const Re3Monitor *monitor,
                               double *point,
                               double *distance)
{
  Program *program = g_new0 (Program, 1);
  Re3NearestStatus status;

  program->polyhedron = self;
  program->metric = metric;
  program->limit = limit;
  program->monitor = monitor;
  program->point = point;
  program->status = RE3_NEAREST_UNRESOLVED;
  program->indices = g_new (int, 2 * self->n + 2);
  program->values = g_new (double, 2 * self->n + 2);
  program_run (program);

  *distance = program->distance;
  status = program->status;
  g_free (program->indices);
  g_free (program->values);
  g_free (program);

  return status;
}
