import Type from "typebox";
import { nullable, port, section, text } from "../key-types.ts";
import { isUrl } from "../shapes.ts";
import { host, Path, topic } from "./common.ts";

const BrokerUrl = text("a URL such as mqtt://host:1883 (or mqtts, ws, wss), without user and password in it", (value) =>
  isUrl(value, ["mqtt:", "mqtts:", "ws:", "wss:"]),
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

/** The broker. */
export const mqtt = section(
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
