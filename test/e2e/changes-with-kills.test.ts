import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { openFile } from "../../src/store/file/open-file.ts";
import type { ClustersAnswer, FacesAnswer, PeopleAnswer } from "../../src/wire/out/schemas.ts";
import { type Daemon, startDaemon } from "../helpers/daemon.ts";
import { connectClient } from "../helpers/mqtt-client.ts";
import { tempFolder } from "../helpers/temp-folder.ts";
import { makeEncoding, makeNear, makeRandom } from "../make/encoding.ts";

const ROUNDS = 8;
const CHANGES = 12;
const NAMES = ["Anna", "Bob", "Łukasz", "王芳", "O'Neil"];

/** One random change; a refusal is an answer like any other. */
async function change(daemon: Daemon, random: () => number): Promise<void> {
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)];
  const { clusters } = await daemon.get<ClustersAnswer>("api/faces/clusters");
  const { people } = await daemon.get<PeopleAnswer>("api/faces/registry");
  const { faces } = await daemon.get<FacesAnswer>("api/faces?state=assigned");
  const [cluster, person, other, face] = [
    pick(clusters)?.id,
    pick(people)?.person_id,
    pick(people)?.person_id,
    pick(faces)?.face_id,
  ];
  const steps: [string, string, object?][] = [
    ["POST", "api/faces/discover", {}],
    ["POST", `api/faces/clusters/${cluster}/assign`, { name: pick(NAMES) }],
    ["POST", `api/faces/clusters/${cluster}/assign`, { name: pick(NAMES) }],
    ["POST", `api/faces/clusters/${cluster}/ignore`],
    ["POST", `api/faces/${face}/unassign`],
    ["PATCH", `api/faces/registry/${person}`, { name: pick(NAMES), merge: random() < 0.5 }],
    ["POST", "api/faces/registry/merge", { from: [person ?? "x"], to: other ?? "y" }],
    ["POST", `api/faces/registry/${person}/claim`, {}],
    ["DELETE", `api/faces/registry/${person}?faces=${random() < 0.3 ? "erase" : "unassign"}`],
    ["POST", "api/undo"],
    ["POST", "api/undo"],
  ];
  const [method, path, body] = pick(steps) as [string, string, object?];
  await daemon.send(method, path, body).catch((error: Error) => {
    if (!/: 4\d\d /.test(error.message)) throw error;
  });
}

/** A change that a kill may cut off. Nothing else may fail. */
async function changeUntilKilled(daemon: Daemon, random: () => number): Promise<void> {
  await change(daemon, random).catch((error: Error) => {
    if (daemon.process.signalCode === null && error.message !== "fetch failed" && error.message !== "terminated")
      throw error;
  });
}

function checkInvariants(folder: string): void {
  const db = openFile(join(folder, "faces2mqtt.db"), { readonly: true });
  const names = db.prepare("SELECT name FROM people ORDER BY name").pluck().all() as string[];
  const inUse = db
    .prepare("SELECT DISTINCT person_name FROM face_embeddings WHERE person_name IS NOT NULL")
    .pluck()
    .all();
  expect(names).toEqual(expect.arrayContaining(inUse));
  expect(db.pragma("foreign_key_check")).toEqual([]);
  expect(db.pragma("integrity_check", { simple: true })).toBe("ok");
  db.close();
  const file = JSON.parse(readFileSync(join(folder, "face_registry.json"), "utf8")) as { people: object };
  expect(Object.keys(file.people).sort()).toEqual(names.sort());
}

it("random changes with kills in between leave no orphan, and the registry file equal to the database", {
  timeout: 180_000,
}, async () => {
  const folder = tempFolder();
  const random = makeRandom(20_261_124);
  for (let round = 0; round < ROUNDS; round++) {
    const daemon = await startDaemon({ folder, env: { LOG_LEVEL: "error" } });
    const camera = await connectClient(daemon.mqttUrl);
    for (let i = 0; i < 10; i++) {
      const encoding = [...makeNear(makeEncoding((i % 5) * 1_000 + 1), 0.15, round * 100 + i)];
      await camera.publish("faces2mqtt/embedding/door", { id: `${round}-${i}`, encoding });
    }
    await daemon.send("POST", "api/faces/discover", {});
    for (let i = 0; i < CHANGES; i++) await change(daemon, random);
    const cutOff = Promise.all([changeUntilKilled(daemon, random), changeUntilKilled(daemon, random)]);
    await new Promise((done) => setTimeout(done, random() * 15));
    await daemon.kill();
    await cutOff;

    const after = await startDaemon({ folder, env: { LOG_LEVEL: "error" } });
    const { faces } = await after.get<FacesAnswer>("api/faces?limit=1000");
    for (const face of faces)
      expect([face.state === "assigned", face.person !== null]).toEqual([
        face.person_id !== null,
        face.person !== null,
      ]);
    const { stats } = await after.get<{ stats: { faces: number; people: number } }>("api/status");
    expect(stats.faces).toBe(faces.length);
    await after.stop();
    checkInvariants(folder);
  }
});
