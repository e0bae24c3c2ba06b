import { FacesError } from "./errors.ts";

const MAX_NAME_LENGTH = 64;
// Control characters, and the invisible marks that can make one name look like another or run backwards.
const FORBIDDEN = /[\p{Cc}\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]|\p{Cs}/u;

/**
 * A person's name as it is kept and shown: NFC, trimmed, 1 to 64 characters, no control characters.
 * @throws {FacesError} `INVALID_NAME` with what is wrong with it.
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

/** What two names are compared by: equal keys are the same name. */
export function nameKey(name: string): string {
  return name.normalize("NFC").trim().toLowerCase().normalize("NFC");
}

/**
 * `a-z0-9_` from any text: marks are stripped, the rest becomes `_`. Letters that have no base form in Latin
 * (Cyrillic, Chinese) leave nothing, then `fallback` stands in.
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

/** `base`, or `base_2`, `base_3` …: the first that `isTaken` does not know. */
export function uniqueSlug(base: string, isTaken: (slug: string) => boolean): string {
  if (!isTaken(base)) return base;
  for (let n = 2; ; n++) {
    const candidate = `${base}_${n}`;
    if (!isTaken(candidate)) return candidate;
  }
}
