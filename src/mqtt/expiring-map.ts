import type { Clock } from "../domain/clock.ts";

export interface ExpiringMapDeps {
  readonly ms: number;
  readonly clock: Clock;
  /** Called when `ms` have passed since the key was last set; then it is gone. */
  readonly onEnd: (key: string) => void;
}

/** What was seen lately, by key: each value is there until `ms` after it was last set. */
export interface ExpiringMap<T> {
  get(key: string): T | undefined;
  /** All that are there, by key. */
  entries(): readonly (readonly [key: string, value: T])[];
  set(key: string, value: T): void;
  /** Both end without `onEnd`. */
  delete(key: string): void;
  clear(): void;
}

export function createExpiringMap<T>({ ms, clock, onEnd }: ExpiringMapDeps): ExpiringMap<T> {
  const present = new Map<string, { readonly value: T; readonly cancel: () => void }>();

  function remove(key: string): void {
    present.get(key)?.cancel();
    present.delete(key);
  }

  return {
    get: (key) => present.get(key)?.value,
    entries: () => [...present].map(([key, { value }]) => [key, value]),
    set(key, value) {
      remove(key);
      const cancel = clock.after(ms, () => {
        present.delete(key);
        onEnd(key);
      });
      present.set(key, { value, cancel });
    },
    delete: remove,
    clear() {
      for (const key of [...present.keys()]) remove(key);
    },
  };
}
