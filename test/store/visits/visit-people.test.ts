import { describe, expect, it } from "vitest";
import type { FaceToSave } from "../../../src/store/port/faces.ts";
import { lookInto, openSqlite } from "../open-sqlite.ts";
import { assignment, makeScene, type Scene } from "../scene.ts";

/** Visits of so many faces each, ended and unknown; those of a stranger share its id. */
async function makeVisits(visits: Readonly<Record<string, { faces: number; stranger?: string }>>) {
  const scene = await makeScene(openSqlite);
  const ids: Record<string, number[]> = {};
  for (const [visitId, { faces }] of Object.entries(visits)) {
    ids[visitId] = await scene.add(...Array.from({ length: faces }, (): Partial<FaceToSave> => ({ visitId })));
  }
  lookInto(scene.folder, (db) => {
    const stranger = db.prepare("INSERT OR IGNORE INTO strangers (stranger_id, model) VALUES (?, 'dlib')");
    const insert = db.prepare(
      `INSERT INTO visits (visit_id, camera, model, started_at, ended_at, faces, mean, state, stranger_ref)
       VALUES (?, 'front_door', 'dlib', '2026-02-18T10:00:00Z', '2026-02-18T10:00:09Z', ?, x'00', 'unknown',
         (SELECT id FROM strangers WHERE stranger_id = ?))`,
    );
    for (const [visitId, { faces, stranger: of }] of Object.entries(visits)) {
      if (of) stranger.run(of);
      insert.run(visitId, faces, of ?? null);
    }
  });
  return { scene, ids };
}

const visitsOf = ({ folder }: Scene) =>
  lookInto(folder, (db) =>
    Object.fromEntries(
      db
        .prepare<[], [string, string, string | null, string | null]>(
          `SELECT v.visit_id, v.state, p.name, s.stranger_id FROM visits v LEFT JOIN people p ON p.id = v.person_ref
           LEFT JOIN strangers s ON s.id = v.stranger_ref ORDER BY v.id`,
        )
        .raw()
        .all()
        .map(([id, ...rest]) => [id, rest]),
    ),
  );

const strangersOf = ({ folder }: Scene) =>
  lookInto(folder, (db) => db.prepare("SELECT id, stranger_id FROM strangers").raw().all());

describe("whose a visit is", () => {
  it("follows most of its faces, and the stranger goes with the last visit", async () => {
    const { scene, ids } = await makeVisits({ a: { faces: 3, stranger: "s_1" }, b: { faces: 3, stranger: "s_1" } });
    const { a = [], b = [] } = ids;
    await scene.discover({ c1: [...a.slice(0, 2), ...b.slice(0, 1)] });
    await scene.store.assign(assignment("c1", "Anna"));
    expect(visitsOf(scene)).toEqual({ a: ["corrected", "Anna", null], b: ["unknown", null, "s_1"] });
    await scene.discover({ c2: b.slice(1, 2) });
    await scene.store.assign(assignment("c2", "Anna"));
    expect(visitsOf(scene)).toMatchObject({ b: ["corrected", "Anna", null] });
    expect(strangersOf(scene)).toEqual([]);
  });

  it("is as before after an undo, with the stranger under the same number", async () => {
    const { scene, ids } = await makeVisits({ a: { faces: 1, stranger: "s_1" }, b: { faces: 1, stranger: "s_1" } });
    await scene.discover({ c1: [...(ids.a ?? []), ...(ids.b ?? [])] });
    const before = visitsOf(scene);
    const strangers = strangersOf(scene);
    expect(strangers).toHaveLength(1);
    await scene.store.assign(assignment("c1", "Anna"));
    expect(strangersOf(scene)).toEqual([]);
    await scene.store.undo();
    expect(visitsOf(scene)).toEqual(before);
    expect(strangersOf(scene)).toEqual(strangers);
  });

  it("is unknown again when the faces are taken out, or the person is deleted; that makes no stranger", async () => {
    const { scene, ids } = await makeVisits({ a: { faces: 2, stranger: "s_1" }, b: { faces: 2, stranger: "s_1" } });
    const { a = [], b = [] } = ids;
    await scene.discover({ c1: [...a, ...b] });
    await scene.store.assign(assignment("c1", "Anna"));
    await scene.store.unassign(a.slice(0, 1));
    expect(visitsOf(scene)).toMatchObject({ a: ["corrected", "Anna", null] });
    await scene.store.unassign(a.slice(1));
    expect(visitsOf(scene)).toMatchObject({ a: ["unknown", null, null], b: ["corrected", "Anna", null] });
    await scene.store.remove("anna", "unassign");
    expect(visitsOf(scene)).toMatchObject({ a: ["unknown", null, null], b: ["unknown", null, null] });
    await scene.store.undo();
    expect(visitsOf(scene)).toMatchObject({ b: ["corrected", "Anna", null] });
  });

  it("is the one's who stays when people are merged", async () => {
    const { scene, ids } = await makeVisits({ a: { faces: 1 }, b: { faces: 1 } });
    await scene.discover({ c1: ids.a ?? [], c2: ids.b ?? [] });
    await scene.store.assign(assignment("c1", "Anna"));
    await scene.store.assign(assignment("c2", "Bert"));
    await scene.store.merge(["bert"], "anna");
    expect(visitsOf(scene)).toEqual({ a: ["corrected", "Anna", null], b: ["corrected", "Anna", null] });
    await scene.store.undo();
    expect(visitsOf(scene)).toEqual({ a: ["corrected", "Anna", null], b: ["corrected", "Bert", null] });
  });
});
