import type { RecognitionProfile } from "../../domain/settings.ts";
import type { OpenVisit } from "../../recognize/open-visit.ts";
import type { StrangerSeen } from "../strangers/live-strangers.ts";
import type { BestFace } from "./best-face.ts";
import { NO_ANSWERS, type Recognized, type Tally } from "./tally.ts";

/** All that is known of a visit that goes on. Immutable, as the visit itself: a batch makes a new one. */
export interface VisitRecord {
  readonly visit: OpenVisit;
  readonly best: BestFace;
  /** The profile that its last face was decided under. */
  readonly profile: RecognitionProfile;
  /** How old its last face was on arrival. */
  readonly ageMs: number;
  /** What its faces were taken for, one by one, under `classic`. */
  readonly tally: Tally;
  /** Whom it was recognized as last. */
  readonly who: Recognized | null;
  /** `person_id` of those whom it was taken for and is not, as a user said. */
  readonly denied: ReadonlySet<string>;
  /** It falls to an ignored group. */
  readonly ignored: boolean;
  /** null: for the first time, or not a stranger. */
  readonly stranger: StrangerSeen | null;
  /** What was said of it, by {@link toSaid}: nothing is published twice. */
  readonly said: ReadonlySet<string>;
}

/** A visit of which nothing is known yet. */
export function toVisitRecord(visit: OpenVisit, best: BestFace): VisitRecord {
  const none = {
    tally: NO_ANSWERS,
    who: null,
    denied: new Set<string>(),
    ignored: false,
    stranger: null,
    said: new Set<string>(),
  };
  return { visit, best, profile: "classic", ageMs: 0, ...none };
}

/** What an event says: of whom, and whether it came too late to act on. */
export function toSaid(type: string, personId: string | null, delayed: boolean): string {
  return JSON.stringify([type, personId, delayed]);
}
