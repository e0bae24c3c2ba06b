/** A value that somebody set, and where. */
export interface Given {
  readonly value: unknown;
  readonly source: "file" | "env";
  /** Where it stands, for messages: `config.yaml:12` or the variable. `path` leads to a place inside a list. */
  at(path?: readonly (string | number)[]): string;
}

/** What is set, by key (`mqtt.url`), and what is wrong with it, as whole sentences with their place. */
export interface Reading {
  readonly given: ReadonlyMap<string, Given>;
  readonly problems: readonly string[];
}
