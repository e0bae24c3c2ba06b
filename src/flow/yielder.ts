/** Longest time that one computation holds the event loop. */
const SLICE_MS = 8;

/** Yields to the event loop once the caller has held it for 8 ms; await it between small steps of a long computation. */
export function createYielder(): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < SLICE_MS) return;
    await new Promise(setImmediate);
    since = performance.now();
  };
}
