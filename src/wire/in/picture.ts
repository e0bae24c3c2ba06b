import { toPictureType } from "../../domain/pictures/picture.ts";
import { Rejected } from "./rejected.ts";

/** `data:image/jpeg;base64,`, as browsers and Node-RED write it. */
const DATA_URL = /^data:[a-z]+\/[a-z0-9.+-]+;base64,/i;
/** Without what is blank at its end: blanks that two parts of a pattern could take would be tried over and over. */
const BASE64 = /^[A-Za-z0-9+/\s]+={0,2}$/;
/** So many characters of text before the picture do not count. */
const PREFIX = 64;

/**
 * The picture (JPEG, PNG or WebP) of a message on a picture topic: its bytes as they are, or base64 of them.
 * @throws {Rejected} `TOO_LARGE` above `maxBytes`, which base64 counts by decoded; `BAD_FIELD` for anything else.
 */
export function readPicture(payload: Uint8Array, maxBytes: number): Uint8Array {
  const picture = toPictureType(payload) ? payload : decode(payload, maxBytes);
  requireSize(picture.length, maxBytes);
  return picture;
}

function decode(payload: Uint8Array, maxBytes: number): Uint8Array {
  // Before it is decoded: four characters are three bytes. Line ends are few enough.
  if (payload.length * 0.7 - PREFIX > maxBytes) requireSize(Math.floor(payload.length * 0.75), maxBytes);
  const text = Buffer.from(payload.buffer, payload.byteOffset, payload.length).toString("latin1");
  const base64 = text.replace(DATA_URL, "").trimEnd();
  const picture = BASE64.test(base64) ? Buffer.from(base64, "base64") : null;
  if (picture === null || !toPictureType(picture)) {
    throw new Rejected("BAD_FIELD", "expected a JPEG, PNG or WebP picture, or base64 of one");
  }
  return picture;
}

function requireSize(bytes: number, maxBytes: number): void {
  if (bytes <= maxBytes) return;
  throw new Rejected("TOO_LARGE", `the picture has ${bytes} bytes, at most ${maxBytes} are taken`);
}
