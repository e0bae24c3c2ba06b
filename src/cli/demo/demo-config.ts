import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { type LoadedConfig, loadConfig } from "../../config/load.ts";
import type { Terminal } from "../terminal.ts";
import { anyFreePort, nextFreePort } from "./free-port.ts";

/** Ports of the demo's daemon. */
export interface DemoPorts {
  /** Panel and API; defaults to the usual one, or the next that is free. */
  readonly port?: number;
  /** The broker; likewise. */
  readonly mqttPort?: number;
}

/** The demo's configuration. */
export interface DemoConfig {
  readonly loaded: LoadedConfig;
  /** Usual ports that are in use on this machine, so that others were chosen. */
  readonly moved: readonly number[];
}

/** Seconds at pace 1: short, so that a person who passes a camera again causes another event, and presence ends soon. */
const COOLDOWN_SECONDS = 8;
const PRESENCE_SECONDS = 25;
/** Variables that the demo ignores: no real faces, broker or files may get into it. */
const IGNORED = /^FACES2MQTT_(DATA_DIR|STORAGE_FRAMES_DIR|INGEST_|MQTT_(?!EMBEDDED_PORT))/;

/**
 * The demo's configuration, with everything in `folder`. No config.yaml is read; environment variables for panel, ports,
 * recognition and logs count.
 */
export async function buildDemoConfig(
  folder: string,
  { port, mqttPort, pace }: DemoPorts & { readonly pace: number },
  { environment }: Pick<Terminal, "environment">,
): Promise<DemoConfig> {
  const file = join(folder, "demo.yaml");
  const settings = {
    data_dir: join(folder, "data"),
    storage: { frames_dir: join(folder, "frames") },
    recognition: { cooldown_seconds: COOLDOWN_SECONDS / pace, presence_seconds: PRESENCE_SECONDS / pace },
    // The past arrives late on purpose, which the daemon would warn about.
    log: { level: "error" },
  };
  writeFileSync(file, stringify(settings));
  const kept = Object.fromEntries(Object.entries(environment).filter(([name]) => !IGNORED.test(name)));
  const loaded = loadConfig({ file, environment: kept });
  const { config, sources } = loaded;
  const { http, mqtt } = config;
  const isFree = (key: string, option: number | undefined) => option === undefined && sources.get(key) === "default";
  // One after the other, because both may take any free port.
  const panel = await choosePort(port ?? http.port, isFree("http.port", port));
  const broker = await choosePort(mqttPort ?? mqtt.embedded.port, isFree("mqtt.embedded.port", mqttPort));
  return {
    loaded: {
      ...loaded,
      config: {
        ...config,
        http: { ...http, port: panel.port },
        mqtt: { ...mqtt, embedded: { ...mqtt.embedded, port: broker.port } },
      },
    },
    moved: [panel, broker].flatMap(({ taken }) => taken ?? []),
  };
}

/** A port that was asked for is used as it is, and refused later if it is not free. */
async function choosePort(wanted: number, mayMove: boolean): Promise<{ port: number; taken: number | null }> {
  if (wanted === 0) return { port: await anyFreePort(), taken: null };
  if (!mayMove) return { port: wanted, taken: null };
  const port = await nextFreePort(wanted);
  return { port, taken: port === wanted ? null : wanted };
}
