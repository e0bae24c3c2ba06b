import Type from "typebox";
import { oneOf, section } from "../key-types.ts";
import { topic } from "./common.ts";

/** MQTT discovery. */
export const homeassistant = section(
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

/** Logs. */
export const log = section(
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
