import type { JournalKind, JournalRows } from "./journal-rows.ts";

/**
 * How a change touches a row. Two changes that touch the same row stand in each other's way unless both only refer to it;
 * `shown`: it is in the history's pictures only.
 */
export const TOUCH = { shown: 0, refers: 1, writes: 2 } as const;

export type Touch = (typeof TOUCH)[keyof typeof TOUCH];

/** A row that a change touched, as a text: {@link rowKey}. */
export interface RowKey {
  readonly key: string;
  readonly touch: Touch;
}

/**
 * The keys of rows. `name` and `portrait` are apart from `person`, and `match` from `face`: renaming and assigning, or
 * recognizing and assigning, are independent.
 */
export const rowKey = {
  person: (ref: number) => `p${ref}`,
  name: (ref: number) => `n${ref}`,
  portrait: (ref: number) => `q${ref}`,
  encoding: (id: number) => `e${id}`,
  face: (id: number) => `f${id}`,
  match: (faceId: number) => `m${faceId}`,
  visit: (id: number) => `v${id}`,
  example: (id: number) => `x${id}`,
  rejection: (personRef: number, faceId: number) => `r${personRef}.${faceId}`,
  cluster: (id: string) => `c${id}`,
} as const;

const writes = (key: string): RowKey => ({ key, touch: TOUCH.writes });
const refers = (key: string): RowKey => ({ key, touch: TOUCH.refers });
const toPerson = (ref: number | null | undefined): RowKey[] =>
  ref === null || ref === undefined ? [] : [refers(rowKey.person(ref))];

const KEYS: { readonly [K in JournalKind]: (row: JournalRows[K]) => readonly RowKey[] } = {
  person: ({ ref, renamed }) =>
    renamed === true
      ? [refers(rowKey.person(ref)), writes(rowKey.name(ref))]
      : [writes(rowKey.person(ref)), writes(rowKey.name(ref))],
  portrait: ({ ref, face }) => [
    refers(rowKey.person(ref)),
    writes(rowKey.portrait(ref)),
    ...(face === null ? [] : [{ key: rowKey.face(face), touch: TOUCH.shown }]),
  ],
  // A newer sighting is never overwritten, so that none is in the way.
  sighting: () => [],
  encoding: ({ id, was }) => [writes(rowKey.encoding(id)), ...toPerson(was?.personRef)],
  owner: ({ encodingId, personRef }) => [writes(rowKey.encoding(encodingId)), ...toPerson(personRef)],
  faces: (rows) =>
    rows.flatMap(([id, person, , matched]) => [
      writes(rowKey.face(id)),
      ...toPerson(person),
      // A face that is a person's is not denied to be.
      ...(person === null ? [] : [refers(rowKey.rejection(person, id))]),
      // Version 0.1 kept the match with the face.
      ...(matched === undefined ? [] : [writes(rowKey.match(id)), ...toPerson(matched)]),
    ]),
  // The faces themselves are kept with them.
  further: () => [],
  matches: (rows) => rows.flatMap(([id, person]) => [writes(rowKey.match(id)), ...toPerson(person)]),
  rejections: (rows) =>
    rows.flatMap(({ personRef, faceId }) => [
      writes(rowKey.rejection(personRef, faceId)),
      { key: rowKey.face(faceId), touch: TOUCH.shown },
      ...toPerson(personRef),
    ]),
  example: ({ id, was }) => [writes(rowKey.example(id)), ...toPerson(was?.personRef)],
  visits: (rows) => rows.flatMap(([id, , person]) => [writes(rowKey.visit(id)), ...toPerson(person)]),
  cluster: ({ id, flagged }) => [{ key: rowKey.cluster(id), touch: flagged === true ? TOUCH.writes : TOUCH.refers }],
  members: (rows) => rows.map(({ faceId }) => writes(rowKey.face(faceId))),
};

/** The rows that an undo row is of, and those that it refers to. */
export function keysOf<K extends JournalKind>(kind: K, row: JournalRows[K]): readonly RowKey[] {
  return KEYS[kind](row);
}
