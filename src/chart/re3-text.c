/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-text-private.h"

#define ELLIPSIS "\u2026"

/* Fewer characters than this before an ellipsis tell nobody anything. */
#define LEAST_CHARACTERS 2

/* In times the size of the font. Fonts differ much in the space that they ask for above and below
 * their letters, and little in the letters: with capitals and digits in the middle of the line,
 * a number stands in the middle of its bar in any of them. */
#define CAPITAL_HEIGHT    0.71
#define LEAST_LINE_HEIGHT 1.16

/* A generation of the cache: a large figure has some hundred texts. */
#define GENERATION_SIZE 2048

typedef struct {
  const char *family; /* interned */
  const char *text;
  double size;
  double max_width;
  gboolean bold;
} Key;

/* Texts that were asked for lately are in @recent; when that is full it becomes @older, and what
 * nobody asked for since goes. */
typedef struct {
  PangoContext *context;
  GHashTable *recent;
  GHashTable *older;
} Cache;

static guint
hash_double (double number)
{
  return g_double_hash (&number);
}

static guint
key_hash (gconstpointer data)
{
  const Key *key = data;

  return g_str_hash (key->text) ^ (hash_double (key->size) * 31 + hash_double (key->max_width)) ^
         (guint) key->bold;
}

static gboolean
key_equal (gconstpointer a, gconstpointer b)
{
  const Key *key = a;
  const Key *other = b;

  return key->family == other->family && key->size == other->size &&
         key->max_width == other->max_width && key->bold == other->bold &&
         g_str_equal (key->text, other->text);
}

static void
key_free (gpointer data)
{
  Key *key = data;

  g_free ((char *) key->text);
  g_free (key);
}

static void
unref_layout (gpointer layout)
{
  if (layout != NULL)
    g_object_unref (layout);
}

static GHashTable *
generation_new (void)
{
  return g_hash_table_new_full (key_hash, key_equal, key_free, unref_layout);
}

static PangoContext *
make_context (void)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  cairo_font_options_t *options = cairo_font_options_create ();

  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  pango_cairo_context_set_font_options (context, options);
  pango_context_set_round_glyph_positions (context, FALSE);
  pango_context_set_language (context, pango_language_from_string ("en"));
  cairo_font_options_destroy (options);
  return context;
}

static void
cache_free (gpointer data)
{
  Cache *cache = data;

  g_clear_pointer (&cache->recent, g_hash_table_unref);
  g_clear_pointer (&cache->older, g_hash_table_unref);
  g_clear_object (&cache->context);
  g_free (cache);
}

static Cache *
get_cache (void)
{
  static GPrivate private = G_PRIVATE_INIT (cache_free);
  Cache *cache = g_private_get (&private);

  if (cache == NULL) {
    cache = g_new0 (Cache, 1);
    cache->context = make_context ();
    cache->recent = generation_new ();
    cache->older = generation_new ();
    g_private_set (&private, cache);
  }
  return cache;
}

static void
cache_insert (Cache *cache, const Key *key, PangoLayout *layout)
{
  Key *own = g_new (Key, 1);

  if (g_hash_table_size (cache->recent) >= GENERATION_SIZE) {
    g_hash_table_unref (cache->older);
    cache->older = g_steal_pointer (&cache->recent);
    cache->recent = generation_new ();
  }
  *own = *key;
  own->text = g_strdup (key->text);
  g_hash_table_insert (cache->recent, own, layout != NULL ? g_object_ref (layout) : NULL);
}

static PangoLayout *
shape (Cache *cache, const Key *key, const char *text)
{
  PangoLayout *layout = pango_layout_new (cache->context);
  PangoFontDescription *font = pango_font_description_new ();
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_font_description_set_family_static (font, key->family);
  pango_font_description_set_absolute_size (font, key->size * PANGO_SCALE);
  pango_font_description_set_weight (font, key->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  /* Digits of one width stay in place while a number changes. */
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_text (layout, text, -1);
  pango_attr_list_unref (attributes);
  pango_font_description_free (font);
  return layout;
}

/* The longest beginning of @whole that fits with an ellipsis, found by halving the number of its
 * characters as people count them. */
static PangoLayout *
shape_cut (Cache *cache, const Key *key, PangoLayout *whole)
{
  int n_attributes;
  const PangoLogAttr *attributes = pango_layout_get_log_attrs_readonly (whole, &n_attributes);
  const char *text = pango_layout_get_text (whole);
  g_autoptr (GArray) ends = g_array_new (FALSE, FALSE, sizeof (gsize));
  g_autoptr (PangoLayout) best = NULL;
  const char *at = text;
  guint low = 0;
  guint high;

  for (int i = 0; i < n_attributes; i++) {
    gsize offset = (gsize) (at - text);

    if (i > 0 && attributes[i].is_cursor_position)
      g_array_append_val (ends, offset);
    if (*at != '\0')
      at = g_utf8_next_char (at);
  }

  high = ends->len;
  while (low < high) {
    guint middle = (low + high) / 2;
    g_autofree char *head = g_strndup (text, g_array_index (ends, gsize, middle));
    g_autofree char *cut = g_strconcat (g_strchomp (head), ELLIPSIS, NULL);
    g_autoptr (PangoLayout) layout = shape (cache, key, cut);

    if (re3_text_get_width (layout) <= key->max_width) {
      g_set_object (&best, layout);
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low >= LEAST_CHARACTERS ? g_steal_pointer (&best) : NULL;
}

PangoLayout *
re3_text_shape (const Re3Theme *theme,
                const char *text,
                double size,
                gboolean bold,
                double max_width)
{
  Cache *cache = get_cache ();
  Key key = { g_intern_string (theme->font_family), text, size, max_width, bold };
  g_autoptr (PangoLayout) layout = NULL;
  gpointer found;

  g_assert (max_width >= 0);

  if (g_hash_table_lookup_extended (cache->recent, &key, NULL, &found))
    return found != NULL ? g_object_ref (found) : NULL;

  if (g_hash_table_lookup_extended (cache->older, &key, NULL, &found)) {
    layout = found != NULL ? g_object_ref (found) : NULL;
  } else {
    layout = shape (cache, &key, text);
    if (max_width > 0 && re3_text_get_width (layout) > max_width) {
      g_autoptr (PangoLayout) whole = g_steal_pointer (&layout);

      layout = shape_cut (cache, &key, whole);
    }
  }
  cache_insert (cache, &key, layout);
  return g_steal_pointer (&layout);
}

double
re3_text_get_width (PangoLayout *layout)
{
  int width;

  pango_layout_get_size (layout, &width, NULL);
  return (double) width / PANGO_SCALE;
}

double
re3_text_get_line_height (const Re3Theme *theme, double size, gboolean bold, double *baseline)
{
  g_autoptr (PangoLayout) layout = re3_text_shape (theme, "0", size, bold, 0);
  double height;
  int logical;

  pango_layout_get_size (layout, NULL, &logical);
  height = MAX ((double) logical / PANGO_SCALE, LEAST_LINE_HEIGHT * size);
  if (baseline != NULL)
    *baseline = (height + CAPITAL_HEIGHT * size) / 2;
  return height;
}

double
re3_texts_measure (const Re3Theme *theme,
                   const char *const *texts,
                   gsize n,
                   double size,
                   gboolean bold)
{
  double widest = 0;

  for (gsize i = 0; i < n; i++) {
    g_autoptr (PangoLayout) layout = NULL;

    if (texts[i] == NULL)
      continue;
    layout = re3_text_shape (theme, texts[i], size, bold, 0);
    widest = MAX (widest, re3_text_get_width (layout));
  }
  return widest;
}

double
re3_text_detail_size (const Re3Theme *theme)
{
  return 0.92 * theme->font_size;
}
