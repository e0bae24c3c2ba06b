import { expect, it } from "vitest";
import { createMadePeople } from "../../../src/demo/made-people.ts";
import { createBus } from "../../../src/domain/events.ts";
import { meanEncoding } from "../../../src/domain/vectors/encoding.ts";
import type { UnknownVisit } from "../../../src/domain/visits/stranger.ts";
import type { VisitState } from "../../../src/domain/visits/visit.ts";
import { createLiveStrangers, type LiveStrangers } from "../../../src/flow/strangers/live-strangers.ts";
import { DLIB_SPREAD } from "../../../src/recognize/fit.ts";
import { makeFaceToSave } from "../../make/face.ts";
import { makeSettings } from "../../make/settings.ts";
import { makeVisitToSave } from "../../make/visit.ts";
import { openSqlite } from "../../store/open-sqlite.ts";
import { assignment, makeScene, PAGE } from "../../store/scene.ts";

const made = createMadePeople("live strangers", { regulars: ["anna", "bert"], apart: 0.7 });
const minute = (n: number): Date => new Date(Date.UTC(2026, 1, 18, 10, n));

interface Given {
  readonly camera?: string;
  readonly minutes?: readonly [from: number, to: number];
  /** What it is when it ends; null: it goes on. */
  readonly state?: VisitState | null;
}

async function startStrangers() {
  const scene = await makeScene(openSqlite);
  const { store } = scene;
  const bus = createBus((error) => {
    throw error;
  });
  const log = { error: (fields: object) => expect(fields).toBeNull() };
  const create = (): LiveStrangers =>
    createLiveStrangers({ store, settings: () => makeSettings(), spreadOf: () => DLIB_SPREAD, bus, log });
  let strangers = create();
  let minutes = 0;

  /** A visit of three faces, as the flow of faces asks and stores. */
  async function visit(person: string, visitId: string, given: Given = {}) {
    const { camera = "front_door", state = "unknown" } = given;
    const [from, to] = given.minutes ?? [minutes, minutes];
    minutes++;
    const encodings = [1, 2, 3].map((i) => made.look(person, `${visitId}/${i}`));
    const unknown: UnknownVisit = {
      visitId,
      model: "dlib",
      camera,
      from: minute(from),
      to: minute(to),
      faces: 3,
      mean: meanEncoding(encodings),
      variance: null,
    };
    const faces = encodings.map((encoding) =>
      makeFaceToSave({ camera, visitId, encoding, capturedAt: minute(to), receivedAt: minute(to) }),
    );
    const answer = strangers.find(unknown);
    const strangerId = answer?.strangerId ?? null;
    const saved = await store.saveFaces(faces, [
      makeVisitToSave({ ...unknown, strangerId, bestFace: faces[0]?.uid ?? "" }),
    ]);
    if (state !== null) await end(unknown, state);
    return { answer, unknown, faceIds: saved.map(({ face }) => face.id) };
  }

  async function end(unknown: UnknownVisit, state: VisitState = "unknown") {
    const answer = strangers.settle(unknown, state === "unknown");
    const { visitId } = unknown;
    await store.endVisits([{ visitId, state, personId: null, distance: null, strangerId: answer?.strangerId ?? null }]);
    bus.emit("visit", { visitId, state });
    return answer;
  }

  return {
    scene,
    bus,
    visit,
    end,
    reload: () => strangers.reload(),
    watch: () => strangers.watch(),
    async restart() {
      strangers = create();
      await strangers.reload();
    },
    list: async () =>
      (await store.strangers(PAGE)).items.map(({ strangerId, visits, cameras }) => [strangerId, visits, cameras]),
  };
}

it("somebody unknown who comes again is a stranger from the second visit on, also after a restart", async () => {
  const { visit, list, restart } = await startStrangers();
  expect((await visit("anna", "v1")).answer).toBeNull();
  expect((await visit("bert", "v2")).answer).toBeNull();
  expect((await visit("anna", "v3", { camera: "garden" })).answer).toEqual({ strangerId: "s_1", visits: 2 });
  expect(await list()).toEqual([["s_1", 2, ["front_door", "garden"]]]);
  await restart();
  expect((await visit("anna", "v4")).answer).toEqual({ strangerId: "s_1", visits: 3 });
  expect((await visit("bert", "v5")).answer).toEqual({ strangerId: "s_2", visits: 2 });
  expect(await list()).toEqual([
    ["s_2", 2, ["front_door"]],
    ["s_1", 3, ["front_door", "garden"]],
  ]);
});

it("a visit that goes on counts once, however often it is asked about", async () => {
  const { visit, end } = await startStrangers();
  await visit("anna", "v1");
  const { answer, unknown } = await visit("anna", "v2", { state: null });
  expect(answer).toEqual({ strangerId: "s_1", visits: 2 });
  for (const _ of ["", "because it could not be stored"]) {
    expect(await end(unknown)).toEqual({ strangerId: "s_1", visits: 2 });
  }
  expect((await visit("anna", "v3")).answer).toEqual({ strangerId: "s_1", visits: 3 });
});

it("two visits at one camera at the same time are two people, whether the other goes on or has ended", async () => {
  const { visit, list } = await startStrangers();
  await visit("anna", "v1", { minutes: [0, 1] });
  await visit("anna", "v2", { minutes: [10, 12], state: null });
  expect((await visit("anna", "v3", { minutes: [11, 13], state: null })).answer).toBeNull();
  expect((await visit("anna", "v4", { minutes: [11, 13], camera: "garden" })).answer).toMatchObject({ visits: 3 });
  expect((await visit("anna", "v5", { minutes: [12, 14], camera: "garden" })).answer).toBeNull();
  expect(await list()).toEqual([["s_1", 3, ["front_door", "garden"]]]);
});

it("a stranger made by a visit that turns out to be a person's was none, and the number is not given again", async () => {
  const { visit, end, list } = await startStrangers();
  await visit("anna", "v1");
  const { unknown } = await visit("anna", "v2", { state: null });
  expect(await list()).toHaveLength(1);
  await end(unknown, "ambiguous");
  expect(await list()).toEqual([]);
  expect((await visit("anna", "v3")).answer).toEqual({ strangerId: "s_2", visits: 2 });
});

it("a stranger who is named is nobody's any more, and comes back only with new visits", async () => {
  const { scene, visit, reload, list } = await startStrangers();
  await visit("anna", "v1");
  await visit("anna", "v2");
  await scene.store.assignStranger("s_1", "Anna");
  await reload();
  expect((await visit("anna", "v3")).answer).toBeNull();
  await scene.store.remove("anna", "unassign");
  await reload();
  expect(await list()).toEqual([]);
  expect((await visit("anna", "v4")).answer).toMatchObject({ strangerId: "s_2", visits: 2 });
});

it("a stranger who loses a visit is what the others are, and goes with the last one", async () => {
  const { scene, visit, reload, list } = await startStrangers();
  const first = await visit("anna", "v1");
  const second = await visit("anna", "v2");
  await scene.store.purge(first.faceIds);
  await reload();
  expect((await visit("anna", "v3", { camera: "garden" })).answer).toEqual({ strangerId: "s_1", visits: 2 });
  const { items } = await scene.store.faces({ camera: "garden" }, PAGE);
  await scene.discover({ c: [...second.faceIds, ...items.map((face) => face.id)] });
  await scene.store.assign(assignment("c", "Anna"));
  await reload();
  expect(await list()).toEqual([]);
  expect((await visit("anna", "v4")).answer).toBeNull();
});

it("whose visit it is is emitted once that is stored, and that any may have changed after a reload", async () => {
  const { bus, visit, reload, watch } = await startStrangers();
  const seen: (string | null)[] = [];
  bus.on("stranger", ({ strangerId }) => void seen.push(strangerId));
  const stop = watch();
  await visit("anna", "v1");
  await visit("anna", "v2", { state: null });
  bus.emit("visit", { visitId: "v1", state: "unknown" });
  expect(seen).toEqual([]);
  bus.emit("visit", { visitId: "v2", state: "open" });
  expect(seen).toEqual(["s_1"]);
  await visit("anna", "v3");
  await reload();
  expect(seen).toEqual(["s_1", "s_1", null]);
  stop();
});
