import { describe, expect, it } from "vitest";
import { buildModels, SFACE, SFACE_MODEL } from "../../../src/domain/model.ts";
import type { FoundFace } from "../../../src/domain/pictures/snapshot.ts";
import { distance, toLength } from "../../../src/domain/vectors/encoding.ts";
import { readMessage } from "../../../src/wire/in/message.ts";
import { toFacesMessages } from "../../../src/wire/out/faces-message.ts";

const AT = new Date("2026-02-18T10:00:00.123Z");
const OF = { snapshotId: "0123456789abcdef", camera: "front door", capturedAt: AT, model: SFACE };
const THUMBNAIL = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]);

const found = (seed: number): FoundFace => ({
  box: { x: -3.25, y: 96.5, width: 118, height: 141 },
  score: 0.93,
  failed: null,
  encoding: toLength(
    Float32Array.from({ length: 128 }, (_, i) => Math.sin(seed + i * 1.7)),
    SFACE_MODEL.length ?? 1,
  ),
  norm: 12.1,
  thumbnail: THUMBNAIL,
});
const failed = (): FoundFace => ({ ...found(9), failed: "norm" });

function read(payload: string) {
  const rules = { models: buildModels(), defaultModel: "dlib", maxBytes: 1_048_576 };
  const message = { payload: Buffer.from(payload), topicCamera: "x", onlyCamera: null };
  const result = readMessage(message, new Date("2026-02-18T10:00:05Z"), rules);
  if ("rejected" in result) throw new Error(result.rejected.reason);
  return result.faces;
}

describe("toFacesMessages", () => {
  it("writes what the daemon reads as the same faces", () => {
    const [payload, ...more] = toFacesMessages(OF, [found(1), failed(), found(2)]);
    expect(more).toEqual([]);
    const faces = read(payload ?? "");
    expect(faces.map((face) => face.uid)).toEqual(["0123456789abcdef-0", "0123456789abcdef-2"]);
    expect(faces[0]).toMatchObject({
      camera: "front door",
      capturedAt: AT,
      model: "sface",
      quality: 12.1,
      detectionScore: 0.93,
      box: found(1).box,
      history: false,
    });
    expect(Buffer.from(faces[0]?.thumbnail ?? [])).toEqual(THUMBNAIL);
    expect(distance(faces[1]?.encoding ?? new Float32Array(), found(2).encoding ?? new Float32Array())).toBeLessThan(
      1e-6,
    );
  });

  it("writes nothing when no face passed", () => {
    expect(toFacesMessages(OF, [])).toEqual([]);
    expect(toFacesMessages(OF, [failed(), { ...failed(), encoding: null, norm: null }])).toEqual([]);
  });

  it("says that faces are of the past", () => {
    expect(read(toFacesMessages({ ...OF, history: true }, [found(1)])[0] ?? "")[0]?.history).toBe(true);
  });

  it("makes more messages where one would be too large, and loses no face", () => {
    const faces = Array.from({ length: 9 }, (_, seed) => found(seed));
    const payloads = toFacesMessages(OF, faces, 6_000);
    expect(payloads.length).toBeGreaterThan(2);
    expect(Math.max(...payloads.map((payload) => Buffer.byteLength(payload)))).toBeLessThanOrEqual(6_000);
    expect(payloads.flatMap(read).map((face) => face.uid)).toEqual(faces.map((_, n) => `0123456789abcdef-${n}`));
    expect(toFacesMessages(OF, faces, 100)).toHaveLength(9);
  });
});
