import type { PersonJson } from "../../../../../src/wire/out/schemas.ts";
import type { App } from "../../../app.ts";
import { photosOf, type Selection } from "../../../state/unknown/selection.ts";

/**
 * Before photos are added to a known person whom they do not clearly look like, asks with the closest two side by side.
 * Answers which faces to leave out; null: not to be added.
 */
export async function askBeforeAdding(
  app: App,
  groups: Selection,
  person: PersonJson | null,
): Promise<readonly number[] | null> {
  const [first] = groups;
  if (!person || !first) return [];
  const near =
    groups.length === 1
      ? await app.clusters.candidates(first.id).catch(() => [])
      : await app.clusters.compare(groups.map(({ id }) => id)).then(
          ({ candidates }) => candidates,
          () => [],
        );
  const candidate = near.find((one) => one.person_id === person.person_id) ?? null;
  if (candidate?.level === "sure") return [];
  const { mergeSheet } = await import("../../../components/sheets/merge-sheet.ts");
  const faces = photosOf(groups);
  return app.ask<readonly number[]>((done) =>
    mergeSheet(app, { person, candidate, faces, mayLeaveOut: groups.length === 1 && faces > 1 }, done),
  );
}
