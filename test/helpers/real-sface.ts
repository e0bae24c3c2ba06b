import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { SFACE_MODEL } from "../../src/domain/model.ts";
import { toLength } from "../../src/domain/vectors/encoding.ts";
import { realLabels } from "./shared-data.ts";

/** A real face as SFace sees it, scaled as those that arrive are, and who it is. */
export interface RealSface {
  readonly id: string;
  readonly person: string;
  readonly encoding: Float32Array;
}

/** SFace's encodings of the labelled faces, or null where there are none. */
export function realSface(folder: string): RealSface[] | null {
  const file = join(folder, "lfw/sface.jsonl.gz");
  if (!existsSync(file)) return null;
  const people = new Map(realLabels(folder).map(({ id, person }) => [id, person]));
  return gunzipSync(readFileSync(file))
    .toString("utf8")
    .split("\n")
    .filter((line) => line !== "")
    .flatMap((line) => {
      const { id, encoding } = JSON.parse(line) as { id: string | null; encoding: number[] };
      const person = id === null ? undefined : people.get(id);
      if (id === null || person === undefined) return [];
      return [{ id, person, encoding: toLength(Float32Array.from(encoding), SFACE_MODEL.length as number) }];
    });
}

/** By person, the encodings of their faces. */
export function bySface(faces: readonly RealSface[]): Map<string, Float32Array[]> {
  const people = new Map<string, Float32Array[]>();
  for (const { person, encoding } of faces) people.set(person, [...(people.get(person) ?? []), encoding]);
  return people;
}
