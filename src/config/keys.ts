import Type, { type TObject, type TSchema } from "typebox";
import { configSchema } from "./schema.ts";

/** One value of the configuration. */
export interface ConfigKey {
  /** `mqtt.embedded.port` */
  readonly name: string;
  readonly path: readonly string[];
  readonly schema: TSchema;
  /** `FACES2MQTT_MQTT_EMBEDDED_PORT` */
  readonly variable: string;
  readonly default: unknown;
  readonly description: string;
  readonly secret: boolean;
  /** Why the key has no effect any more: a warning where it is set; it is not in the example. null: it is in use. */
  readonly retired: string | null;
}

/** All keys in the order of the schema, without the sections. */
export const CONFIG_KEYS: readonly ConfigKey[] = keysOf(configSchema, []);

/** By name (`mqtt.url`). */
export const CONFIG_KEY: ReadonlyMap<string, ConfigKey> = new Map(CONFIG_KEYS.map((key) => [key.name, key]));

/** Whether it holds further keys. */
export function isSection(schema: TSchema): schema is TObject {
  return Type.IsObject(schema);
}

function keysOf(section: TObject, parents: readonly string[]): ConfigKey[] {
  return Object.entries(section.properties).flatMap(([name, schema]) => {
    const path = [...parents, name];
    return isSection(schema) ? keysOf(schema, path) : [toKey(path, schema)];
  });
}

function toKey(path: readonly string[], schema: TSchema): ConfigKey {
  const notes = schema as { default?: unknown; description?: string; secret?: boolean; retired?: string };
  return {
    name: path.join("."),
    path,
    schema,
    variable: `FACES2MQTT_${path.join("_").toUpperCase()}`,
    default: notes.default,
    description: notes.description ?? "",
    secret: notes.secret === true,
    retired: notes.retired ?? null,
  };
}
