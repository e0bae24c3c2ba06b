import Type from "typebox";
import { SFACE } from "../../domain/model.ts";
import { SETTING_RANGES } from "../../domain/settings.ts";
import { nullable, oneOf, section, text } from "../key-types.ts";
import { isTopicFilter } from "../shapes.ts";
import { HttpUrl, Path, topic } from "./common.ts";

const Pull = Type.Object(
  {
    camera: text("the name of a camera"),
    url: Type.Optional(HttpUrl),
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

/** Faces that come in pictures. */
export const snapshots = section(
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
        url: nullable(HttpUrl, {
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
        go2rtc_url: nullable(HttpUrl, {
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
