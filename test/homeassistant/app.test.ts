import { execFile } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it, onTestFinished } from "vitest";
import { parse } from "yaml";
import { loadConfig } from "../../src/config/load.ts";
import { readVersion } from "../../src/version.ts";
import { tempFolder } from "../helpers/temp-folder.ts";

const run = promisify(execFile);
const APP = resolve(import.meta.dirname, "../../homeassistant/app");
const read = (file: string): string => readFileSync(join(APP, file), "utf8");
const config = parse(read("config.yaml")) as Record<string, unknown>;
/** An option is of one type, a list of one, or a list of maps of some. */
const schema = config.schema as Record<string, string | (string | Record<string, string>)[]>;

/** Keys of an app's configuration that the Supervisor knows and that are not deprecated. */
const KNOWN = [
  ...["name", "version", "slug", "description", "arch", "url", "startup", "boot", "init", "stage", "ports"],
  ...["ports_description", "watchdog", "ingress", "ingress_port", "ingress_entry", "ingress_stream", "panel_icon"],
  ...[
    "panel_title",
    "panel_admin",
    "homeassistant",
    "homeassistant_api",
    "map",
    "environment",
    "apparmor",
    "services",
    "backup",
  ],
  ...["backup_pre", "backup_post", "backup_exclude", "options", "schema", "image", "timeout", "tmpfs"],
];

describe("the app's configuration", () => {
  it("has what the Supervisor needs and nothing that it does not know", () => {
    for (const key of ["name", "version", "slug", "description", "arch"]) expect(config).toHaveProperty(key);
    expect(Object.keys(config).filter((key) => !KNOWN.includes(key))).toEqual([]);
    expect(config.slug).toMatch(/^[-_.A-Za-z0-9]+$/);
    expect((config.arch as string[]).every((arch) => ["aarch64", "amd64"].includes(arch))).toBe(true);
    expect(config.version).toBe(readVersion());
  });

  it("keeps values in the forms that the Supervisor matches", () => {
    expect(config.watchdog).toMatch(/^(?:https?|\[PROTO:\w+\]|tcp):\/\/\[HOST\]:(\[PORT:\d+\]|\d+).*$/);
    for (const service of config.services as string[]) expect(service).toMatch(/^(mqtt|mysql):(provide|want|need)$/);
    for (const { type } of config.map as { type: string }[]) expect(["share", "media"]).toContain(type);
    const element = /^(bool|email|url|port|device|str|password|int|float|match|list)(\([^)]*\)|\(.*\))?\??$/;
    const elements = Object.values(schema)
      .flat()
      .flatMap((one) => (typeof one === "string" ? [one] : Object.values(one)));
    for (const value of elements) expect(value).toMatch(element);
  });

  it("asks for no right beyond its own container, so that its security rating stays high", () => {
    for (const key of ["host_network", "host_pid", "host_dbus", "full_access", "privileged", "docker_api", "devices"]) {
      expect(config).not.toHaveProperty(key);
    }
    expect(config).toMatchObject({ ingress: true, apparmor: true, panel_admin: true });
  });

  it("never maps the ingress port, where there is no login", () => {
    expect(Object.keys(config.ports as object)).not.toContain(`${String(config.ingress_port)}/tcp`);
    expect(config.watchdog).toContain(`[PORT:${String(config.ingress_port)}]`);
  });

  it("gives every option that has no default a question mark", () => {
    const options = config.options as Record<string, unknown>;
    for (const [name, type] of Object.entries(schema)) {
      if (!(name in options)) expect([type].flat()[0], name).toMatch(/\?$/);
    }
    expect(Object.keys(options).filter((name) => !(name in schema))).toEqual([]);
  });

  it.each(["en", "de"])("explains every option and port in %s", (language) => {
    const words = parse(read(`translations/${language}.yaml`)) as {
      configuration: Record<string, { name: string; description: string }>;
      network: Record<string, string>;
    };
    expect(Object.keys(words.configuration).sort()).toEqual(Object.keys(schema).sort());
    for (const { name, description } of Object.values(words.configuration)) expect(name && description).toBeTruthy();
    expect(Object.keys(words.network)).toEqual(Object.keys(config.ports as object));
  });

  it("names programs that are in its image", () => {
    for (const key of ["backup_pre", "backup_post"]) {
      expect(existsSync(join(APP, String(config[key]).slice(1))), String(config[key])).toBe(true);
    }
    const [, start] = /^CMD \["(.+)"\]$/m.exec(read("Dockerfile")) ?? [];
    expect(existsSync(join(APP, String(start).slice(1)))).toBe(true);
  });

  it("leaves the files in use out of the backup, and puts the copy where the backup looks", () => {
    const folder = /FACES2MQTT_DATA_DIR=\/data\/(\w+)/.exec(read("Dockerfile"))?.[1];
    expect(config.backup_exclude).toEqual([folder]);
    expect(config.backup).toBe("hot");
    expect(read("start/before-backup.sh")).toContain("backup /data/backup.tar.gz");
  });
});

describe("the AppArmor profile", () => {
  const profile = read("apparmor.txt");

  it("is named as the app is, and closed", () => {
    expect(profile).toMatch(new RegExp(`^profile ${String(config.slug)} flags=`, "m"));
    expect(profile.split("{").length).toBe(profile.split("}").length);
    for (const line of profile.split("\n").map((one) => one.trim())) {
      if (line === "" || line.startsWith("#") || line.startsWith("profile ") || line === "}") continue;
      expect(line).toMatch(/,$/);
    }
  });

  it("allows writing nowhere but to data, frames and temporary files", () => {
    const writable = [...profile.matchAll(/^\s+(?!deny)(\/\S*)\s+\w*w\w*,$/gm)].map(([, path]) => path?.split("/")[1]);
    expect([...new Set(writable)].sort()).toEqual(["data", "dev", "media", "share", "tmp"]);
  });
});

describe("the start scripts", () => {
  it.each(readdirSync(join(APP, "start")).filter((name) => name.endsWith(".sh")))(
    "%s is a shell script",
    async (name) => {
      await expect(run("sh", ["-n", join(APP, "start", name)])).resolves.toBeTruthy();
    },
  );
});

const MOSQUITTO = { host: "core-mosquitto", port: 1883, ssl: false, username: "addons", password: "123456" };

/** A Supervisor that answers two questions to those who know its token. */
async function startSupervisor(broker: object | null): Promise<string> {
  const server = createServer((request, response) => {
    const data =
      request.url === "/services/mqtt" ? broker : request.url === "/addons/self/info" ? { slug: "local_faces" } : null;
    const ok = data !== null && request.headers.authorization === "Bearer secret";
    response.writeHead(ok ? 200 : 400, { "content-type": "application/json" });
    response.end(JSON.stringify(ok ? { result: "ok", data } : { result: "error", message: "no" }));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  onTestFinished(() => void server.close());
  const address = server.address();
  return `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;
}

/** What the daemon would read, after the settings went through a shell. */
async function settingsFor(options: object, broker: object | null = MOSQUITTO) {
  const file = join(tempFolder(), "options.json");
  writeFileSync(file, JSON.stringify(options));
  const script = `settings=$(node "$1" "$2" "$3") || exit; eval "$settings"; exec node -e 'console.log(JSON.stringify(process.env))'`;
  const { stdout } = await run(
    "sh",
    ["-euc", script, "sh", join(APP, "start/settings.mjs"), file, await startSupervisor(broker)],
    { env: { PATH: process.env.PATH, SUPERVISOR_TOKEN: "secret" } },
  );
  return loadConfig({ file: null, environment: JSON.parse(stdout) as Record<string, string> }).config;
}

describe("the app's settings", () => {
  it("take the broker from the Supervisor, with a password that looks like a number", async () => {
    expect((await settingsFor({ log_level: "info" })).mqtt).toMatchObject({
      url: "mqtt://core-mosquitto:1883",
      username: "addons",
      password: "123456",
    });
    expect((await settingsFor({}, { ...MOSQUITTO, ssl: true, port: 8883 })).mqtt.url).toBe(
      "mqtts://core-mosquitto:8883",
    );
  });

  it("prefer a broker that the options name, and keep the Supervisor's password from it", async () => {
    const { mqtt } = await settingsFor({ mqtt_url: "mqtt://192.168.1.5:1883" });
    expect(mqtt).toMatchObject({ url: "mqtt://192.168.1.5:1883", username: null, password: null });
  });

  it("open nothing but ingress, unless there is a token", async () => {
    expect((await settingsFor({})).http).toMatchObject({
      host: "127.0.0.1",
      port: 8098,
      ingressPort: 8099,
      publicUrl: "homeassistant://hassio/ingress/local_faces",
    });
    expect((await settingsFor({ http_token: "long" })).http).toMatchObject({ host: "0.0.0.0", token: "long" });
  });

  it("carry over every option, whatever is in it", async () => {
    const nasty = `it's "null" $(touch x) \\ \`y\` é`;
    const all = await settingsFor({
      mqtt_url: "mqtts://broker:8883",
      mqtt_username: nasty,
      mqtt_password: nasty,
      base_topic: "house/faces",
      ingest_topics: ["cameras/+/faces"],
      recognition_threshold: 0.5,
      recognition_margin: 0.05,
      cooldown_seconds: 0,
      presence_seconds: 90,
      discovery_schedule: "0 3 * * *",
      retention_days: 0,
      frames_dir: "/media/frames",
      snapshots_enabled: true,
      snapshots_pull: [
        { camera: nasty, entity: "camera.front_door", url: "", on: "bell/pressed" },
        { camera: "yard", url: "http://yard/snap.jpg", username: "x", password: nasty, interval_seconds: 2 },
      ],
      snapshots_folder: "/share/faces",
      frigate_url: "http://frigate:5000",
      frigate_username: nasty,
      frigate_password: nasty,
      frigate_go2rtc_url: "http://frigate:1984",
      frigate_sub_labels: true,
      discovery_prefix: "ha",
      double_take_topics: true,
      http_token: nasty,
      log_level: "debug",
    });
    expect(all).toMatchObject({
      mqtt: { username: nasty, password: nasty, baseTopic: "house/faces" },
      ingest: { topics: ["cameras/+/faces"] },
      recognition: { threshold: 0.5, margin: 0.05, cooldownSeconds: 0, presenceSeconds: 90 },
      discovery: { schedule: "0 3 * * *" },
      storage: { retentionDays: 0, framesDir: "/media/frames" },
      snapshots: {
        enabled: true,
        pull: [
          { camera: nasty, entity: "camera.front_door", on: "bell/pressed" },
          { camera: "yard", url: "http://yard/snap.jpg", username: "x", password: nasty, intervalSeconds: 2 },
        ],
        folder: "/share/faces",
        frigate: {
          url: "http://frigate:5000",
          username: nasty,
          password: nasty,
          go2rtcUrl: "http://frigate:1984",
          subLabels: true,
        },
      },
      homeassistant: { discoveryPrefix: "ha", doubleTakeTopics: true },
      http: { token: nasty },
      log: { level: "debug" },
    });
  });

  it("know every option of the form", async () => {
    const script = read("start/settings.mjs");
    for (const option of Object.keys(schema)) expect(script).toMatch(new RegExp(`^  ${option}: "`, "m"));
  });

  it("say what to do when there is no broker, and start nothing", async () => {
    await expect(settingsFor({}, null)).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringContaining("install the Mosquitto broker app"),
    });
  });
});
