import type {
  ActivityAnswer,
  AssignAnswer,
  CamerasAnswer,
  ClaimAnswer,
  ClusterAnswer,
  ClusterCandidatesAnswer,
  ClustersAnswer,
  DeleteAnswer,
  DiscoveryJson,
  FaceJson,
  FacesAnswer,
  HealthAnswer,
  IgnoreAnswer,
  MatchAnswer,
  MergeAnswer,
  PeopleAnswer,
  PersonAnswer,
  PurgeAnswer,
  RenameAnswer,
  SettingsAnswer,
  SimilarAnswer,
  StatusJson,
  ThresholdAnswer,
  UnassignAnswer,
  UndoAnswer,
} from "../wire/out/schemas.ts";

/** `limit` 100 unless told, at most 1000. */
export interface PageRequest {
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
}

/** People are given by name or person_id; a name wins. */
export interface AssignRequest {
  readonly cluster: string;
  readonly name: string;
  readonly exclude_faces?: readonly number[] | undefined;
  readonly version?: string | undefined;
  /** Two faces of one frame to one person: only when this is said. */
  readonly allow_same_frame?: boolean | undefined;
}

/**
 * All that can be asked of the daemon, over MQTT and HTTP alike: arguments and answers are the wire's JSON.
 * Every method rejects with a `FacesError`.
 */
export interface Requests {
  /** Starts or joins a discovery; answers when it is done, with the first page of the clusters. */
  discover(input: Pick<PageRequest, "limit">): Promise<ClustersAnswer>;
  /** Starts or joins a discovery; answers at once. */
  startDiscovery(): Promise<DiscoveryJson>;
  discovery(): Promise<DiscoveryJson>;
  cancel(): Promise<DiscoveryJson>;
  clusters(input: PageRequest & { readonly state?: "waiting" | "ignored" | undefined }): Promise<ClustersAnswer>;
  cluster(input: PageRequest & { readonly cluster: string }): Promise<ClusterAnswer>;
  /** Everybody known, nearest to the cluster first, with the closest pair of faces for the nearest few. */
  clusterCandidates(input: {
    readonly cluster: string;
    readonly limit?: number | undefined;
  }): Promise<ClusterCandidatesAnswer>;
  assign(input: AssignRequest): Promise<AssignAnswer>;
  ignore(input: { readonly cluster: string; readonly version?: string | undefined }): Promise<IgnoreAnswer>;
  unignore(input: { readonly cluster: string }): Promise<IgnoreAnswer>;
  unassign(input: { readonly faces: readonly number[] }): Promise<UnassignAnswer>;
  people(input: PageRequest): Promise<PeopleAnswer>;
  person(input: PageRequest & { readonly name: string }): Promise<PersonAnswer>;
  /** The person in the registry file's format. */
  exportPerson(input: { readonly name: string }): Promise<object>;
  rename(input: {
    readonly from: string;
    readonly to: string;
    readonly merge?: boolean | undefined;
  }): Promise<RenameAnswer>;
  merge(input: { readonly from: readonly string[]; readonly to: string }): Promise<MergeAnswer>;
  delete(input: { readonly name: string; readonly faces?: "unassign" | "erase" | undefined }): Promise<DeleteAnswer>;
  faces(
    input: PageRequest & {
      readonly camera?: string | undefined;
      readonly person?: string | undefined;
      readonly state?: "unassigned" | "assigned" | "ignored" | undefined;
      readonly from?: string | undefined;
      readonly to?: string | undefined;
    },
  ): Promise<FacesAnswer>;
  /** What cameras have seen and whom it was taken for, newest first. */
  activity(
    input: PageRequest & {
      readonly camera?: string | undefined;
      readonly person?: string | undefined;
      readonly type?: "recognized" | "unknown" | "ambiguous" | undefined;
    },
  ): Promise<ActivityAnswer>;
  /** All cameras that ever sent a face, with the faces of the last 24 hours. */
  cameras(): Promise<CamerasAnswer>;
  face(input: { readonly face: number }): Promise<FaceJson>;
  /** JPEG, at most 256 px. */
  thumbnail(input: { readonly face: number }): Promise<Uint8Array>;
  /** The source frame, if it is still there; always re-read from inside `frames_dir`. */
  frame(input: { readonly face: number }): Promise<{ readonly bytes: Uint8Array; readonly type: string }>;
  similar(input: PageRequest & { readonly face: number }): Promise<SimilarAnswer>;
  match(input: { readonly encoding: readonly number[] }): Promise<MatchAnswer>;
  claim(input: { readonly name: string; readonly dry_run?: boolean | undefined }): Promise<ClaimAnswer>;
  purge(input: { readonly dry_run?: boolean | undefined }): Promise<PurgeAnswer>;
  undo(): Promise<UndoAnswer>;
  settings(): Promise<SettingsAnswer>;
  changeSettings(input: Readonly<Record<string, unknown>>): Promise<SettingsAnswer>;
  threshold(): Promise<ThresholdAnswer>;
  status(): Promise<StatusJson>;
  /** Sends MQTT discovery again. */
  announce(): Promise<{ readonly announced: boolean }>;
  /** Whether the daemon works: what `GET /healthz` says. */
  health(): Promise<HealthAnswer>;
}
