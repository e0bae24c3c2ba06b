import { FacesError } from "../../domain/errors.ts";
import type { Box } from "../../domain/face.ts";
import type { EncodingModel, Models } from "../../domain/model.ts";
import { toPictureType } from "../../domain/pictures/picture.ts";
import { toInstant } from "../../domain/text/instant.ts";
import { toLength } from "../../domain/vectors/encoding.ts";
import { describe, Rejected } from "./rejected.ts";

const bad = (key: string, expected: string, came: unknown): Rejected =>
  new Rejected("BAD_FIELD", `"${key}" must be ${expected}, not ${describe(came)}`);

const isMissing = (value: unknown): value is undefined | null => value === undefined || value === null;

/** true or false; missing and null are false. */
export function readFlag(value: unknown, key: string): boolean {
  if (isMissing(value)) return false;
  if (typeof value !== "boolean") throw bad(key, "true or false", value);
  return value;
}

/** A text of 1 to `most` characters without control characters; missing and null are null. */
export function readText(value: unknown, key: string, most: number): string | null {
  if (isMissing(value)) return null;
  if (typeof value !== "string" || value === "" || isLonger(value, most) || /[\p{Cc}]|\p{Cs}/u.test(value)) {
    throw bad(key, `a text of 1 to ${most} characters without control characters`, value);
  }
  return value;
}

/** A character is one or two units, so that most texts need not be counted. */
const isLonger = (text: string, most: number): boolean => text.length > most && [...text].length > most;

/** Any finite number, as detectors score on scales of their own; missing and null are null. */
export function readNumber(value: unknown, key: string): number | null {
  if (isMissing(value)) return null;
  if (typeof value !== "number" || !Number.isFinite(value)) throw bad(key, "a finite number", value);
  return value;
}

/** ISO 8601 with a zone, or seconds since 1970; missing or in the future: `receivedAt`. */
export function readTime(value: unknown, receivedAt: Date): Date {
  if (isMissing(value)) return receivedAt;
  const date = typeof value === "number" ? new Date(value * 1000) : typeof value === "string" ? toInstant(value) : null;
  // Written so that the NaN of an invalid date is rejected too.
  if (!(date && date.getTime() >= 0)) {
    throw bad("timestamp", "ISO 8601 with a time zone, or seconds since 1970", value);
  }
  return date > receivedAt ? receivedAt : date;
}

/** The same of a text that stands outside JSON, where seconds are a text too. */
export function readTimeText(text: string | undefined, receivedAt: Date): Date {
  return readTime(text !== undefined && /^\d+(\.\d+)?$/.test(text) ? Number(text) : text, receivedAt);
}

/** `{x, y, width, height}` or dlib's `[top, right, bottom, left]`, in pixels, not empty; missing and null are null. */
export function readBox(value: unknown): Box | null {
  if (isMissing(value)) return null;
  const expected = "{x, y, width, height} or [top, right, bottom, left] in pixels, with a width and height above 0";
  let box: Box | null = null;
  if (Array.isArray(value) && value.length === 4 && value.every(isPixel)) {
    const [top, right, bottom, left] = value as [number, number, number, number];
    box = { x: left, y: top, width: right - left, height: bottom - top };
  } else if (typeof value === "object" && !Array.isArray(value)) {
    const { x, y, width, height } = value as Record<string, unknown>;
    if (isPixel(x) && isPixel(y) && isPixel(width) && isPixel(height)) box = { x, y, width, height };
  }
  if (!box || box.width <= 0 || box.height <= 0) throw bad("box", expected, value);
  return box;
}

function isPixel(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value) && Math.abs(value) <= 1_000_000;
}

/** Base64 of JPEG, PNG or WebP, recognized by its first bytes; missing and null are null. */
export function readThumbnail(value: unknown): Uint8Array | null {
  if (isMissing(value)) return null;
  const expected = "base64 of a JPEG, PNG or WebP picture";
  if (typeof value !== "string" || value.length % 4 === 1 || !/^[A-Za-z0-9+/]+={0,2}$/.test(value)) {
    throw bad("thumbnail", expected, value);
  }
  const bytes = Buffer.from(value, "base64");
  if (!toPictureType(bytes)) throw bad("thumbnail", expected, value);
  return bytes;
}

/** Finite float32 numbers, exactly as many as the model has, not all zero; scaled to the model's length. */
export function readEncoding(value: unknown, { name, dimension, length }: EncodingModel): Float32Array {
  if (isMissing(value)) throw new Rejected("NO_ENCODING", 'there is no "encoding"');
  if (!Array.isArray(value)) {
    throw new Rejected("NO_ENCODING", `"encoding" must be a list of ${dimension} numbers, not ${describe(value)}`);
  }
  if (value.length !== dimension) {
    const wanted = `${dimension} are expected of the model ${name}`;
    throw new Rejected("WRONG_DIMENSION", `"encoding" has ${value.length} numbers, ${wanted}`);
  }
  const encoding = new Float32Array(dimension);
  let isZero = true;
  for (let i = 0; i < dimension; i++) {
    const one: unknown = value[i];
    if (typeof one !== "number") {
      throw new Rejected("NOT_A_NUMBER", `"encoding[${i}]" must be a number, not ${describe(one)}`);
    }
    const rounded = Math.fround(one);
    if (!Number.isFinite(rounded)) throw new Rejected("NOT_FINITE", `"encoding[${i}]" is not a finite float32 number`);
    if (rounded !== 0) isZero = false;
    encoding[i] = rounded;
  }
  if (isZero) throw new Rejected("ZERO_VECTOR", '"encoding" is all zeros');
  return length === null ? encoding : toLength(encoding, length);
}

/** The encoding in a request. @throws {FacesError} `INVALID_INPUT` with what is wrong with it. */
export function toEncoding(value: unknown, model: EncodingModel): Float32Array {
  try {
    return readEncoding(value, model);
  } catch (error) {
    if (error instanceof Rejected) throw new FacesError("INVALID_INPUT", error.message, { cause: error });
    throw error;
  }
}

/** The model that a request names. @throws {FacesError} `INVALID_INPUT` with those that there are */
export function toModel(name: string, models: Models): EncodingModel {
  const model = models.get(name);
  if (model) return model;
  throw new FacesError("INVALID_INPUT", `"model" must be one of ${[...models.keys()].join(", ")}, not "${name}"`);
}
