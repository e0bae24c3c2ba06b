import { toDate, toFields } from "./messages.ts";

/** A face that Frigate cut out of its detect stream, to be trained with: `<event id>-<time>-<name>-<score>.webp`. */
export interface Crop {
  readonly file: string;
  readonly eventId: string;
  readonly takenAt: Date;
}

/** Frigate's face library, as `GET /api/faces` lists it. */
export interface FaceLibrary {
  /** Newest first. */
  readonly crops: readonly Crop[];
  /** People with at least one picture; without any, Frigate looks at no face and writes no crops. */
  readonly people: number;
}

/** Those of `/clips/faces/train`. */
const TRAIN = "train";

/** @param listing Names of files by folder, as JSON; what is no crop is left out. */
export function toFaceLibrary(listing: unknown): FaceLibrary {
  const folders = Object.entries(toFields(listing));
  const crops = folders.filter(([folder]) => folder === TRAIN).flatMap(([, files]) => toFiles(files));
  const people = folders.filter(([folder, files]) => folder !== TRAIN && Array.isArray(files) && files.length > 0);
  return {
    crops: crops.flatMap((file) => toCrop(file) ?? []).sort((a, b) => b.takenAt.getTime() - a.takenAt.getTime()),
    people: people.length,
  };
}

const toFiles = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];

function toCrop(file: string): Crop | null {
  const parts = /^(?<id>\d+(?:\.\d+)?-[a-z0-9]+)-(?<time>\d+(?:\.\d+)?)-[^/\\]*\.(?:webp|jpe?g|png)$/i.exec(
    file,
  )?.groups;
  const takenAt = toDate(Number(parts?.time));
  return parts?.id !== undefined && takenAt !== null ? { file, eventId: parts.id, takenAt } : null;
}
