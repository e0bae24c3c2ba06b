/** What a change keeps of the rows it touches, as they were before it. `null` where there was no row. */
export interface JournalRows {
  readonly person: {
    readonly ref: number;
    readonly was: {
      readonly personId: string;
      readonly name: string;
      readonly key: string;
      readonly sighting: Sighting;
    } | null;
  };
  /** A last sighting that the change itself replaced: taken back only while nothing newer came. */
  readonly sighting: { readonly ref: number; readonly was: Sighting; readonly became: Sighting };
  /** The bytes stand beside it. */
  readonly encoding: {
    readonly id: number;
    readonly was: {
      readonly personRef: number;
      readonly source: string;
      readonly sources: string;
      readonly count: number;
    } | null;
  };
  readonly owner: { readonly encodingId: number; readonly personRef: number };
  readonly faces: readonly FaceBefore[];
  readonly rejections: readonly { readonly personRef: number; readonly faceId: number; readonly was: boolean }[];
  /** A waiting group is only made again while the discovery that it belongs to is still the last. */
  readonly cluster: { readonly id: string; readonly ignored: boolean; readonly discovery: string | null };
  readonly members: readonly { readonly faceId: number; readonly cluster: string; readonly rank: number }[];
}

export type JournalKind = keyof JournalRows;

/** id, person, encoding, matched person, matched distance */
export type FaceBefore = readonly [number, number | null, number | null, number | null, number | null];

export interface Sighting {
  readonly at: string | null;
  readonly camera: string | null;
  readonly distance: number | null;
  readonly face: number | null;
}

/** One kept row, as it stands in the journal. */
export type JournalEntry = {
  readonly [K in JournalKind]: { readonly kind: K; readonly row: JournalRows[K]; readonly bytes: Buffer | null };
}[JournalKind];

/** Entries of one kind, as they were kept. */
export function entriesOf<K extends JournalKind>(
  entries: readonly JournalEntry[],
  kind: K,
): Extract<JournalEntry, { kind: K }>[] {
  return entries.filter((entry): entry is Extract<JournalEntry, { kind: K }> => entry.kind === kind);
}
