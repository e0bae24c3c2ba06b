import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gunzipSync } from "node:zlib";

/** The optional folder of real faces, or null where it is missing; `FACES2MQTT_TEST_DATA` names another place. */
export function sharedData(): string | null {
  const folder = process.env.FACES2MQTT_TEST_DATA ?? resolve(import.meta.dirname, "../../../shared/data");
  return existsSync(join(folder, "lfw/faces.jsonl.gz")) ? folder : null;
}

export interface RealFace {
  id: string;
  camera: string;
  timestamp: string;
  source: string;
  box: { x: number; y: number; width: number; height: number };
  detection_score: number;
  encoding: number[];
}

/** The real faces, one ready-to-publish payload each. */
export function realFaces(folder: string): RealFace[] {
  const text = gunzipSync(readFileSync(join(folder, "lfw/faces.jsonl.gz"))).toString("utf8");
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as RealFace);
}

export interface FaceLabels {
  id: string;
  person: string;
  /** The reference partition's label by threshold. */
  labels: Record<"0.50" | "0.55" | "0.60", number>;
}

/** Who each real face is, and the reference partitions, in the order of {@link realFaces}. */
export function realLabels(folder: string): FaceLabels[] {
  const [, ...rows] = readFileSync(join(folder, "lfw/faces.labels.csv"), "utf8").trim().split("\n");
  return rows.map((row) => {
    const [id, person, at50, at55, at60] = row.trim().split(",") as [string, string, string, string, string];
    return { id, person, labels: { "0.50": Number(at50), "0.55": Number(at55), "0.60": Number(at60) } };
  });
}

/** The encodings of each real person's faces, in the order of {@link realFaces}. */
export function realPeople(folder: string): Map<string, Float32Array[]> {
  const people = new Map<string, Float32Array[]>();
  const labels = realLabels(folder);
  for (const [row, { encoding }] of realFaces(folder).entries()) {
    const { person } = labels[row] as FaceLabels;
    people.set(person, [...(people.get(person) ?? []), Float32Array.from(encoding)]);
  }
  return people;
}
