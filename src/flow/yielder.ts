/** Longest that one piece of work may hold the event loop. */
const SLICE_MS = 8;

/** Gives the event loop to others once this work has held it for a while; await it between small pieces of work. */
export function createYielder(): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < SLICE_MS) return;
    await new Promise(setImmediate);
    since = performance.now();
  };
}
