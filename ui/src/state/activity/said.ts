import type { VisitJson } from "../../../../src/wire/out/schemas.ts";

/** What this page said of a visit since it was opened: its row shows it and stays, whatever the filter. */
export type Said =
  | { readonly kind: "is" }
  | { readonly kind: "not"; readonly name: string }
  | { readonly kind: "ignored" };

/** A visit as it will be when the daemon has taken what is said of it. */
export function toSaid(visit: VisitJson, said: Said, person: Pick<VisitJson, "person" | "person_id">): VisitJson {
  return { ...visit, ...person, score: null, distance: null, state: said.kind === "ignored" ? "ignored" : "corrected" };
}

/** Whether a user put the visit right between these two: then another user did, unless this page has. */
export function isPutRight(before: VisitJson, after: VisitJson): boolean {
  if (after.state !== "corrected" && after.state !== "ignored") return false;
  return after.state !== before.state || after.person_id !== before.person_id;
}
