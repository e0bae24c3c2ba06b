import type { CandidateJson } from "../../../../src/wire/out/schemas.ts";
import type { App } from "../../app.ts";
import type { RulerPerson } from "../../components/ruler/ruler.ts";
import type { Sighting } from "../../state/activity/sightings.ts";

/** Who it was, or whom it might have been. */
export function nameOf(app: App, { who, type, faces }: Sighting): string {
  const words = app.t.activity;
  if (who) return who.name;
  const [one, other] = faces[0]?.candidates ?? [];
  if (type === "ambiguous" && one && other) return app.t.common.ruler.between(apart(one.person), apart(other.person));
  return words.stranger;
}

/** Between first-strong isolate marks, so that a name's direction is its own (Unicode UAX 9, 2.4.2). */
const apart = (name: string): string => `\u2068${name}\u2069`;

/** Candidates, nearest first: the match as it was then, the others as of now. */
export function nearestOf({ faces }: Sighting): readonly CandidateJson[] {
  const [face] = faces;
  if (!face) return [];
  const { matched, candidates } = face;
  if (!matched) return candidates;
  return [matched, ...candidates.filter((one) => one.person_id !== matched.person_id)];
}

/** A candidate as the ruler draws it. */
export function toRulerPerson(app: App, candidate: CandidateJson): RulerPerson {
  const thumbnail = app.people.find(candidate.person_id)?.thumbnail ?? null;
  return { who: candidate.person, distance: candidate.distance, thumbnail };
}
