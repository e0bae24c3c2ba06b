import type { Clusterer, EngineChoice } from "../cluster/clusterer.ts";
import { round4 } from "../domain/encoding.ts";
import type { Gallery, Neighbour } from "../recognize/gallery.ts";
import type { FaceEncodings, GalleryContents, Store } from "../store/port.ts";
import type { People } from "./people.ts";

const LOWEST = 0.4;
const STEPS = 31;
const STEP = 0.01;
const BIN = 0.02;
const BINS = 60;
/** Trying all thresholds on more faces than this would take minutes. */
const MOST_TO_CLUSTER = 20_000;
/** More encodings than this are sampled when the closest pair is looked for. */
const MOST_TO_PAIR = 2_000;
const TURN_MS = 8;

export interface ThresholdDeps {
  readonly store: Pick<Store, "encodings" | "gallery" | "facesById">;
  readonly people: Pick<People, "gallery">;
  readonly clusterer: Clusterer;
  readonly engine: EngineChoice;
}

export interface ThresholdStep {
  readonly threshold: number;
  readonly clusters: number | null;
  readonly recognized: number;
  readonly wouldGetAName: number;
  readonly wrong: number;
}

export interface ClosestPair {
  readonly distance: number;
  readonly personIds: readonly [string, string];
}

export interface ThresholdStudy {
  readonly faces: number;
  readonly unassigned: number;
  readonly people: number;
  readonly steps: readonly ThresholdStep[];
  readonly closestPair: ClosestPair | null;
  readonly bin: number;
  readonly nearest: readonly number[];
  readonly second: readonly number[];
  readonly own: readonly number[];
}

/** What thresholds from 0.40 to 0.70 would do to the stored faces. Nothing is changed. */
export type StudyThreshold = () => Promise<ThresholdStudy>;

export function createStudyThreshold({ store, people, clusterer, engine }: ThresholdDeps): StudyThreshold {
  let running: Promise<ThresholdStudy> | null = null;

  async function study(): Promise<ThresholdStudy> {
    const gallery = people.gallery();
    const unassigned = await store.encodings(["unassigned"]);
    const assigned = await store.encodings(["assigned"]);
    const strangers = await neighbours(gallery, unassigned);
    const known = await neighbours(gallery, assigned);
    const owners = new Map((await store.facesById(assigned.faceIds)).map((face) => [face.id, face.personId]));
    const ownerOf = (row: number): string | null => owners.get(assigned.faceIds[row] as number) ?? null;
    const heights = await mergeHeights(unassigned);

    const steps = Array.from({ length: STEPS }, (_, i): ThresholdStep => {
      const threshold = round4(LOWEST + i * STEP);
      const within = (near: readonly Neighbour[]): boolean => (near[0]?.distance ?? Infinity) < threshold;
      const wouldGetAName = strangers.filter(within).length;
      return {
        threshold,
        clusters: heights && unassigned.faceIds.length - heights.filter((height) => height < threshold).length,
        recognized: wouldGetAName + known.filter(within).length,
        wouldGetAName,
        wrong: known.filter((near, row) => within(near) && near[0]?.person.personId !== ownerOf(row)).length,
      };
    });
    const own = known.flatMap((near, row) => near.filter((one) => one.person.personId === ownerOf(row)));
    return {
      faces: unassigned.faceIds.length + assigned.faceIds.length,
      unassigned: unassigned.faceIds.length,
      people: gallery.people,
      steps,
      closestPair: await closestPair(gallery, await store.gallery()),
      bin: BIN,
      nearest: histogram(strangers.flatMap((near) => near[0]?.distance ?? [])),
      second: histogram(strangers.flatMap((near) => near[1]?.distance ?? [])),
      own: histogram(own.map((one) => one.distance)),
    };
  }

  async function mergeHeights(faces: FaceEncodings): Promise<number[] | null> {
    const count = faces.faceIds.length;
    if (count > MOST_TO_CLUSTER) return null;
    const { heights } = await clusterer.cluster({
      encodings: { data: faces.data, count, dimension: count === 0 ? 0 : faces.data.length / count },
      threshold: LOWEST + STEPS * STEP,
      engine,
    });
    return [...heights];
  }

  return () => {
    running ??= study().finally(() => {
      running = null;
    });
    return running;
  };
}

/** The three nearest people of every face. */
async function neighbours(gallery: Gallery, { faceIds, data }: FaceEncodings): Promise<Neighbour[][]> {
  const dimension = faceIds.length === 0 ? 0 : data.length / faceIds.length;
  const turn = createTurns();
  const all: Neighbour[][] = [];
  for (let row = 0; row < faceIds.length; row++) {
    await turn();
    all.push(gallery.nearest(data.subarray(row * dimension, (row + 1) * dimension), 3));
  }
  return all;
}

async function closestPair(gallery: Gallery, { people }: GalleryContents): Promise<ClosestPair | null> {
  const all = people.flatMap((person) => person.encodings.map((encoding) => ({ personId: person.personId, encoding })));
  const every = Math.ceil(all.length / MOST_TO_PAIR);
  const turn = createTurns();
  let closest: ClosestPair | null = null;
  for (let i = 0; i < all.length; i += every) {
    await turn();
    const { personId, encoding } = all[i] as (typeof all)[number];
    const other = gallery.nearest(encoding, 2).find((one) => one.person.personId !== personId);
    if (other && (!closest || other.distance < closest.distance)) {
      closest = { distance: round4(other.distance), personIds: [personId, other.person.personId] };
    }
  }
  return closest;
}

/** Lets others have the event loop whenever this has had it for a while. */
function createTurns(): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < TURN_MS) return;
    await new Promise(setImmediate);
    since = performance.now();
  };
}

function histogram(distances: readonly number[]): number[] {
  const bins = new Array<number>(BINS).fill(0);
  for (const distance of distances) {
    const bin = Math.min(BINS - 1, Math.floor(distance / BIN));
    bins[bin] = (bins[bin] as number) + 1;
  }
  return bins;
}
