import type { Clock } from "../../domain/clock.ts";
import { FacesError } from "../../domain/errors.ts";
import type { Bus } from "../../domain/events.ts";
import type { Log } from "../../domain/log.ts";
import {
  type Embedder,
  type Gates,
  PictureError,
  type PictureFaces,
  type TakeSnapshot,
  toSnapshotId,
} from "../../domain/pictures/snapshot.ts";
import type { SnapshotsState } from "../../domain/pictures/snapshots-state.ts";
import type { Settings } from "../../domain/settings.ts";
import type { KeptPictures } from "../../frames/kept-pictures.ts";
import type { Store } from "../../store/port.ts";
import type { Ingest } from "../ingest.ts";
import { createPictureQueue, type WaitingPicture } from "./picture-queue.ts";
import { createRefusedFaces, type RefusedFaces } from "./refused-faces.ts";
import { createSeenPictures } from "./seen-pictures.ts";
import { createPictureTally } from "./tally.ts";
import { toCapturedAt, toIncomingFace, toPassedFaces, toUid } from "./to-faces.ts";

/** What waits when the daemon stops may still be looked at for so long. */
const STOP_MS = 2_000;
/** What can go wrong, and as which problem it is reported. */
const CODES = { looking: "PICTURES_NOT_READ", keeping: "PICTURES_NOT_KEPT", storing: "FACES_NOT_STORED" } as const;

export interface SnapshotsDeps {
  readonly embedder: Pick<Embedder, "embed" | "workers" | "runtime">;
  /** What makes the encodings. */
  readonly model: string;
  readonly kept: Pick<KeptPictures, "keep">;
  readonly store: Pick<Store, "knownUids">;
  readonly ingest: Pick<Ingest, "faces">;
  readonly settings: () => Settings;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly log: Pick<Log, "warn" | "error">;
}

/** The flow of every picture: queue → find and encode faces → gates → keep the picture → ingest of its faces. */
export interface Snapshots {
  readonly take: TakeSnapshot;
  state(): SnapshotsState;
  readonly refused: Pick<RefusedFaces, "list" | "thumbnail">;
  /** Takes no more, and lets what waits finish for 2 s; the rest is given up. */
  stop(): Promise<void>;
}

/**
 * As many pictures at once as there are workers; the faces of a camera are stored in the order of its pictures. What goes
 * wrong with one picture is counted and reported, and the next one goes on.
 */
export function createSnapshots(deps: SnapshotsDeps): Snapshots {
  const { embedder, model, kept, store, ingest, settings, bus, clock, log } = deps;
  const tally = createPictureTally();
  const refused = createRefusedFaces(clock);
  const seen = createSeenPictures();
  const queue = createPictureQueue(({ snapshot, snapshotId }) => {
    tally.count(snapshot.camera, "dropped");
    seen.forget(snapshotId);
  });
  /** Looked at just now. */
  const underWay = new Set<Promise<void>>();
  /** By camera: settled when the faces of its pictures so far are stored. */
  const stored = new Map<string, Promise<void>>();
  let stopped = false;
  // Other gates may let faces pass that the same picture was refused for.
  const stopListening = bus.on("settings", seen.clear);

  /** By what goes wrong: what was reported last. */
  const problems = new Map<string, string | null>();

  function report(what: keyof typeof CODES, message: string | null): void {
    if ((problems.get(what) ?? null) === message) return;
    problems.set(what, message);
    bus.emit("problem", { source: `pictures: ${what}`, code: CODES[what], message });
  }

  function wake(): void {
    while (underWay.size < embedder.workers) {
      const picture = queue.next();
      if (!picture) return;
      const work = process(picture).finally(() => {
        underWay.delete(work);
        wake();
      });
      underWay.add(work);
    }
  }

  async function process(picture: WaitingPicture): Promise<void> {
    const { camera } = picture.snapshot;
    const start = clock.monotonicMs();
    const gates = toGates(settings());
    const looking = look(picture, gates);
    const before = stored.get(camera);
    const storing = (async () => {
      await before;
      const found = await looking;
      if (found) await settle(picture, found, gates);
    })();
    stored.set(camera, storing);
    await storing;
    if (stored.get(camera) === storing) stored.delete(camera);
    bus.emit("measured", { what: "picture", seconds: (clock.monotonicMs() - start) / 1000, count: 1 });
  }

  /** null: it could not be looked at. */
  async function look({ snapshot, snapshotId }: WaitingPicture, gates: Gates): Promise<PictureFaces | null> {
    const { camera, picture } = snapshot;
    try {
      const found = await embedder.embed(picture, gates);
      report("looking", null);
      return found;
    } catch (error) {
      if (stopped && !(error instanceof PictureError)) {
        // It is given up, as what waits is: that is no problem.
        tally.count(camera, "dropped");
        return null;
      }
      tally.count(camera, "failed");
      const { message } = error as Error;
      log.warn({ camera, snapshot_id: snapshotId, reason: message }, "a picture could not be looked at");
      if (error instanceof PictureError) return null;
      seen.forget(snapshotId);
      report("looking", error instanceof FacesError ? message : `pictures cannot be looked at: ${message}`);
      return null;
    }
  }

  async function settle(picture: WaitingPicture, found: PictureFaces, gates: Gates): Promise<void> {
    const { snapshot, snapshotId, at } = picture;
    const { camera } = snapshot;
    const { faces } = found;
    if (faces.length === 0) tally.count(camera, "noFace");
    for (const face of faces) {
      const { failed } = face;
      if (failed === null) continue;
      tally.count(camera, failed);
      refused.add(camera, toCapturedAt(snapshot.capturedAt, at), { ...face, failed }, gates);
    }
    const passed = toPassedFaces(faces);
    if (passed.length === 0) return;
    try {
      const known = new Set(await store.knownUids(passed.map(({ n }) => toUid(snapshotId, n))));
      const fresh = passed.filter(({ n }) => !known.has(toUid(snapshotId, n)));
      if (fresh.length === 0) return tally.count(camera, "known");
      const copy = await keep(picture);
      const shared = { picture, found, model, source: copy?.source ?? null, now: clock.now() };
      await ingest.faces(fresh.map((one) => toIncomingFace(one, shared))).then(
        () => copy?.needed(),
        async (error: unknown) => {
          await copy?.drop();
          throw error;
        },
      );
      for (const _ of fresh) tally.count(camera, "faces");
      report("storing", null);
    } catch (error) {
      tally.count(camera, "failed");
      seen.forget(snapshotId);
      report("storing", `faces of pictures cannot be stored: ${(error as Error).message}`);
    }
  }

  /** null: it could not be kept. Its faces are stored all the same: who is at the door matters more. */
  async function keep({
    snapshot,
    snapshotId,
    at,
  }: WaitingPicture): Promise<Awaited<ReturnType<KeptPictures["keep"]>> | null> {
    const { camera, picture, capturedAt } = snapshot;
    try {
      const copy = await kept.keep({ camera, snapshotId, picture, at: toCapturedAt(capturedAt, at) });
      report("keeping", null);
      return copy;
    } catch (error) {
      report("keeping", `pictures cannot be kept: ${(error as Error).message}`);
      return null;
    }
  }

  return {
    take(snapshot, whenFull) {
      const { camera, picture } = snapshot;
      const snapshotId = toSnapshotId(camera, picture);
      const isKnown = seen.has(snapshotId);
      const isTaken = !isKnown && !stopped && queue.add({ snapshot, snapshotId, at: clock.now() }, whenFull);
      // A sender that is answered "full" still has the picture, and may ask again.
      if (!isKnown && !isTaken && whenFull === "refuse") return { snapshotId, outcome: "full" };
      tally.count(camera, "pictures");
      if (!isTaken) tally.count(camera, isKnown ? "known" : "dropped");
      if (isKnown) return { snapshotId, outcome: "known" };
      if (!isTaken) return { snapshotId, outcome: "full" };
      seen.add(snapshotId);
      wake();
      return { snapshotId, outcome: "queued" };
    },
    state: () => ({
      model,
      runtime: embedder.runtime,
      workers: embedder.workers,
      queue: queue.size,
      cameras: [...tally.read()].map(([camera, counts]) => ({ camera, ...counts, queue: queue.sizeOf(camera) })),
    }),
    refused,
    async stop() {
      stopped = true;
      stopListening();
      const late = new Promise<void>((done) => clock.after(STOP_MS, done));
      const idle = (async () => {
        while (underWay.size > 0) await Promise.allSettled(underWay);
      })();
      await Promise.race([idle, late]);
      queue.clear();
      refused.clear();
    },
  };
}

function toGates(settings: Settings): Gates {
  return {
    minScore: settings["snapshots.min_score"],
    minFacePx: settings["snapshots.min_face_px"],
    minNorm: settings["snapshots.min_norm"],
  };
}
