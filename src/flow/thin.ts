import { chooseThinned, type Thinning } from "../cluster/choose-thinned.ts";
import type { Clock } from "../domain/clock.ts";
import type { Settings } from "../domain/settings.ts";
import type { FaceToThin } from "../store/port/thinning.ts";
import type { Store } from "../store/port.ts";

/** A face may come so late, and still be of a visit. */
const LATE_MS = 600_000;
/** Visits between which their frames are deleted and listeners hear of it. */
const BATCH = 200;

export interface ThinDeps {
  readonly store: Pick<Store, "visitsToThin" | "facesToThin" | "thin" | "endThinning">;
  /** At which distance; null: never. */
  readonly distance: number | null;
  readonly settings: () => Settings;
  readonly clock: Clock;
  /** Whether to stop before the next visit. */
  readonly isStopping: () => boolean;
  /** Faces that went, with the frames that only they had; after each batch of visits. */
  readonly onGone: (faces: readonly FaceToThin[]) => Promise<void>;
}

/** Thins all ended visits that were not yet. One visit is one transaction, and the event loop goes on in between. Answers how many faces went. */
export async function thinEndedVisits(deps: ThinDeps): Promise<number> {
  const { store, settings, clock, isStopping, onGone } = deps;
  if (deps.distance === null) return 0;
  // The threshold may have been lowered since the configuration was read: two people are never nearer than half of it.
  const distance = Math.min(deps.distance, settings()["discovery.threshold"] / 2);
  const waitMs = Math.max(LATE_MS, 2_000 * settings()["recognition.visit_seconds"]);
  let count = 0;
  while (!isStopping()) {
    const visits = await store.visitsToThin(distance, new Date(clock.now().getTime() - waitMs));
    for (let start = 0; start < visits.length && !isStopping(); start += BATCH) {
      const gone: FaceToThin[] = [];
      for (const visitId of visits.slice(start, start + BATCH)) {
        if (isStopping()) break;
        gone.push(...(await thinOne(visitId, distance)));
      }
      count += gone.length;
      if (gone.length > 0) await onGone(gone);
    }
    if (visits.length === 0) break;
  }
  await store.endThinning(count);
  return count;

  async function thinOne(visitId: string, at: number): Promise<FaceToThin[]> {
    await new Promise(setImmediate);
    const faces = await store.facesToThin(visitId);
    const thinnings: Thinning[] = [];
    for (const step of chooseThinned(faces, at)) {
      thinnings.push(...step);
      await new Promise(setImmediate);
    }
    const deleted = new Set(await store.thin(visitId, at, thinnings));
    return faces.filter((face) => deleted.has(face.id));
  }
}
