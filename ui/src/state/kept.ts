/** What a page keeps over a reload, such as half-typed names and what is selected: in the browser's session. */
export interface Kept<T> {
  /** Undefined: nothing is kept, or it cannot be read. */
  get(): T | undefined;
  /** Undefined forgets it. */
  set(value: T | undefined): void;
}

/** @param key Of the page and of what is kept: `unknown.selected`, `group.<id>.out`. */
export function createKept<T>(key: string, storage: () => Storage = () => sessionStorage): Kept<T> {
  const name = `faces2mqtt.${key}`;
  return {
    get() {
      try {
        const text = storage().getItem(name);
        return text === null ? undefined : (JSON.parse(text) as T);
      } catch {
        // Another site's frame may have no storage, and another version may have kept something else.
        return undefined;
      }
    },
    set(value) {
      try {
        if (value === undefined) storage().removeItem(name);
        else storage().setItem(name, JSON.stringify(value));
      } catch {
        // Without storage a reload forgets.
      }
    },
  };
}
