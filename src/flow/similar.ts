import { distance } from "../domain/encoding.ts";
import { FacesError } from "../domain/errors.ts";
import type { Face, FaceState } from "../domain/face.ts";
import type { Settings } from "../domain/settings.ts";
import { decide } from "../recognize/decide.ts";
import type { FaceEncodings, Store } from "../store/port.ts";
import type { People } from "./people.ts";

/** How many comparisons are made before others get a turn. */
const CHUNK = 2_000;

export interface SimilarDeps {
  readonly store: Pick<Store, "encodings" | "encodingOf" | "facesById" | "face">;
  readonly people: Pick<People, "gallery" | "find">;
  readonly settings: () => Settings;
}

export interface FaceAtDistance {
  readonly faceId: number;
  readonly distance: number;
}

export interface Similar {
  /** Every other stored face within the threshold of this one, newest first. @throws `FACE_NOT_FOUND` */
  toFace(faceId: number): Promise<readonly (Face & { readonly distance: number })[]>;
  /** Unassigned faces that recognition would give this person now: within the threshold and nearer to nobody else. */
  claimable(personId: string): Promise<readonly FaceAtDistance[]>;
}

export function createSimilar({ store, people, settings }: SimilarDeps): Similar {
  async function scan(
    states: readonly FaceState[],
    measure: (encoding: Float32Array) => number | null,
  ): Promise<FaceAtDistance[]> {
    const { faceIds, data }: FaceEncodings = await store.encodings(states);
    const dimension = faceIds.length === 0 ? 0 : data.length / faceIds.length;
    const found: FaceAtDistance[] = [];
    for (let row = 0; row < faceIds.length; row++) {
      if (row % CHUNK === CHUNK - 1) await new Promise(setImmediate);
      const measured = measure(data.subarray(row * dimension, (row + 1) * dimension));
      if (measured !== null) found.push({ faceId: faceIds[row] as number, distance: measured });
    }
    return found;
  }

  return {
    async toFace(faceId) {
      const wanted = await store.encodingOf(faceId);
      if (!wanted) throw new FacesError("FACE_NOT_FOUND", `face ${faceId} does not exist`);
      const threshold = settings()["recognition.threshold"];
      const near = await scan(["unassigned", "assigned", "ignored"], (encoding) => {
        const away = distance(wanted, encoding);
        return away < threshold ? away : null;
      });
      const byId = new Map(near.map((one) => [one.faceId, one.distance]));
      byId.delete(faceId);
      const faces = await store.facesById([...byId.keys()]);
      return faces
        .map((face) => ({ ...face, distance: byId.get(face.id) as number }))
        .sort((a, b) => b.capturedAt.getTime() - a.capturedAt.getTime() || b.id - a.id);
    },

    async claimable(personId) {
      const gallery = people.gallery();
      const threshold = settings()["recognition.threshold"];
      const near = await scan(["unassigned"], (encoding) => {
        const { who } = decide(encoding, gallery, { threshold, margin: 0 });
        return who?.personId === personId ? who.rawDistance : null;
      });
      return near.sort((a, b) => a.distance - b.distance || a.faceId - b.faceId);
    },
  };
}
