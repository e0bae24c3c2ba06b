import { createHash } from "node:crypto";
import type { IncomingFace } from "../../domain/face.ts";
import { TEST_KEY } from "../../domain/health/test-face.ts";
import type { EncodingModel, Models } from "../../domain/model.ts";
import type { RejectionCode } from "../../domain/rejection.ts";
import { CAMERA_LENGTH } from "../../domain/text/names.ts";
import { readBox, readEncoding, readFlag, readNumber, readText, readThumbnail, readTime } from "./fields.ts";
import { describe, Rejected } from "./rejected.ts";

/** More faces than any camera sees at once. */
const MOST_FACES = 1_000;
/** Most characters of a text. */
export const TEXT_LENGTH = 512;
const PATH = 4_096;
/** So much of a name that is not known stands in the reason. */
const SHOWN_LENGTH = 64;

const utf8 = new TextDecoder("utf-8", { fatal: true });

/** A message with faces, and what is known of its sender. */
export interface FaceMessage {
  readonly payload: Uint8Array;
  /** The camera that the topic names; null: none. */
  readonly topicCamera: string | null;
  /** The only camera whose faces the sender may publish; null: any. */
  readonly onlyCamera: string | null;
}

/** What a message must keep to. */
export interface MessageRules {
  readonly models: Models;
  /** Of messages that name no model. */
  readonly defaultModel: string;
  readonly maxBytes: number;
}

/** The faces of a message and the id of the test that it is of, or why all of it is rejected. */
export type ReadMessage =
  | { readonly faces: readonly IncomingFace[]; readonly test: string | null }
  | { readonly rejected: { readonly code: RejectionCode; readonly reason: string } };

/** Reads the faces of one message; one bad face, or one bad optional key, rejects all of it. Never throws. */
export function readMessage(message: FaceMessage, receivedAt: Date, rules: MessageRules): ReadMessage {
  try {
    return readFaces(message, receivedAt, rules);
  } catch (error) {
    if (error instanceof Rejected) return { rejected: { code: error.code, reason: error.message } };
    throw error;
  }
}

type Json = Readonly<Record<string, unknown>>;

function readFaces(
  message: FaceMessage,
  receivedAt: Date,
  rules: MessageRules,
): Extract<ReadMessage, { faces: unknown }> {
  const { payload, topicCamera, onlyCamera } = message;
  if (payload.length > rules.maxBytes) {
    throw new Rejected("TOO_LARGE", `the message has ${payload.length} bytes, at most ${rules.maxBytes} are taken`);
  }
  const outer = parse(payload);
  const camera =
    readText(own(outer, "camera"), "camera", CAMERA_LENGTH) ?? readText(topicCamera, "camera", CAMERA_LENGTH);
  if (camera === null) {
    throw new Rejected("BAD_FIELD", '"camera" is needed: neither the message nor its topic names one');
  }
  if (onlyCamera !== null && camera !== onlyCamera) {
    throw new Rejected("BAD_FIELD", `"camera" must be "${onlyCamera}": this user may not speak for another`);
  }
  const outerId = readText(own(outer, "id"), "id", TEXT_LENGTH);
  const shared = {
    camera,
    source: readText(own(outer, "source"), "source", PATH),
    capturedAt: readTime(own(outer, "timestamp"), receivedAt),
    receivedAt,
    sourceEventId: readText(own(outer, "event_id"), "event_id", TEXT_LENGTH),
    history: readFlag(own(outer, "history"), "history"),
    zones: [],
    subLabel: null,
  };

  const toFace = (face: Json, uid: string | null): IncomingFace => {
    if (own(face, "encoding") !== undefined && own(face, "embedding") !== undefined) {
      throw new Rejected("BAD_FIELD", '"encoding" and "embedding" are the same: give one of them');
    }
    const model = readModel(own(face, "model") ?? own(outer, "model"), rules);
    const encoding = readEncoding(own(face, "encoding") ?? own(face, "embedding"), model);
    const box = readBox(own(face, "box"));
    return {
      ...shared,
      uid: uid ?? hash(camera, own(outer, "timestamp"), box, encoding),
      box,
      encoding,
      model: model.name,
      quality: readNumber(own(face, "quality"), "quality"),
      detectionScore: readNumber(own(face, "detection_score"), "detection_score"),
      thumbnail: readThumbnail(own(face, "thumbnail")),
    };
  };

  const test = readText(own(outer, TEST_KEY), TEST_KEY, TEXT_LENGTH);
  const list = own(outer, "faces");
  if (list === undefined) return { faces: [toFace(outer, outerId)], test };
  if (own(outer, "encoding") !== undefined || own(outer, "embedding") !== undefined) {
    throw new Rejected("BAD_FIELD", '"faces" and "encoding" exclude one another');
  }
  if (!Array.isArray(list) || list.length > MOST_FACES) {
    throw new Rejected("BAD_FIELD", `"faces" must be a list of at most ${MOST_FACES} faces, not ${describe(list)}`);
  }
  if (list.length === 0) throw new Rejected("NO_ENCODING", '"faces" is empty');
  const faces = list.map((face: unknown, index) =>
    inFace(index, () => {
      if (!isObject(face)) throw new Rejected("BAD_FIELD", `a face must be an object, not ${describe(face)}`);
      return toFace(
        face,
        readText(own(face, "id"), "id", TEXT_LENGTH) ?? (outerId === null ? null : `${outerId}-${index}`),
      );
    }),
  );
  if (new Set(faces.map((face) => face.uid)).size < faces.length) {
    throw new Rejected("BAD_FIELD", '"faces" has two with the same id');
  }
  return { faces, test };
}

/** Known ones only: an encoding of another model would be like no one, or like the wrong person. */
function readModel(value: unknown, { models, defaultModel }: MessageRules): EncodingModel {
  const name = readText(value, "model", TEXT_LENGTH) ?? defaultModel;
  const model = models.get(name);
  if (model) return model;
  const known = [...models.keys()].join(", ");
  throw new Rejected("UNKNOWN_MODEL", `"model" must be one of ${known}, not "${name.slice(0, SHOWN_LENGTH)}"`);
}

function inFace<T>(index: number, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof Rejected) throw new Rejected(error.code, `faces[${index}]: ${error.message}`);
    throw error;
  }
}

function parse(payload: Uint8Array): Json {
  let text: string;
  try {
    text = utf8.decode(payload);
  } catch {
    throw new Rejected("MALFORMED_UTF8", "the message is not UTF-8");
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Rejected("MALFORMED_JSON", text.trim() === "" ? "the message is empty" : "the message is not JSON");
  }
  if (!isObject(value))
    throw new Rejected("MALFORMED_JSON", `the message must be a JSON object, not ${describe(value)}`);
  return value;
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Own keys only, so that `__proto__` in a message has no effect. */
function own(object: Json, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** The uid of a face without an id: the same for the same face, so that it counts once when it is sent again. */
function hash(camera: string, timestamp: unknown, box: unknown, encoding: Float32Array): string {
  return createHash("sha256")
    .update(JSON.stringify([camera, timestamp ?? null, box]))
    .update(new Uint8Array(encoding.buffer, encoding.byteOffset, encoding.byteLength))
    .digest("hex")
    .slice(0, 32);
}
