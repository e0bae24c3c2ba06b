import { type Static, type TSchema, Type } from "typebox";

/** A value or null, written so that OpenAPI 3.1 understands it. */
export const Nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

const Time = Type.String({ format: "date-time", description: "ISO 8601, UTC" });
const Distance = Type.Number({ minimum: 0, description: "Euclidean distance, 4 places" });
const Score = Type.Number({ description: "1 - distance" });
const ThumbnailUrl = Nullable(Type.String({ description: "relative to the server's root" }));

const BoxSchema = Type.Object(
  { x: Type.Number(), y: Type.Number(), width: Type.Number(), height: Type.Number() },
  { description: "in pixels of the source frame" },
);

export const CandidateSchema = Type.Object({
  person: Type.String(),
  person_id: Type.String(),
  score: Score,
  distance: Distance,
});

export const FaceSchema = Type.Object({
  face_id: Type.Integer(),
  uid: Type.String({ description: "the id it was published with" }),
  camera: Type.String(),
  timestamp: Time,
  source: Nullable(Type.String()),
  box: Nullable(BoxSchema),
  detection_score: Nullable(Type.Number()),
  state: Type.Union([Type.Literal("unassigned"), Type.Literal("assigned"), Type.Literal("ignored")]),
  person: Nullable(Type.String()),
  person_id: Nullable(Type.String()),
  matched: Nullable(CandidateSchema),
  cluster: Nullable(Type.String()),
  thumbnail: ThumbnailUrl,
});

export const SimilarFaceSchema = Type.Object({ ...FaceSchema.properties, distance: Distance });

export const RepresentativeSchema = Type.Object({
  face_id: Type.Integer(),
  thumbnail: ThumbnailUrl,
  source: Nullable(Type.String()),
  camera: Type.String(),
  timestamp: Time,
  box: Nullable(BoxSchema),
});

const SuggestionSchema = Type.Object({
  person: Type.String(),
  person_id: Type.String(),
  score: Score,
  distance: Distance,
});

export const ClusterSchema = Type.Object({
  id: Type.String(),
  version: Type.String({ description: "changes whenever its faces change" }),
  size: Type.Integer(),
  cameras: Type.Array(Type.String()),
  first_seen: Time,
  last_seen: Time,
  representatives: Type.Array(RepresentativeSchema, { description: "at most 5, the one nearest to the mean first" }),
  suggestion: Nullable(SuggestionSchema),
});

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

const NextCursor = Nullable(Type.String({ description: "null at the end" }));

export const ClustersAnswerSchema = Type.Object({
  discovery: DiscoverySchema,
  clusters: Type.Array(ClusterSchema),
  next_cursor: NextCursor,
});

export const ClusterAnswerSchema = Type.Object({
  ...ClusterSchema.properties,
  faces: Type.Array(FaceSchema),
  next_cursor: NextCursor,
});

export const ClusterCandidatesAnswerSchema = Type.Object({
  candidates: Type.Array(
    Type.Object({
      ...CandidateSchema.properties,
      faces: Type.Integer({ description: "assigned faces" }),
      thumbnail: ThumbnailUrl,
      closest_face: Nullable(Type.Integer({ description: "the person's face nearest to the group" })),
      cluster_face: Nullable(Type.Integer({ description: "the group's face nearest to the person" })),
      closest_distance: Nullable(Distance),
      furthest_face: Nullable(Type.Integer({ description: "the group's face least like the person" })),
      furthest_distance: Nullable(Distance),
    }),
    { description: "everybody, nearest first; the pair of faces for the nearest few only" },
  ),
});

export const FacesAnswerSchema = Type.Object({ faces: Type.Array(FaceSchema), next_cursor: NextCursor });

export const SimilarAnswerSchema = Type.Object({
  faces: Type.Array(SimilarFaceSchema),
  cameras: Type.Array(Type.Object({ camera: Type.String(), faces: Type.Integer() })),
  days: Type.Array(Type.Object({ day: Type.String({ description: "YYYY-MM-DD, UTC" }), faces: Type.Integer() })),
  total: Type.Integer(),
  next_cursor: NextCursor,
});

export const PersonSchema = Type.Object({
  name: Type.String(),
  person_id: Type.String(),
  encodings: Type.Integer(),
  faces: Type.Integer(),
  first_seen: Nullable(Time),
  last_seen: Nullable(Time),
  last_camera: Nullable(Type.String()),
  thumbnail: ThumbnailUrl,
});

export const PeopleAnswerSchema = Type.Object({ people: Type.Array(PersonSchema), next_cursor: NextCursor });

export const PersonAnswerSchema = Type.Object({
  person: PersonSchema,
  faces: Type.Array(FaceSchema),
  next_cursor: NextCursor,
});

export const AssignAnswerSchema = Type.Object({
  person: Type.String(),
  person_id: Type.String(),
  assigned: Type.Integer(),
  encoding_count: Type.Integer(),
  claimable: Type.Integer({ description: "further unassigned faces within the threshold" }),
});

export const UnassignAnswerSchema = Type.Object({
  faces: Type.Array(Type.Integer()),
  people: Type.Array(Type.Object({ person: Type.String(), person_id: Type.String(), encoding_count: Type.Integer() })),
});

const JoinedSchema = Type.Object({ faces: Type.Integer(), encodings: Type.Integer() });

export const RenameAnswerSchema = Type.Object({
  person: Type.String(),
  person_id: Type.String(),
  from: Type.String(),
  joined: Nullable(JoinedSchema),
});

export const MergeAnswerSchema = Type.Object({
  person: Type.String(),
  person_id: Type.String(),
  removed: Type.Array(Type.String()),
  faces: Type.Integer(),
  encoding_count: Type.Integer(),
});

export const DeleteAnswerSchema = Type.Object({
  person: Type.String(),
  person_id: Type.String(),
  faces: Type.Integer(),
  erased: Type.Boolean(),
});

export const IgnoreAnswerSchema = Type.Object({ cluster: Type.String(), faces: Type.Integer() });

export const MatchAnswerSchema = Type.Object({
  threshold: Type.Number(),
  person: Nullable(Type.String()),
  person_id: Nullable(Type.String()),
  candidates: Type.Array(CandidateSchema),
});

export const ClaimAnswerSchema = Type.Object({
  claimed: Type.Integer(),
  faces: Type.Array(SimilarFaceSchema),
  dry_run: Type.Boolean(),
});

export const PurgeAnswerSchema = Type.Object({
  faces: Type.Integer(),
  frames: Type.Integer(),
  thumbnails: Type.Integer(),
  dry_run: Type.Boolean(),
  would_delete: Type.Array(
    Type.Object({
      face_id: Type.Integer(),
      uid: Type.String(),
      camera: Type.String(),
      timestamp: Time,
      source: Nullable(Type.String()),
      frame: Nullable(Type.String({ description: "the file that goes with it" })),
    }),
  ),
});

export const UndoAnswerSchema = Type.Object({
  undone: Type.String({ description: "a sentence" }),
  action: Type.String(),
});

const setting = <T extends TSchema>(value: T) =>
  Type.Object({
    value,
    default: value,
    source: Type.Union([Type.Literal("database"), Type.Literal("env"), Type.Literal("file"), Type.Literal("default")]),
  });

export const SettingsAnswerSchema = Type.Object({
  settings: Type.Object({
    "recognition.threshold": setting(Type.Number()),
    "recognition.margin": setting(Type.Number()),
    "discovery.threshold": setting(Type.Number()),
    "discovery.schedule": setting(Nullable(Type.String())),
    "storage.retention_days": setting(Type.Number()),
  }),
});

export const ThresholdAnswerSchema = Type.Object({
  recognition_threshold: Type.Number({ description: "in force" }),
  discovery_threshold: Type.Number({ description: "in force" }),
  faces: Type.Integer({ description: "stored faces looked at" }),
  unassigned: Type.Integer({ description: "of these, unassigned" }),
  people: Type.Integer(),
  steps: Type.Array(
    Type.Object({
      threshold: Type.Number(),
      clusters: Nullable(
        Type.Integer({
          description: "groups that the unassigned faces would make; null when there are too many to try",
        }),
      ),
      alone: Nullable(Type.Integer({ description: "of these, groups of one face" })),
      recognized: Type.Integer({ description: "stored faces nearer to somebody than this" }),
      would_get_a_name: Type.Integer({ description: "of these, unassigned" }),
      wrong: Type.Integer({ description: "assigned faces that would be taken for somebody else" }),
    }),
    { description: "0.40 to 0.70, in steps of 0.01" },
  ),
  closest_pair: Nullable(
    Type.Object({
      distance: Distance,
      people: Type.Array(Type.Object({ person: Type.String(), person_id: Type.String(), thumbnail: ThumbnailUrl }), {
        description: "the two different people whose encodings lie nearest to one another",
      }),
    }),
  ),
  at_the_line: Type.Array(
    Type.Object({
      face_id: Type.Integer(),
      thumbnail: ThumbnailUrl,
      camera: Type.String(),
      timestamp: Time,
      person: Type.String({ description: "whose name it would get" }),
      person_id: Type.String(),
      distance: Distance,
    }),
    { description: "unassigned faces, farthest first: of each step the few that it only just lets in" },
  ),
  histogram: Type.Object({
    bin: Type.Number({ description: "width of a bin; the first starts at 0" }),
    nearest: Type.Array(Type.Integer(), { description: "unassigned faces by distance to the nearest person" }),
    second: Type.Array(Type.Integer(), { description: "unassigned faces by distance to the second-nearest person" }),
    own: Type.Array(Type.Integer(), { description: "assigned faces by distance to their own person" }),
  }),
});

export const RecognitionEventSchema = Type.Object({
  event_type: Type.Union([Type.Literal("recognized"), Type.Literal("unknown"), Type.Literal("ambiguous")]),
  event_id: Type.String(),
  face_id: Type.Integer(),
  person: Nullable(Type.String()),
  person_id: Nullable(Type.String()),
  score: Nullable(Score),
  distance: Nullable(Distance),
  threshold: Type.Number(),
  camera: Type.String(),
  timestamp: Time,
  source: Nullable(Type.String()),
  box: Nullable(BoxSchema),
  source_event_id: Nullable(Type.String()),
  candidates: Type.Array(CandidateSchema),
  delayed: Type.Optional(Type.Literal(true)),
});

export const ActivityAnswerSchema = Type.Object({
  faces: Type.Array(
    Type.Object({
      ...FaceSchema.properties,
      event_type: RecognitionEventSchema.properties.event_type,
      candidates: Type.Array(CandidateSchema, { description: "the 3 people who are nearest now" }),
    }),
  ),
  cooldown_seconds: Type.Number({ description: "faces of one camera and answer within this time are one event" }),
  next_cursor: NextCursor,
});

export const CamerasAnswerSchema = Type.Object({
  cameras: Type.Array(
    Type.Object({
      camera: Type.String(),
      camera_id: Type.String(),
      last_seen: Nullable(Time),
      last_24_hours: Type.Array(Type.Integer(), { description: "faces by hour, the last hour last" }),
    }),
  ),
});

export const StatsSchema = Type.Object({
  people: Type.Integer(),
  faces: Type.Integer(),
  unassigned: Type.Integer(),
  clusters: Type.Integer(),
  ignored: Type.Integer(),
  rejected: Type.Integer(),
  last_discovery: Nullable(Time),
  problem: Nullable(Type.String()),
});

export const StatusSchema = Type.Object({
  version: Type.String(),
  instance: Type.String(),
  node: Type.String(),
  started_at: Time,
  uptime_seconds: Type.Number(),
  broker: Type.Object({
    state: Type.Union([Type.Literal("connecting"), Type.Literal("connected"), Type.Literal("stopped")]),
    description: Type.String(),
    dropped: Type.Integer(),
  }),
  stats: StatsSchema,
  faces: Type.Object({ assigned: Type.Integer(), thumbnails: Type.Integer(), encodings: Type.Integer() }),
  rates: Type.Object({ faces_per_minute: Type.Number(), queue: Type.Integer() }),
  database_bytes: Type.Integer(),
  discovery: DiscoverySchema,
  next_discovery: Nullable(Time),
  retention: Type.Object({
    days: Type.Number(),
    held_until: Nullable(Time),
    last_purge: Nullable(Time),
  }),
  problems: Type.Array(Type.String()),
});

export const HealthAnswerSchema = Type.Object({
  healthy: Type.Boolean(),
  version: Type.String(),
  broker: Type.Union([Type.Literal("connecting"), Type.Literal("connected"), Type.Literal("stopped")]),
});

export type HealthAnswer = Static<typeof HealthAnswerSchema>;
export type CandidateJson = Static<typeof CandidateSchema>;
export type FaceJson = Static<typeof FaceSchema>;
export type SimilarFaceJson = Static<typeof SimilarFaceSchema>;
export type RepresentativeJson = Static<typeof RepresentativeSchema>;
export type ClusterJson = Static<typeof ClusterSchema>;
export type DiscoveryJson = Static<typeof DiscoverySchema>;
export type ClustersAnswer = Static<typeof ClustersAnswerSchema>;
export type ClusterAnswer = Static<typeof ClusterAnswerSchema>;
export type ClusterCandidatesAnswer = Static<typeof ClusterCandidatesAnswerSchema>;
export type FacesAnswer = Static<typeof FacesAnswerSchema>;
export type SimilarAnswer = Static<typeof SimilarAnswerSchema>;
export type PersonJson = Static<typeof PersonSchema>;
export type PeopleAnswer = Static<typeof PeopleAnswerSchema>;
export type PersonAnswer = Static<typeof PersonAnswerSchema>;
export type AssignAnswer = Static<typeof AssignAnswerSchema>;
export type UnassignAnswer = Static<typeof UnassignAnswerSchema>;
export type RenameAnswer = Static<typeof RenameAnswerSchema>;
export type MergeAnswer = Static<typeof MergeAnswerSchema>;
export type DeleteAnswer = Static<typeof DeleteAnswerSchema>;
export type IgnoreAnswer = Static<typeof IgnoreAnswerSchema>;
export type MatchAnswer = Static<typeof MatchAnswerSchema>;
export type ClaimAnswer = Static<typeof ClaimAnswerSchema>;
export type PurgeAnswer = Static<typeof PurgeAnswerSchema>;
export type UndoAnswer = Static<typeof UndoAnswerSchema>;
export type SettingsAnswer = Static<typeof SettingsAnswerSchema>;
export type ThresholdAnswer = Static<typeof ThresholdAnswerSchema>;
export type RecognitionEventJson = Static<typeof RecognitionEventSchema>;
export type ActivityAnswer = Static<typeof ActivityAnswerSchema>;
export type CamerasAnswer = Static<typeof CamerasAnswerSchema>;
export type StatsJson = Static<typeof StatsSchema>;
export type StatusJson = Static<typeof StatusSchema>;
