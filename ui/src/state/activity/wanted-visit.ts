import type { VisitJson } from "../../../../src/wire/out/schemas.ts";
import type { VisitFilter } from "../../api/visits.ts";
import { dayKey } from "../../texts/when.ts";

/** Whether a visit matches the filter. Of what kind one is, is decided when it ends; before that it may be a known person's. */
export function isWanted(visit: VisitJson, { person, camera, kind, day }: VisitFilter): boolean {
  return (
    visit.state !== "ignored" &&
    (camera === undefined || visit.camera === camera) &&
    (kind === undefined ||
      visit.state === kind ||
      (kind === "recognized" && visit.state === "open" && visit.person !== null)) &&
    (person === undefined || visit.person_id === person) &&
    (day === undefined || dayKey(new Date(visit.to)) === day)
  );
}
