import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { Face } from "../../src/domain/face.ts";
import { round4 } from "../../src/domain/vectors/encoding.ts";
import type { Store } from "../../src/store/port.ts";
import { copyDataFixture, firstSeen, readExpected } from "../helpers/data-fixture.ts";
import { makeClock } from "../make/clock.ts";
import { checkInvariants } from "./invariants.ts";
import { openSqlite } from "./open-sqlite.ts";
import { PAGE } from "./scene.ts";

const expected = readExpected("0.1.0");
const open = (folder: string): Promise<Store> => openSqlite(folder, makeClock(new Date("2026-12-01T00:00:00Z")));
const openCopy = (): Promise<Store> => open(copyDataFixture("0.1.0"));

// Only through the port: it must hold of every later schema.
describe("the data folder of version 0.1.0", () => {
  it("has the same people, and knows which faces were said not to be theirs", async () => {
    const store = await openCopy();
    const people = (await store.people(PAGE)).items;
    expect(
      people.map((one) => ({
        name: one.name,
        person_id: one.personId,
        encodings: one.encodings,
        faces: one.faces,
        first_seen: toTime(one.firstSeen),
        last_seen: toTime(one.lastSeen),
        last_camera: one.lastCamera,
      })),
    ).toEqual(expected.people.map((one) => ({ ...one, first_seen: firstSeen(expected, one.person_id) })));
    const uids = new Map(expected.faces.map((face) => [face.encoding, face.uid]));
    const gallery = await store.gallery();
    const not = gallery.people
      .filter((one) => one.notEncodings.length > 0)
      .map((one) => [one.personId, one.notEncodings.map(({ encoding }) => uids.get(shortHash(toBytes(encoding))))]);
    expect(Object.fromEntries(not)).toEqual(expected.not_people);
    expect(gallery.ignored.map((one) => one.cluster).sort()).toEqual(expected.ignored.map((one) => one.id).sort());
    expect((await store.personStates()).map((one) => one.personId).sort()).toEqual(
      expected.people.map((one) => one.person_id).sort(),
    );
  });

  it("has the same faces, to the byte of encodings and thumbnails", async () => {
    const store = await openCopy();
    const { items } = await store.faces({}, PAGE);
    const faces = items.toSorted((a, b) => a.id - b.id);
    const sums = { encodings: createHash("sha256"), thumbnails: createHash("sha256") };
    const found = [];
    for (const face of faces) {
      const encoding = toBytes((await store.encodingOf(face.id)) ?? new Float32Array());
      const thumbnail = await store.thumbnail(face.id);
      sums.encodings.update(face.uid).update(encoding);
      if (thumbnail) sums.thumbnails.update(face.uid).update(thumbnail);
      expect(face.hasThumbnail).toBe(thumbnail !== null);
      found.push({
        ...toPlain(face),
        encoding: shortHash(encoding),
        thumbnail: thumbnail && shortHash(thumbnail),
      });
    }
    expect(found).toEqual(expected.faces);
    expect(sums.encodings.digest("hex")).toBe(expected.encodings);
    expect(sums.thumbnails.digest("hex")).toBe(expected.thumbnails);
  });

  it("has the same clusters and ignored groups, of the same discovery", async () => {
    const store = await openCopy();
    expect(await groupsOf(store, false)).toEqual(expected.waiting);
    expect(await groupsOf(store, true)).toEqual(expected.ignored);
    expect(await store.lastDiscovery()).toMatchObject(expected.discovery);
    const members = [...(await store.clusterMembers())].map(([id, faces]) => [id, faces.length]);
    expect(Object.fromEntries(members)).toEqual(toSizes(expected.waiting));
  });

  it("has the same settings, cameras and figures, and knows who was erased", async () => {
    const store = await openCopy();
    expect(store.instance).toBe(expected.instance);
    expect(await store.settings()).toEqual(expected.settings);
    expect(
      (await store.cameraStates()).map((one) => ({
        camera: one.camera,
        camera_id: one.cameraId,
        last_seen: toTime(one.lastSeen),
      })),
    ).toEqual(expect.arrayContaining([...expected.cameras]));
    expect(await store.counts()).toMatchObject(expected.counts);
    for (const { name, at } of expected.erased) expect(toTime(await store.erasedAt(name))).toBe(at);
    expect(await store.erasedAt("Anna")).toBeNull();
    expect(await store.rememberTopicRoots({ baseTopic: "elsewhere", discoveryPrefix: "homeassistant" })).toEqual([
      { baseTopic: "faces2mqtt", discoveryPrefix: "homeassistant" },
    ]);
    expect(await store.pendingThumbnails(100)).toEqual([]);
  });

  it("lets every change be taken back, one after another, and stays whole", async () => {
    const folder = copyDataFixture("0.1.0");
    const store = await open(folder);
    await checkInvariants(store, folder);
    expect(expected.journal.length).toBeGreaterThan(15);
    for (const change of expected.journal.toReversed()) {
      expect(await store.undo()).toMatchObject({
        action: change.action,
        sentence: `taken back: ${change.sentence}`,
      });
      const people = (await store.people(PAGE)).items;
      expect([change.sentence, people.map((one) => `${one.name}: ${one.faces}/${one.encodings}`)]).toEqual([
        change.sentence,
        change.people,
      ]);
      if (change.waiting) expect(toSizes(await groupsOf(store, false))).toEqual(change.waiting);
      if (change.ignored) expect(toSizes(await groupsOf(store, true))).toEqual(change.ignored);
      await checkInvariants(store, folder);
    }
    await expect(store.undo()).rejects.toMatchObject({ code: "NOTHING_TO_UNDO" });
    expect(await store.counts()).toMatchObject({ people: 0, assigned: 0, faces: expected.counts.faces });
  });

  it("is the same when it is opened a second time", async () => {
    const folder = copyDataFixture("0.1.0");
    await (await open(folder)).close();
    const store = await open(folder);
    expect(await groupsOf(store, false)).toEqual(expected.waiting);
    expect(await store.counts()).toMatchObject(expected.counts);
    await checkInvariants(store, folder);
  });
});

async function groupsOf(store: Store, ignored: boolean) {
  return (await store.clusters({ ignored }, PAGE)).items.map((one) => ({
    id: one.id,
    version: one.version,
    size: one.size,
    cameras: one.cameras,
    first_seen: toTime(one.firstSeen),
    last_seen: toTime(one.lastSeen),
    representatives: one.representatives.map((face) => face.id),
  }));
}

function toSizes(groups: readonly { readonly id: string; readonly size: number }[]): Record<string, number> {
  return Object.fromEntries(groups.map((one) => [one.id, one.size]));
}

function toPlain(face: Face) {
  const { matched } = face;
  return {
    face_id: face.id,
    uid: face.uid,
    camera: face.camera,
    timestamp: toTime(face.capturedAt),
    source: face.source,
    box: face.box,
    detection_score: face.detectionScore,
    state: face.state,
    person_id: face.personId,
    cluster: face.cluster,
    matched: matched && { person_id: matched.personId, distance: round4(matched.distance) },
    source_event_id: face.sourceEventId,
  };
}

const toTime = (date: Date | null): string | null => date?.toISOString() ?? null;
const toBytes = (encoding: Float32Array): Uint8Array =>
  new Uint8Array(encoding.buffer, encoding.byteOffset, encoding.byteLength);
const shortHash = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex").slice(0, 16);
