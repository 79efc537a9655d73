/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-name-item.h"

struct _Re3NameItem {
  GObject parent_instance;

  char *name;
  char *unit;
};

G_DEFINE_FINAL_TYPE (Re3NameItem, re3_name_item, G_TYPE_OBJECT)

enum { PROP_0, PROP_NAME, PROP_UNIT, N_PROPERTIES };

static GParamSpec *properties[N_PROPERTIES];

static void
re3_name_item_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  Re3NameItem *self = RE3_NAME_ITEM (object);

  switch (id) {
  case PROP_NAME:
    g_value_set_string (value, self->name);
    break;
  case PROP_UNIT:
    g_value_set_string (value, self->unit);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  }
}

static void
re3_name_item_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  Re3NameItem *self = RE3_NAME_ITEM (object);
  char **text = id == PROP_NAME ? &self->name : &self->unit;
  const char *given = g_value_get_string (value);

  if (g_strcmp0 (*text, given) == 0)
    return;
  g_free (*text);
  *text = g_strdup (given != NULL ? given : "");
  g_object_notify_by_pspec (object, spec);
}

static void
re3_name_item_finalize (GObject *object)
{
  Re3NameItem *self = RE3_NAME_ITEM (object);

  g_free (self->name);
  g_free (self->unit);

  G_OBJECT_CLASS (re3_name_item_parent_class)->finalize (object);
}

static void
re3_name_item_class_init (Re3NameItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = re3_name_item_get_property;
  object_class->set_property = re3_name_item_set_property;
  object_class->finalize = re3_name_item_finalize;

  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, "", flags);
  properties[PROP_UNIT] = g_param_spec_string ("unit", NULL, NULL, "", flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
re3_name_item_init (Re3NameItem *self)
{
  self->name = g_strdup ("");
  self->unit = g_strdup ("");
}

Re3NameItem *
re3_name_item_new (const char *name, const char *unit)
{
  return g_object_new (RE3_TYPE_NAME_ITEM, "name", name, "unit", unit, NULL);
}

const char *
re3_name_item_get_name (Re3NameItem *self)
{
  g_return_val_if_fail (RE3_IS_NAME_ITEM (self), NULL);

  return self->name;
}

const char *
re3_name_item_get_unit (Re3NameItem *self)
{
  g_return_val_if_fail (RE3_IS_NAME_ITEM (self), NULL);

  return self->unit;
}
