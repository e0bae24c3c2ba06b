/** What was done to a group since the list was loaded. It stays where it is, faded, until the grid is tidied up. */
export type Done =
  | { readonly kind: "named"; readonly name: string; readonly settled: boolean }
  | { readonly kind: "ignored" | "merged" | "gone"; readonly settled: boolean };

/** By id of the group. */
export type DoneGroups = ReadonlyMap<string, Done>;

/** A copy in which the groups are done. */
export function withDone(done: DoneGroups, ids: readonly string[], what: Done): DoneGroups {
  return new Map([...done, ...ids.map((id) => [id, what] as const)]);
}

/** A copy without these groups; the same when none of them is in it. */
export function withoutDone(done: DoneGroups, ids: readonly string[]): DoneGroups {
  if (!ids.some((id) => done.has(id))) return done;
  return new Map([...done].filter(([id]) => !ids.includes(id)));
}

/** Those that the daemon has answered. */
export const settledIds = (done: DoneGroups): string[] =>
  [...done].flatMap(([id, { settled }]) => (settled ? [id] : []));
