/** Longest that one piece of work has the event loop to itself. */
const TURN_MS = 8;

/** Lets others have the event loop whenever this has had it for a while; to be awaited between small pieces of work. */
export function createTurns(): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < TURN_MS) return;
    await new Promise(setImmediate);
    since = performance.now();
  };
}
