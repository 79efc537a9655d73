/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-number-text.h"

#include <gtk/gtk.h>

/* In the order of its characters, as UAX #9 says of isolates. */
#define ISOLATED(text) "\u2066" text "\u2069"

static void
check_texts (const char *number, const char *sign, const char *percent, const char *with_unit)
{
  g_autofree char *a_number = re3_number_text_new (1.2e-7, 2);
  g_autofree char *a_signed = re3_number_text_new_signed (-1.5, 2);
  g_autofree char *a_percent = re3_number_text_new_percent (0.99999, 1);
  g_autofree char *a_with_unit = re3_number_text_new_with_unit (12400, 5, "cm");

  g_assert_cmpstr (a_number, ==, number);
  g_assert_cmpstr (a_signed, ==, sign);
  g_assert_cmpstr (a_percent, ==, percent);
  g_assert_cmpstr (a_with_unit, ==, with_unit);
}

static void
test_left_to_right (void)
{
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
  check_texts ("1.2\u2009×\u200910\u207b\u2077", "\u22121.5", ">\u00a099.9\u00a0%",
               "12\u2009400\u00a0cm");
}

static void
test_right_to_left (void)
{
  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  check_texts (ISOLATED ("1.2\u2009×\u200910\u207b\u2077"), ISOLATED ("\u22121.5"),
               ISOLATED (">\u00a099.9\u00a0%"), ISOLATED ("12\u2009400\u00a0cm"));
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

static void
test_parse (void)
{
  static const struct {
    const char *text;
    double value;
  } numbers[] = { { "1.5", 1.5 }, { " \u22122,5 ", -2.5 }, { "1e3", 1000 } };
  static const char *const others[] = { "", "1,2.3", "0x10", "inf", "nan", "1 cm" };
  double value;

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++) {
    g_assert_true (re3_number_text_parse (numbers[i].text, &value));
    g_assert_cmpfloat (value, ==, numbers[i].value);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    g_assert_false (re3_number_text_parse (others[i], &value));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/number-text/left-to-right", test_left_to_right);
  g_test_add_func ("/number-text/right-to-left", test_right_to_left);
  g_test_add_func ("/number-text/parse", test_parse);

  return g_test_run ();
}
