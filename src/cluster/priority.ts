import { platform, setPriority } from "node:os";

/** Niceness at which the threads that answer requests go first. */
const NICE = 5;

/**
 * Lowers the calling thread's priority. Only on Linux, where a priority belongs to a thread; elsewhere it would slow the
 * whole process down.
 */
export function lowerPriority(): void {
  if (platform() !== "linux") return;
  try {
    setPriority(NICE);
  } catch {
    // Some sandboxes forbid it. The result is the same without.
  }
}
