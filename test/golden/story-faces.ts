import type { Recorder } from "./recorder.ts";
import { LOOKS } from "./scene-faces.ts";

/** Before any face has come. */
export async function askEmptySystem({ http, mqtt }: Recorder): Promise<void> {
  await http("GET /healthz");
  await mqtt("health");
  await http("GET /api/status");
  await http("POST /api/broker/retry");
  await http("POST /api/test-face");
  await http("GET /api/faces");
  await http("GET /api/faces/discover");
  await http("GET /api/threshold");
  await mqtt("clusters");
  await mqtt("people");
  await http("POST /api/undo");
  await mqtt("undo");
  await http("POST /api/login", { body: { token: "none is needed" } });
  await http("POST /api/login", { body: {} });
  await http("POST /api/logout");
}

/** Faces that nobody has a name for yet: lists, filters, pictures. */
export async function askAboutFaces({ http }: Recorder, start: Date): Promise<void> {
  const page = await http<{ next_cursor: string }>("GET /api/faces", { query: { limit: 3 } });
  await http("GET /api/faces", { query: { limit: 2, cursor: page.next_cursor } });
  await http("GET /api/faces", { query: { camera: "Garten Süd", state: "unassigned", limit: 1 } });
  for (const id of [1, 999]) await http("GET /api/faces", { query: { frame_of: id, limit: 2 } });
  const to = new Date(start.getTime() + 120_000).toISOString();
  await http("GET /api/faces", { query: { from: start.toISOString(), to } });
  for (const query of [{ limit: 0 }, { cursor: "none" }, { from: "yesterday" }, { state: "lost" }, { colour: "red" }]) {
    await http("GET /api/faces", { query: { ...query } });
  }
  await http("GET /api/faces", { query: { person: "Nobody" } });
  await http("GET /api/activity", { query: { camera: "front_door", type: "unknown", limit: 2 } });
  await http("GET /api/activity", { query: { type: "seen" } });
  await http("GET /api/cameras");

  for (const id of [1, 2, 8, 16, 999, "x", 0]) await http("GET /api/faces/{id}", { params: { id } });
  for (const id of [1, 3, 999]) await http("GET /api/faces/{id}/thumbnail", { params: { id } });
  await http("GET /api/faces/{id}/thumbnail", { params: { id: 1 }, headers: { "if-none-match": "*" } });
  for (const id of [1, 2, 3, 999]) await http("GET /api/faces/{id}/frame", { params: { id } });
  const tag = '"-22jtC9sKSMkBt4ELkybJn"';
  await http("GET /api/faces/{id}/frame", { params: { id: 1 }, headers: { "if-none-match": `"other", W/${tag}` } });
}

/** Faces when some people are known: what they are like, and whom they were taken for. */
export async function askAboutLikeness({ http, mqtt }: Recorder): Promise<void> {
  await http("GET /api/activity", { query: { limit: 4 } });
  await http("GET /api/activity", { query: { person: "Anna", type: "recognized" } });
  await http("GET /api/activity", { query: { type: "ambiguous" } });
  await http("GET /api/activity", { query: { person: "Nobody" } });
  await http("GET /api/faces", { query: { person: "anna", limit: 2 } });
  await http("GET /api/faces", { query: { state: "ignored" } });
  await http("GET /api/faces/{id}/similar", { params: { id: 16 } });
  await http("GET /api/faces/{id}/similar", { params: { id: 1 }, query: { limit: 2 } });
  await http("GET /api/faces/{id}/similar", { params: { id: 999 } });
  await http("GET /api/faces/{id}/similar", { params: { id: 1 }, query: { cursor: "none" } });
  await mqtt("similar", { face: 14, limit: 1 });
  await mqtt("similar", { face: 999 });
  await mqtt("similar", { face: "1" });
  for (const encoding of [LOOKS.anna(9), LOOKS.between(), LOOKS.stranger(), [1, 2, 3], "none"]) {
    await http("POST /api/faces/match", { body: { encoding } });
  }
  await mqtt("match", { encoding: LOOKS.bob(9) });
  await mqtt("match", { encoding: [] });
  await http("GET /api/threshold");
  await http("GET /api/cameras");
}

/** The daemon itself. */
export async function askAboutTheSystem({ http, mqtt }: Recorder): Promise<void> {
  await http("GET /api/settings");
  await mqtt("settings");
  await mqtt("settings", { "recognition.margin": 0.1 });
  await http("PATCH /api/settings", { body: { "discovery.schedule": "0 3 * * *", "storage.retention_days": 60 } });
  await http("GET /api/status");
  await http("PATCH /api/settings", { body: { "discovery.schedule": null, "storage.retention_days": null } });
  for (const body of [
    { "recognition.threshold": 9 },
    { "recognition.threshold": "strict" },
    { "recognition.thresholds": 0.5 },
    { "discovery.schedule": "whenever" },
    [],
    "not JSON",
  ]) {
    await http("PATCH /api/settings", { body });
  }
  await mqtt("settings", { "recognition.threshold": 9 });
  await mqtt("settings", { "recognition.threshold": "strict" });
  await mqtt("settings", { "mqtt.url": "mqtt://elsewhere" });

  await http("POST /api/purge", { body: { dry_run: true } });
  await http("POST /api/purge", { body: {} });
  await http("POST /api/purge", { body: { dry_run: "yes" } });
  await mqtt("purge", { dry_run: true });
  await mqtt("purge", { dry: true });
  // Pictures are not taken here: whoever asks for them is answered why.
  await http("POST /api/snapshots", {
    query: { camera: "door" },
    headers: { "content-type": "image/jpeg" },
    body: "no picture",
  });
  await http("POST /api/snapshots/pull", { body: { camera: "door" } });
  await mqtt("snapshot", { camera: "door" });
  await http("GET /api/snapshots/refused");
  await http("GET /api/snapshots/refused/{id}/thumbnail", { params: { id: "none" } });
  await http("GET /api/re-encode");
  await http("POST /api/re-encode", { body: { model: "sface" } });
  await http("POST /api/re-encode", { body: { model: "dlib" } });
  await mqtt("re_encode", { model: "sface" });
  await http("DELETE /api/re-encode");
  await mqtt("announce");
  await mqtt("announce", { now: true });
  await mqtt("health", { deep: true });
  await http("GET /metrics");
  await http("GET /api/nothing");
  await http("POST /api/nothing");

  await mqtt("dance");
  await mqtt("constructor");
  await mqtt("people", "not JSON");
  await mqtt("people", "[]");
  await mqtt("people", "");
  await mqtt("people", { limit: 1, transaction: { any: ["thing"] } });
  await mqtt("people", { limit: 0, transaction: 7 });
}
