import type { ActivityAnswer, RecognitionEventJson } from "../../../../src/wire/out/schemas.ts";
import { dayKey } from "../../texts/when.ts";

/** A face and whom it was recognized as; `event` if its event arrived while the panel was open. */
export type SeenFace = ActivityAnswer["faces"][number] & { readonly event?: RecognitionEventJson };

/** One event with its faces: those of one camera and one result within the cooldown, oldest first. */
export interface Sighting {
  readonly key: string;
  readonly type: SeenFace["event_type"];
  readonly camera: string;
  /** The name given since, else the recognized person; null for strangers. */
  readonly who: { readonly name: string; readonly personId: string } | null;
  /** The recognized person, if the face got another name since. */
  readonly takenFor: string | null;
  /** A stranger who was named since. */
  readonly namedLater: boolean;
  readonly faces: readonly SeenFace[];
  readonly first: Date;
  readonly last: Date;
}

/** A line of the list: a day or a sighting; `top` and `bottom` mark the ends of a day's block. */
export type ActivityLine =
  | { readonly kind: "day"; readonly key: string; readonly day: Date }
  | {
      readonly kind: "seen";
      readonly key: string;
      readonly sighting: Sighting;
      readonly top: boolean;
      readonly bottom: boolean;
    };

const timeOf = (face: SeenFace): number => Date.parse(face.timestamp);

/** Newest first. */
export const newestFirst = (a: SeenFace, b: SeenFace): number => timeOf(b) - timeOf(a) || b.face_id - a.face_id;

function toSighting(faces: readonly SeenFace[]): Sighting {
  const face = faces[0] as SeenFace;
  const { matched, person, person_id: personId } = face;
  const named = person !== null && personId !== null ? { name: person, personId } : null;
  return {
    key: `h${face.face_id}`,
    type: face.event_type,
    camera: face.camera,
    who: named ?? (matched && { name: matched.person, personId: matched.person_id }),
    takenFor: named && matched && matched.person_id !== personId ? matched.person : null,
    namedLater: named !== null && matched === null,
    faces,
    first: new Date(face.timestamp),
    last: new Date((faces.at(-1) ?? face).timestamp),
  };
}

/**
 * Groups faces as the daemon's cooldown does, newest first: the next event of a camera and result starts at least
 * `cooldownMs` after the last one started; 0: one event per face.
 */
export function toSightings(faces: readonly SeenFace[], cooldownMs: number): Sighting[] {
  const open = new Map<string, SeenFace[]>();
  const all: SeenFace[][] = [];
  for (const face of [...faces].sort(newestFirst).reverse()) {
    const key = [face.camera, face.event_type, face.matched?.person_id, face.person_id].join(" ");
    const running = open.get(key);
    if (running && timeOf(face) - timeOf(running[0] as SeenFace) < cooldownMs) running.push(face);
    else {
      const begun = [face];
      open.set(key, begun);
      all.push(begun);
    }
  }
  return all.map(toSighting).reverse();
}

/** Adds a heading before every day except today. */
export function toActivityLines(sightings: readonly Sighting[], now: Date): ActivityLine[] {
  const lines: ActivityLine[] = [];
  const today = dayKey(now);
  sightings.forEach((sighting, at) => {
    const day = dayKey(sighting.first);
    const isOther = (one: Sighting | undefined): boolean => one === undefined || dayKey(one.first) !== day;
    const top = isOther(sightings[at - 1]);
    if (top && day !== today) lines.push({ kind: "day", key: day, day: sighting.first });
    lines.push({ kind: "seen", key: sighting.key, sighting, top, bottom: isOther(sightings[at + 1]) });
  });
  return lines;
}
