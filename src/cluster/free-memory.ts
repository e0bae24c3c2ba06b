import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

let collect: (() => void) | null = null;

/**
 * Frees what the calling thread no longer uses, now. A WebAssembly memory weighs next to nothing in the JavaScript heap: a
 * thread that waits would keep all that it ever had. Takes some 10 ms, and makes what runs next a little slower.
 */
export function freeMemory(): void {
  setFlagsFromString("--expose-gc");
  collect ??= runInNewContext("gc") as () => void;
  collect();
}
