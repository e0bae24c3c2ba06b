import PQueue from "p-queue";
import type { Clock } from "../domain/clock.ts";
import type { Log } from "../domain/log.ts";

export interface PublicationDeps {
  /** Publishes what has changed since it was called last. */
  readonly publish: () => Promise<void>;
  /** How long changes are gathered, from the first one on, in ms. */
  readonly settleMs: () => number;
  /** What could not be published is logged with this. */
  readonly failure: string;
  readonly clock: Clock;
  readonly log: Pick<Log, "error">;
}

/** Many changes in one moment make one publication; one runs at a time, so that an older one never overtakes a newer one. */
export interface Publication {
  /** To be called at each change. */
  settle(): void;
  /** Publishes now, after what is under way. Never rejects. */
  publish(): Promise<void>;
  /** What has not settled is not published. */
  stop(): void;
}

export function createPublication({ publish, settleMs, failure, clock, log }: PublicationDeps): Publication {
  const queue = new PQueue({ concurrency: 1 });
  let cancelSettle: (() => void) | null = null;

  async function enqueue(): Promise<void> {
    await queue.add(publish).catch((error: unknown) => log.error({ err: error }, failure));
  }

  return {
    settle() {
      cancelSettle ??= clock.after(settleMs(), () => {
        cancelSettle = null;
        void enqueue();
      });
    },
    publish: enqueue,
    stop: () => cancelSettle?.(),
  };
}
