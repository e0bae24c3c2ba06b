import type { Bus } from "../../domain/events.ts";
import type { Log } from "../../domain/log.ts";
import type { KeptPictures } from "../../frames/kept-pictures.ts";
import type { Store } from "../../store/port.ts";

export interface SweepPicturesDeps {
  readonly kept: Pick<KeptPictures, "sweep">;
  readonly store: Pick<Store, "otherSources">;
  readonly bus: Bus;
  readonly log: Pick<Log, "info" | "error">;
}

/**
 * Deletes kept pictures that no face refers to: at the start those that a crash left, then those whose faces were erased.
 * Returns how to stop, which lets a run that is under way finish.
 */
export function sweepPictures({ kept, store, bus, log }: SweepPicturesDeps): () => Promise<void> {
  let working: Promise<void> | null = null;
  let again = false;

  async function work(): Promise<void> {
    do {
      again = false;
      const deleted = await kept.sweep(() => store.otherSources([]));
      if (deleted > 0) log.info({ pictures: deleted }, "pictures without a face were deleted");
    } while (again);
  }

  function wake(): void {
    again = true;
    working ??= work()
      .catch((error: unknown) => log.error({ err: error }, "deleting pictures without a face failed"))
      .finally(() => {
        working = null;
      });
  }

  const stopListening = bus.on("erased", wake);
  wake();
  return async () => {
    stopListening();
    again = false;
    await working;
  };
}
