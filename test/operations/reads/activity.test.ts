import { describe, expect, it } from "vitest";
import { createBus } from "../../../src/domain/events.ts";
import { createReadActivity } from "../../../src/operations/reads/activity.ts";
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
const bob = makeNear(anna, 0.4, 7);
const PAGE = { limit: 100, cursor: null };

/** Anna and Bob are known and look alike; `minute` says when a face came. */
async function open(margin = 0) {
  const clock = makeClock();
  const store = await openStore({ folder: tempFolder(), clock });
  const bus = createBus((error) => {
    throw error;
  });
  const people = makePeople(store, bus);
  const settings = () => makeSettings({ "recognition.margin": margin });
  async function save(minute: number, encoding: Float32Array, more: Parameters<typeof makeFaceToSave>[0] = {}) {
    const capturedAt = new Date(Date.UTC(2026, 1, 18, 10, minute));
    const [saved] = await store.saveFaces([makeFaceToSave({ encoding, capturedAt, ...more })]);
    return saved?.face.id as number;
  }
  async function group(id: string, faceIds: readonly number[], mean: Float32Array): Promise<void> {
    await store.saveDiscovery(makeDiscovery(id, faceIds, mean));
  }
  const named: number[] = [];
  for (const [name, encoding] of [
    ["Anna", anna],
    ["Bob", bob],
  ] as const) {
    const id = await save(named.length, encoding);
    named.push(id);
    await group(`c_${name}`, [id], encoding);
    await people.assign(assignment(`c_${name}`, name));
  }
  const read = createReadActivity({ store, people, settings });
  return { store, people, save, group, read, named };
}

const match = { person: "Anna", personId: "anna", distance: 0.2, score: 0.8 };

describe("activity", () => {
  it("tells what each face was taken for then, and who is nearest now", async () => {
    const { save, read, named } = await open();
    const recognized = await save(5, makeNear(anna, 0.2), { matched: match });
    const stranger = await save(6, makeEncoding(5_000));
    const { items, nextCursor } = await read({}, PAGE);
    expect(nextCursor).toBeNull();
    // Named only afterwards: when they came they were strangers.
    expect(items.map((face) => [face.id, face.type])).toEqual([
      [stranger, "unknown"],
      [recognized, "recognized"],
      [named[1], "unknown"],
      [named[0], "unknown"],
    ]);
    expect(items[1]?.candidates[0]).toMatchObject({ person: "Anna", distance: 0.2 });
    expect(items[0]?.candidates.map((one) => one.personId).sort()).toEqual(["anna", "bob"]);
  });

  it("is asked for by what was decided, by camera and by person", async () => {
    const { save, read, named } = await open(0.3);
    const recognized = await save(5, makeNear(anna, 0.2), { matched: match, camera: "garden" });
    const between = await save(
      6,
      anna.map((value, at) => (value + (bob[at] as number)) / 2),
    );
    const stranger = await save(7, makeEncoding(5_000), { camera: "garden" });
    const ids = async (filter: Parameters<typeof read>[0]) => (await read(filter, PAGE)).items.map((face) => face.id);
    expect(await ids({ type: "recognized" })).toEqual([recognized]);
    expect(await ids({ type: "ambiguous" })).toEqual([between]);
    expect(await ids({ type: "unknown" })).toEqual([stranger, ...named.toReversed()]);
    expect(await ids({ camera: "garden" })).toEqual([stranger, recognized]);
    expect(await ids({ seenAs: "anna" })).toEqual([recognized, named[0]]);
    expect(await ids({ seenAs: "anna", type: "recognized" })).toEqual([recognized]);
  });

  it("leaves out what is ignored, and goes on page by page over it", async () => {
    const { store, save, group, read, named } = await open();
    const cat = makeEncoding(9_000);
    const cats = await Promise.all([save(5, cat), save(6, cat), save(7, cat)]);
    const last = await save(8, makeEncoding(5_000));
    await group("c_cats", cats, cat);
    await store.ignore("c_cats", null);
    const first = await read({}, { limit: 2, cursor: null });
    expect(first.items.map((face) => face.id)).toEqual([last, named[1]]);
    const second = await read({}, { limit: 2, cursor: first.nextCursor });
    expect(second.items.map((face) => face.id)).toEqual([named[0]]);
    expect(second.nextCursor).toBeNull();
  });
});
