import type { Clock } from "../../domain/clock.ts";
import type { FaceMessage, PersonMessage } from "./messages.ts";

/** Between two pictures of one person. Frigate looks at faces up to 5 times a second. */
const GAP_MS = 2_000;
/** A face was seen just now: that is worth more than waiting. */
const FACE_GAP_MS = 1_000;
/** While one person is seen; the last picture, at the end, is not counted. */
const MOST_PICTURES = 6;
/** A better picture of Frigate's is worth one of ours from this much more area, or this much more score. */
const LARGER = 1.25;
const SURER = 1.1;
/** A camera's picture of now shows what a message says that is no older. */
export const LIVE_MS = 10_000;
/** Frigate publishes those it tracks at least once a minute. */
const SILENT_MS = 600_000;
/** Those that have gone are known for so long: their names may come late. */
const KNOWN_MS = 600_000;
const MOST_KNOWN = 2_000;

/** Why a picture is wanted. */
export type Reason = "new" | "better" | "face" | "end";

/** A picture to fetch. */
export interface Wanted {
  readonly reason: Reason;
  /** What Frigate said last of the person. */
  readonly person: PersonMessage;
  /** The camera showed the person when this was wanted. */
  readonly isLive: boolean;
}

interface Tracked {
  person: PersonMessage;
  lastAtMs: number;
  /** When the last picture was wanted, and how many were. */
  pictureAtMs: number | null;
  pictures: number;
  /** What Frigate's best picture was then. */
  area: number;
  score: number;
}

/** Whom Frigate tracks, and when a picture of them is worth fetching. */
export interface Tracker {
  /** null: no picture is wanted. */
  onPerson(person: PersonMessage): Wanted | null;
  onFace(face: FaceMessage): Wanted | null;
  /** Everybody whom a camera sees now, those who stand still too. */
  present(camera: string): readonly PersonMessage[];
  /** Someone who is tracked, or was in the last ten minutes. */
  find(id: string): PersonMessage | null;
}

/**
 * A few pictures a person: when it appears, when Frigate has a clearly better picture or sees a face, and at the end; none
 * of what stands still.
 */
export function createTracker(clock: Pick<Clock, "now" | "monotonicMs">): Tracker {
  const known = new Map<string, Tracked>();

  function want(tracked: Tracked, reason: Reason, seenAt: Date): Wanted {
    tracked.pictureAtMs = clock.monotonicMs();
    tracked.pictures += 1;
    tracked.area = tracked.person.best?.area ?? 0;
    tracked.score = tracked.person.best?.score ?? 0;
    const isLive = reason !== "end" && clock.now().getTime() - seenAt.getTime() < LIVE_MS;
    return { reason, person: tracked.person, isLive };
  }

  function mayTake({ pictureAtMs, pictures }: Tracked, gapMs: number): boolean {
    return pictures < MOST_PICTURES && (pictureAtMs === null || clock.monotonicMs() - pictureAtMs >= gapMs);
  }

  function remember(person: PersonMessage): Tracked {
    const old = known.get(person.id);
    const tracked = old ?? { person, lastAtMs: 0, pictureAtMs: null, pictures: 0, area: 0, score: 0 };
    tracked.person = person;
    tracked.lastAtMs = clock.monotonicMs();
    // The last one heard of is the last one of the map.
    known.delete(person.id);
    known.set(person.id, tracked);
    for (const [id, { lastAtMs }] of known) {
      if (known.size <= MOST_KNOWN && clock.monotonicMs() - lastAtMs < KNOWN_MS) break;
      known.delete(id);
    }
    return tracked;
  }

  return {
    onPerson(person) {
      const tracked = remember(person);
      if (person.type === "end") return person.hasSnapshot ? want(tracked, "end", person.seenAt) : null;
      if (person.isStationary) return null;
      if (tracked.pictures === 0) return want(tracked, "new", person.seenAt);
      return isBetter(tracked) && mayTake(tracked, GAP_MS) ? want(tracked, "better", person.seenAt) : null;
    },

    onFace({ id, seenAt }) {
      const tracked = known.get(id);
      if (!tracked || tracked.person.type === "end" || tracked.person.isStationary) return null;
      return mayTake(tracked, FACE_GAP_MS) ? want(tracked, "face", seenAt) : null;
    },

    present: (camera) =>
      [...known.values()]
        .filter(({ person, lastAtMs }) => person.type !== "end" && clock.monotonicMs() - lastAtMs < SILENT_MS)
        .flatMap(({ person }) => (person.camera === camera ? [person] : [])),

    find: (id) => known.get(id)?.person ?? null,
  };
}

/** Frigate's best picture is clearly better than when ours was taken. */
function isBetter({ person, area, score }: Tracked): boolean {
  const { best } = person;
  return best !== null && (best.area > area * LARGER || best.score > score * SURER);
}
