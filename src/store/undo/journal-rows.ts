/**
 * What the journal keeps of each row that a change touched: of one that stands as it was before, of one that is undone as
 * it was before the undo. `was` is null for a row that was not there.
 */
export interface JournalRows {
  readonly person: {
    readonly ref: number;
    /** The change gave a name to a person who stays. */
    readonly renamed?: boolean;
    readonly was: {
      readonly personId: string;
      readonly name: string;
      readonly key: string;
      readonly sighting: Sighting;
      /** Missing: of a change made by 0.1. */
      readonly portrait?: number | null;
    } | null;
  };
  /** The face that was chosen as a person's portrait. */
  readonly portrait: { readonly ref: number; readonly face: number | null };
  /** A last sighting that the change itself replaced: restored unless a newer one came since. */
  readonly sighting: { readonly ref: number; readonly was: Sighting; readonly became: Sighting };
  /** The bytes are kept in {@link JournalEntry}. */
  readonly encoding: {
    readonly id: number;
    readonly was: {
      readonly personRef: number;
      readonly source: string;
      readonly sources: string;
      readonly count: number;
      /** Missing: of a change made by 0.1. */
      readonly variance?: number | null;
      readonly correction?: number;
      readonly model?: string;
    } | null;
  };
  readonly owner: { readonly encodingId: number; readonly personRef: number };
  readonly faces: readonly FaceBefore[];
  /** Of the faces in an entry of `faces`: the enrolled encodings that their further encodings have a part in. */
  readonly further: readonly FurtherBefore[];
  readonly matches: readonly MatchBefore[];
  readonly rejections: readonly RejectionBefore[];
  /** The bytes are kept in {@link JournalEntry}. */
  readonly example: {
    readonly id: number;
    readonly was: {
      readonly personRef: number;
      readonly model: string;
      readonly count: number;
      readonly plainLength?: number | null;
    } | null;
  };
  /** Whose visits they were. A stranger who went with the last visit is restored with it. */
  readonly visits: readonly VisitBefore[];
  /** A cluster that is not ignored is restored only while its discovery is the last one. */
  readonly cluster: {
    readonly id: string;
    readonly ignored: boolean;
    /** Missing: dlib, of a change made by 0.1. */
    readonly model?: string;
    readonly discovery: string | null;
    /** The change ignored it or brought it back; otherwise only its members changed. */
    readonly flagged?: boolean;
    /** The change made it. */
    readonly made?: boolean;
    /** It was not there. */
    readonly gone?: boolean;
  };
  readonly members: readonly MemberBefore[];
}

/** A face's membership; `cluster` null: in none. `side` is missing in what version 0.1 kept. */
export interface MemberBefore {
  readonly faceId: number;
  readonly cluster: string | null;
  readonly rank: number;
  readonly side?: 0 | 1 | null;
}

export type JournalKind = keyof JournalRows;

/** id, person, encoding; version 0.1 also kept the matched person and the matched distance here. */
export type FaceBefore = readonly [
  id: number,
  person: number | null,
  encoding: number | null,
  matched?: number | null,
  distance?: number | null,
];

/** face, model, encoding */
export type FurtherBefore = readonly [face: number, model: string, encoding: number | null];

/** id, matched person, matched distance */
export type MatchBefore = readonly [id: number, person: number | null, distance: number | null];

/** id, state, person, distance, stranger (number, id, model) */
export type VisitBefore = readonly [
  number,
  string,
  number | null,
  number | null,
  number | null,
  string | null,
  string | null,
];

/** "Not this person", of a face; `example` is its counter-example, which version 0.1 did not have. */
export interface RejectionBefore {
  readonly personRef: number;
  readonly faceId: number;
  readonly was: boolean;
  readonly example?: number | null;
}

/** A person's last sighting; `face` is a face id. */
export interface Sighting {
  readonly at: string | null;
  readonly camera: string | null;
  readonly distance: number | null;
  readonly face: number | null;
}

/** One kept row. */
export type JournalEntry = {
  readonly [K in JournalKind]: { readonly kind: K; readonly row: JournalRows[K]; readonly bytes: Buffer | null };
}[JournalKind];

/** Entries of one kind, in order. */
export function entriesOf<K extends JournalKind>(
  entries: readonly JournalEntry[],
  kind: K,
): Extract<JournalEntry, { kind: K }>[] {
  return entries.filter((entry): entry is Extract<JournalEntry, { kind: K }> => entry.kind === kind);
}
