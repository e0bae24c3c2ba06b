import { existsSync, readFileSync, statSync } from "node:fs";

/** Whether this system lists the locks on files. */
export const listsLocks = existsSync("/proc/locks");

/** Locks that this process holds on the file. */
export function locksOn(file: string): string[] {
  const pattern = new RegExp(`POSIX .* ${process.pid} [0-9a-f:]+:${statSync(file).ino} `);
  return readFileSync("/proc/locks", "utf8")
    .split("\n")
    .filter((line) => pattern.test(line));
}
