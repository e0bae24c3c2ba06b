import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildModels } from "../../../src/domain/model.ts";
import { readMessage } from "../../../src/wire/in/message.ts";
import { makeEncoding } from "../../make/encoding.ts";

const receivedAt = new Date("2026-02-18T10:00:00.000Z");
const rules = { models: buildModels(), defaultModel: "dlib", maxBytes: 100_000 };
const encoding = [...makeEncoding(1)];
const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0, 0, 0, 0, 0, 0, 0]).toString("base64");

function read(payload: unknown, overrides: { topicCamera?: string | null; onlyCamera?: string | null } = {}) {
  const bytes =
    payload instanceof Uint8Array
      ? payload
      : Buffer.from(typeof payload === "string" ? payload : JSON.stringify(payload));
  return readMessage({ payload: bytes, topicCamera: "door", onlyCamera: null, ...overrides }, receivedAt, rules);
}

function facesOf(payload: unknown, overrides = {}) {
  const answer = read(payload, overrides);
  if ("rejected" in answer) throw new Error(answer.rejected.reason);
  return answer.faces;
}

const at = (index: number, value: unknown): unknown[] => encoding.map((one, i) => (i === index ? value : one));

describe("a message with one face", () => {
  it("is read with all its keys", () => {
    const [face] = facesOf({
      id: "front_door-1771408799.123-0",
      camera: "front_door",
      timestamp: "2026-02-18T09:59:59.123Z",
      source: "frames/front_door/2026-02-18/frame_000042.jpg",
      box: { x: 412, y: 96, width: 118, height: 141 },
      encoding,
      detection_score: 0.98,
      thumbnail: jpeg,
      event_id: "frigate-id",
      something: "else",
    });
    expect(face).toMatchObject({
      uid: "front_door-1771408799.123-0",
      camera: "front_door",
      source: "frames/front_door/2026-02-18/frame_000042.jpg",
      capturedAt: new Date("2026-02-18T09:59:59.123Z"),
      receivedAt,
      box: { x: 412, y: 96, width: 118, height: 141 },
      detectionScore: 0.98,
      sourceEventId: "frigate-id",
    });
    expect(face?.encoding).toEqual(Float32Array.from(encoding));
    expect(Buffer.from(face?.thumbnail ?? []).toString("base64")).toBe(jpeg);
  });

  it("needs nothing but an encoding", () => {
    const [face] = facesOf({ encoding });
    expect(face).toMatchObject({ camera: "door", source: null, capturedAt: receivedAt, box: null, thumbnail: null });
    expect(face?.uid).toMatch(/^[0-9a-f]{32}$/);
  });

  it("may call the encoding embedding, and give the box as dlib does", () => {
    expect(facesOf({ embedding: encoding, box: [96, 530, 237, 412] })[0]).toMatchObject({
      box: { x: 412, y: 96, width: 118, height: 141 },
    });
  });

  it.each([
    ["seconds since 1970", 1_771_408_799.5, "2026-02-18T09:59:59.500Z"],
    ["a zone", "2026-02-18T10:59:59+01:00", "2026-02-18T09:59:59.000Z"],
    ["a zone of hours only", "2026-02-18 10:59:59+01", "2026-02-18T09:59:59.000Z"],
    ["a zone without colon", "2026-02-18T04:29:59,25-0530", "2026-02-18T09:59:59.250Z"],
    ["microseconds", "2026-02-18T09:59:59.123456+00:00", "2026-02-18T09:59:59.123Z"],
    ["the future, which is arrival", "2027-01-01T00:00:00Z", receivedAt.toISOString()],
    ["null, which is arrival", null, receivedAt.toISOString()],
  ])("may be timed by %s", (_, timestamp, expected) => {
    expect(facesOf({ encoding, timestamp })[0]?.capturedAt.toISOString()).toBe(expected);
  });

  it("has the same id when the same is sent again, and another when anything differs", () => {
    const uid = (face: object): string | undefined =>
      facesOf({ encoding, timestamp: "2026-02-18T09:00:00Z", ...face })[0]?.uid;
    expect(uid({})).toBe(uid({}));
    const others = [
      { camera: "x" },
      { timestamp: "2026-02-18T10:00:00+01:00" },
      { box: [1, 9, 9, 1] },
      { encoding: at(0, 0.5) },
    ];
    expect(new Set([uid({}), ...others.map(uid)]).size).toBe(5);
  });
});

describe("a message with several faces", () => {
  it("shares the outer keys and numbers the ids", () => {
    const faces = facesOf({
      id: "frame-1",
      camera: "garden",
      source: "a.jpg",
      faces: [{ encoding }, { encoding: at(0, 0.3), id: "own", detection_score: 0.5 }],
    });
    expect(faces.map((face) => [face.uid, face.camera, face.source, face.detectionScore])).toEqual([
      ["frame-1-0", "garden", "a.jpg", null],
      ["own", "garden", "a.jpg", 0.5],
    ]);
  });

  it("is rejected whole for one bad face, and says which", () => {
    expect(read({ faces: [{ encoding }, { encoding: [1] }] })).toEqual({
      rejected: {
        code: "WRONG_DIMENSION",
        reason: 'faces[1]: "encoding" has 1 numbers, 128 are expected of the model dlib',
      },
    });
  });
});

describe("a model that is not known", () => {
  it.each([
    ["facenet", "facenet"],
    ["x".repeat(500), "x".repeat(64)],
  ])("is named in the reason, as far as it is short", (model, shown) => {
    expect(read({ encoding, model })).toEqual({
      rejected: { code: "UNKNOWN_MODEL", reason: `"model" must be one of dlib, sface, not "${shown}"` },
    });
  });
});

describe("a bad message", () => {
  it.each<[string, unknown, string]>([
    ["no JSON", "{", "MALFORMED_JSON"],
    ["nothing", "", "MALFORMED_JSON"],
    ["blanks", "  ", "MALFORMED_JSON"],
    ["half a message", JSON.stringify({ encoding }).slice(0, 300), "MALFORMED_JSON"],
    ["NaN", `{"encoding":[NaN]}`, "MALFORMED_JSON"],
    ["Infinity", `{"encoding":[Infinity]}`, "MALFORMED_JSON"],
    ["single quotes", "{'encoding':[]}", "MALFORMED_JSON"],
    ["a BOM of UTF-16", Buffer.from([0xff, 0xfe, 0x7b, 0x00]), "MALFORMED_UTF8"],
    ["bytes that are no UTF-8", Buffer.from([0x7b, 0x22, 0xc3, 0x28, 0x22, 0x7d]), "MALFORMED_UTF8"],
    ["a list", [1], "MALFORMED_JSON"],
    ["a number", 7, "MALFORMED_JSON"],
    ["a text", '"face"', "MALFORMED_JSON"],
    ["null", null, "MALFORMED_JSON"],
    ["true", true, "MALFORMED_JSON"],
    ["an empty object", {}, "NO_ENCODING"],
    ["encoding null", { encoding: null }, "NO_ENCODING"],
    ["encoding a text", { encoding: "0.1,0.2" }, "NO_ENCODING"],
    ["encoding an object", { encoding: { 0: 1 } }, "NO_ENCODING"],
    ["encoding in __proto__ only", `{"__proto__":{"encoding":${JSON.stringify(encoding)}}}`, "NO_ENCODING"],
    ["no faces", { faces: [] }, "NO_ENCODING"],
    ["a face without encoding", { faces: [{ box: [1, 2, 2, 1] }] }, "NO_ENCODING"],
    ["no numbers", { encoding: [] }, "WRONG_DIMENSION"],
    ["127 numbers", { encoding: encoding.slice(1) }, "WRONG_DIMENSION"],
    ["129 numbers", { encoding: [...encoding, 0.1] }, "WRONG_DIMENSION"],
    ["512 numbers", { encoding: [...encoding, ...encoding, ...encoding, ...encoding] }, "WRONG_DIMENSION"],
    ["null in the encoding", { encoding: at(3, null) }, "NOT_A_NUMBER"],
    ["true in the encoding", { encoding: at(3, true) }, "NOT_A_NUMBER"],
    ["a text in the encoding", { encoding: at(3, "0.1") }, "NOT_A_NUMBER"],
    ["a list in the encoding", { encoding: at(3, [0.1]) }, "NOT_A_NUMBER"],
    ["an object in the encoding", { encoding: at(3, {}) }, "NOT_A_NUMBER"],
    ["1e400", JSON.stringify({ encoding: at(3, 12345) }).replace("12345", "1e400"), "NOT_FINITE"],
    ["more than float32 holds", { encoding: at(3, 1e39) }, "NOT_FINITE"],
    ["less than float32 holds", { encoding: at(3, -1e39) }, "NOT_FINITE"],
    ["all zeros", { encoding: encoding.map(() => 0) }, "ZERO_VECTOR"],
    ["zeros in float32", { encoding: encoding.map(() => 1e-60) }, "ZERO_VECTOR"],
    ["id a number", { encoding, id: 7 }, "BAD_FIELD"],
    ["id empty", { encoding, id: "" }, "BAD_FIELD"],
    ["id too long", { encoding, id: "x".repeat(513) }, "BAD_FIELD"],
    ["id with NUL", { encoding, id: "a\0b" }, "BAD_FIELD"],
    ["camera a number", { encoding, camera: 7 }, "BAD_FIELD"],
    ["camera empty", { encoding, camera: "" }, "BAD_FIELD"],
    ["camera too long", { encoding, camera: "x".repeat(65) }, "BAD_FIELD"],
    ["camera of two lines", { encoding, camera: "a\nb" }, "BAD_FIELD"],
    ["camera with half a character", `{"camera":"\\ud800","encoding":${JSON.stringify(encoding)}}`, "BAD_FIELD"],
    ["timestamp a word", { encoding, timestamp: "yesterday" }, "BAD_FIELD"],
    ["timestamp without a zone", { encoding, timestamp: "2026-02-18T10:00:00" }, "BAD_FIELD"],
    ["timestamp a date", { encoding, timestamp: "2026-02-18" }, "BAD_FIELD"],
    ["timestamp before 1970", { encoding, timestamp: -5 }, "BAD_FIELD"],
    ["timestamp in no calendar", { encoding, timestamp: "2026-13-45T10:00:00Z" }, "BAD_FIELD"],
    ["timestamp on the 30th of February", { encoding, timestamp: "2026-02-30T10:00:00Z" }, "BAD_FIELD"],
    ["timestamp true", { encoding, timestamp: true }, "BAD_FIELD"],
    ["timestamp 1e308", { encoding, timestamp: -1e308 }, "BAD_FIELD"],
    ["source a number", { encoding, source: 7 }, "BAD_FIELD"],
    ["source with NUL", { encoding, source: "a\0.jpg" }, "BAD_FIELD"],
    ["source too long", { encoding, source: "x".repeat(5_000) }, "BAD_FIELD"],
    ["box a text", { encoding, box: "1,2,3,4" }, "BAD_FIELD"],
    ["box of three", { encoding, box: [1, 2, 3] }, "BAD_FIELD"],
    ["box without height", { encoding, box: { x: 1, y: 2, width: 3 } }, "BAD_FIELD"],
    ["box without size", { encoding, box: { x: 1, y: 2, width: 0, height: 3 } }, "BAD_FIELD"],
    ["box inside out", { encoding, box: [10, 1, 1, 10] }, "BAD_FIELD"],
    ["box with a text", { encoding, box: { x: "1", y: 2, width: 3, height: 4 } }, "BAD_FIELD"],
    ["box out of this world", { encoding, box: { x: 1e9, y: 2, width: 3, height: 4 } }, "BAD_FIELD"],
    ["detection_score a text", { encoding, detection_score: "0.9" }, "BAD_FIELD"],
    ["thumbnail a number", { encoding, thumbnail: 7 }, "BAD_FIELD"],
    ["thumbnail no base64", { encoding, thumbnail: "not base64!" }, "BAD_FIELD"],
    ["thumbnail of text", { encoding, thumbnail: Buffer.from("hello hello!").toString("base64") }, "BAD_FIELD"],
    ["thumbnail with its data URL", { encoding, thumbnail: `data:image/jpeg;base64,${jpeg}` }, "BAD_FIELD"],
    ["event_id a list", { encoding, event_id: [] }, "BAD_FIELD"],
    ["both encoding and embedding", { encoding, embedding: encoding }, "BAD_FIELD"],
    ["both encoding and faces", { encoding, faces: [{ encoding }] }, "BAD_FIELD"],
    ["faces an object", { faces: { encoding } }, "BAD_FIELD"],
    ["a face that is null", { faces: [null] }, "BAD_FIELD"],
    [
      "two faces with one id",
      {
        faces: [
          { encoding, id: "a" },
          { encoding: at(0, 0.3), id: "a" },
        ],
      },
      "BAD_FIELD",
    ],
    ["more than a thousand faces", { faces: Array.from({ length: 1_001 }, () => null) }, "BAD_FIELD"],
    ["too many bytes", { encoding, x: "x".repeat(100_000) }, "TOO_LARGE"],
  ])("with %s is rejected with its code", (_, payload, code) => {
    const answer = read(payload);
    expect(answer).toMatchObject({ rejected: { code } });
    const reason = "rejected" in answer ? answer.rejected.reason : "";
    expect(reason.length).toBeGreaterThan(10);
    expect(reason.length).toBeLessThan(200);
  });

  it("needs a camera from somewhere, and its own one where its sender has only one", () => {
    expect(read({ encoding }, { topicCamera: null })).toMatchObject({ rejected: { code: "BAD_FIELD" } });
    expect(read({ encoding, camera: "garden" }, { onlyCamera: "door" })).toMatchObject({
      rejected: { code: "BAD_FIELD" },
    });
    expect(facesOf({ encoding }, { onlyCamera: "door" })).toHaveLength(1);
  });

  it("never throws, whatever bytes or JSON come", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => typeof read(bytes) === "object"));
    fc.assert(fc.property(fc.json(), (text) => typeof read(text) === "object"));
    const keys = fc.constantFrom(
      "id",
      "camera",
      "timestamp",
      "source",
      "box",
      "encoding",
      "faces",
      "thumbnail",
      "event_id",
    );
    fc.assert(fc.property(fc.dictionary(keys, fc.jsonValue()), (value) => typeof read(value) === "object"));
  });
});
