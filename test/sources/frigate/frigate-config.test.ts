import { describe, expect, it } from "vitest";
import { toFrigateConfig, toMinor } from "../../../src/sources/frigate/frigate-config.ts";

describe("Frigate's configuration", () => {
  it("says each camera's size and main stream in go2rtc", () => {
    const { cameras } = toFrigateConfig({
      go2rtc: { streams: { front: ["rtsp://…"], yard_main: ["rtsp://…"], yard_sub: ["rtsp://…"], gate: null } },
      cameras: {
        // As the documentation advises: the stream has the camera's name.
        front: { detect: { width: 1280, height: 720 }, live: { streams: { front: "front" } }, ffmpeg: { inputs: [] } },
        // Recorded from one stream of go2rtc, seen and watched by another.
        yard: {
          detect: { width: 640, height: 360 },
          live: { streams: { "Sub Stream": "yard_sub" } },
          ffmpeg: {
            inputs: [
              { path: "rtsp://127.0.0.1:8554/yard_sub", roles: ["detect"] },
              { path: "rtsp://127.0.0.1:8554/yard_main?video", roles: ["record"] },
            ],
          },
        },
        // Recorded from the camera itself; watched by go2rtc, as 0.15 had it.
        gate: {
          detect: {},
          live: { stream_name: "gate" },
          ffmpeg: { inputs: [{ path: "rtsp://10.0.0.7:554/live", roles: ["record", "detect"] }] },
        },
        // Not in go2rtc at all.
        shed: { detect: { width: 640, height: 480 }, live: { streams: { shed: "shed" } } },
      },
    });
    expect(Object.fromEntries(cameras)).toEqual({
      front: { detect: { width: 1280, height: 720 }, stream: "front" },
      yard: { detect: { width: 640, height: 360 }, stream: "yard_main" },
      gate: { detect: null, stream: "gate" },
      shed: { detect: { width: 640, height: 480 }, stream: null },
    });
  });

  it("says where Frigate publishes, with its own defaults", () => {
    const mqtt = { enabled: true, host: "broker.lan", port: 1884, topic_prefix: "cams/frigate", stats_interval: 30 };
    expect(toFrigateConfig({ mqtt }).mqtt).toEqual({
      enabled: true,
      broker: "broker.lan:1884",
      topicPrefix: "cams/frigate",
      intervalMs: 30_000,
    });
    expect(toFrigateConfig({ mqtt: { host: "broker" } }).mqtt).toEqual({
      enabled: true,
      broker: "broker:1883",
      topicPrefix: "frigate",
      intervalMs: 60_000,
    });
    expect(toFrigateConfig({ mqtt: { enabled: false } }).mqtt.enabled).toBe(false);
  });

  it("says whether Frigate looks at faces", () => {
    expect(toFrigateConfig({ face_recognition: { enabled: true } }).recognizesFaces).toBe(true);
    expect(toFrigateConfig({}).recognizesFaces).toBe(false);
  });

  it("is empty for whatever else is answered", () => {
    for (const json of [null, 7, [], { cameras: [1], go2rtc: "x" }]) expect(toFrigateConfig(json).cameras.size).toBe(0);
  });
});

it("takes the minor version from what Frigate says", () => {
  expect([toMinor("0.17.0-f0d69f7"), toMinor("0.16.2"), toMinor("0.18"), toMinor("1.2.0"), toMinor("dev")]).toEqual([
    17,
    16,
    18,
    null,
    null,
  ]);
});
