import Type from "typebox";
import { nullable, oneOf, port, section, text } from "../key-types.ts";
import { isCspSource, isUrl } from "../shapes.ts";
import { host } from "./common.ts";

const WebUrl = text(
  "a URL such as http://host:8099 (or https, homeassistant), without user and password in it",
  (value) => isUrl(value, ["http:", "https:", "homeassistant:"]),
);

/** API and panel. */
export const http = section(
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
