import type { VisitJson } from "../../../../src/wire/out/schemas.ts";
import type { App } from "../../app.ts";
import { picture } from "../../components/picture.ts";
import type { Activity } from "../../state/activity/activity.ts";
import { type Said, toSaid } from "../../state/activity/said.ts";
import type { VisitDetails } from "../../state/activity/visit-details.ts";
import { didName } from "../naming/did-name.ts";
import { whereAndWhen } from "./visit-text.ts";

/** What a user presses to put a visit right. `ask`: another person, who is asked then. */
export type CorrectAs =
  | { readonly kind: "not" | "ask" | "ignore" }
  | { readonly kind: "is"; readonly name: string; readonly personId: string | null };

/** Putting visits right: shown at once, and taken back where the daemon refuses. */
export interface Corrections {
  correct(visit: VisitJson, as: CorrectAs): Promise<void>;
}

export function createCorrections(app: App, activity: Activity, details: Pick<VisitDetails, "get">): Corrections {
  const words = app.t.activity;

  /** Shows what is said, asks the daemon, and shows its answer; null: it refused, and said why. */
  async function say<T>(
    visits: readonly VisitJson[],
    said: Said,
    person: Pick<VisitJson, "person" | "person_id">,
    ask: () => Promise<T>,
  ): Promise<T | null> {
    activity.put(
      visits.map((visit) => toSaid(visit, said, person)),
      said,
    );
    try {
      return await ask();
    } catch (error) {
      activity.put(visits, null);
      app.complain(error);
      return null;
    }
  }

  const pictureOf = ({ representative }: VisitJson, round = false) => ({
    thumbnail: representative?.thumbnail ?? null,
    round,
  });
  const gone = { person: null, person_id: null };

  async function deny(visit: VisitJson): Promise<void> {
    const { visit_id: id, person: name } = visit;
    if (name === null) return;
    const said: Said = { kind: "not", name };
    const answer = await say([visit], said, gone, () => app.visits.correct(id, { not: name }));
    if (!answer) return;
    activity.put([answer], said);
    app.did(words.done.wrong({ n: visit.faces, name }), {
      changes: [answer.change],
      picture: pictureOf(visit),
      more: { label: words.itIs, run: () => void ask(answer, visit.person_id ?? undefined) },
    });
  }

  async function ignore(visit: VisitJson): Promise<void> {
    const said: Said = { kind: "ignored" };
    const answer = await say([visit], said, gone, () => app.visits.correct(visit.visit_id, { ignore: true }));
    if (!answer) return;
    activity.put([answer], said);
    app.did(words.done.ignored({ n: visit.faces }), { changes: [answer.change], picture: pictureOf(visit) });
  }

  async function ask(visit: VisitJson, except?: string): Promise<void> {
    const { choosePerson } = await import("../../components/sheets/choose-person-sheet.ts");
    const chosen = await choosePerson(app, {
      title: words.who.title,
      about: whereAndWhen(app, visit),
      pictures: picture(app.http, visit.representative?.thumbnail ?? null, { size: "s56" }),
      candidates: details
        .get(visit.visit_id)
        .then(({ candidates, threshold }) => candidates.map((one) => ({ ...one, unlikely: one.distance > threshold }))),
      except: except ?? visit.person_id ?? undefined,
    });
    if (chosen) await name(visit, chosen.name, chosen.person?.person_id ?? null);
  }

  async function name(visit: VisitJson, person: string, personId: string | null): Promise<void> {
    const { stranger } = visit;
    const said: Said = { kind: "is" };
    const now = { person, person_id: personId };
    const isStranger = stranger !== null && visit.person === null && visit.state !== "ambiguous";
    if (!isStranger) {
      const answer = await say([visit], said, now, () => app.visits.correct(visit.visit_id, { person }));
      if (!answer) return;
      activity.put([answer], said);
      app.did(words.done.is({ n: visit.faces, name: person }), {
        changes: [answer.change],
        picture: pictureOf(visit, true),
      });
      return;
    }
    // All visits of the stranger are this person's.
    const theirs = activity.state
      .get()
      .visits.filter((one) => one.person === null && one.stranger?.stranger_id === stranger.stranger_id);
    const answer = await say(theirs, said, now, () => app.visits.nameStranger(stranger.stranger_id, person));
    if (answer) didName(app, answer, { thumbnail: visit.representative?.thumbnail ?? null });
  }

  return {
    async correct(visit, as) {
      if ("name" in as) await name(visit, as.name, as.personId);
      else if (as.kind === "not") await deny(visit);
      else if (as.kind === "ignore") await ignore(visit);
      else await ask(visit);
    },
  };
}
