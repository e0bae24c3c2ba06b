import { describe, expect, it } from "vitest";
import { createClusterer } from "../../../src/cluster/clusterer.ts";
import { createProposer } from "../../../src/cluster/propose/proposer.ts";
import { systemClock } from "../../../src/domain/clock.ts";
import { createBus } from "../../../src/domain/events.ts";
import type { ThresholdStudy } from "../../../src/domain/study/threshold-study.ts";
import { createDiscover } from "../../../src/flow/discovery/discover.ts";
import { createStudyThreshold, type ThresholdDeps } from "../../../src/operations/reads/threshold.ts";
import { openStore } from "../../../src/store/sqlite.ts";
import { tempFolder } from "../../helpers/temp-folder.ts";
import { makeEncoding, makeNear } from "../../make/encoding.ts";
import { makeFaceToSave } from "../../make/face.ts";
import { makePeople } from "../../make/people.ts";
import { makeSettings } from "../../make/settings.ts";

const anna = makeEncoding(1_000);
const bob = makeNear(anna, 0.9, 7);

/** A house in which Anna and Bob have names, and others do not. */
async function open(over: { margin?: number; rules?: Partial<ThresholdDeps["rules"]> } = {}) {
  const store = await openStore({ folder: tempFolder(), clock: systemClock });
  const bus = createBus((error) => {
    throw error;
  });
  const people = makePeople(store, bus);
  await people.reload();
  const clusterer = createClusterer();
  const rules = {
    minClusterSize: 1,
    cannotLink: false,
    engine: "auto" as const,
    includeRecognized: true,
    ...over.rules,
  };
  let discoveryThreshold = 0.6;
  const settings = () =>
    makeSettings({ "recognition.margin": over.margin ?? 0, "discovery.threshold": discoveryThreshold });
  const discover = createDiscover({
    store,
    clusterer,
    proposer: createProposer(),
    settings,
    rules,
    bus,
    clock: systemClock,
  });

  const clusters = async () => (await store.clusters({ ignored: false }, { limit: 1000, cursor: null })).items;
  async function sizesAt(threshold: number): Promise<number[]> {
    discoveryThreshold = threshold;
    await discover.start().done;
    return (await clusters()).map((one) => one.size);
  }
  async function waiting(encoding: Float32Array, ...more: Float32Array[]): Promise<string> {
    await store.saveFaces([encoding, ...more].map((one) => makeFaceToSave({ encoding: one })));
    await sizesAt(0.3);
    return (await clusters())[0]?.id ?? "";
  }
  const whole = { version: null, excludeFaces: [], allowSameFrame: true };
  await people.assign({ cluster: await waiting(anna, anna), name: "Anna", ...whole });
  await people.assign({ cluster: await waiting(bob, bob), name: "Bob", ...whole });
  return {
    store,
    people,
    waiting,
    sizesAt,
    save: (...encodings: Float32Array[]) => store.saveFaces(encodings.map((encoding) => makeFaceToSave({ encoding }))),
    study: createStudyThreshold({ store, people, clusterer, settings, rules }),
  };
}

const at = (study: ThresholdStudy, threshold: number) =>
  study.steps.find((step) => Math.abs(step.threshold - threshold) < 1e-9);

describe("what another threshold would do", () => {
  it("is tried from 0.40 to 0.70 in steps of 0.01", async () => {
    const { study } = await open();
    const { steps } = await study();
    expect(steps.map((step) => step.threshold)).toEqual(
      Array.from({ length: 31 }, (_, step) => Number((0.4 + step * 0.01).toFixed(2))),
    );
  });

  it("counts who would get a name, strictly nearer than the threshold, beside those who have one", async () => {
    const { save, study } = await open();
    await save(makeNear(anna, 0.452, 1), makeNear(anna, 0.552, 2), makeEncoding(5_000));
    const tried = await study();
    expect(tried).toMatchObject({ faces: 7, unassigned: 3, people: 2 });
    expect(at(tried, 0.45)).toMatchObject({ wouldGetAName: 0, recognized: 4, wrong: 0 });
    expect(at(tried, 0.46)).toMatchObject({ wouldGetAName: 1, recognized: 5 });
    expect(at(tried, 0.55)).toMatchObject({ wouldGetAName: 1 });
    expect(at(tried, 0.56)).toMatchObject({ wouldGetAName: 2, recognized: 6 });
    expect(tried.closestPair?.distance).toBeCloseTo(0.9, 3);
    expect(tried.closestPair?.people.map((one) => one.personId).sort()).toEqual(["anna", "bob"]);
  });

  it("gives no name to what is too close to call, as recognition does", async () => {
    const middle = anna.map((value, i) => (value + (bob[i] as number)) / 2);
    const without = await open();
    await without.save(middle);
    expect(at(await without.study(), 0.5)).toMatchObject({ wouldGetAName: 1 });
    const wary = await open({ margin: 0.05 });
    await wary.save(middle);
    expect(at(await wary.study(), 0.5)).toMatchObject({ wouldGetAName: 0 });
    expect((await wary.study()).atTheLine).toEqual([]);
  });

  it("gives no name to what joins an ignored group, as recognition does", async () => {
    const { save, study, waiting, people } = await open();
    const stranger = makeNear(anna, 0.5, 3);
    await people.ignore(await waiting(stranger, stranger), null);
    await save(makeNear(stranger, 0.1, 4));
    expect(at(await study(), 0.7)).toMatchObject({ wouldGetAName: 0 });
  });

  it("notices a face with a name that is nearer to somebody else", async () => {
    const { store, save, study, people } = await open();
    await save(makeNear(bob, 0.452, 5));
    const [face] = (await store.faces({ state: "unassigned" }, { limit: 1, cursor: null })).items;
    await people.claim("anna", [face?.id ?? 0]);
    const tried = await study();
    expect(tried).toMatchObject({ faces: 5, unassigned: 0 });
    expect(at(tried, 0.45)).toMatchObject({ wrong: 0, recognized: 4 });
    expect(at(tried, 0.46)).toMatchObject({ wrong: 1, recognized: 5 });
  });

  it("shows of each step the few faces that it only just lets in, farthest first", async () => {
    const { save, study } = await open();
    await save(
      ...[0.2, 0.3, 0.395, 0.551, 0.552, 0.553, 0.554, 0.555, 0.69].map((away, n) => makeNear(anna, away, 10 + n)),
    );
    const { atTheLine } = await study();
    expect(atTheLine.map((one) => one.distance.toFixed(3))).toEqual([
      "0.690",
      "0.555",
      "0.554",
      "0.553",
      "0.552",
      "0.395",
      "0.300",
      "0.200",
    ]);
    expect(atTheLine[0]?.person).toEqual({ personId: "anna", name: "Anna" });
  });

  it.each([
    ["together", false],
    ["apart when they are of one frame", true],
  ])("counts the groups that discovery would make, %s", async (_, cannotLink) => {
    const { store, study, sizesAt } = await open({ rules: { cannotLink } });
    const faces = [1, 2, 3, 4].flatMap((person) =>
      [0.1, 0.2, 0.28, 0.33].map((away, n) =>
        makeFaceToSave({
          encoding: makeNear(makeEncoding(person * 10_000), away, person * 100 + n),
          source: n % 2 === 0 ? `frames/${person}.jpg` : `frames/${person}-${n}.jpg`,
        }),
      ),
    );
    await store.saveFaces(faces);
    const tried = await study();
    for (const threshold of [0.4, 0.45, 0.55, 0.7]) {
      const sizes = await sizesAt(threshold);
      expect([threshold, at(tried, threshold)]).toMatchObject([
        threshold,
        { clusters: sizes.length, alone: sizes.filter((size) => size === 1).length },
      ]);
    }
  });

  it("has no people to name after, and says so, before anybody has a name", async () => {
    const store = await openStore({ folder: tempFolder(), clock: systemClock });
    const bus = createBus(() => undefined);
    const people = makePeople(store, bus);
    await store.saveFaces([makeFaceToSave(), makeFaceToSave()]);
    const settings = () => makeSettings();
    const rules = { cannotLink: false, engine: "auto", includeRecognized: true } as const;
    const study = await createStudyThreshold({ store, people, clusterer: createClusterer(), settings, rules })();
    expect(study).toMatchObject({ faces: 2, unassigned: 2, people: 0, closestPair: null, atTheLine: [] });
    expect(study.nearest.every((count) => count === 0)).toBe(true);
    expect(study.steps[0]).toMatchObject({ clusters: 2, alone: 2, wouldGetAName: 0 });
  });
});
