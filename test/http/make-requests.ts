import { FacesError } from "../../src/domain/errors.ts";
import type { Requests } from "../../src/operations/port.ts";
import type { ClusterJson, DiscoveryJson, FaceJson, PersonJson, StatusJson } from "../../src/wire/out/schemas.ts";

const TIME = "2026-02-18T10:00:00.123Z";

function makeFaceJson(overrides: Partial<FaceJson> = {}): FaceJson {
  return {
    face_id: 7,
    uid: "front_door-1",
    camera: "front_door",
    timestamp: TIME,
    source: "frames/front_door/frame_000042.jpg",
    box: { x: 1, y: 2, width: 3, height: 4 },
    detection_score: 0.98,
    state: "unassigned",
    person: null,
    person_id: null,
    matched: { person: "Anna", person_id: "anna", score: 0.68, distance: 0.32 },
    cluster: "c1",
    thumbnail: "api/faces/7/thumbnail",
    ...overrides,
  };
}

export function makeDiscoveryJson(overrides: Partial<DiscoveryJson> = {}): DiscoveryJson {
  return {
    state: "idle",
    id: "d1",
    progress: 1,
    faces: 12,
    clusters: 1,
    started_at: TIME,
    finished_at: TIME,
    error: null,
    ...overrides,
  };
}

function makeClusterJson(overrides: Partial<ClusterJson> = {}): ClusterJson {
  return {
    id: "c1",
    version: "v1",
    size: 12,
    cameras: ["front_door"],
    first_seen: TIME,
    last_seen: TIME,
    representatives: [
      {
        face_id: 7,
        thumbnail: "api/faces/7/thumbnail",
        source: null,
        camera: "front_door",
        timestamp: TIME,
        box: null,
      },
    ],
    suggestion: null,
    ...overrides,
  };
}

function makePersonJson(overrides: Partial<PersonJson> = {}): PersonJson {
  return {
    name: "Anna",
    person_id: "anna",
    encodings: 1,
    faces: 12,
    first_seen: TIME,
    last_seen: TIME,
    last_camera: "front_door",
    thumbnail: null,
    ...overrides,
  };
}

export function makeStatusJson(overrides: Partial<StatusJson> = {}): StatusJson {
  return {
    version: "1.2.3",
    instance: "abc",
    node: "v20",
    started_at: TIME,
    uptime_seconds: 1,
    broker: { state: "connected", description: "embedded", dropped: 0 },
    stats: {
      people: 1,
      faces: 24,
      unassigned: 12,
      clusters: 1,
      ignored: 0,
      rejected: 0,
      last_discovery: TIME,
      problem: null,
    },
    faces: { assigned: 12, thumbnails: 12, encodings: 1 },
    rates: { faces_per_minute: 0, queue: 0 },
    database_bytes: 4096,
    discovery: makeDiscoveryJson(),
    next_discovery: null,
    retention: { days: 30, held_until: null, last_purge: null },
    problems: [],
    ...overrides,
  };
}

/** A call that reached the daemon. */
export interface Call {
  readonly method: keyof Requests;
  readonly input: unknown;
}

/** A small daemon in memory: one cluster `c1`, one face 7, one person Anna; `calls` lists what it was asked. */
export function makeRequests(overrides: Partial<Requests> = {}): Requests & { readonly calls: Call[] } {
  const calls: Call[] = [];
  const page = { next_cursor: null };
  const clusters = { discovery: makeDiscoveryJson(), clusters: [makeClusterJson()], ...page };
  const setting = { value: 0.6, default: 0.6, source: "default" as const };
  const settings = {
    settings: {
      "recognition.threshold": setting,
      "recognition.margin": setting,
      "discovery.threshold": setting,
      "discovery.schedule": { ...setting, value: null, default: null },
      "storage.retention_days": setting,
    },
  };
  const needFace = (face: number) => {
    if (face !== 7) throw new FacesError("FACE_NOT_FOUND", `face ${face} does not exist`);
  };
  const requests: Requests = {
    discover: async () => clusters,
    startDiscovery: async () => makeDiscoveryJson({ state: "running", progress: 0.5, finished_at: null }),
    discovery: async () => makeDiscoveryJson(),
    cancel: async () => makeDiscoveryJson({ state: "cancelled" }),
    clusters: async () => clusters,
    cluster: async ({ cluster }) => {
      if (cluster !== "c1") throw new FacesError("CLUSTER_NOT_FOUND", `cluster "${cluster}" does not exist`);
      return { ...makeClusterJson(), faces: [makeFaceJson()], ...page };
    },
    clusterCandidates: async () => ({
      candidates: [
        {
          person: "Anna",
          person_id: "anna",
          score: 0.6,
          distance: 0.4,
          faces: 12,
          thumbnail: null,
          closest_face: 8,
          cluster_face: 7,
          closest_distance: 0.3,
          furthest_face: 7,
          furthest_distance: 0.3,
        },
      ],
    }),
    assign: async ({ name, version }) => {
      if (version !== undefined && version !== "v1") throw new FacesError("CLUSTER_CHANGED", "the cluster has changed");
      return { person: name, person_id: "anna", assigned: 12, encoding_count: 1, claimable: 0 };
    },
    ignore: async ({ cluster }) => ({ cluster, faces: 12 }),
    unignore: async ({ cluster }) => ({ cluster, faces: 12 }),
    unassign: async ({ faces }) => ({ faces: [...faces], people: [] }),
    people: async () => ({ people: [makePersonJson()], ...page }),
    person: async ({ name }) => ({ person: makePersonJson({ name }), faces: [makeFaceJson()], ...page }),
    exportPerson: async ({ name }) => ({ people: { [name]: { embeddings: [] } } }),
    rename: async ({ from, to }) => ({ person: to, person_id: "anna", from, joined: null }),
    merge: async ({ from, to }) => ({
      person: to,
      person_id: "anna",
      removed: [...from],
      faces: 12,
      encoding_count: 2,
    }),
    delete: async ({ name, faces }) => ({ person: name, person_id: "anna", faces: 12, erased: faces === "erase" }),
    faces: async () => ({ faces: [makeFaceJson()], ...page }),
    activity: async () => ({
      faces: [{ ...makeFaceJson(), event_type: "recognized" as const, candidates: [] }],
      cooldown_seconds: 30,
      ...page,
    }),
    cameras: async () => ({
      cameras: [{ camera: "front_door", camera_id: "front_door", last_seen: TIME, last_24_hours: Array(24).fill(0) }],
    }),
    face: async ({ face }) => {
      needFace(face);
      return makeFaceJson();
    },
    thumbnail: async ({ face }) => {
      needFace(face);
      return Buffer.from([0xff, 0xd8, 0xff, 7]);
    },
    frame: async ({ face }) => {
      needFace(face);
      return { bytes: Buffer.from([0x89, 0x50]), type: "image/png" };
    },
    similar: async () => ({
      faces: [{ ...makeFaceJson(), distance: 0.1 }],
      cameras: [{ camera: "front_door", faces: 1 }],
      days: [{ day: "2026-02-18", faces: 1 }],
      total: 1,
      ...page,
    }),
    match: async () => ({ threshold: 0.6, person: null, person_id: null, candidates: [] }),
    claim: async ({ dry_run }) => ({
      claimed: 1,
      faces: [{ ...makeFaceJson(), distance: 0.1 }],
      dry_run: dry_run ?? false,
    }),
    purge: async ({ dry_run }) => ({
      faces: 0,
      frames: 0,
      thumbnails: 0,
      dry_run: dry_run ?? false,
      would_delete: [],
    }),
    undo: async () => ({ undone: "Anna is unnamed again", action: "assign" }),
    settings: async () => settings,
    changeSettings: async () => settings,
    threshold: async () => ({
      recognition_threshold: 0.6,
      discovery_threshold: 0.6,
      unassigned: 0,
      faces: 0,
      people: 0,
      steps: [],
      closest_pair: null,
      at_the_line: [],
      histogram: { bin: 0.05, nearest: [], second: [], own: [] },
    }),
    status: async () => makeStatusJson(),
    announce: async () => ({ announced: true }),
    health: async () => ({ healthy: true, version: "1.2.3", broker: "connected" }),
    ...overrides,
  };
  const recorded = Object.fromEntries(
    Object.entries(requests).map(([method, run]) => [
      method,
      (input: never) => {
        calls.push({ method: method as keyof Requests, input });
        return (run as (input: never) => unknown)(input);
      },
    ]),
  ) as unknown as Requests;
  return Object.assign(recorded, { calls });
}
