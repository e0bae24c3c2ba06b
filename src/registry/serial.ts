/** Runs one thing after another, and lets callers share a run that has not begun. */
export interface Turns {
  /** Runs when everything before has ended. */
  run<T>(work: () => Promise<T>): Promise<T>;
  /** Resolves when a run of `share`d work that began after this call has ended, or at the next `release`. */
  join(): Promise<void>;
  /** Lets all who wait in `join` go on now; their run still comes. */
  release(): void;
  /** When nothing is left to do. */
  idle(): Promise<void>;
}

/** @param shared The work that `join` waits for; must not reject. */
export function createTurns(shared: () => Promise<void>): Turns {
  let last: Promise<unknown> = Promise.resolve();
  let waiting: (() => void)[] = [];
  const served = new Set<() => void>();

  function run<T>(work: () => Promise<T>): Promise<T> {
    const result = last.then(work);
    last = result.catch(() => undefined);
    return result;
  }

  return {
    run,
    join() {
      return new Promise((resolve) => {
        waiting.push(resolve);
        if (waiting.length > 1) return;
        void run(async () => {
          const mine = waiting;
          waiting = [];
          for (const go of mine) served.add(go);
          await shared();
          for (const go of mine) {
            served.delete(go);
            go();
          }
        });
      });
    },
    release() {
      for (const go of [...waiting, ...served]) go();
      // `waiting` itself is left: its run has been asked for, and going on twice does nothing.
    },
    async idle() {
      await last;
    },
  };
}
