import Type, { type Static } from "typebox";
import { DLIB, SFACE } from "../domain/model.ts";
import { RECOGNITION_PROFILES, SETTING_RANGES } from "../domain/settings.ts";
import type { Camelized } from "./camelize.ts";
import { type KeyNotes, nullable, oneOf, port, section, text } from "./key-types.ts";
import { isCron, isCspSource, isHost, isTopic, isTopicFilter, isUrl } from "./shapes.ts";

const Path = text("a path");
const host = (notes: KeyNotes<string>) => text("a host name or address without port", isHost, notes);
const topic = (notes: KeyNotes<string>) => text("a topic without + and #, and without / at either end", isTopic, notes);
const BrokerUrl = text("a URL such as mqtt://host:1883 (or mqtts, ws, wss), without user and password in it", (value) =>
  isUrl(value, ["mqtt:", "mqtts:", "ws:", "wss:"]),
);
const WebUrl = text(
  "a URL such as http://host:8099 (or https, homeassistant), without user and password in it",
  (value) => isUrl(value, ["http:", "https:", "homeassistant:"]),
);

const PictureUrl = text("a URL such as http://host:5000 (or https), without user and password in it", (value) =>
  isUrl(value, ["http:", "https:"]),
);

const User = Type.Object(
  {
    username: text("a name of 1 to 64 characters without /, + and #", (value) => /^[^/+#\p{Cc}]{1,64}$/u.test(value)),
    password: Type.String({ minLength: 1, secret: true }),
    role: Type.Unsafe<"camera" | "home" | "admin">(
      Type.Union([Type.Literal("camera"), Type.Literal("home"), Type.Literal("admin")]),
    ),
  },
  { additionalProperties: false, expected: "an entry such as {username: front_door, password: …, role: camera}" },
);

const mqtt = section(
  {
    url: nullable(BrokerUrl, {
      default: null,
      description: "null: the embedded broker. Else an external one: mqtt://, mqtts://, ws:// or wss://",
    }),
    username: nullable(text("a user name"), { default: null, description: "Login at the external broker" }),
    password: nullable(text("a password"), {
      default: null,
      description: "Better given as FACES2MQTT_MQTT_PASSWORD_FILE",
      secret: true,
    }),
    client_id: nullable(text("a client id"), {
      default: null,
      description: "Client id of the session at the external broker. null: faces2mqtt_<instance>",
    }),
    base_topic: topic({ default: "faces2mqtt", description: "All topics of faces2mqtt start with it" }),
    ca: nullable(Path, { default: null, description: "Certificate authority of the broker (PEM file)" }),
    cert: nullable(Path, { default: null, description: "Client certificate (PEM file)" }),
    key: nullable(Path, { default: null, description: "Key of the client certificate (PEM file)" }),
    reject_unauthorized: Type.Boolean({
      default: true,
      description: "false: accept an invalid certificate. Anyone in between can then read faces",
    }),
    embedded: section(
      {
        host: host({
          default: "127.0.0.1",
          description: "Address to listen on. Any other than loopback needs users",
        }),
        port: port({ default: 1883, description: "0: any free port" }),
        users: Type.Array(User, {
          default: [],
          description:
            "Who may connect: [{username, password, role: camera|home|admin}]. " + "Empty: every local client is admin",
          secret: true,
        }),
      },
      "The embedded broker; not used when url is set",
    ),
  },
  "The broker that cameras publish to",
);

const ingest = section(
  {
    topics: Type.Array(text("a topic filter such as cameras/+/faces", isTopicFilter), {
      default: [],
      description:
        "Topic filters besides <base_topic>/embedding/+. The first + is the camera if the payload names none",
    }),
    model: text("the name of a model", undefined, {
      default: DLIB,
      description: "What made the encodings of messages that name no model: dlib, sface, or one of models",
    }),
    dimension: Type.Literal(128, {
      default: 128,
      description: "Numbers in an encoding",
      expected: "128; a model with another number of numbers is described in models",
      retired: "the key can be left out: the model says how many numbers its encodings have",
    }),
    max_payload_bytes: Type.Integer({
      minimum: 1,
      maximum: 16_777_216,
      default: 1_048_576,
      description: "Larger messages are refused",
    }),
  },
  "Faces in",
);

const models = Type.Record(
  Type.String({ pattern: "^[a-z0-9][a-z0-9._-]{0,31}$" }),
  Type.Object(
    {
      dimension: Type.Integer({ minimum: 2, maximum: 4_096 }),
      threshold: Type.Number({ exclusiveMinimum: 0, maximum: 2 }),
    },
    { additionalProperties: false, expected: "an entry such as my-model: {dimension: 512, threshold: 1.24}" },
  ),
  {
    default: {},
    additionalProperties: false,
    description:
      "Models besides dlib and sface: {my-model: {dimension: 512, threshold: 1.24}}, the threshold being the published L2 " +
      "distance between unit vectors",
  },
);

const Pull = Type.Object(
  {
    camera: text("the name of a camera"),
    url: Type.Optional(PictureUrl),
    username: Type.Optional(text("a user name")),
    password: Type.Optional(text("a password")),
    entity: Type.Optional(text("an entity such as camera.front_door", (value) => /^camera\.[a-z0-9_]+$/.test(value))),
    on: Type.Optional(text("a topic filter such as doorbell/+/pressed", isTopicFilter)),
    interval_seconds: Type.Optional(Type.Number({ minimum: 0.2, maximum: 86_400 })),
  },
  {
    additionalProperties: false,
    expected: "an entry such as {camera: front_door, url: http://camera/snapshot.jpg, on: doorbell/pressed}",
    secret: true,
  },
);

const snapshots = section(
  {
    enabled: Type.Boolean({
      default: false,
      description: "true: make encodings of pictures. Needs what `faces2mqtt models` fetches",
    }),
    model: oneOf([SFACE], { default: SFACE, description: "What makes the encodings" }),
    models_dir: nullable(Path, {
      default: null,
      description: "Weights and runtime, fetched by `faces2mqtt models`. null: <data_dir>/models",
    }),
    dir: nullable(Path, {
      default: null,
      description: "Where pictures with faces are kept, until their faces are deleted. null: <data_dir>/snapshots",
    }),
    max_picture_bytes: Type.Integer({
      minimum: 1_024,
      maximum: 104_857_600,
      default: 10_485_760,
      description: "Larger pictures are refused; base64 counts decoded",
    }),
    topics: Type.Array(text("a topic filter such as cameras/+/jpeg", isTopicFilter), {
      default: [],
      description: "Topic filters of pictures besides <base_topic>/snapshot/+. The first + is the camera",
    }),
    frigate: section(
      {
        url: nullable(PictureUrl, {
          default: null,
          description: "Frigate's address, such as http://frigate:5000; it must use the same broker. null: no Frigate",
        }),
        username: nullable(text("a user name"), {
          default: null,
          description: "Login, for the port with authentication (8971)",
        }),
        password: nullable(text("a password"), {
          default: null,
          description: "Better given as FACES2MQTT_SNAPSHOTS_FRIGATE_PASSWORD_FILE",
          secret: true,
        }),
        go2rtc_url: nullable(PictureUrl, {
          default: null,
          description: "go2rtc's address, where whole frames come from. null: the host of url, port 1984",
        }),
        topic_prefix: topic({ default: "frigate", description: "As set in Frigate (mqtt.topic_prefix)" }),
        cameras: Type.Array(text("the name of a camera"), {
          default: [],
          description: "Only these cameras. Empty: all",
        }),
        sub_labels: Type.Boolean({
          default: false,
          description: "true: write recognized names back to Frigate, never over one set by hand",
        }),
      },
      "Frigate as source of pictures",
    ),
    pull: Type.Array(Pull, {
      default: [],
      description:
        "Pictures to fetch: [{camera, url or entity, on: a trigger topic, interval_seconds}], with neither of the last two on " +
        "command; username and password where the url wants a login. entity: a Home Assistant camera, in the app",
      secret: true,
    }),
    folder: nullable(Path, {
      default: null,
      description: "A watched folder: new pictures in <folder>/<camera>/ are taken. null: none",
    }),
    min_score: Type.Number({
      ...SETTING_RANGES["snapshots.min_score"],
      default: 0.8,
      description: "A face counts from this score of the detector",
    }),
    min_face_px: Type.Integer({
      ...SETTING_RANGES["snapshots.min_face_px"],
      default: 28,
      description: "A face counts from this many pixels at its shorter side",
    }),
    min_norm: Type.Number({
      ...SETTING_RANGES["snapshots.min_norm"],
      default: 9,
      description: "A face counts from this quality, as the encoder sees it (5 to 16; the length of its raw output)",
    }),
    workers: Type.Unsafe<"auto" | number>(
      Type.Union([Type.Literal("auto"), Type.Integer({ minimum: 1, maximum: 64 })], {
        default: "auto",
        description: "Threads for pictures. auto: half of the processor's cores",
      }),
    ),
  },
  "Faces from pictures",
);

const recognition = section(
  {
    profile: oneOf(RECOGNITION_PROFILES, {
      default: "classic",
      description: "classic: every face by itself. careful: by visits, and not from a single face",
    }),
    threshold: Type.Number({
      exclusiveMinimum: 0,
      maximum: 2,
      default: 0.6,
      description: "A face is accepted when its distance is smaller. Lower is stricter",
    }),
    margin: nullable(Type.Number({ ...SETTING_RANGES["recognition.margin"] }), {
      default: null,
      description:
        'Minimum gap between the best and the second-best person; below it the event is "ambiguous". ' +
        "null: 0 in classic, 0.05 in careful",
    }),
    cooldown_seconds: Type.Number({
      minimum: 0,
      maximum: 86_400,
      default: 30,
      description: "At most one event per person and camera in this time. 0: every face",
    }),
    max_age_seconds: Type.Number({
      minimum: 0,
      maximum: 31_536_000,
      default: 60,
      description: 'A face older than this on arrival is "delayed": no presence, nothing on person topics. 0: no limit',
    }),
    presence_seconds: Type.Number({
      exclusiveMinimum: 0,
      maximum: 86_400,
      default: 60,
      description: "Person and camera states return to empty after this time",
    }),
    visit_seconds: Type.Number({
      ...SETTING_RANGES["recognition.visit_seconds"],
      default: 10,
      description: "A visit ends when its camera has seen nothing of it for this long",
    }),
    min_faces: Type.Integer({
      ...SETTING_RANGES["recognition.min_faces"],
      default: 2,
      description: "careful: faces a visit needs before it is decided",
    }),
  },
  "Who is it?",
);

const discovery = section(
  {
    threshold: Type.Number({
      exclusiveMinimum: 0,
      maximum: 2,
      default: 0.6,
      description: "Clusters are cut at this mean distance. Lower makes more and purer clusters",
    }),
    min_cluster_size: Type.Integer({
      minimum: 1,
      maximum: 1_000_000,
      default: 1,
      description: "Smaller clusters are not shown",
    }),
    schedule: nullable(text('a cron expression such as "0 3 * * *"', isCron), {
      default: null,
      description: 'Cron expression, local time, e.g. "0 3 * * *". null: only when asked',
    }),
    cannot_link: Type.Boolean({ default: false, description: "true: faces of one frame never share a cluster" }),
    engine: oneOf(["auto", "native", "ml-hclust"], {
      default: "auto",
      description: "auto | native | ml-hclust. auto: native. ml-hclust: the slow reference, for a few hundred faces",
    }),
    include_recognized: Type.Boolean({
      default: true,
      description: "false: leave out unassigned faces that a known person already matches",
    }),
  },
  "Grouping unknown faces",
);

const storage = section(
  {
    retention_days: Type.Integer({
      ...SETTING_RANGES["storage.retention_days"],
      default: 30,
      description: "Unassigned faces are deleted after this time. 0: never",
    }),
    frames_dir: nullable(Path, {
      default: null,
      description: "The only folder that `source` paths may point into. null: frames are never read or deleted",
    }),
    thumbnails: Type.Boolean({ default: true, description: "Keep a small picture of each face" }),
  },
  "What is kept, and how long",
);

const http = section(
  {
    host: host({
      default: "127.0.0.1",
      description: "Address to listen on. Any other than loopback needs a token",
    }),
    port: port({ default: 8099, description: "0: any free port" }),
    token: nullable(text("a token"), {
      default: null,
      description: "Needed to use API and panel. Better given as FACES2MQTT_HTTP_TOKEN_FILE",
      secret: true,
    }),
    auth: oneOf(["token", "none"], {
      default: "token",
      description: "token | none. none: everyone who reaches the port has access",
    }),
    frame_ancestors: Type.Array(text("a CSP source such as 'self' or https://example.org", isCspSource), {
      default: ["'self'"],
      description: "Who may embed the panel in a page (CSP sources)",
    }),
    public_url: nullable(WebUrl, {
      default: null,
      description: 'How browsers reach the panel (Home Assistant\'s "visit" link)',
    }),
    ingress_port: nullable(Type.Integer({ minimum: 0, maximum: 65_535 }), {
      default: null,
      description: "Port of a separate listener for Home Assistant ingress",
    }),
  },
  "API and panel",
);

const homeassistant = section(
  {
    enabled: Type.Boolean({ default: true, description: "Announce devices by MQTT discovery" }),
    discovery_prefix: topic({ default: "homeassistant", description: "As set in Home Assistant" }),
    status_topic: topic({
      default: "homeassistant/status",
      description: "Topic of Home Assistant's birth message",
    }),
    discovery_mode: oneOf(["device", "component"], {
      default: "device",
      description: "device | component. component: one message per entity, for Home Assistant before 2024.12",
    }),
    double_take_topics: Type.Boolean({
      default: false,
      description: "Also publish matches in Double Take's format, for existing automations",
    }),
  },
  "Home Assistant",
);

const log = section(
  {
    level: oneOf(["trace", "debug", "info", "warn", "error", "fatal", "silent"], {
      default: "info",
      description: "trace | debug | info | warn | error | fatal | silent",
    }),
    pretty: Type.Unsafe<"auto" | boolean>(
      Type.Union([Type.Literal("auto"), Type.Boolean()], {
        default: "auto",
        description: "auto | true | false. auto: readable in a terminal, JSON lines elsewhere",
      }),
    ),
  },
  "Logs",
);

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
