import type { Face } from "../../domain/face.ts";
import type { Person } from "../../domain/person.ts";
import type { Advice, AdviceAction, AdviceKind } from "../../domain/study/advice.ts";

/**
 * An advice, called by its kind and the people that it is about.
 * @param faces the first with a picture shows it
 */
export function toAdvice(
  kind: AdviceKind,
  people: readonly Person[],
  reason: string,
  faces: readonly Face[],
  action: AdviceAction,
): Advice {
  const picture = faces.find((face) => face.hasThumbnail) ?? faces[0] ?? null;
  const id = [kind, ...people.map((one) => one.personId)].join("-");
  return { id, kind, people: people.map(({ personId, name }) => ({ personId, name })), reason, picture, action };
}
