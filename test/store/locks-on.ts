import { existsSync, readFileSync, statSync } from "node:fs";

/** Whether this system tells who holds which lock. */
export const tellsLocks = existsSync("/proc/locks");

/** Locks that this process holds on the file. */
export function locksOn(file: string): string[] {
  const place = new RegExp(`POSIX .* ${process.pid} [0-9a-f:]+:${statSync(file).ino} `);
  return readFileSync("/proc/locks", "utf8")
    .split("\n")
    .filter((line) => place.test(line));
}
