import type { ClusterJson, ReviewAnswer } from "../../../../src/wire/out/schemas.ts";
import { allPages } from "../../api/all-pages.ts";
import type { App } from "../../app.ts";
import { candidatesOf, confirmSuggestion, declineSuggestion } from "./naming.ts";

const PAGE = 1_000;

/** Shows a group and the person it may be side by side, and does what is answered. */
export async function compareGroup(app: App, cluster: ClusterJson): Promise<void> {
  const { suggestion } = cluster;
  if (!suggestion) return;
  const [{ compareSheet }, candidates] = await Promise.all([
    import("../../components/sheets/compare-sheet.ts"),
    candidatesOf(app, cluster.id),
  ]);
  const candidate = candidates.find((one) => one.person_id === suggestion.person_id) ?? null;
  const thumbnail = app.people.find(suggestion.person_id)?.thumbnail ?? null;
  const answer = await app.ask<"yes" | "no">((done) =>
    compareSheet(app, { cluster, suggestion, candidate, thumbnail }, done),
  );
  if (answer === "yes") await confirmSuggestion(app, cluster);
  else if (answer === "no") await declineSuggestion(app, cluster);
}

/** Groups that may be confirmed together. */
export const sureOnes = (known: readonly ClusterJson[]): ClusterJson[] =>
  known.filter(({ suggestion }) => suggestion?.level === "sure");

/** Confirms the sure ones of the groups that are shown, as they are shown, in one change. */
export async function acceptSure(app: App, shown: readonly ClusterJson[]): Promise<void> {
  const versions = new Map(sureOnes(shown).map((one) => [one.id, one]));
  const questions: ReviewAnswer["questions"] = [];
  try {
    await allPages(
      (cursor) => app.review.list({ limit: PAGE, cursor }),
      (page) => void questions.push(...page.questions),
    );
    const asShown = questions.filter(({ level, cluster, person }) => {
      const one = versions.get(cluster.id);
      return level === "sure" && one?.version === cluster.version && one.suggestion?.person_id === person.person_id;
    });
    const { accepted, faces, people } = await app.review.acceptSure(asShown.map((one) => one.id));
    const words = app.t.discover.known;
    app.toasts.show(
      accepted === 0
        ? { text: words.acceptedNone }
        : {
            text: words.accepted(
              accepted,
              faces,
              people.map((one) => one.person),
            ),
            undo: app.undoing(),
          },
    );
  } catch (error) {
    app.complain(error);
  }
  await Promise.all([app.waiting.load(), app.people.load()]);
}
