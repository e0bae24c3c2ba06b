import { setTimeout as sleep } from "node:timers/promises";
import type { ClusterAnswer, ClusterJson, ClustersAnswer, DiscoveryJson } from "../../src/wire/out/schemas.ts";
import type { Daemon } from "../helpers/daemon.ts";
import type { Recorder } from "./recorder.ts";

const DISCOVER = "POST /api/faces/discover";
const ASSIGN = "POST /api/faces/clusters/{id}/assign";

/** The clusters of the first day, largest first. */
export interface Found {
  readonly anna: ClusterJson;
  readonly bob: ClusterJson;
  readonly anja: ClusterJson;
  readonly eve: ClusterJson;
}

async function untilDone(daemon: Daemon): Promise<void> {
  while ((await daemon.get<DiscoveryJson>("api/faces/discover")).state === "running") await sleep(20);
}

/** Every way to start a discovery, and what it found. */
export async function discover({ http, mqtt }: Recorder, daemon: Daemon): Promise<Found> {
  await http(DISCOVER, { headers: { prefer: "respond-async" } });
  await untilDone(daemon);
  await http("GET /api/faces/discover");
  await mqtt("discover");
  await untilDone(daemon);
  await mqtt("discover", { wait: true, limit: 1 });
  await mqtt("discover", { wait: "yes" });
  await http("DELETE /api/faces/discover");
  await mqtt("cancel");
  await mqtt("cancel", { id: "x" });
  await http(DISCOVER, { query: { limit: 0 } });
  await http(DISCOVER, { body: { wait: true } });
  const { clusters } = await http<ClustersAnswer>(DISCOVER, { body: {} });
  const [anna, bob, anja, eve] = clusters as [ClusterJson, ClusterJson, ClusterJson, ClusterJson];

  const page = await http<ClustersAnswer>("GET /api/faces/clusters", { query: { limit: 2 } });
  await http("GET /api/faces/clusters", { query: { limit: 1, cursor: page.next_cursor ?? "" } });
  await http("GET /api/faces/clusters", { query: { state: "ignored" } });
  await http("GET /api/faces/clusters", { query: { state: "lost" } });
  await mqtt("clusters", { state: "waiting", limit: 1 });
  await mqtt("clusters", { cursor: "none" });
  await http("GET /api/faces/clusters/{id}", { params: { id: eve.id } });
  await http("GET /api/faces/clusters/{id}", { params: { id: anna.id }, query: { limit: 1 } });
  await http("GET /api/faces/clusters/{id}", { params: { id: "c_none" } });
  await http("GET /api/faces/clusters/{id}/candidates", { params: { id: anna.id } });
  await http("GET /api/faces/clusters", { query: { max_size: 2, came_back: "false" } });
  await http("GET /api/faces/clusters/{id}", { params: { id: anna.id }, query: { sort: "least_alike", limit: 2 } });
  await http("POST /api/faces/clusters/compare", { body: { clusters: [anna.id, bob.id, eve.id] } });
  await http("POST /api/faces/clusters/compare", { body: { clusters: [anna.id] } });
  await http("GET /api/map");
  await sayOfClusters(http, [bob, eve]);
  return { anna, bob, anja, eve };
}

/** What is said of several clusters, each taken back. */
async function sayOfClusters(http: Recorder["http"], clusters: readonly ClusterJson[]): Promise<void> {
  const path = "POST /api/faces/clusters";
  const ids = clusters.map((one) => one.id);
  const shown = clusters.map(({ id, version }) => ({ id, version }));
  for (const [to, body] of [
    ["merge", { clusters: ids, allow_same_frame: true }],
    ["apart", { clusters: ids }],
    ["ignore", { clusters: shown }],
    ["assign", { clusters: shown, name: "Both", allow_same_frame: true }],
  ] as const) {
    await http(`${path}/${to}`, { body });
    await http("POST /api/undo", { body: {} });
    await http(`${path}/${to}`, { body: {} });
  }
  const params = { id: ids[0] ?? "" };
  await http(`${path}/{id}/keep-together`, { params, body: {} });
  await http("POST /api/undo", { body: {} });
}

/** Names for Anna, Bob and Anja; everything that stands in the way first. */
export async function nameClusters({ http, mqtt }: Recorder, { anna, bob, anja, eve }: Found): Promise<void> {
  const params = { id: anna.id };
  const { faces } = await http<ClusterAnswer>("GET /api/faces/clusters/{id}", { params });
  const ids = faces.map((face) => face.face_id).sort((a, b) => a - b);
  await http(ASSIGN, { params, body: { name: "Anna" }, headers: { "if-match": '"0000000000000000"' } });
  await http(ASSIGN, { params, body: { name: "Anna", version: "0" }, headers: { "if-match": '"1"' } });
  await http(ASSIGN, { params, body: { name: "Anna" }, headers: { "if-match": '"1", "2"' } });
  for (const body of [
    { name: " " },
    { name: "A\u202enna" },
    { name: "x".repeat(65) },
    { name: "Anna", exclude_faces: ids },
    { name: "Anna", exclude_faces: [eve.representatives[0]?.face_id] },
    { name: "Anna", exclude_faces: [999] },
    { name: "Anna", exclude_face: [1] },
    { name: 7 },
    {},
    "not JSON",
  ]) {
    await http(ASSIGN, { params, body });
  }
  await http(ASSIGN, { params, body: "name=Anna", headers: { "content-type": "text/plain" } });
  await http(ASSIGN, { params: { id: "c_none" }, body: { name: "Anna" } });
  await http(ASSIGN, {
    params,
    body: { name: "Anna", exclude_faces: ids.slice(-2) },
    headers: { "if-match": `"${anna.version}"` },
  });
  await http("GET /api/faces/clusters/{id}", { params });

  await mqtt("assign", { cluster: bob.id, name: "Bob", version: "0000000000000000" });
  await mqtt("assign", { cluster: bob.id, name: "" });
  await mqtt("assign", { cluster: bob.id });
  await mqtt("assign", { cluster: bob.id, name: "Bob", exclude: [1] });
  await mqtt("assign", { cluster: bob.id, name: "Bob", exclude_faces: ["1"] });
  await mqtt("assign", { cluster: "c_none", name: "Bob" });
  await mqtt("assign", { cluster: bob.id, name: "Bob", version: bob.version, transaction: "bob-1" });
  // One of each stood before the camera in the same moment.
  await http(ASSIGN, { params: { id: anja.id }, body: { name: "Bob" } });
  await mqtt("assign", { cluster: anja.id, name: "bob", transaction: "anja-1" });
  await http(ASSIGN, { params: { id: anja.id }, body: { name: "bob", allow_same_frame: true } });
  await http("POST /api/undo", { body: {} });
  await http(ASSIGN, { params: { id: anja.id }, body: { name: "Anja" } });

  await http("GET /api/faces/clusters/{id}/candidates", { params: { id: eve.id } });
  await http("GET /api/faces/clusters/{id}/candidates", { params: { id: eve.id }, query: { limit: 1 } });
  await http("GET /api/faces/clusters/{id}/candidates", { params: { id: "c_none" } });
}

/** The rest of Anna's faces. */
export async function claimFaces({ http, mqtt }: Recorder): Promise<void> {
  const claim = "POST /api/faces/registry/{name}/claim";
  await http(claim, { params: { name: "Anna" }, body: { dry_run: true } });
  await mqtt("claim", { name: "anna", dry_run: true });
  await http(claim, { params: { name: "Anna" }, body: {} });
  await http(claim, { params: { name: "Nobody" }, body: {} });
  await http(claim, { params: { name: "Anna" }, body: { dry: true } });
  await mqtt("undo");
  await mqtt("claim", { name: "Anna" });
  await mqtt("claim", { name: "Anna" });
  await mqtt("claim", { name: "Nobody" });
  await mqtt("claim", {});
}

/** Eve, by every way in and out, and ignored in the end. */
export async function ignoreClusters({ http, mqtt }: Recorder, { eve }: Found): Promise<void> {
  const params = { id: eve.id };
  const ignore = "/api/faces/clusters/{id}/ignore";
  await http(`POST ${ignore}`, { params, body: { version: "0000000000000000" } });
  await http(`POST ${ignore}`, { params: { id: "c_none" }, body: {} });
  await http(`POST ${ignore}`, { params, body: { versions: "1" } });
  await http(`POST ${ignore}`, { params, body: {}, headers: { "if-match": `"${eve.version}"` } });
  await http("GET /api/faces/clusters", { query: { state: "ignored" } });
  await http(`DELETE ${ignore}`, { params });
  await http(`DELETE ${ignore}`, { params });
  await http(`DELETE ${ignore}`, { params: { id: "c_none" } });
  await mqtt("ignore", { cluster: eve.id, version: "0000000000000000" });
  await mqtt("ignore", { cluster: "c_none" });
  await mqtt("ignore", { cluster: eve.id, version: eve.version });
  await mqtt("unignore", { cluster: eve.id });
  await mqtt("unignore", { cluster: "c_none" });
  await mqtt("unignore", {});
  await mqtt("ignore", { cluster: eve.id });
}
