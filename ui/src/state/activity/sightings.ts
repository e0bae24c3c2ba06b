import type { ActivityAnswer, RecognitionEventJson } from "../../../../src/wire/out/schemas.ts";
import { dayKey } from "../../texts/when.ts";

/** A face with what it was taken for; `told` where its event came while the panel was open. */
export type SeenFace = ActivityAnswer["faces"][number] & { readonly told?: RecognitionEventJson };

/** One event with its faces: what one camera saw of one answer within the cooldown, oldest face first. */
export interface Happening {
  readonly key: string;
  readonly type: SeenFace["event_type"];
  readonly camera: string;
  /** Who it is: the name it was given meanwhile, else whom it was taken for; null for strangers. */
  readonly who: { readonly name: string; readonly personId: string } | null;
  /** Whom it was taken for, where it has another name meanwhile. */
  readonly takenFor: string | null;
  /** It was a stranger, and has been given a name since. */
  readonly namedLater: boolean;
  readonly faces: readonly SeenFace[];
  readonly first: Date;
  readonly last: Date;
}

/** A line of the list: a day, or what happened; `top` and `bottom` of the block that a day makes. */
export type ActivityLine =
  | { readonly kind: "day"; readonly key: string; readonly day: Date }
  | {
      readonly kind: "seen";
      readonly key: string;
      readonly happening: Happening;
      readonly top: boolean;
      readonly bottom: boolean;
    };

const timeOf = (face: SeenFace): number => Date.parse(face.timestamp);

/** Newest first. */
export const newestFirst = (a: SeenFace, b: SeenFace): number => timeOf(b) - timeOf(a) || b.face_id - a.face_id;

function toHappening(faces: readonly SeenFace[]): Happening {
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
 * Faces as events, newest first. Like the daemon's cooldown: the next event of a camera and answer begins no sooner than
 * `cooldownMs` after the last one began; 0: every face is one.
 */
export function toHappenings(faces: readonly SeenFace[], cooldownMs: number): Happening[] {
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
  return all.map(toHappening).reverse();
}

/** With a line before every day but today. */
export function toActivityLines(happenings: readonly Happening[], now: Date): ActivityLine[] {
  const lines: ActivityLine[] = [];
  const today = dayKey(now);
  happenings.forEach((happening, at) => {
    const day = dayKey(happening.first);
    const isOther = (one: Happening | undefined): boolean => one === undefined || dayKey(one.first) !== day;
    const top = isOther(happenings[at - 1]);
    if (top && day !== today) lines.push({ kind: "day", key: day, day: happening.first });
    lines.push({ kind: "seen", key: happening.key, happening, top, bottom: isOther(happenings[at + 1]) });
  });
  return lines;
}
