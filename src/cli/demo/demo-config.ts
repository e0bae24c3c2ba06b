import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { type LoadedConfig, loadConfig } from "../../config/load.ts";
import type { Terminal } from "../terminal.ts";
import { anyFreePort, nextFreePort } from "./free-port.ts";

export interface DemoPorts {
  /** Undefined: the usual one, or the next that is free. */
  readonly port?: number;
  readonly mqttPort?: number;
}

export interface DemoConfig {
  readonly loaded: LoadedConfig;
  /** Usual ports that are taken on this machine, so that others were chosen. */
  readonly moved: readonly number[];
}

/** Seconds at pace 1: somebody who passes the same camera again is told again, and leaves soon. */
const COOLDOWN_SECONDS = 8;
const PRESENCE_SECONDS = 25;
/** What is the demo's own: nobody's faces, broker or files may get into it, whatever the environment says. */
const OWN = /^FACES2MQTT_(DATA_DIR|STORAGE_FRAMES_DIR|INGEST_|MQTT_(?!EMBEDDED_PORT))/;

/**
 * The demo's configuration, everything in `folder`. No config.yaml is read; what the environment says of panel, ports,
 * recognition and logs counts.
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
    // The past arrives late on purpose, which the daemon would warn of.
    log: { level: "error" },
  };
  writeFileSync(file, stringify(settings));
  const kept = Object.fromEntries(Object.entries(environment).filter(([name]) => !OWN.test(name)));
  const loaded = loadConfig({ file, environment: kept });
  const { config, sources } = loaded;
  const { http, mqtt } = config;
  const isFree = (key: string, option: number | undefined) => option === undefined && sources.get(key) === "default";
  // One after the other: both may have to take any port.
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

/** A port that somebody asked for is taken as it is, and refused later where it is not free. */
async function choosePort(wanted: number, mayMove: boolean): Promise<{ port: number; taken: number | null }> {
  if (wanted === 0) return { port: await anyFreePort(), taken: null };
  if (!mayMove) return { port: wanted, taken: null };
  const port = await nextFreePort(wanted);
  return { port, taken: port === wanted ? null : wanted };
}
