import { createBus } from "../../../src/domain/events.ts";
import { meanEncoding } from "../../../src/domain/vectors/encoding.ts";
import { createClusterSuggestions } from "../../../src/operations/reads/clusters/cluster-suggestions.ts";
import { openStore } from "../../../src/store/sqlite.ts";
import { tempFolder } from "../../helpers/temp-folder.ts";
import { makeClock } from "../../make/clock.ts";
import { makeEncoding, makeNear } from "../../make/encoding.ts";
import { makeFaceToSave } from "../../make/face.ts";
import { makePeople } from "../../make/people.ts";
import { makeSettings } from "../../make/settings.ts";

export const anna = makeEncoding(1);
export const bob = makeEncoding(2_000);

/** Faces of a group whose mean is `away` from `of`, and each of them little further. */
export const around = (of: Float32Array, away: number, count: number, seed = 3): Float32Array[] => {
  const middle = makeNear(of, away, seed);
  return Array.from({ length: count }, (_, i) => makeNear(middle, 0.05, seed * 50 + i));
};

/** Anna and Bob are named from five faces each. */
export async function openClusters() {
  const clock = makeClock();
  const store = await openStore({ folder: tempFolder(), clock });
  const bus = createBus((error) => {
    throw error;
  });
  const people = makePeople(store, bus);
  let threshold = 0.6;
  const settings = () => makeSettings({ "recognition.threshold": threshold });
  const suggestions = createClusterSuggestions({ store, people, settings, bus });
  async function save(encodings: readonly Float32Array[], more: Parameters<typeof makeFaceToSave>[0] = {}) {
    const saved = await store.saveFaces(encodings.map((encoding) => makeFaceToSave({ encoding, ...more })));
    return saved.map((one) => one.face.id);
  }
  /** What a discovery found: each group's encodings, or the ids of faces that are stored. */
  async function discover(groups: Readonly<Record<string, readonly number[]>>) {
    const at = clock.now();
    const clusters = await Promise.all(
      Object.entries(groups).map(async ([id, faceIds]) => {
        const encodings = await Promise.all(faceIds.map((face) => store.encodingOf(face)));
        const mean = meanEncoding(encodings.filter((one) => one !== null));
        return { id, faceIds, mean, model: "dlib" };
      }),
    );
    await store.saveDiscovery({ id: "d", startedAt: at, finishedAt: at, faces: 1, clusters });
    bus.emit("clusters", {});
  }
  async function name(cluster: string, name: string) {
    return await people.assign({ cluster, version: null, excludeFaces: [], name, allowSameFrame: true });
  }
  for (const [who, encoding] of [
    ["Anna", anna],
    ["Bob", bob],
  ] as const) {
    await discover({ [who]: await save(around(encoding, 0, 5)) });
    await name(who, who);
  }
  const setThreshold = (value: number): void => {
    threshold = value;
  };
  return { store, people, suggestions, save, discover, name, setThreshold };
}
