/** A face whose person is known. */
export interface LabelledFace {
  readonly id: string;
  /** Who it really is. */
  readonly person: string;
  /** Faces with the same one were seen in one visit; null: unknown. */
  readonly visit: string | null;
  /** What made the encoding; missing: dlib. */
  readonly model?: string;
  readonly encoding: Float32Array;
}

/** A count of trials, and of those that went one way. */
export interface Tally {
  part: number;
  whole: number;
}

/**
 * How well groups agree with who the faces are. Over pairs of faces: `precision`, of those that share a group, the share of
 * one person; `recall`, of those of one person, the share in one group; `f1`, their harmonic mean. `purity`: share of faces
 * that are of their group's majority. `alone`: groups of one face.
 */
export interface Agreement {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly purity: number;
  readonly groups: number;
  readonly alone: number;
}

/** Grouping at one `discovery.threshold`, as discovered and with every proposed split accepted. */
export interface GroupingRow {
  readonly threshold: number;
  readonly plain: Agreement;
  readonly split: Agreement & { readonly splits: number };
}

/** The panel's help after `people` groups were named. */
export interface HelpRow {
  readonly people: number;
  /** `discovery.threshold` */
  readonly discoverAt: number;
  /** Every proposed split was accepted before naming. */
  readonly splits: boolean;
  /** Suggestions of this level that are right: 80 % or more of the group's faces are that person. */
  readonly sure: Tally;
  readonly perhaps: Tally;
  /** Faces offered for claiming that are that person's. */
  readonly claims: Tally;
  /** Waiting groups of three or more that are a named person's and carry the right suggestion. */
  readonly groups: Tally;
  /** Faces of named people that came after the naming and are recognized (careful, by a single look) or offered. */
  readonly later: Tally;
  /** Of these, offered. */
  readonly offered: Tally;
}

/** What visits got at any moment. */
export interface Outcome {
  /** Visits of enrolled people that got their name and no other. */
  readonly known: Tally;
  /** Visits of enrolled people that got another's name. */
  readonly wrong: Tally;
  /** Visits of others that got a name. */
  readonly strangers: Tally;
}

/** Recognition of visits of `length` faces with `people` people enrolled. */
export interface RecognitionRow {
  readonly people: number;
  /** `discovery.threshold` of the groups that were named. */
  readonly discoverAt: number;
  readonly length: number;
  readonly threshold: number;
  /** Each face by itself. */
  readonly classic: Outcome;
  /** `min_faces` as many as the visit has, at most 3. */
  readonly careful: Outcome;
  /** Careful with the default of `min_faces`: long visits are decided sooner. */
  readonly byDefault: Outcome;
}

/** What `bench/quality.mjs --json` writes. */
export interface Quality {
  /** `visits`: which faces are of one visit is known. */
  readonly data: {
    readonly faces: number;
    readonly people: number;
    readonly visits: boolean;
    /** What made the encodings; missing: dlib. */
    readonly model?: string;
  };
  readonly draws: number;
  readonly seed: number;
  /** `recognition.threshold` of the tables. */
  readonly threshold: number;
  /** `discovery.threshold` of the charts and of README's table. */
  readonly discoverAt: number;
  readonly grouping: readonly GroupingRow[];
  readonly help: readonly HelpRow[];
  readonly recognition: readonly RecognitionRow[];
}
