import { describe, expect, it } from "vitest";
import { createBus } from "../../../src/domain/events.ts";
import type { Settings } from "../../../src/domain/settings.ts";
import type { Advice } from "../../../src/domain/study/advice.ts";
import type { OwnFigures } from "../../../src/domain/study/own-figures.ts";
import { createReadAdvice } from "../../../src/operations/reads/advice.ts";
import { openStore } from "../../../src/store/sqlite.ts";
import { tempFolder } from "../../helpers/temp-folder.ts";
import { makeClock } from "../../make/clock.ts";
import { makeDiscovery } from "../../make/discovery.ts";
import { makeEncoding, makeNear } from "../../make/encoding.ts";
import { makeFaceToSave } from "../../make/face.ts";
import { makePeople } from "../../make/people.ts";
import { makeSettings } from "../../make/settings.ts";
import { assignment } from "../../store/scene.ts";

const anna = makeEncoding(1);
const bob = makeEncoding(70_000);
const near = (centre: Float32Array, away: number, count: number, seed = 1) =>
  Array.from({ length: count }, (_, i) => makeNear(centre, away, seed + i));
const figures = (recommended: OwnFigures["recommended"] = null): OwnFigures => ({
  model: "dlib",
  people: 0,
  profiles: [],
  known: [],
  strangers: [],
  recommended,
});

async function open(over: { settings?: Partial<Settings>; figures?: OwnFigures } = {}) {
  const clock = makeClock();
  const store = await openStore({ folder: tempFolder(), clock });
  const bus = createBus((error) => {
    throw error;
  });
  const people = makePeople(store, bus);
  await people.reload();
  let groups = 0;
  async function enrol(name: string, encodings: readonly Float32Array[]) {
    const saved = await store.saveFaces(encodings.map((encoding) => makeFaceToSave({ encoding })));
    const faceIds = saved.map((one) => one.face.id);
    groups++;
    const id = `c${groups}`;
    await store.saveDiscovery(makeDiscovery(id, faceIds, encodings[0] as Float32Array));
    await people.assign(assignment(id, name));
    return faceIds;
  }
  const settings = () => makeSettings(over.settings);
  const readOwnFigures = async () => over.figures ?? figures();
  return { store, people, enrol, read: createReadAdvice({ store, people, settings, readOwnFigures, clock }) };
}

describe("advice", () => {
  it("is none where there is nothing to say", async () => {
    const { enrol, read } = await open();
    expect(await read()).toEqual([]);
    await enrol("Anna", near(anna, 0.3, 5));
    await enrol("Bob", near(bob, 0.3, 5));
    expect(await read()).toEqual([]);
  });

  it("is to merge two people who are one, until that is done", async () => {
    const { enrol, people, read } = await open();
    await enrol("Anna", near(anna, 0.3, 5));
    await enrol("Ann", near(anna, 0.3, 5, 50));
    const [one, ...more] = await read();
    expect(more).toEqual([]);
    expect(one).toMatchObject({ kind: "same_person", action: { method: "POST", path: "api/faces/registry/merge" } });
    expect(one?.people.map(({ personId }) => personId).sort()).toEqual(["ann", "anna"]);
    expect(one?.picture?.personId).toBe(one?.people[0]?.personId);
    const { from, to } = (one as Advice).action.body as { from: string[]; to: string };
    await people.merge(from, to);
    expect(await read()).toEqual([]);
  });

  it("is to take a look out that is another person's, and what it says is done by its action", async () => {
    const { enrol, people, read } = await open();
    await enrol("Anna", near(anna, 0.3, 5));
    await enrol("Bob", near(bob, 0.3, 5));
    const wrong = await enrol("Anna", near(bob, 0.3, 5, 50));
    const [one, ...more] = await read();
    expect(more).toEqual([]);
    expect(one).toMatchObject({
      id: "misplaced_look-anna-bob",
      reason: "A look of Anna, made of 5 faces, is nearer to Bob than to Anna's other looks.",
      action: { path: "api/faces/unassign", body: { faces: wrong } },
    });
    await people.unassign(wrong);
    expect(await read()).toEqual([]);
  });

  it("is to take single faces out that fit another better", async () => {
    const { enrol, read } = await open();
    const ids = await enrol("Anna", [...near(anna, 0.3, 6), makeNear(bob, 0.2)]);
    await enrol("Bob", near(bob, 0.3, 5));
    expect(await read()).toMatchObject([
      { kind: "misplaced_faces", reason: "1 face of Anna fits Bob better.", action: { body: { faces: [ids[6]] } } },
    ]);
  });

  it("is to decide by visits, with the figures that say so, unless that is done", async () => {
    const row = (profile: "classic" | "careful", faces: number, count: number) => ({
      profile,
      faces,
      strangers: { tried: 100, count },
      known: { tried: 100, count: 99 },
      wrong: 0,
    });
    const recommended = { profile: "careful", classic: row("classic", 1, 12), careful: row("careful", 2, 0) } as const;
    const { read } = await open({ figures: figures(recommended) });
    expect(await read()).toMatchObject([
      {
        kind: "profile",
        reason: "12 of 100 looks at strangers would get a name; visits of 2 faces, decided carefully: 0 of 100.",
        action: { method: "PATCH", path: "api/settings", body: { "recognition.profile": "careful" } },
      },
    ]);
    const careful = await open({
      figures: figures(recommended),
      settings: { "recognition.profile": "careful" },
    });
    expect(await careful.read()).toEqual([]);
  });
});
