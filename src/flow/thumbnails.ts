import type { Bus } from "../domain/events.ts";
import type { Box } from "../domain/face.ts";
import type { Log } from "../domain/log.ts";
import type { PendingThumbnail } from "../store/port/faces.ts";
import type { Store } from "../store/port.ts";

/** Read at a time; each may hold a picture of up to a megabyte. */
const BATCH = 16;

export interface ThumbnailDeps {
  readonly store: Pick<Store, "pendingThumbnails" | "saveThumbnail">;
  readonly readFrame: (source: string) => Promise<Uint8Array | null>;
  readonly makeThumbnail: (image: Uint8Array, box: Box | null) => Promise<Uint8Array>;
  readonly bus: Bus;
  readonly log: Pick<Log, "warn" | "error">;
}

/** Makes the thumbnails of stored faces, one after another; no face waits for its own. */
export interface Thumbnails {
  /** Makes those that an earlier run left undone, then follows new faces. */
  start(): void;
  /** Lets the one under way finish. */
  stop(): Promise<void>;
}

/** A thumbnail that cannot be made is logged, and not tried again. */
export function createThumbnails({ store, readFrame, makeThumbnail, bus, log }: ThumbnailDeps): Thumbnails {
  let working: Promise<void> | null = null;
  let again = false;
  let stopped = false;
  let unsubscribe: (() => void) | null = null;

  async function makeOne(pending: PendingThumbnail): Promise<void> {
    let jpeg: Uint8Array | null = null;
    try {
      jpeg = pending.image ? await makeThumbnail(pending.image, null) : await fromFrame(pending);
    } catch (error) {
      log.warn({ face_id: pending.faceId, reason: String(error) }, "the thumbnail of a face could not be made");
    }
    await store.saveThumbnail(pending.faceId, jpeg);
    if (jpeg) bus.emit("thumbnail", { faceId: pending.faceId });
  }

  async function fromFrame({ source, box }: PendingThumbnail): Promise<Uint8Array | null> {
    if (source === null || box === null) return null;
    const frame = await readFrame(source);
    return frame && (await makeThumbnail(frame, box));
  }

  async function work(): Promise<void> {
    do {
      again = false;
      for (;;) {
        const batch = await store.pendingThumbnails(BATCH);
        if (batch.length === 0 || stopped) break;
        for (const pending of batch) {
          if (stopped) return;
          await makeOne(pending);
        }
      }
    } while (again && !stopped);
  }

  function wake(): void {
    again = true;
    if (working || stopped) return;
    working = work()
      .catch((error: unknown) => log.error({ err: error }, "making thumbnails failed; it resumes with the next face"))
      .finally(() => {
        working = null;
      });
  }

  return {
    start() {
      unsubscribe = bus.on("face", wake);
      wake();
    },
    async stop() {
      stopped = true;
      unsubscribe?.();
      await working;
    },
  };
}
