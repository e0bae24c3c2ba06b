/** How many there are of what is stored. */
export interface Counts {
  readonly people: number;
  readonly faces: number;
  readonly unassigned: number;
  readonly assigned: number;
  readonly ignored: number;
  readonly clusters: number;
  readonly thumbnails: number;
  readonly encodings: number;
  readonly counterExamples: number;
  readonly databaseBytes: number;
}

/** The figures that are published: what is stored, how many messages were rejected, how fast faces come. */
export interface Stats {
  /** `clusters` counts those that wait for a name: not those that are more of a known person. */
  readonly counts: Counts;
  readonly rejected: number;
  readonly lastDiscovery: Date | null;
  /** The sentence of the first open problem; null when there is none. */
  readonly problem: string | null;
  readonly facesPerMinute: number;
}
