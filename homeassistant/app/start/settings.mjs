// Prints the app's options, the Supervisor's broker and the panel's address as settings of faces2mqtt, for a shell.
//   node settings.mjs [options.json] [supervisor's URL]
import { readFileSync } from "node:fs";

const [file = "/data/options.json", supervisor = "http://supervisor"] = process.argv.slice(2);

const SETTING_OF_OPTION = {
  mqtt_url: "MQTT_URL",
  mqtt_username: "MQTT_USERNAME",
  mqtt_password: "MQTT_PASSWORD",
  base_topic: "MQTT_BASE_TOPIC",
  ingest_topics: "INGEST_TOPICS",
  recognition_threshold: "RECOGNITION_THRESHOLD",
  recognition_margin: "RECOGNITION_MARGIN",
  cooldown_seconds: "RECOGNITION_COOLDOWN_SECONDS",
  presence_seconds: "RECOGNITION_PRESENCE_SECONDS",
  discovery_schedule: "DISCOVERY_SCHEDULE",
  retention_days: "STORAGE_RETENTION_DAYS",
  frames_dir: "STORAGE_FRAMES_DIR",
  snapshots_enabled: "SNAPSHOTS_ENABLED",
  snapshots_pull: "SNAPSHOTS_PULL",
  snapshots_folder: "SNAPSHOTS_FOLDER",
  frigate_url: "SNAPSHOTS_FRIGATE_URL",
  frigate_username: "SNAPSHOTS_FRIGATE_USERNAME",
  frigate_password: "SNAPSHOTS_FRIGATE_PASSWORD",
  frigate_go2rtc_url: "SNAPSHOTS_FRIGATE_GO2RTC_URL",
  frigate_sub_labels: "SNAPSHOTS_FRIGATE_SUB_LABELS",
  discovery_prefix: "HOMEASSISTANT_DISCOVERY_PREFIX",
  double_take_topics: "HOMEASSISTANT_DOUBLE_TAKE_TOPICS",
  http_token: "HTTP_TOKEN",
  log_level: "LOG_LEVEL",
};

/** `data` of the Supervisor's answer, or null if there is none. */
async function ask(path) {
  const answer = await fetch(`${supervisor}/${path}`, {
    headers: { authorization: `Bearer ${process.env.SUPERVISOR_TOKEN ?? ""}` },
  }).catch(() => null);
  return answer?.ok ? (await answer.json()).data : null;
}

/** The Supervisor's broker, unless the options name another. */
async function findBroker(options) {
  if (options.mqtt_url) return {};
  const broker = await ask("services/mqtt");
  if (!broker) {
    process.stderr.write(
      "There is no MQTT broker: install the Mosquitto broker app, or set mqtt_url to your own broker.\n",
    );
    process.exit(2);
  }
  return {
    MQTT_URL: `${broker.ssl ? "mqtts" : "mqtt"}://${broker.host}:${broker.port}`,
    ...(broker.username ? { MQTT_USERNAME: broker.username, MQTT_PASSWORD: broker.password } : {}),
  };
}

async function findPanel() {
  const self = await ask("addons/self/info");
  return self?.slug ? { HTTP_PUBLIC_URL: `homeassistant://hassio/ingress/${self.slug}` } : {};
}

const isGiven = (value) => value !== null && value !== "";

/** A map without the fields that were left empty in the form. */
const toGiven = (value) =>
  typeof value === "object" ? Object.fromEntries(Object.entries(value).filter(([, one]) => isGiven(one))) : value;

const options = JSON.parse(readFileSync(file, "utf8"));
const chosen = Object.entries(options)
  .filter(([option, value]) => option in SETTING_OF_OPTION && isGiven(value))
  .map(([option, value]) => [SETTING_OF_OPTION[option], Array.isArray(value) ? value.map(toGiven) : value]);

const settings = {
  ...(await findBroker(options)),
  ...(await findPanel()),
  HTTP_PORT: 8098,
  HTTP_INGRESS_PORT: 8099,
  // Without a token only ingress has access.
  ...(options.http_token ? { HTTP_HOST: "0.0.0.0" } : {}),
  ...Object.fromEntries(chosen),
};

for (const [name, value] of Object.entries(settings)) {
  // JSON is YAML, so a password that looks like a number stays text; single quotes keep the shell from expanding it.
  process.stdout.write(`export FACES2MQTT_${name}='${JSON.stringify(value).replaceAll("'", `'\\''`)}'\n`);
}
