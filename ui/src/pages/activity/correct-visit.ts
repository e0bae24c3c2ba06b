import type { VisitJson } from "../../../../src/wire/out/schemas.ts";
import type { Correction } from "../../api/visits.ts";
import type { App } from "../../app.ts";

/** What a user presses to put a visit right: it is not this person, it is another (who, is asked then), or ignore it. */
export type CorrectAs = "not" | "is" | "ignore";

/** Puts a visit right as the user says; answers it as it is then, null when nothing was changed. */
export async function correctVisit(app: App, visit: VisitJson, as: CorrectAs): Promise<VisitJson | null> {
  const correction = await toCorrection(app, visit, as);
  if (!correction) return null;
  const words = app.t.activity;
  try {
    const corrected = await app.visits.correct(visit.visit_id, correction);
    const text =
      "person" in correction
        ? words.isNow(correction.person)
        : "not" in correction
          ? words.isNot(correction.not)
          : words.ignored;
    app.toasts.show({
      text,
      picture: { thumbnail: visit.representative?.thumbnail ?? null, round: "person" in correction },
      undo: app.undoing(),
    });
    void app.people.load();
    return corrected;
  } catch (error) {
    app.complain(error);
    return null;
  }
}

async function toCorrection(app: App, visit: VisitJson, as: CorrectAs): Promise<Correction | null> {
  const { person } = visit;
  if (as === "ignore") return { ignore: true };
  if (as === "not") return person === null ? null : { not: person };
  const { choosePerson } = await import("../../components/sheets/choose-person-sheet.ts");
  const chosen = await choosePerson(app, {
    title: app.t.activity.who.title,
    candidates: app.visits.show(visit.visit_id).then(({ candidates }) => candidates),
  });
  return chosen && { person: chosen.name };
}
