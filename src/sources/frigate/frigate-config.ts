import { toFields, toName } from "./messages.ts";

/** What faces2mqtt needs of one camera's configuration. */
export interface FrigateCamera {
  /** Of the stream that boxes and snapshots are in; null: not known. */
  readonly detect: { readonly width: number; readonly height: number } | null;
  /** Its main stream in go2rtc, the recorded one if there are several; null: it has none there. */
  readonly stream: string | null;
}

/** What faces2mqtt needs of `GET /api/config`. */
export interface FrigateConfig {
  readonly cameras: ReadonlyMap<string, FrigateCamera>;
  readonly mqtt: {
    readonly enabled: boolean;
    /** host:port */
    readonly broker: string;
    readonly topicPrefix: string;
    /** It publishes at least this often. */
    readonly intervalMs: number;
  };
  /** Whether Frigate looks at faces itself. */
  readonly recognizesFaces: boolean;
}

/** @param json What Frigate answered; everything that is missing in it has Frigate's default. */
export function toFrigateConfig(json: unknown): FrigateConfig {
  const config = toFields(json);
  const mqtt = toFields(config.mqtt);
  const streams = new Set(Object.keys(toFields(toFields(config.go2rtc).streams)));
  const cameras = Object.entries(toFields(config.cameras)).flatMap(([name, camera]) =>
    toName(name) === null ? [] : [[name, toCamera(name, toFields(camera), streams)] as const],
  );
  return {
    cameras: new Map(cameras),
    mqtt: {
      enabled: mqtt.enabled !== false,
      broker: `${toName(mqtt.host) ?? "?"}:${typeof mqtt.port === "number" ? mqtt.port : 1883}`,
      topicPrefix: toName(mqtt.topic_prefix) ?? "frigate",
      intervalMs: 1000 * (typeof mqtt.stats_interval === "number" ? mqtt.stats_interval : 60),
    },
    recognizesFaces: toFields(config.face_recognition).enabled === true,
  };
}

/** 17 of `0.17.0-f0d69f7`; null: no version of that kind. */
export function toMinor(version: string): number | null {
  const minor = /^0\.(\d+)\b/.exec(version)?.[1];
  return minor === undefined ? null : Number(minor);
}

function toCamera(name: string, camera: ReturnType<typeof toFields>, streams: ReadonlySet<string>): FrigateCamera {
  const { width, height } = toFields(camera.detect);
  const candidates = [...recordedStreams(camera), ...liveStreams(camera), name];
  return {
    detect:
      typeof width === "number" && typeof height === "number" && width > 0 && height > 0 ? { width, height } : null,
    stream: candidates.find((one) => streams.has(one)) ?? null,
  };
}

/**
 * Streams of go2rtc that the camera is recorded from: `rtsp://127.0.0.1:8554/<stream>`. Frigate records the main stream
 * where it has a choice (https://docs.frigate.video/configuration/restream).
 */
function recordedStreams(camera: ReturnType<typeof toFields>): readonly string[] {
  const { inputs } = toFields(camera.ffmpeg);
  return (Array.isArray(inputs) ? inputs : []).flatMap((input) => {
    const { path, roles } = toFields(input);
    const stream = /^rtsp:\/\/[^/]*:8554\/([^/?#]+)/.exec(typeof path === "string" ? path : "")?.[1];
    return stream !== undefined && Array.isArray(roles) && roles.includes("record") ? [stream] : [];
  });
}

/** Streams to watch it by, the first being the main one; 0.15 and older had one, `stream_name`. */
function liveStreams(camera: ReturnType<typeof toFields>): readonly string[] {
  const { streams, stream_name } = toFields(camera.live);
  return [...Object.values(toFields(streams)), stream_name].filter((one) => typeof one === "string");
}
