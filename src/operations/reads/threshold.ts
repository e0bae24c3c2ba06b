import type { Clusterer, EngineChoice } from "../../cluster/clusterer.ts";
import type { Person } from "../../domain/person.ts";
import { marginOf, type Settings } from "../../domain/settings.ts";
import { BIN, histogram } from "../../domain/study/histogram.ts";
import type { ClosestPair, FaceAtTheLine, ThresholdStep, ThresholdStudy } from "../../domain/study/threshold-study.ts";
import { round4, rowsOf } from "../../domain/vectors/encoding.ts";
import type { People } from "../../flow/people.ts";
import { createYielder } from "../../flow/yielder.ts";
import { decide } from "../../recognize/decide.ts";
import { withModel } from "../../recognize/galleries.ts";
import type { Gallery } from "../../recognize/gallery.ts";
import { mainModel } from "./people/people-faces.ts";
import type { CollectedFaces, FaceEncodings, GalleryContents, StoreReads } from "./store.ts";

const LOWEST = 0.4;
const STEPS = 31;
const STEP = 0.01;
/** Trying all thresholds on more faces than this would take minutes. */
const MOST_TO_CLUSTER = 20_000;
/** More encodings than this are sampled when the closest pair is looked for. */
const MOST_TO_PAIR = 2_000;
/** Faces shown just inside each threshold. */
const AT_THE_LINE = 4;

export interface ThresholdDeps {
  readonly store: Pick<StoreReads, "encodings" | "collectUnassigned" | "gallery" | "facesById" | "person">;
  readonly people: Pick<People, "gallery">;
  readonly clusterer: Clusterer;
  readonly settings: () => Settings;
  readonly rules: {
    readonly cannotLink: boolean;
    readonly includeRecognized: boolean;
    readonly engine: EngineChoice;
  };
}

/** What recognition would make of a stored face, were there no threshold. */
interface Tried {
  readonly faceId: number;
  /** Null: no person, or too close to call, or of an ignored group. */
  readonly who: { readonly person: Person; readonly distance: number } | null;
  /** To the nearest people, whether or not one of them gets the name. */
  readonly distances: readonly number[];
  readonly personIds: readonly string[];
}

/** Of the model that most looks are of. Nothing is changed by a study; those who ask for one while it runs share it. */
export function createStudyThreshold(deps: ThresholdDeps): () => Promise<ThresholdStudy> {
  const { store, people, clusterer, settings, rules } = deps;
  let running: Promise<ThresholdStudy> | null = null;

  async function study(): Promise<ThresholdStudy> {
    const contents = await store.gallery();
    const model = mainModel(contents);
    const gallery = people.gallery(model);
    const margin = marginOf(settings());
    const unassigned = await collect(model, true);
    const assigned = await store.encodings(["assigned"], model);
    const strangers = await tryAll(gallery, margin, unassigned);
    const known = await tryAll(gallery, margin, assigned);
    const owners = new Map((await store.facesById(assigned.faceIds)).map((face) => [face.id, face.personId]));
    const groups = await mergeHeights(rules.includeRecognized ? unassigned : await collect(model, false));

    const steps = Array.from({ length: STEPS }, (_, i): ThresholdStep => {
      const threshold = round4(LOWEST + i * STEP);
      const named = ({ who }: Tried): boolean => who !== null && who.distance < threshold;
      const left = (heights: Float64Array) => groups && groups.count - heights.filter((one) => one < threshold).length;
      const wouldGetAName = strangers.filter(named).length;
      return {
        threshold,
        clusters: groups && left(groups.heights),
        alone: groups && left(groups.joins),
        recognized: wouldGetAName + known.filter(named).length,
        wouldGetAName,
        wrong: known.filter((face) => named(face) && face.who?.person.personId !== owners.get(face.faceId)).length,
      };
    });
    const own = known.flatMap(({ faceId, personIds, distances }) =>
      distances.filter((_, i) => personIds[i] === owners.get(faceId)),
    );
    return {
      model,
      faces: unassigned.faceIds.length + assigned.faceIds.length,
      unassigned: unassigned.faceIds.length,
      people: contents.people.length,
      steps,
      closestPair: await findClosestPair(gallery, contents, model),
      atTheLine: await findFacesAtTheLine(strangers),
      bin: BIN,
      nearest: histogram(strangers.flatMap((face) => face.distances[0] ?? [])),
      second: histogram(strangers.flatMap((face) => face.distances[1] ?? [])),
      own: histogram(own),
    };
  }

  async function collect(model: string, includeRecognized: boolean): Promise<CollectedFaces> {
    const none = { model, faceIds: [], data: new Float32Array(0), frames: new Int32Array(0) };
    return (await store.collectUnassigned({ includeRecognized })).find((faces) => faces.model === model) ?? none;
  }

  async function findClosestPair(
    gallery: Gallery,
    contents: GalleryContents,
    model: string,
  ): Promise<ClosestPair | null> {
    const pair = await closestPair(gallery, contents, model);
    if (!pair) return null;
    const found = await Promise.all(pair.personIds.map((personId) => store.person(personId)));
    return { distance: pair.distance, people: found.filter((person) => person !== null) };
  }

  async function findFacesAtTheLine(strangers: readonly Tried[]): Promise<FaceAtTheLine[]> {
    const found = atTheLine(strangers);
    const byId = new Map((await store.facesById(found.map((one) => one.faceId))).map((face) => [face.id, face]));
    return found.flatMap(({ faceId, person, distance }) => {
      const face = byId.get(faceId);
      return face ? [{ face, person, distance: round4(distance) }] : [];
    });
  }

  async function mergeHeights({ faceIds, data, frames }: CollectedFaces) {
    const count = faceIds.length;
    if (count > MOST_TO_CLUSTER) return null;
    const { heights, joins } = await clusterer.cluster({
      encodings: { data, count, dimension: count === 0 ? 0 : data.length / count },
      threshold: LOWEST + STEPS * STEP,
      engine: rules.engine,
      ...(rules.cannotLink ? { frames } : {}),
    });
    return { count, heights, joins };
  }

  return () => {
    running ??= study().finally(() => {
      running = null;
    });
    return running;
  };
}

/** Decides every face as if there were no threshold: at a threshold `t` it gets the name when `distance < t`. */
async function tryAll(gallery: Gallery, margin: number, { faceIds, data }: FaceEncodings): Promise<Tried[]> {
  const encodingOf = rowsOf(data, faceIds.length);
  const pause = createYielder();
  const all: Tried[] = [];
  for (const [row, faceId] of faceIds.entries()) {
    await pause();
    const { who, candidates } = decide(encodingOf(row), gallery, { threshold: Number.POSITIVE_INFINITY, margin });
    all.push({
      faceId,
      who: who && { person: { personId: who.personId, name: who.person }, distance: who.rawDistance },
      distances: candidates.map((one) => one.distance),
      personIds: candidates.map((one) => one.personId),
    });
  }
  return all;
}

/** Of each step the few faces that are farthest from their person and still within: the first ones to look at. */
function atTheLine(faces: readonly Tried[]) {
  const farthestFirst = faces
    .flatMap(({ faceId, who }) => (who && who.distance < LOWEST + (STEPS - 1) * STEP ? [{ faceId, ...who }] : []))
    .sort((a, b) => b.distance - a.distance);
  const shown = new Map<number, number>();
  return farthestFirst.filter(({ distance }) => {
    const step = Math.max(0, Math.floor((distance - LOWEST) / STEP) + 1);
    const before = shown.get(step) ?? 0;
    shown.set(step, before + 1);
    return before < AT_THE_LINE;
  });
}

async function closestPair(gallery: Gallery, { people }: GalleryContents, model: string) {
  const all = people.flatMap((person) =>
    withModel(person, model).encodings.map(({ encoding }) => ({ personId: person.personId, encoding })),
  );
  const every = Math.ceil(all.length / MOST_TO_PAIR);
  const pause = createYielder();
  let closest: { readonly distance: number; readonly personIds: readonly string[] } | null = null;
  for (let i = 0; i < all.length; i += every) {
    await pause();
    const { personId, encoding } = all[i] as (typeof all)[number];
    const other = gallery.nearest(encoding, 2).find((one) => one.person.personId !== personId);
    if (other && (!closest || other.distance < closest.distance)) {
      closest = { distance: round4(other.distance), personIds: [personId, other.person.personId] };
    }
  }
  return closest;
}
