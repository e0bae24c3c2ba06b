import type { CandidateJson } from "../../../../src/wire/out/schemas.ts";
import type { App } from "../../app.ts";
import type { OnRuler } from "../../components/ruler/ruler.ts";
import type { Happening } from "../../state/activity/sightings.ts";

/** Who it was, or whom it might have been. */
export function nameOf(app: App, { who, type, faces }: Happening): string {
  const words = app.t.activity;
  if (who) return who.name;
  const [one, other] = faces[0]?.candidates ?? [];
  if (type === "ambiguous" && one && other) return app.t.common.ruler.between(apart(one.person), apart(other.person));
  return words.stranger;
}

/** Between first-strong isolate marks, so that a name's direction is its own (Unicode UAX 9, 2.4.2). */
const apart = (name: string): string => `\u2068${name}\u2069`;

/** Whom the face was compared with, nearest first: the match as it was found then, the others as they are now. */
export function nearestOf({ faces }: Happening): readonly CandidateJson[] {
  const [face] = faces;
  if (!face) return [];
  const { matched, candidates } = face;
  if (!matched) return candidates;
  return [matched, ...candidates.filter((one) => one.person_id !== matched.person_id)];
}

/** Somebody for the ruler, with the picture. */
export function onRuler(app: App, candidate: CandidateJson): OnRuler {
  const thumbnail = app.people.find(candidate.person_id)?.thumbnail ?? null;
  return { who: candidate.person, distance: candidate.distance, thumbnail };
}
