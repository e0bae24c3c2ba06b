import { type Static, Type } from "typebox";
import type { Cluster, ClusterState, Discovery } from "../../domain/cluster.ts";
import type { Face } from "../../domain/face.ts";
import type { PageOf } from "../../domain/page.ts";
import type { Person } from "../../domain/person.ts";
import type { Candidate, Level, Suggestion } from "../../domain/recognition.ts";
import { round4 } from "../../domain/vectors/encoding.ts";
import { CandidateSchema, toCandidateJson } from "./candidates.ts";
import { FaceSchema, toFaceJson, toFacesAnswer } from "./faces.ts";
import {
  BoxSchema,
  ChangeId,
  Distance,
  NextCursor,
  Nullable,
  NullableChangeId,
  named,
  ThumbnailUrl,
  Time,
  toNamed,
  toThumbnailUrl,
  toTime,
} from "./values.ts";

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
});

export function toRepresentativeJson(face: Face): Static<typeof RepresentativeSchema> {
  const { face_id, thumbnail, source, camera, timestamp, box } = toFaceJson(face);
  return { face_id, thumbnail, source, camera, timestamp, box };
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
  representatives: Type.Array(RepresentativeSchema, { description: "at most 5, the one nearest to the mean first" }),
  suggestion: Nullable(SuggestionSchema),
  state: Type.Union([Type.Literal("waiting"), Type.Literal("known"), Type.Literal("ignored")], {
    description: "waiting: for a name; known: more of the suggested person",
  }),
  model: Type.String({ description: "what made its faces' encodings" }),
  stranger_id: Nullable(Type.String({ description: "to whose visits most of its faces belong" })),
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
    stranger_id: cluster.strangerId,
    tightness: cluster.tightness === null ? null : round4(cluster.tightness),
    worst: cluster.worst && { face_id: cluster.worst.faceId, distance: round4(cluster.worst.distance) },
    split: cluster.split?.map((faces) => [...faces]) ?? null,
  };
}

export const ClustersAnswerSchema = Type.Object({
  discovery: DiscoverySchema,
  clusters: Type.Array(ClusterSchema),
  next_cursor: NextCursor,
});
export type ClustersAnswer = Static<typeof ClustersAnswerSchema>;

export function toClustersAnswer(
  discovery: Discovery,
  { items, nextCursor }: PageOf<SuggestedCluster>,
): ClustersAnswer {
  return { discovery: toDiscoveryJson(discovery), clusters: items.map(toClusterJson), next_cursor: nextCursor };
}

export const ClusterAnswerSchema = Type.Object({
  ...ClusterSchema.properties,
  faces: Type.Array(FaceSchema),
  next_cursor: NextCursor,
});
export type ClusterAnswer = Static<typeof ClusterAnswerSchema>;

export function toClusterAnswer(cluster: SuggestedCluster, faces: PageOf<Face>): ClusterAnswer {
  return { ...toClusterJson(cluster), ...toFacesAnswer(faces) };
}

export const SplitAnswerSchema = Type.Object({
  clusters: Type.Array(ClusterSchema, { minItems: 2, maxItems: 2, description: "the one that kept its id first" }),
  change: ChangeId,
});
export type SplitAnswer = Static<typeof SplitAnswerSchema>;

export function toSplitAnswer(clusters: readonly SuggestedCluster[], change: number): SplitAnswer {
  return { clusters: clusters.map(toClusterJson), change };
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
  return {
    candidates: candidates.map((candidate) => ({
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
    })),
  };
}

export const IgnoreAnswerSchema = Type.Object({
  cluster: Type.String(),
  faces: Type.Integer(),
  change: NullableChangeId,
});
export type IgnoreAnswer = Static<typeof IgnoreAnswerSchema>;

export const RejectAnswerSchema = Type.Object({
  cluster: Type.String(),
  ...named,
  faces: Type.Integer(),
  change: NullableChangeId,
});
export type RejectAnswer = Static<typeof RejectAnswerSchema>;

/** @param faces How many faces the cluster has, which are not this person. */
export function toRejectAnswer(cluster: string, person: Person, faces: number, change: number | null): RejectAnswer {
  return { cluster, ...toNamed(person), faces, change };
}
