import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type {
  AssignAnswer,
  ClaimAnswer,
  ClustersAnswer,
  FacesAnswer,
  PeopleAnswer,
  PurgeAnswer,
  SimilarAnswer,
} from "../../src/wire/out/schemas.ts";
import { connectClient, type TestClient } from "../helpers/mqtt-client.ts";
import { startTestApp, type TestApp } from "../helpers/start-test-app.ts";
import { tempFolder } from "../helpers/temp-folder.ts";
import { makeClock } from "../make/clock.ts";
import { makeEncoding, makeNear } from "../make/encoding.ts";

const person = (seed: number): Float32Array => makeEncoding(seed * 1_000);

/** Photos of one person, each a little different. */
const photos = (seed: number, count: number, spread = 0.15): Float32Array[] =>
  Array.from({ length: count }, (_, i) => makeNear(person(seed), spread, seed * 100 + i));

async function send(
  camera: TestClient,
  name: string,
  encodings: readonly Float32Array[],
  more: object = {},
): Promise<void> {
  for (const [i, encoding] of encodings.entries()) {
    const face = { id: `${name}-${i}`, encoding: [...encoding], ...more };
    await camera.publish("faces2mqtt/embedding/door", face);
  }
}

async function discover(daemon: TestApp): Promise<ClustersAnswer["clusters"]> {
  return (await daemon.send<ClustersAnswer>("POST", "api/faces/discover", {})).clusters;
}

async function people(daemon: TestApp): Promise<string[]> {
  return (await daemon.get<PeopleAnswer>("api/faces/registry")).people.map(
    (one) => `${one.name}: ${one.faces}/${one.encodings}`,
  );
}

const registryNames = (folder: string): string[] =>
  Object.keys(JSON.parse(readFileSync(join(folder, "face_registry.json"), "utf8")).people);

describe("the life of a face", () => {
  it("goes through every change a person can make, over HTTP and MQTT alike, and back", {
    timeout: 60_000,
  }, async () => {
    const folder = tempFolder();
    const daemon = await startTestApp({ folder, config: { recognition: { cooldown_seconds: 0 } } });
    const client = await connectClient(daemon.mqttUrl);
    await send(client, "anna", photos(1, 6));
    await send(client, "bob", photos(2, 4));
    await send(client, "eve", photos(3, 2));
    const [annas, bobs, eves] = await discover(daemon);
    expect([annas?.size, bobs?.size, eves?.size]).toEqual([6, 4, 2]);

    // part of a cluster, then the rest to the same person: two looks
    const excluded = (await daemon.get<FacesAnswer>(`api/faces/clusters/${annas?.id}`)).faces.slice(0, 2);
    const first = await daemon.send<AssignAnswer>("POST", `api/faces/clusters/${annas?.id}/assign`, {
      name: "Anna",
      exclude_faces: excluded.map((face) => face.face_id),
      version: annas?.version,
    });
    expect(first).toMatchObject({ person: "Anna", person_id: "anna", assigned: 4, encoding_count: 1, claimable: 2 });
    const stale = await client.request("assign", { cluster: annas?.id, name: "Anna", version: annas?.version });
    expect(stale.code).toBe("CLUSTER_CHANGED");
    const dry = await client.request<ClaimAnswer>("claim", { name: "anna", dry_run: true });
    expect(dry.data).toMatchObject({ claimed: 2, dry_run: true });
    expect(dry.data.faces.map((face) => face.state)).toEqual(["unassigned", "unassigned"]);
    const claimed = await daemon.send<ClaimAnswer>("POST", "api/faces/registry/Anna/claim", {});
    expect(claimed).toMatchObject({ claimed: 2, dry_run: false });
    expect(claimed.faces.map((face) => [face.face_id, face.distance, face.person])).toEqual(
      dry.data.faces.map((face) => [face.face_id, face.distance, "Anna"]),
    );
    expect(await people(daemon)).toEqual(["Anna: 6/1"]);

    await client.request("assign", { cluster: bobs?.id, name: "Bob" });
    const exists = await client.request<object>("rename", { from: "Bob", to: "ANNA" });
    expect(exists).toMatchObject({ code: "PERSON_EXISTS", data: { person: "Anna" } });
    await client.request("rename", { from: "bob", to: "Robert" });
    expect(registryNames(folder)).toEqual(["Anna", "Robert"]);
    await daemon.send("PATCH", "api/faces/registry/Robert", { name: "Anna", merge: true });
    expect(await people(daemon)).toEqual(["Anna: 10/2"]);

    await client.request("ignore", { cluster: eves?.id });
    await client.subscribe("faces2mqtt/event");
    await send(client, "eve-again", [makeNear(person(3), 0.1, 77)]);
    await send(client, "anna-again", [makeNear(person(1), 0.1, 78)]);
    await client.waitFor(({ text }) => text.includes('"recognized"'), "Anna's event");
    expect(client.seen.filter(({ topic }) => topic === "faces2mqtt/event")).toHaveLength(1);
    expect((await daemon.get<FacesAnswer>("api/faces?state=ignored")).faces).toHaveLength(3);

    // and all of it back, one by one
    const undone: string[] = [];
    for (let i = 0; i < 6; i++) undone.push((await client.request<{ action: string }>("undo")).data.action);
    expect(undone).toEqual(["ignore", "merge", "rename", "assign", "claim", "assign"]);
    expect(await people(daemon)).toEqual([]);
    expect(registryNames(folder)).toEqual([]);
    expect((await client.request("undo")).code).toBe("NOTHING_TO_UNDO");
    expect((await daemon.get<FacesAnswer>("api/faces?state=unassigned&limit=1000")).faces).toHaveLength(14);
  });

  it("remembers who a face is not", { timeout: 60_000 }, async () => {
    const daemon = await startTestApp({ config: { recognition: { cooldown_seconds: 0 } } });
    const client = await connectClient(daemon.mqttUrl);
    await send(client, "anna", photos(1, 3));
    const sister = makeNear(person(1), 0.45, 9);
    await send(client, "sister", [sister]);
    const [group] = await discover(daemon);
    await client.request("assign", { cluster: group?.id, name: "Anna" });
    const [wrong] = (await daemon.get<FacesAnswer>("api/faces?limit=1000")).faces.filter(
      (face) => face.uid === "sister-0",
    );
    expect(wrong?.person).toBe("Anna");
    await daemon.send("POST", `api/faces/${wrong?.face_id}/unassign`);
    expect((await client.request("unassign", { faces: [wrong?.face_id] })).code).toBe("FACE_NOT_ASSIGNED");
    await client.subscribe("faces2mqtt/event");
    await send(client, "sister-again", [makeNear(sister, 0.05, 3)]);
    await send(client, "anna-again", [makeNear(person(1), 0.1, 4)]);
    const anna = await client.waitFor(({ text }) => text.includes('"recognized"'), "Anna");
    expect(JSON.parse(anna.text).person).toBe("Anna");
    const types = client.seen
      .filter(({ topic }) => topic === "faces2mqtt/event")
      .map(({ text }) => JSON.parse(text).event_type);
    expect(types).toEqual(["unknown", "recognized"]);
    for (const cluster of await discover(daemon)) {
      const { faces } = await daemon.get<FacesAnswer>(`api/faces/clusters/${cluster.id}`);
      if (faces.some((face) => face.uid.startsWith("sister"))) expect(cluster.suggestion).toBeNull();
    }
    const similar = await daemon.get<SimilarAnswer>(`api/faces/${wrong?.face_id}/similar`);
    expect(similar.faces.map((face) => face.uid)).toContain("sister-again-0");
    expect(similar.cameras).toEqual([{ camera: "door", faces: similar.total }]);
  });

  it("leaves no byte when a person is erased, and some when their faces stay (the control)", {
    timeout: 60_000,
  }, async () => {
    const folder = tempFolder();
    const daemon = await startTestApp({ folder });
    const client = await connectClient(daemon.mqttUrl);
    const thumbnail = readFileSync(join(import.meta.dirname, "../helpers/grey.jpg")).toString("base64");
    await send(client, "zebulon", photos(5, 3), { thumbnail });
    const [group] = await discover(daemon);
    await client.request("assign", { cluster: group?.id, name: "Zebulon" });
    await client.subscribe("faces2mqtt/person/#");
    for (const topic of ["image", "portrait"]) {
      await client.waitFor((one) => one.topic === `faces2mqtt/person/zebulon/${topic}`, `the ${topic}`);
    }
    const marks = photos(5, 3).map((encoding) => Buffer.from(encoding.buffer, encoding.byteOffset + 40, 32));
    const found = (): number => marks.filter((mark) => findBytes(folder, mark)).length;
    expect(found()).toBe(3);
    expect(findBytes(folder, Buffer.from("Zebulon"))).toBe(true);
    await client.request("delete", { name: "Zebulon", faces: "erase" });
    for (const topic of ["state", "image", "portrait"]) {
      await client.waitFor(
        (one) => one.topic === `faces2mqtt/person/zebulon/${topic}` && one.text === "",
        `no ${topic}`,
      );
    }
    await expect.poll(found).toBe(0);
    expect(filesWith(folder, Buffer.from("Zebulon"))).toEqual([]);
    expect(filesWith(folder, Buffer.from("zebulon"))).toEqual([]);
    const answer = await client.request("undo");
    expect([answer.code, answer.error]).toEqual(["NOTHING_TO_UNDO", expect.stringContaining("eras")]);
    expect((await daemon.get<FacesAnswer>("api/faces")).faces).toEqual([]);

    await send(client, "other", photos(6, 2));
    const [next] = await discover(daemon);
    await client.request("assign", { cluster: next?.id, name: "Other" });
    await client.request("delete", { name: "Other" });
    expect(findBytes(folder, Buffer.from(photos(6, 1)[0]?.buffer ?? new ArrayBuffer(0)).subarray(40, 72))).toBe(true);
  });

  it("is over after the retention time, with its frame, and can be looked at before", { timeout: 60_000 }, async () => {
    const folder = tempFolder();
    const framesDir = join(folder, "frames");
    mkdirSync(join(framesDir, "door"), { recursive: true });
    for (const name of ["1", "2"]) {
      writeFileSync(
        join(framesDir, `door/${name}.jpg`),
        readFileSync(join(import.meta.dirname, "../helpers/grey.jpg")),
      );
    }
    const start = (at: string) =>
      startTestApp({
        folder: join(folder, "data"),
        config: { storage: { frames_dir: framesDir, retention_days: 30 } },
        clock: makeClock(new Date(at)),
      });
    const daemon = await start("2026-01-01T00:00:00Z");
    const client = await connectClient(daemon.mqttUrl);
    await send(client, "anna", photos(1, 1), { source: "door/1.jpg" });
    await send(client, "eve", photos(3, 1), { source: "door/2.jpg" });
    expect((await daemon.send<PurgeAnswer>("POST", "api/purge", { dry_run: true })).faces).toBe(0);
    await daemon.stop();

    const later = await start("2026-02-01T00:00:00Z");
    const lateClient = await connectClient(later.mqttUrl);
    await send(lateClient, "bob", photos(2, 1), { source: "frames/door/1.jpg" });
    const preview = await later.send<PurgeAnswer>("POST", "api/purge", { dry_run: true });
    expect(preview).toMatchObject({ faces: 2, frames: 1, dry_run: true });
    expect(preview.would_delete.map((one) => one.uid).sort()).toEqual(["anna-0", "eve-0"]);
    expect(await later.send<PurgeAnswer>("POST", "api/purge", {})).toMatchObject({
      faces: 2,
      frames: 1,
      dry_run: false,
    });
    // Bob's face needs frame 1, under another spelling.
    expect(readdirSync(join(framesDir, "door"))).toEqual(["1.jpg"]);
    expect((await later.get<FacesAnswer>("api/faces")).faces.map((face) => face.uid)).toEqual(["bob-0"]);
  });
});

/** Which files below a folder hold these bytes. */
function filesWith(folder: string, bytes: Buffer): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => {
    const path = join(folder, name);
    return statSync(path).isFile() && readFileSync(path).includes(bytes);
  });
}

const findBytes = (folder: string, bytes: Buffer): boolean => filesWith(folder, bytes).length > 0;
