/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench-table.h"

#include <stdio.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

static double
read_clock (clockid_t clock)
{
  struct timespec time;

  clock_gettime (clock, &time);

  return (double) time.tv_sec + (double) time.tv_nsec / 1e9;
}

double
bench_now (void)
{
  return read_clock (CLOCK_MONOTONIC);
}

/* Seconds that the processors of the machine did anything since it started: for any program, or,
 * in a virtual machine, for others. */
static double
read_busy_seconds (void)
{
  unsigned long long user = 0, nice = 0, kernel = 0, idle, wait, irq = 0, soft_irq = 0, stolen = 0;
  FILE *file = fopen ("/proc/stat", "r");

  if (file == NULL)
    return 0;
  if (fscanf (file, "cpu %llu %llu %llu %llu %llu %llu %llu %llu", &user, &nice, &kernel, &idle,
              &wait, &irq, &soft_irq, &stolen) != 8)
    user = nice = kernel = irq = soft_irq = stolen = 0;
  fclose (file);

  return (double) (user + nice + kernel + irq + soft_irq + stolen) / (double) sysconf (_SC_CLK_TCK);
}

static double
seconds (const struct timeval *time)
{
  return (double) time->tv_sec + (double) time->tv_usec / 1e6;
}

/* Of this process and of its children that have ended. */
static double
read_processor_seconds (void)
{
  struct rusage children;

  getrusage (RUSAGE_CHILDREN, &children);

  return read_clock (CLOCK_PROCESS_CPUTIME_ID) + seconds (&children.ru_utime) +
         seconds (&children.ru_stime);
}

BenchWatch
bench_watch_start (gboolean is_parallel)
{
  BenchWatch self = { .is_parallel = is_parallel };

  self.all = read_busy_seconds ();
  self.processor = read_processor_seconds ();
  self.wall = bench_now ();

  return self;
}

BenchTime
bench_watch_stop (const BenchWatch *self)
{
  BenchTime time = { .wall = bench_now () - self->wall };
  double others;

  time.processor = read_processor_seconds () - self->processor;
  others = read_busy_seconds () - self->all - time.processor;
  if (self->is_parallel)
    time.share = 1 - MAX (others, 0.0) / (time.wall * g_get_num_processors ());
  else
    time.share = time.processor / time.wall;

  return time;
}
