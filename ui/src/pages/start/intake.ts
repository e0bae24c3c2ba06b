import type { StatusJson } from "../../../../src/wire/out/schemas.ts";

type Intake = StatusJson["intake"];

const ANY = ["0.0.0.0", "[::]", "::"];
const LOOPBACK = ["127.0.0.1", "localhost", "[::1]"];
const CAMERA = "front_door";

/** Where a camera publishes its faces to, as one writes it down. */
export interface WayIn {
  /** `mqtt://192.168.1.5:1883` */
  readonly broker: string;
  readonly topic: string;
  /** A whole message, with random numbers. */
  readonly payload: string;
  /** The same for people to read. */
  readonly shown: string;
  /** A line for a shell. */
  readonly command: string;
  /** Only programs on the daemon's machine reach the broker. */
  readonly onlyHere: boolean;
}

/** @param pageHost The host that the browser reached the panel at, for a broker that listens on all addresses. */
export function toWayIn(intake: Intake, pageHost: string): WayIn {
  const { protocol, hostname, port } = new URL(intake.url);
  const host = ANY.includes(hostname) ? pageHost : hostname;
  const broker = `${protocol}//${host}${port === "" ? "" : `:${port}`}`;
  const topic = intake.topic.replace("<camera>", CAMERA);
  const payload = JSON.stringify({ encoding: toEncoding(intake.dimension) });
  const login = intake.users ? " -u USER -P PASSWORD" : "";
  const secure = protocol === "mqtts:" ? " --capath /etc/ssl/certs" : "";
  return {
    broker,
    topic,
    payload,
    shown: `{"encoding": [${toEncoding(3).join(", ")}, …]}`,
    command: `mosquitto_pub -h ${host} -p ${port || (protocol === "mqtts:" ? "8883" : "1883")}${login}${secure} -q 1 -t ${topic} -m '${payload}'`,
    onlyHere: intake.embedded && LOOPBACK.includes(host),
  };
}

/** Of about the length that dlib's encodings have. */
function toEncoding(dimension: number): number[] {
  return Array.from({ length: dimension }, () => Math.round((Math.random() - 0.5) * 430) / 1000);
}
