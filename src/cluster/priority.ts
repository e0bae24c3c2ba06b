import { platform, setPriority } from "node:os";

/** Nice enough that whoever answers requests goes first. */
const NICE = 5;

/**
 * Lets everything else go before the calling thread. On Linux a priority belongs to a thread; elsewhere it would slow
 * the whole process down, so nothing is done. A system that forbids it makes no difference to the result.
 */
export function lowerPriority(): void {
  if (platform() !== "linux") return;
  try {
    setPriority(NICE);
  } catch {
    // Only a courtesy: some sandboxes refuse it, and clustering is as right without.
  }
}
