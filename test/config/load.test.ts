import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { toConfiguredSettings } from "../../src/config/configured-settings.ts";
import { ConfigRefused, defaultConfig, type LoadedConfig, loadConfig } from "../../src/config/load.ts";
import { tempFolder } from "../helpers/temp-folder.ts";

function load(yaml: string, environment: Record<string, string> = {}): LoadedConfig {
  const file = join(tempFolder(), "config.yaml");
  writeFileSync(file, yaml, { mode: 0o600 });
  return loadConfig({ file, environment });
}

/** What is wrong, with the folder of the file left out. */
function problemsOf(yaml: string | Buffer, environment: Record<string, string> = {}): string[] {
  const folder = tempFolder();
  const file = join(folder, "config.yaml");
  writeFileSync(file, yaml);
  try {
    loadConfig({ file, environment });
  } catch (error) {
    if (error instanceof ConfigRefused) return error.problems.map((problem) => problem.replaceAll(`${folder}/`, ""));
    throw error;
  }
  return [];
}

const LOGIN = { FACES2MQTT_HTTP_TOKEN: "secret" };

describe("a configuration", () => {
  it("is all defaults where nothing is set", () => {
    expect(load("").config).toEqual(defaultConfig());
    expect(load("# nothing\n---\n").config).toEqual(defaultConfig());
    expect(load("mqtt:\nhttp: ~\n").config).toEqual(defaultConfig());
  });

  it("may have no file unless one is named", () => {
    const { file, config, sources } = loadConfig({ file: null, environment: {} });
    expect(file).toBeNull();
    expect(config).toEqual(defaultConfig());
    expect(new Set(sources.values())).toEqual(new Set(["default"]));
  });

  it("is refused when the named file is not there", () => {
    const file = join(tempFolder(), "nowhere.yaml");
    expect(() => loadConfig({ file, environment: {} })).toThrow(`${file}: cannot be read`);
  });

  it("takes the file over the defaults and the environment over both, and knows which", () => {
    const { config, sources } = load("recognition: { threshold: 0.5, margin: 0.1 }\n", {
      FACES2MQTT_RECOGNITION_MARGIN: "0.2",
    });
    expect(config.recognition).toMatchObject({ threshold: 0.5, margin: 0.2, cooldownSeconds: 30 });
    expect(toConfiguredSettings(config, sources)).toEqual({
      values: {
        "recognition.profile": "classic",
        "recognition.threshold": 0.5,
        "recognition.margin": 0.2,
        "recognition.visit_seconds": 10,
        "recognition.min_faces": 2,
        "discovery.threshold": 0.6,
        "discovery.schedule": null,
        "snapshots.min_score": 0.8,
        "snapshots.min_face_px": 28,
        "snapshots.min_norm": 9,
        "storage.retention_days": 30,
      },
      defaults: {
        "recognition.profile": "classic",
        "recognition.threshold": 0.6,
        "recognition.margin": null,
        "recognition.visit_seconds": 10,
        "recognition.min_faces": 2,
        "discovery.threshold": 0.6,
        "discovery.schedule": null,
        "snapshots.min_score": 0.8,
        "snapshots.min_face_px": 28,
        "snapshots.min_norm": 9,
        "storage.retention_days": 30,
      },
      sources: {
        "recognition.profile": "default",
        "recognition.threshold": "file",
        "recognition.margin": "env",
        "recognition.visit_seconds": "default",
        "recognition.min_faces": "default",
        "discovery.threshold": "default",
        "discovery.schedule": "default",
        "snapshots.min_score": "default",
        "snapshots.min_face_px": "default",
        "snapshots.min_norm": "default",
        "storage.retention_days": "default",
      },
    });
  });

  it("follows YAML's anchors", () => {
    const { config } = load("recognition: &same\n  threshold: 0.5\ndiscovery: *same\n");
    expect(config.discovery.threshold).toBe(0.5);
  });
});

describe("problems of a configuration", () => {
  it("are all reported at once, with file, line and key", () => {
    const yaml = `mqtt:
  url: http://broker
  password: 12345
http:
  port: 80990
  prot: 1
  auth: nobody
recognition:
  margin: wide
discovery:
  schedule: every day
  min_cluster_size: 1.5
ingest:
  topics: [cameras/+/faces, "a/#/b", 3]
threshold: 0.5
log: [a]
`;
    expect(problemsOf(yaml)).toEqual([
      'config.yaml:6: http.prot: unknown key (did you mean "port"?)',
      'config.yaml:15: threshold: unknown key (did you mean "recognition.threshold"?)',
      "config.yaml:16: log: expected a map of keys, got a list",
      'config.yaml:2: mqtt.url: expected a URL such as mqtt://host:1883 (or mqtts, ws, wss), without user and password in it or null, got "http://broker"',
      "config.yaml:3: mqtt.password: expected a password or null, got something else; put it in quotes",
      "config.yaml:5: http.port: expected a whole number from 0 to 65535, got 80990",
      'config.yaml:7: http.auth: expected token or none, got "nobody"',
      'config.yaml:9: recognition.margin: expected a number from 0 to 1 or null, got "wide"',
      'config.yaml:11: discovery.schedule: expected a cron expression such as "0 3 * * *" or null, got "every day"',
      "config.yaml:12: discovery.min_cluster_size: expected a whole number from 1 to 1000000, got 1.5",
      'config.yaml:14: ingest.topics[1]: expected a topic filter such as cameras/+/faces, got "a/#/b"',
      "config.yaml:14: ingest.topics[2]: expected a topic filter such as cameras/+/faces, got 3; put it in quotes",
    ]);
  });

  it("say what an entry under a name of the user's own may hold", () => {
    expect(problemsOf("models:\n  mine: { dimension: 0, threshold: 3 }\n  other: { dimension: many }\n")).toEqual([
      "config.yaml:2: models.mine.dimension: expected a whole number from 2 to 4096, got 0",
      "config.yaml:2: models.mine.threshold: expected a number above 0, up to 2, got 3",
      "config.yaml:3: models.other.threshold: is missing",
      'config.yaml:3: models.other.dimension: expected a whole number from 2 to 4096, got "many"',
    ]);
  });

  it("stand in the words of the environment too", () => {
    expect(
      problemsOf("", {
        FACES2MQTT_HTTP_PORT: "many",
        FACES2MQTT_HTTP_PROT: "1",
        FACES2MQTT_HTTP_TOKEN_FILE: "/nowhere/token",
        FACES2MQTT_INGEST_TOPICS: "[a, {",
        FACES2MQTT_TEST_DATA: "/anything",
      }),
    ).toEqual([
      'FACES2MQTT_HTTP_PROT: no key of the configuration (did you mean "FACES2MQTT_HTTP_PORT"?)',
      expect.stringMatching(/^FACES2MQTT_HTTP_TOKEN_FILE: http\.token: cannot read "\/nowhere\/token": ENOENT/),
      expect.stringMatching(/^FACES2MQTT_INGEST_TOPICS: ingest\.topics: not valid YAML: /),
      'FACES2MQTT_HTTP_PORT: http.port: expected a whole number from 0 to 65535, got "many"',
    ]);
  });

  it("have a location inside lists", () => {
    const yaml = `mqtt:
  embedded:
    users:
      - { username: front_door, password: "1", role: camera }
      - username: a/b
        rloe: admin
        password: 7
`;
    expect(problemsOf(yaml)).toEqual([
      "config.yaml:5: mqtt.embedded.users[1].role: is missing",
      'config.yaml:6: mqtt.embedded.users[1].rloe: unknown key (did you mean "role"?)',
      "config.yaml:5: mqtt.embedded.users[1].username: expected a name of 1 to 64 characters without /, + and #, got something else",
      "config.yaml:7: mqtt.embedded.users[1].password: expected text, got something else; put it in quotes",
    ]);
  });

  it.each([
    [
      "a key that stands there twice",
      "http:\n  port: 1\n  port: 2\n",
      "config.yaml:3: port: stands here a second time",
    ],
    ["what is no YAML", "http: [\n", "config.yaml:2: not valid YAML"],
    ["a file that is no map", "just words\n", "config.yaml:1: the configuration: expected a map of keys"],
    ["two documents", "http: {}\n---\nmqtt: {}\n", "not valid YAML"],
    ["an unknown anchor", "http: *nothing\n", "config.yaml:1: http"],
    ["bytes that are no UTF-8", Buffer.from([0x68, 0xff, 0x3a]), "config.yaml: cannot be read"],
  ])("report %s", (_, yaml, problem) => {
    expect(problemsOf(yaml).join("\n")).toContain(problem);
  });

  it.each([
    ["{camera: a}", "[0] needs either url or entity"],
    ["{camera: a, url: http://a/, entity: camera.a}", "[0] needs either url or entity"],
    ["{camera: a, url: http://a/, password: x}", "[0] needs username beside password"],
    ["{camera: a, entity: camera.a, username: x, password: y}", "[0] needs no login for an entity"],
    ["{camera: a, url: http://a/, on: faces2mqtt/#}", '[0] has "faces2mqtt/#", which faces2mqtt\'s own messages'],
  ])("find an entry of snapshots.pull that cannot work: %s", (entry, problem) => {
    expect(problemsOf(`snapshots:\n  pull: [${entry}]\n`)).toEqual([expect.stringContaining(problem)]);
  });

  it.each([
    ["thin: 0", "storage.thin: expected"],
    ["thin: 0.31", "storage.thin: expected"],
    ["thin: yes please", "storage.thin: expected"],
    ["thin: 0.25", "storage.thin: must be at most half of discovery.threshold (0.2)"],
    ["thin: 0.2", ""],
    ["thin: null", ""],
  ])("say at which distance faces cannot be thinned: %s", (thin, problem) => {
    const problems = problemsOf(`discovery: { threshold: 0.4 }\nstorage:\n  ${thin}\n`);
    expect(problems).toEqual(problem === "" ? [] : [expect.stringContaining(problem)]);
  });

  it.each([
    "{camera: a, url: http://a/}",
    "{camera: a, url: https://a/?x, username: x, password: y, on: a/+/b, interval_seconds: 5}",
    "{camera: a, entity: camera.a, on: a/b}",
  ])("have no word against %s", (entry) => {
    expect(problemsOf(`snapshots:\n  pull: [${entry}]\n`)).toEqual([]);
  });

  it.each(["snapshots: { enable: true }", "recognition: { faces: 2 }"])(
    "include keys that do not exist yet: %s",
    (yaml) => {
      expect(problemsOf(yaml)).toEqual([expect.stringContaining("unknown key")]);
    },
  );

  it("never show a secret", () => {
    const yaml =
      "http: { token: [hush-1] }\n" +
      "mqtt: { url: 'mqtt://me:hush/4@b', password: { a: hush-2 }, embedded: { users: [hush-3] } }\n";
    const problems = problemsOf(yaml).join("\n");
    expect(problems).toMatch(/http\.token.*\n.*|mqtt\.password/);
    expect(problems).not.toContain("hush");
  });
});

describe("keys that do not go together", () => {
  it.each([
    ["a host that others reach without a token", "http: { host: 0.0.0.0 }", "http.host"],
    ["the same in IPv6", 'http: { host: "::" }', "http.host"],
    [
      "an embedded broker that others reach without users",
      "mqtt: { embedded: { host: 192.168.1.2 } }",
      "mqtt.embedded.host",
    ],
    ["a login without a broker to log in at", "mqtt: { username: a }", "mqtt.username"],
    ["a password without a user", "mqtt: { url: mqtt://b, password: p }", "mqtt.password"],
    ["a certificate without its key", "mqtt: { url: mqtts://b, cert: a.pem }", "mqtt.cert"],
    ["a key without its certificate", "mqtt: { url: wss://b, key: a.pem }", "mqtt.key"],
    ["an authority without encryption", "mqtt: { url: mqtt://b, ca: a.pem }", "mqtt.ca"],
    ["unchecked certificates without encryption", "mqtt: { reject_unauthorized: false }", "mqtt.reject_unauthorized"],
    ["one topic for two things", "homeassistant: { discovery_prefix: faces2mqtt }", "homeassistant.discovery_prefix"],
    ["an ingest filter that takes in everything", 'ingest: { topics: ["#"] }', "ingest.topics"],
    ["an ingest filter over our own topics", "ingest: { topics: [faces2mqtt/+] }", "ingest.topics"],
    ["an ingest filter over pictures", "ingest: { topics: [faces2mqtt/snapshot/+] }", "ingest.topics"],
    ["a picture filter over faces", "snapshots: { topics: [faces2mqtt/embedding/+] }", "snapshots.topics"],
    ["a picture filter without the camera", "snapshots: { topics: [cams/jpeg] }", "snapshots.topics"],
    [
      "faces and pictures on one topic",
      "{ ingest: { topics: [a/+] }, snapshots: { topics: [a/+] } }",
      "snapshots.topics",
    ],
    ["two listeners on one port", "http: { port: 1883 }", "http.port"],
    ["ingress on the port of the panel", "http: { ingress_port: 8099 }", "http.ingress_port"],
    [
      "a user who stands there twice",
      "mqtt: { embedded: { users: [{username: a, password: b, role: home}, {username: a, password: c, role: admin}] } }",
      "mqtt.embedded.users",
    ],
  ])("are refused: %s", (_, yaml, key) => {
    expect(problemsOf(yaml)).toEqual([
      expect.stringMatching(new RegExp(`^config\\.yaml:1: ${key.replaceAll(".", "\\.")}: `)),
    ]);
  });

  it.each([
    ["any host with a token", "http: { host: 0.0.0.0 }", LOGIN],
    ["any host with auth written out", "http: { host: 0.0.0.0, auth: none }", {}],
    ["a token from the environment for a host from the file", 'http: { host: "::" }', LOGIN],
    ["an embedded host that is ignored beside a url", "mqtt: { url: mqtt://b, embedded: { host: 0.0.0.0 } }", {}],
    ["a filter beside our topics", "ingest: { topics: [frigate/+/faces, faces2mqtt/embedding/+/extra] }", {}],
    ["any free port for everything", "http: { port: 0, ingress_port: 0 }\nmqtt: { embedded: { port: 0 } }", {}],
    ["a certificate with its key", "mqtt: { url: mqtts://b, ca: c.pem, cert: a.pem, key: b.pem }", {}],
  ])("are not: %s", (_, yaml, environment) => {
    expect(problemsOf(yaml, environment)).toEqual([]);
  });

  it("are reported beside other problems, but not because of them", () => {
    expect(problemsOf("http:\n  host: 0.0.0.0\n  token: [1]\n")).toEqual([
      "config.yaml:3: http.token: expected a token or null, got something else",
    ]);
    expect(problemsOf("http:\n  host: 0.0.0.0\n  prot: 1\n")).toHaveLength(2);
  });
});

describe("topics", () => {
  it.each(["", "a+b", "a/#", "/a", "a/", "$SYS", "a\u0000b", "x".repeat(257)])("cannot start with %j", (topic) => {
    expect(problemsOf(`mqtt: { base_topic: ${JSON.stringify(topic)} }`)).toHaveLength(1);
  });

  it.each(["faces2mqtt", "home/faces", "Gesichter für alle"])("can start with %j", (topic) => {
    expect(problemsOf(`mqtt: { base_topic: ${JSON.stringify(topic)} }`)).toEqual([]);
  });
});

describe("variables", () => {
  const configWith = (variable: string, text: string) =>
    loadConfig({ file: null, environment: { [variable]: text } }).config;

  it.each([
    ["0123", "0123"],
    ["1e5", "1e5"],
    ["true", "true"],
    ["a: b", "a: b"],
    ["#hash", "#hash"],
    ["a #b", "a #b"],
    ["[x", "[x"],
    ['"quoted"', "quoted"],
    ["'null'", "null"],
    ['"open', '"open'],
    [" around ", "around"],
    ["", null],
    ["null", null],
  ])("keep text as it stands: %j", (text, token) => {
    expect(configWith("FACES2MQTT_HTTP_TOKEN", text).http.token).toBe(token);
  });

  it("are read as YAML where no text is wanted", () => {
    expect(configWith("FACES2MQTT_STORAGE_THUMBNAILS", "false").storage.thumbnails).toBe(false);
    expect(configWith("FACES2MQTT_RECOGNITION_THRESHOLD", "0.45").recognition.threshold).toBe(0.45);
    expect(configWith("FACES2MQTT_LOG_PRETTY", "true").log.pretty).toBe(true);
    expect(configWith("FACES2MQTT_INGEST_TOPICS", "[a/+/b, c]").ingest.topics).toEqual(["a/+/b", "c"]);
    expect(configWith("FACES2MQTT_INGEST_TOPICS", "- a\n- 17").ingest.topics).toEqual(["a", "17"]);
    expect(
      configWith("FACES2MQTT_MQTT_EMBEDDED_USERS", "[{username: 007, password: 0123, role: camera}]").mqtt.embedded
        .users,
    ).toEqual([{ username: "007", password: "0123", role: "camera" }]);
  });

  it("can stand in files, whose last line break does not count", () => {
    const file = join(tempFolder(), "password");
    writeFileSync(file, "12345\n");
    const { config, sources } = load("mqtt: { url: mqtt://b, username: u }", { FACES2MQTT_MQTT_PASSWORD_FILE: file });
    expect(config.mqtt.password).toBe("12345");
    expect(sources.get("mqtt.password")).toBe("env");
  });

  it("cannot be given twice", () => {
    const environment = { FACES2MQTT_HTTP_TOKEN: "a", FACES2MQTT_HTTP_TOKEN_FILE: "b" };
    expect(problemsOf("", environment)).toEqual([expect.stringMatching(/^FACES2MQTT_HTTP_TOKEN_FILE: .*is set too/)]);
  });
});

describe("ingest.dimension, which configures nothing any more", () => {
  it("is ignored with a warning where it is 128", () => {
    const file = join(tempFolder(), "config.yaml");
    writeFileSync(file, "ingest:\n  dimension: 128\n");
    expect(loadConfig({ file, environment: {} }).warnings).toEqual([
      `${file}:2: ingest.dimension: ignored; the key can be left out: the model says how many numbers its encodings have`,
    ]);
    expect(load("ingest: {}").warnings).toEqual([]);
    const { warnings } = loadConfig({ file: null, environment: { FACES2MQTT_INGEST_DIMENSION: "128" } });
    expect(warnings).toEqual([expect.stringMatching(/^FACES2MQTT_INGEST_DIMENSION: ingest.dimension: ignored/)]);
  });

  it("is refused where it is anything else", () => {
    expect(problemsOf("ingest:\n  topics: []\n  dimension: 512\n")).toEqual([
      "config.yaml:3: ingest.dimension: expected 128; a model with another number of numbers is described in models, got 512",
    ]);
  });
});

describe("a source of pictures while none are taken", () => {
  const sources = {
    FACES2MQTT_SNAPSHOTS_FRIGATE_URL: "http://frigate:5000",
    FACES2MQTT_SNAPSHOTS_PULL: "[{camera: door, url: 'http://camera/snap.jpg'}]",
    FACES2MQTT_SNAPSHOTS_FOLDER: "/pictures",
    FACES2MQTT_SNAPSHOTS_TOPICS: "[cams/+/jpeg]",
  };

  it("is warned of, with where it is set; topics are for workers too", () => {
    expect(load("", sources).warnings).toEqual([
      "FACES2MQTT_SNAPSHOTS_FRIGATE_URL: snapshots.frigate.url: does nothing while snapshots.enabled is false",
      "FACES2MQTT_SNAPSHOTS_PULL: snapshots.pull: does nothing while snapshots.enabled is false",
      "FACES2MQTT_SNAPSHOTS_FOLDER: snapshots.folder: does nothing while snapshots.enabled is false",
    ]);
  });

  it("is fine where they are", () => {
    expect(load("snapshots: { enabled: true }", sources).warnings).toEqual([]);
  });
});

describe("a file with secrets", () => {
  function warningsFor(yaml: string, mode: number): readonly string[] {
    const file = join(tempFolder(), "config.yaml");
    writeFileSync(file, yaml);
    chmodSync(file, mode);
    return loadConfig({ file, environment: {} }).warnings;
  }

  it("is warned of when others can read it", () => {
    expect(warningsFor("http: { token: abc }", 0o644)).toEqual([expect.stringContaining("http.token")]);
    expect(warningsFor("http: { token: abc }", 0o600)).toEqual([]);
    expect(warningsFor("http: { token: null, port: 1 }", 0o644)).toEqual([]);
  });
});
