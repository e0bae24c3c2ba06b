import type { Static } from "typebox";
import type { Camelized } from "./camelize.ts";
import { section, text } from "./key-types.ts";
import { http } from "./sections/http.ts";
import { ingest, models } from "./sections/ingest.ts";
import { mqtt } from "./sections/mqtt.ts";
import { discovery, recognition } from "./sections/recognition.ts";
import { snapshots } from "./sections/snapshots.ts";
import { storage } from "./sections/storage.ts";
import { homeassistant, log } from "./sections/surroundings.ts";

/** The whole configuration: types, validation, defaults, and the comments of `config.example.yaml`. */
export const configSchema = section(
  {
    data_dir: text("a path", undefined, {
      default: "./data",
      description: "All stored data. Relative paths start at the working directory",
    }),
    mqtt,
    ingest,
    models,
    snapshots,
    recognition,
    discovery,
    storage,
    http,
    homeassistant,
    log,
  },
  "faces2mqtt",
);

/** The configuration as the file has it (snake_case). */
export type ConfigFile = Static<typeof configSchema>;

/** The configuration as the program uses it: every key, camelCase. */
export type Config = Camelized<ConfigFile>;
