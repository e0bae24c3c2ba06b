import type { AssignAnswer } from "../../../../src/wire/out/schemas.ts";
import type { App } from "../../app.ts";

type Named = Pick<AssignAnswer, "person" | "person_id" | "assigned" | "claimable" | "change">;

/**
 * Says in a toast who has a name now, with Undo, and offers earlier photos that look like the same person: there, and not
 * on the page, where something would have to move.
 *
 * @param options `changes`: where more than one change was made, all of them; `thumbnail`: of what was named.
 */
export function didName(
  app: App,
  named: Named,
  options: { readonly thumbnail: string | null; readonly changes?: readonly (number | null)[] },
): void {
  const { person: who, assigned: n, claimable, change } = named;
  const more =
    claimable > 0 ? { label: app.t.claim.offer({ n: claimable }), run: () => void claim(app, named) } : undefined;
  const picture = { thumbnail: options.thumbnail, round: true };
  app.did(app.t.claim.named({ n, who }), { changes: options.changes ?? [change], picture, more });
  void app.people.load();
}

async function claim(app: App, { person: who, person_id: id }: Named): Promise<void> {
  try {
    const [found, { claimSheet }] = await Promise.all([
      app.registry.claim(id, true),
      import("../../components/sheets/claim-sheet.ts"),
    ]);
    if (found.faces.length === 0) return;
    const leaveOut = await app.ask<readonly number[]>((done) => claimSheet(app, who, found, done));
    if (leaveOut === null) return;
    const wanted = found.faces.map((face) => face.face_id).filter((face) => !leaveOut.includes(face));
    if (wanted.length === 0) return;
    const change = leaveOut.length === 0 ? await all(app, id) : await some(app, wanted, who);
    const thumbnail = app.people.find(id)?.thumbnail ?? null;
    app.did(app.t.claim.done({ n: change.n, who }), { changes: [change.id], picture: { thumbnail, round: true } });
    void app.people.load();
  } catch (error) {
    app.complain(error);
  }
}

async function all(app: App, person: string) {
  const { claimed: n, change: id } = await app.registry.claim(person, false);
  return { n, id };
}

async function some(app: App, faces: readonly number[], who: string) {
  const { assigned: n, change: id } = await app.faces.assign(faces, who);
  return { n, id };
}
