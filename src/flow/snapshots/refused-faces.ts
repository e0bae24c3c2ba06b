import { randomBytes } from "node:crypto";
import type { Clock } from "../../domain/clock.ts";
import type { RefusedFace } from "../../domain/pictures/refused-face.ts";
import type { FoundFace, Gate, Gates } from "../../domain/pictures/snapshot.ts";

/** Kept of one camera, and at all. */
const MOST_AT_CAMERA = 20;
const MOST = 1_000;
const KEPT_MS = 3_600_000;

/** The last faces that were not taken, of each camera for an hour, in memory only. */
export interface RefusedFaces {
  add(camera: string, at: Date, face: FoundFace & { readonly failed: Gate }, gates: Gates): void;
  /** Newest first; of one camera, if given. */
  list(camera?: string): RefusedFace[];
  /** JPEG; null: it is not kept, or not any more. */
  thumbnail(id: string): Uint8Array | null;
  /** Forgets all. */
  clear(): void;
}

interface Kept {
  readonly face: RefusedFace;
  readonly thumbnail: Uint8Array;
  readonly untilMs: number;
}

export function createRefusedFaces(clock: Clock): RefusedFaces {
  /** By id, oldest first. */
  const kept = new Map<string, Kept>();
  let cancel: (() => void) | null = null;

  /** Forgets those whose time is over, also when no one asks. */
  function forget(): void {
    cancel?.();
    cancel = null;
    const nowMs = clock.monotonicMs();
    for (const [id, { untilMs }] of kept) {
      if (untilMs > nowMs) {
        cancel = clock.after(untilMs - nowMs, forget);
        return;
      }
      kept.delete(id);
    }
  }

  return {
    add(camera, at, found, gates) {
      const face: RefusedFace = { id: randomBytes(8).toString("hex"), camera, at, ...toReason(found, gates) };
      kept.set(face.id, { face, thumbnail: found.thumbnail, untilMs: clock.monotonicMs() + KEPT_MS });
      const ofCamera = [...kept.values()].filter((one) => one.face.camera === camera);
      for (const { face: old } of ofCamera.slice(0, -MOST_AT_CAMERA)) kept.delete(old.id);
      for (const id of [...kept.keys()].slice(0, -MOST)) kept.delete(id);
      forget();
    },
    list(camera) {
      const faces = [...kept.values()].map((one) => one.face).reverse();
      return camera === undefined ? faces : faces.filter((face) => face.camera === camera);
    },
    thumbnail: (id) => kept.get(id)?.thumbnail ?? null,
    clear() {
      cancel?.();
      kept.clear();
    },
  };
}

function toReason(
  { failed, score, norm, box }: FoundFace & { readonly failed: Gate },
  gates: Gates,
): Omit<RefusedFace, "id" | "camera" | "at"> {
  const facePx = Math.min(box.width, box.height);
  const reasons = {
    score: { value: score, needed: gates.minScore },
    size: { value: facePx, needed: gates.minFacePx },
    norm: { value: norm ?? 0, needed: gates.minNorm },
  } as const;
  return { gate: failed, ...reasons[failed], score, facePx, norm, box };
}
