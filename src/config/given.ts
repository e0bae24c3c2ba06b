/** A configured value and its location. */
export interface Given {
  readonly value: unknown;
  readonly source: "file" | "env";
  /** Its location, for messages: `config.yaml:12` or the variable. `path` leads into a list or map. */
  at(path?: readonly (string | number)[]): string;
}

/** All configured values by key (`mqtt.url`), and all problems as sentences with their location. */
export interface Reading {
  readonly given: ReadonlyMap<string, Given>;
  readonly problems: readonly string[];
}
