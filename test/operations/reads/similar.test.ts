import { expect, it, onTestFinished } from "vitest";
import { createBus } from "../../../src/domain/events.ts";
import { createClusterSuggestions } from "../../../src/operations/reads/clusters/cluster-suggestions.ts";
import { createSimilar } from "../../../src/operations/reads/similar.ts";
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

/** Anna is known from one face in frame 0 of the door. */
async function open({ cannotLink = false } = {}) {
  const clock = makeClock();
  const store = await openStore({ folder: tempFolder(), clock });
  onTestFinished(() => store.close());
  const bus = createBus((error) => {
    throw error;
  });
  const people = makePeople(store, bus);
  async function add(frame: number | null, away: number): Promise<number> {
    const encoding = makeNear(anna, away, 100 + away * 1_000);
    const source = frame === null ? null : `frame_${frame}.jpg`;
    const [saved] = await store.saveFaces([makeFaceToSave({ camera: "door", source, encoding })]);
    return saved?.face.id as number;
  }
  const first = await add(0, 0);
  await store.saveDiscovery(makeDiscovery("c_1", [first], anna));
  await people.assign(assignment("c_1", "Anna"));
  const settings = () => makeSettings();
  const suggestions = createClusterSuggestions({ store, people, settings, bus });
  const similar = createSimilar({ store, people, settings, suggestions, cannotLink });
  const claimable = async () => (await similar.claimable("anna")).map((one) => one.faceId);
  return { store, people, add, claimable };
}

it("can claim what is surely a person's, nearest first", async () => {
  const { add, claimable } = await open();
  const far = await add(1, 0.4);
  const near = await add(2, 0.1);
  await add(3, 0.55);
  await add(4, 0.7);
  expect(await claimable()).toEqual([near, far]);
});

it("can claim no face that was taken out of the person, nor what is nearer to that than to them", async () => {
  const { store, people, add, claimable } = await open();
  const wrong = await add(1, 0.3);
  await people.claim("anna", [wrong]);
  await people.unassign([wrong]);
  const encoding = makeNear((await store.encodingOf(wrong)) as Float32Array, 0.01, 5);
  await store.saveFaces([makeFaceToSave({ camera: "door", encoding })]);
  expect(await claimable()).toEqual([]);
});

it("can claim of each frame one face at most where two of one frame are two people", async () => {
  const { add, claimable } = await open({ cannotLink: true });
  await add(0, 0.1);
  const [far, near] = [await add(1, 0.4), await add(1, 0.2)];
  const [one, other] = [await add(null, 0.25), await add(null, 0.3)];
  expect(await claimable()).toEqual([near, one, other]);
  expect(far).toBeGreaterThan(0);
});
