import type { ClusterState } from "../../../domain/cluster.ts";
import type { Bus } from "../../../domain/events.ts";
import { DLIB } from "../../../domain/model.ts";
import type { Suggestion } from "../../../domain/recognition.ts";
import type { Settings } from "../../../domain/settings.ts";
import type { People } from "../../../flow/people.ts";
import { createYielder } from "../../../flow/yielder.ts";
import type { Gallery } from "../../../recognize/gallery.ts";
import { mayFit, SAMPLE, suggest } from "../../../recognize/suggest.ts";
import type { ClusterOverview } from "../../../wire/out/clusters/clusters.ts";
import { createKept } from "../kept.ts";
import type { ClusterOutline, StoreReads } from "../store.ts";

/** Of a cluster's faces: more must have been recognized as the suggested person, where the suggestion is not sure. */
const MOST = 0.5;

export interface ClusterSuggestionsDeps {
  readonly store: Pick<StoreReads, "clusterEncodings" | "clusterOutlines" | "countRecognized">;
  readonly people: Pick<People, "gallery">;
  readonly settings: () => Settings;
  readonly bus: Bus;
}

/** Who a cluster may be, and whether it waits for a name. */
export interface Judged {
  /** Null when no person is near enough, or the cluster is ignored. */
  readonly suggestion: Suggestion | null;
  readonly state: ClusterState;
}

export type JudgedOutline = ClusterOutline & Judged;

/**
 * Suggestions for clusters. Each is computed once and kept until its faces, the people or the threshold change.
 *
 * A cluster is `known` when its suggestion is sure, or when it is perhaps and most of its faces were recognized as that
 * person when they came: people have met those as this person's already. Where a group as a whole fits no one it waits,
 * whatever its single faces were taken for: many faces say more than each by itself.
 */
export interface ClusterSuggestions {
  of<T extends ClusterOutline>(cluster: T): Promise<T & Judged>;
  /** Of all clusters that are not ignored, as they are now. Thousands take a while, yielding. */
  all(): Promise<readonly JudgedOutline[]>;
  /** All that are ignored, in the same form. */
  ignored(): Promise<readonly JudgedOutline[]>;
  /** How many clusters wait for a name. */
  waiting(): Promise<number>;
  /** How many there are of each kind. */
  overview(): Promise<ClusterOverview>;
}

/** What suggestions depend on besides the clusters. */
interface Basis {
  /** One of the galleries, which are all new after each change to people. */
  readonly gallery: Gallery;
  readonly threshold: number;
}

export function createClusterSuggestions({ store, people, settings, bus }: ClusterSuggestionsDeps): ClusterSuggestions {
  const current = (): Basis => ({ gallery: people.gallery(DLIB), threshold: settings()["recognition.threshold"] });
  let basis = current();
  /** By cluster id; of the basis. */
  let kept = new Map<string, Judged & { readonly key: string }>();
  /** Changes whenever clusters may have. */
  let revision = 0;
  const changed = (): void => {
    revision++;
  };
  bus.on("clusters", changed);
  bus.on("people", changed);
  bus.on("stranger", changed);
  /** Changes whenever ignored ones may have. */
  let ignoredRevision = 0;
  bus.on("face", ({ face }) => {
    if (face.state === "ignored") ignoredRevision++;
  });

  async function findSuggestion(cluster: ClusterOutline): Promise<Suggestion | null> {
    const { threshold } = current();
    const gallery = people.gallery(cluster.model);
    if (!mayFit(cluster, gallery, threshold)) return null;
    const faces = cluster.size === 1 ? [] : await store.clusterEncodings(cluster.id, SAMPLE);
    return suggest(
      cluster,
      faces.map((face) => face.encoding),
      gallery,
      threshold,
    );
  }

  async function judge(cluster: ClusterOutline): Promise<Judged> {
    const suggestion = await findSuggestion(cluster);
    if (suggestion?.level !== "perhaps") return { suggestion, state: suggestion ? "known" : "waiting" };
    const recognized = await store.countRecognized(cluster.id, suggestion.personId);
    return { suggestion, state: recognized > cluster.size * MOST ? "known" : "waiting" };
  }

  async function of<T extends ClusterOutline>(cluster: T): Promise<T & Judged> {
    if (cluster.ignored) return { ...cluster, suggestion: null, state: "ignored" };
    const now = current();
    if (now.gallery !== basis.gallery || now.threshold !== basis.threshold) {
      basis = now;
      kept = new Map();
    }
    const ofBasis = kept;
    const key = [cluster.version, cluster.split !== null, ...cluster.notPeople].join(" ");
    const known = ofBasis.get(cluster.id);
    if (known?.key === key) return { ...cluster, suggestion: known.suggestion, state: known.state };
    const judged = await judge(cluster);
    ofBasis.set(cluster.id, { key, ...judged });
    return { ...cluster, ...judged };
  }

  async function judgeAll(): Promise<readonly JudgedOutline[]> {
    const pause = createYielder();
    const judged: JudgedOutline[] = [];
    const outlines = await store.clusterOutlines({ ignored: false });
    for (const outline of outlines) {
      await pause();
      judged.push(await of(outline));
    }
    const there = new Set(outlines.map((one) => one.id));
    for (const id of kept.keys()) if (!there.has(id)) kept.delete(id);
    return judged;
  }

  const all = createKept(() => {
    const { gallery, threshold } = current();
    return [revision, gallery, threshold];
  }, judgeAll);

  const ignored = createKept(
    () => [revision, ignoredRevision],
    async () => {
      const outlines = await store.clusterOutlines({ ignored: true });
      return outlines.map((one): JudgedOutline => ({ ...one, suggestion: null, state: "ignored" }));
    },
  );

  return {
    of,
    all,
    ignored,
    overview: async () => toOverview(await all(), await ignored()),
    waiting: async () => (await all()).filter((one) => one.state === "waiting").length,
  };
}

/** Of many faces is a cluster with as many. */
const MANY = 10;

function toOverview(all: readonly JudgedOutline[], ignored: readonly JudgedOutline[]): ClusterOverview {
  const waiting = all.filter((one) => one.state === "waiting");
  const count = (is: (one: JudgedOutline) => boolean): number => waiting.filter(is).length;
  const sum = (of: readonly JudgedOutline[]) => ({
    clusters: of.length,
    faces: of.reduce((faces, one) => faces + one.size, 0),
  });
  return {
    waiting: waiting.length,
    many: count((one) => one.size >= MANY),
    few: count((one) => one.size > 1 && one.size < MANY),
    once: count((one) => one.size === 1),
    cameBack: count((one) => one.stranger !== null),
    known: sum(all.filter((one) => one.state === "known")),
    ignored: sum(ignored),
  };
}
