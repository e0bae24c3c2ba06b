import type { FaceJson } from "../../../../src/wire/out/schemas.ts";
import { toVerdict } from "../ruler/verdict.ts";

/** Whom a face shows: a name that was given, one it was recognized as (perhaps only barely), or none. */
export interface WhoIsIt {
  readonly name: string | null;
  readonly unsure: boolean;
}

/** @param threshold In force. */
export function whoIsIt(face: Pick<FaceJson, "person" | "matched">, threshold: number): WhoIsIt {
  if (face.person !== null) return { name: face.person, unsure: false };
  if (face.matched === null) return { name: null, unsure: false };
  const { tone } = toVerdict(face.matched.distance, threshold, null, 0);
  return { name: face.matched.person, unsure: tone !== "sure" };
}
