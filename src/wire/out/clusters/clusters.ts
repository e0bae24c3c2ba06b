import { type Static, Type } from "typebox";
import type { Cluster, ClusterState, Discovery } from "../../../domain/cluster.ts";
import type { Face } from "../../../domain/face.ts";
import type { PageOf } from "../../../domain/page.ts";
import type { Candidate, Level, Suggestion } from "../../../domain/recognition.ts";
import { round4 } from "../../../domain/vectors/encoding.ts";
import { CandidateSchema, toCandidateJson } from "../candidates.ts";
import { FaceSchema, toFaceJson } from "../faces.ts";
import { BoxSchema, Distance, NextCursor, Nullable, ThumbnailUrl, Time, toThumbnailUrl, toTime } from "../values.ts";

export const DiscoverySchema = Type.Object({
  state: Type.Union([Type.Literal("idle"), Type.Literal("running"), Type.Literal("cancelled"), Type.Literal("failed")]),
  id: Nullable(Type.String()),
  progress: Type.Number({ minimum: 0, maximum: 1 }),
  faces: Type.Integer(),
  clusters: Type.Integer(),
  started_at: Nullable(Time),
  finished_at: Nullable(Time),
  error: Nullable(Type.String()),
});
export type DiscoveryJson = Static<typeof DiscoverySchema>;

export function toDiscoveryJson(discovery: Discovery): DiscoveryJson {
  return {
    state: discovery.state,
    id: discovery.id,
    progress: round4(discovery.progress),
    faces: discovery.faces,
    clusters: discovery.clusters,
    started_at: toTime(discovery.startedAt),
    finished_at: toTime(discovery.finishedAt),
    error: discovery.error,
  };
}

export const RepresentativeSchema = Type.Object({
  face_id: Type.Integer(),
  thumbnail: ThumbnailUrl,
  source: Nullable(Type.String()),
  camera: Type.String(),
  timestamp: Time,
  box: Nullable(BoxSchema),
  visit_id: Nullable(Type.String()),
});

export function toRepresentativeJson(face: Face): Static<typeof RepresentativeSchema> {
  const { face_id, thumbnail, source, camera, timestamp, box, visit_id } = toFaceJson(face);
  return { face_id, thumbnail, source, camera, timestamp, box, visit_id };
}

const SuggestionSchema = Type.Object({
  ...CandidateSchema.properties,
  threshold: Type.Number({ description: "distances count under it, for as many faces as were compared" }),
  level: Type.Union([Type.Literal("sure"), Type.Literal("perhaps")], {
    description: "sure: may be confirmed at once; perhaps: to be looked at side by side first",
  }),
});

function toSuggestionJson(suggestion: Suggestion): Static<typeof SuggestionSchema> {
  return { ...toCandidateJson(suggestion), threshold: suggestion.threshold, level: suggestion.level };
}

export const ClusterSchema = Type.Object({
  id: Type.String(),
  version: Type.String({ description: "changes whenever its faces change" }),
  size: Type.Integer(),
  cameras: Type.Array(Type.String()),
  first_seen: Time,
  last_seen: Time,
  representatives: Type.Array(RepresentativeSchema, {
    description: "at most 5: the most central face with a picture first, then of other visits, as unlike as possible",
  }),
  suggestion: Nullable(SuggestionSchema),
  state: Type.Union([Type.Literal("waiting"), Type.Literal("known"), Type.Literal("ignored")], {
    description: "waiting: for a name; known: more of the suggested person",
  }),
  model: Type.String({ description: "what made its faces' encodings" }),
  visits: Type.Integer({ description: "of how many its faces are" }),
  stranger_id: Nullable(Type.String({ description: "to whose visits most of its faces belong" })),
  stranger: Nullable(
    Type.Object(
      { stranger_id: Type.String(), number: Type.Integer(), visits: Type.Integer() },
      { description: "the same stranger: an unknown person who came back" },
    ),
  ),
  tightness: Nullable(
    Type.Number({
      description: "how far its faces lie from whom they show; about 0.32 for one person; null for one face",
    }),
  ),
  worst: Nullable(
    Type.Object(
      { face_id: Type.Integer(), distance: Distance },
      {
        description: "the face that fits worst, and its distance to the mean of the others",
      },
    ),
  ),
  split: Nullable(
    Type.Array(Type.Array(Type.Integer()), {
      minItems: 2,
      maxItems: 2,
      description: "where it shows two people: the faces of each",
    }),
  ),
});
export type ClusterJson = Static<typeof ClusterSchema>;

/** A cluster, and the person it might be; null when no person is near enough, or it is ignored. */
export interface SuggestedCluster extends Cluster {
  readonly suggestion: Suggestion | null;
  readonly state: ClusterState;
}

export function toClusterJson(cluster: SuggestedCluster): ClusterJson {
  const { stranger } = cluster;
  return {
    id: cluster.id,
    version: cluster.version,
    size: cluster.size,
    cameras: [...cluster.cameras],
    first_seen: cluster.firstSeen.toISOString(),
    last_seen: cluster.lastSeen.toISOString(),
    representatives: cluster.representatives.map(toRepresentativeJson),
    suggestion: cluster.suggestion && toSuggestionJson(cluster.suggestion),
    state: cluster.state,
    model: cluster.model,
    visits: cluster.visits,
    stranger_id: stranger?.strangerId ?? null,
    stranger: stranger && { stranger_id: stranger.strangerId, number: stranger.number, visits: stranger.visits },
    tightness: cluster.tightness === null ? null : round4(cluster.tightness),
    worst: cluster.worst && { face_id: cluster.worst.faceId, distance: round4(cluster.worst.distance) },
    split: cluster.split?.map((faces) => [...faces]) ?? null,
  };
}

const CountsSchema = Type.Object({ clusters: Type.Integer(), faces: Type.Integer() });

const OverviewSchema = Type.Object(
  {
    waiting: Type.Integer(),
    many: Type.Integer({ description: "of 10 faces and more" }),
    few: Type.Integer({ description: "of 2 to 9 faces" }),
    once: Type.Integer({ description: "of 1 face" }),
    came_back: Type.Integer({ description: "of a stranger" }),
    known: CountsSchema,
    ignored: CountsSchema,
  },
  { description: "how many clusters wait, whatever is filtered, and of these how many there are of each kind" },
);

/** How many clusters there are; `many` to `cameBack` are of those that wait. */
export interface ClusterOverview {
  readonly waiting: number;
  /** Of 10 faces and more. */
  readonly many: number;
  /** Of 2 to 9 faces. */
  readonly few: number;
  /** Of one face. */
  readonly once: number;
  /** Of a stranger. */
  readonly cameBack: number;
  readonly known: { readonly clusters: number; readonly faces: number };
  readonly ignored: { readonly clusters: number; readonly faces: number };
}

export const ClustersAnswerSchema = Type.Object({
  discovery: DiscoverySchema,
  clusters: Type.Array(ClusterSchema),
  next_cursor: NextCursor,
  total: Type.Integer({ description: "clusters that the filter matches" }),
  overview: OverviewSchema,
});
export type ClustersAnswer = Static<typeof ClustersAnswerSchema>;

/** A page of clusters, and how many match in all. */
export interface ListedClusters extends PageOf<SuggestedCluster> {
  readonly total: number;
}

export function toClustersAnswer(
  discovery: Discovery,
  { items, nextCursor, total }: ListedClusters,
  { cameBack, ...overview }: ClusterOverview,
): ClustersAnswer {
  return {
    discovery: toDiscoveryJson(discovery),
    clusters: items.map(toClusterJson),
    next_cursor: nextCursor,
    total,
    overview: { ...overview, came_back: cameBack },
  };
}

const ClusterFaceSchema = Type.Object({
  ...FaceSchema.properties,
  distance: Nullable(Type.Number({ minimum: 0, description: "to the mean of the others; null for one face" })),
  different: Type.Boolean({
    description: "it stands out: by itself it would not count as the person whom the others show",
  }),
});

export const ClusterAnswerSchema = Type.Object({
  ...ClusterSchema.properties,
  faces: Type.Array(ClusterFaceSchema),
  next_cursor: NextCursor,
});
export type ClusterAnswer = Static<typeof ClusterAnswerSchema>;

/** A face of a cluster, and how it fits the others; not rounded. */
export interface ClusterFace {
  readonly face: Face;
  /** To the mean of the others; null for one face. */
  readonly distance: number | null;
  /** It stands out. */
  readonly different: boolean;
}

export function toClusterAnswer(cluster: SuggestedCluster, { items, nextCursor }: PageOf<ClusterFace>): ClusterAnswer {
  const faces = items.map(({ face, distance, different }) => ({
    ...toFaceJson(face),
    distance: distance === null ? null : round4(distance),
    different,
  }));
  return { ...toClusterJson(cluster), faces, next_cursor: nextCursor };
}

export const ClusterCandidatesAnswerSchema = Type.Object({
  candidates: Type.Array(
    Type.Object({
      ...SuggestionSchema.properties,
      level: Nullable(SuggestionSchema.properties.level),
      faces: Type.Integer({ description: "assigned faces" }),
      thumbnail: ThumbnailUrl,
      closest_face: Nullable(Type.Integer({ description: "the person's face nearest to the group" })),
      cluster_face: Nullable(Type.Integer({ description: "the group's face nearest to the person" })),
      closest_distance: Nullable(Distance),
      furthest_face: Nullable(Type.Integer({ description: "the group's face least like the person" })),
      furthest_distance: Nullable(Distance),
    }),
    { description: "all people, best fit first; the pair of faces for the nearest few only" },
  ),
});
export type ClusterCandidatesAnswer = Static<typeof ClusterCandidatesAnswerSchema>;

/** The closest faces of a cluster and a person, and the cluster's face that is least like the person; not rounded. */
export interface FacePair {
  readonly closestFace: number;
  readonly clusterFace: number;
  readonly closestDistance: number;
  readonly furthestFace: number;
  readonly furthestDistance: number;
}

/** A person a cluster might be joined to. */
export interface ClusterCandidate extends Candidate {
  /** The distance under which the cluster counts as this person, for what was compared. */
  readonly threshold: number;
  /** null: too far away. */
  readonly level: Level | null;
  /** Assigned faces. */
  readonly faces: number;
  readonly thumbnailFace: number | null;
  /** Null for all but the nearest few. */
  readonly pair: FacePair | null;
}

export function toClusterCandidatesAnswer(candidates: readonly ClusterCandidate[]): ClusterCandidatesAnswer {
  return { candidates: candidates.map(toClusterCandidateJson) };
}

export function toClusterCandidateJson(candidate: ClusterCandidate): ClusterCandidatesAnswer["candidates"][number] {
  return {
    ...toCandidateJson(candidate),
    threshold: candidate.threshold,
    level: candidate.level,
    faces: candidate.faces,
    thumbnail: toThumbnailUrl(candidate.thumbnailFace),
    closest_face: candidate.pair?.closestFace ?? null,
    cluster_face: candidate.pair?.clusterFace ?? null,
    closest_distance: candidate.pair && round4(candidate.pair.closestDistance),
    furthest_face: candidate.pair?.furthestFace ?? null,
    furthest_distance: candidate.pair && round4(candidate.pair.furthestDistance),
  };
}
