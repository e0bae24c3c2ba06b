type CamelKey<K extends string> = K extends `${infer Head}_${infer Tail}` ? `${Head}${Capitalize<CamelKey<Tail>>}` : K;

/** `T` with all keys in camelCase, read-only all the way down. */
export type Camelized<T> = T extends readonly (infer Item)[]
  ? readonly Camelized<Item>[]
  : T extends object
    ? { readonly [K in keyof T as CamelKey<K & string>]: Camelized<T[K]> }
    : T;

/** Maps all keys from snake_case to camelCase. */
export function camelize<T>(value: T): Camelized<T> {
  const camel = (any: unknown): unknown => {
    if (Array.isArray(any)) return any.map(camel);
    if (any === null || typeof any !== "object") return any;
    return Object.fromEntries(Object.entries(any).map(([key, inner]) => [toCamelKey(key), camel(inner)]));
  };
  return camel(value) as Camelized<T>;
}

function toCamelKey(key: string): string {
  return key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
