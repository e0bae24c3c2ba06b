/** An unknown person who came more than once. Goes with the last visit, or when named. */
export interface Stranger {
  /** Lasting; made from the number. */
  readonly strangerId: string;
  /** Counts up from 1; never given twice. */
  readonly number: number;
  readonly model: string;
  readonly visits: number;
  readonly cameras: readonly string[];
  readonly firstSeen: Date;
  readonly lastSeen: Date;
  /** The face that shows them best; null: it is gone. */
  readonly bestFace: number | null;
}
