import { FacesError } from "../errors.ts";

const MAX_NAME_LENGTH = 64;
// Control characters, and the invisible marks that can make one name look like another or run backwards.
const FORBIDDEN = /[\p{Cc}\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]|\p{Cs}/u;

/**
 * A person's name as it is stored and shown: NFC, trimmed, 1 to 64 characters, no control characters.
 * @throws {FacesError} `INVALID_NAME`, saying why.
 */
export function toName(value: string): string {
  const name = value.normalize("NFC").trim();
  if (name === "") throw new FacesError("INVALID_NAME", "a name needs at least one character");
  if (FORBIDDEN.test(name)) throw new FacesError("INVALID_NAME", "a name must not hold control characters");
  const length = [...name].length;
  if (length > MAX_NAME_LENGTH) {
    throw new FacesError("INVALID_NAME", `a name has at most ${MAX_NAME_LENGTH} characters, this has ${length}`);
  }
  return name;
}

/** Most characters of a camera's name. */
export const CAMERA_LENGTH = 64;

/** Whether messages may have this as the name of a camera. */
export function isCameraName(text: string): boolean {
  return text !== "" && [...text].length <= CAMERA_LENGTH && !/\p{Cc}|\p{Cs}/u.test(text);
}

/** The key that names are compared by: equal keys are the same name, whatever their case. */
export function nameKey(name: string): string {
  return name.normalize("NFC").trim().toLowerCase().normalize("NFC");
}

/**
 * A slug of `a-z0-9_` from any text, at most 48 characters: diacritics are stripped, all else becomes `_`. Letters without
 * a Latin base (Cyrillic, Chinese) are lost; `fallback` replaces an empty result.
 */
export function slug(text: string, fallback: string): string {
  const plain = text
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll("ł", "l")
    .replaceAll("ø", "o")
    .replaceAll("đ", "d")
    .replaceAll("ß", "ss")
    .replaceAll("æ", "ae")
    .replaceAll("œ", "oe")
    .replaceAll("þ", "th")
    .replaceAll("ð", "d")
    .replaceAll("ı", "i")
    .replace(/\p{M}/gu, "")
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "")
    .slice(0, 48)
    .replace(/_+$/, "");
  return plain === "" ? fallback : plain;
}

/** `base`, or `base_2`, `base_3` …: the first that is not taken. */
export function uniqueSlug(base: string, isTaken: (slug: string) => boolean): string {
  if (!isTaken(base)) return base;
  for (let n = 2; ; n++) {
    const candidate = `${base}_${n}`;
    if (!isTaken(candidate)) return candidate;
  }
}
