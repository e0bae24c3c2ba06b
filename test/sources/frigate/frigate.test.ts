import { describe, expect, it, vi } from "vitest";
import { freePort } from "../../helpers/free-port.ts";
import { startFrigate } from "../../helpers/frigate/fake-frigate.ts";
import { startGo2rtc } from "../../helpers/frigate/fake-go2rtc.ts";
import { startServer, toJson, toPicture } from "../../helpers/frigate/test-server.ts";
import { makePicture } from "../../make/picture.ts";
import { startSource } from "./start-source.ts";

const CLOSED = `http://127.0.0.1:${await freePort()}`;
const FIVE_MINUTES = 300_000;

const best = (picture: Buffer, area = 10_000, score = 0.7) => ({
  picture,
  takenAt: Date.now() / 1000 - 1,
  area,
  score,
});

describe.each(["0.16.4", "0.17.1-abcdef0", "0.18.0"])("with Frigate %s", (version) => {
  it("a whole frame of the main stream is taken of someone who appears", async () => {
    const frame = makePicture();
    const go2rtc = await startGo2rtc({ front: frame });
    const frigate = await startFrigate({ version });
    const source = startSource(frigate, go2rtc.url);
    await source.ready();
    expect(source.sentence()).toContain(`Frigate ${version}. `);
    const person = await frigate.appear({
      camera: "front",
      box: [320, 0, 640, 360],
      zones: ["porch"],
      subLabel: ["Anna", 0.9],
    });
    await vi.waitFor(() => expect(source.taken).toHaveLength(1));
    const tracked = { eventId: person.id, zones: ["porch"], subLabel: "Anna" };
    expect(source.taken).toEqual([
      {
        camera: "front",
        picture: frame,
        capturedAt: null,
        history: false,
        ...tracked,
        subjects: [{ ...tracked, area: { x: 0.25, y: 0, width: 0.25, height: 0.5 } }],
      },
    ]);
    expect(source.sentence()).toContain(`Whole frames come from go2rtc at ${go2rtc.url}`);
  });

  it("its clean snapshot is taken where go2rtc is closed, and again at the end if it has become better", async () => {
    const frigate = await startFrigate({ version });
    const source = startSource(frigate, CLOSED);
    await vi.waitFor(() => expect(source.sentence()).toContain("No whole frames from go2rtc: 127.0.0.1"));
    expect(source.ok()).toBe(true);
    const first = best(makePicture());
    const person = await frigate.appear({ camera: "front", best: first });
    await vi.waitFor(() => expect(source.taken).toHaveLength(1));
    expect(source.taken[0]).toMatchObject({
      eventId: person.id,
      picture: first.picture,
      capturedAt: new Date(first.takenAt * 1000),
    });
    const second = best(makePicture(), 30_000, 0.9);
    await frigate.update(person, { best: second });
    await frigate.leave(person);
    await vi.waitFor(() => expect(source.taken).toHaveLength(2));
    expect(source.taken[1]?.picture).toEqual(second.picture);
  });

  it("the face that it cuts out is taken where go2rtc is closed", async () => {
    const frigate = await startFrigate({ version });
    const source = startSource(frigate, CLOSED);
    await vi.waitFor(() =>
      expect(source.sentence()).toContain("faces that Frigate cuts out and its clean snapshots are used"),
    );
    const person = await frigate.appear({ camera: "front" });
    source.clock.advance(2_000);
    const crops = [makePicture(), makePicture()] as const;
    await frigate.face(person, crops[0]);
    await vi.waitFor(() => expect(source.taken).toHaveLength(1));
    // A moment later there is another: an answer that nginx has kept would not list it.
    source.clock.advance(2_000);
    await frigate.face(person, crops[1]);
    await vi.waitFor(() => expect(source.taken).toHaveLength(2));
    expect(source.taken.map(({ picture }) => picture)).toEqual(crops);
    expect(source.taken[0]?.subjects).toBeUndefined();
    expect(source.taken[0]?.eventId).toBe(person.id);
  });
});

describe("a way that fails", () => {
  it("is left out for five minutes, and then tried again", async () => {
    const go2rtc = await startGo2rtc({ front: makePicture() });
    const frigate = await startFrigate();
    await go2rtc.stop();
    const source = startSource(frigate, go2rtc.url);
    await vi.waitFor(() => expect(source.sentence()).toContain("No whole frames"));
    await go2rtc.start();
    await frigate.appear({ camera: "front", best: best(makePicture()) });
    await vi.waitFor(() => expect(source.taken).toHaveLength(1));
    expect(go2rtc.asked).toEqual([]);
    source.clock.advance(FIVE_MINUTES);
    await source.publish("stats", {});
    await vi.waitFor(() => expect(source.sentence()).toContain("Whole frames come from go2rtc"));
    expect(source.sentence()).not.toContain("No whole frames");
  });

  it("is one camera's only, where go2rtc answers for the others", async () => {
    const go2rtc = await startGo2rtc({ front: null, back: makePicture() });
    const frigate = await startFrigate({ cameras: ["front", "back", "shed"], streams: ["front", "back"] });
    const source = startSource(frigate, go2rtc.url);
    await vi.waitFor(() => expect(source.sentence()).toContain("No whole frames of shed (it has no stream in go2rtc)"));
    const snapshot = best(makePicture());
    await frigate.appear({ camera: "front", best: snapshot });
    await frigate.appear({ camera: "back" });
    await vi.waitFor(() => expect(source.taken.map(({ camera }) => camera).sort()).toEqual(["back", "front"]));
    expect(source.taken.find(({ camera }) => camera === "front")?.picture).toEqual(snapshot.picture);
    expect(source.sentence()).toMatch(/No whole frames of front \(.*sent nothing\), shed/);
  });

  it("is no reason to leave out others who appear while it is tried: each has a snapshot", async () => {
    const go2rtc = await startGo2rtc({ front: null });
    const frigate = await startFrigate();
    const source = startSource(frigate, go2rtc.url);
    await source.ready();
    const snapshots = [best(makePicture()), best(makePicture())] as const;
    await Promise.all(snapshots.map((one) => frigate.appear({ camera: "front", best: one })));
    await vi.waitFor(() => expect(source.taken).toHaveLength(2));
    const pictures = source.taken.map(({ picture }) => picture);
    expect(pictures).toEqual(expect.arrayContaining(snapshots.map(({ picture }) => picture)));
    expect(go2rtc.asked.filter((one) => one.includes("frame.jpeg"))).toHaveLength(1);
  });

  it("does not matter to the snapshot: without a clean copy the plain one is taken", async () => {
    const frigate = await startFrigate({ cleanCopy: false });
    const source = startSource(frigate, CLOSED);
    await source.ready();
    const plain = best(makePicture());
    await frigate.appear({ camera: "front", best: plain, isStored: true });
    await vi.waitFor(() => expect(source.taken).toHaveLength(1));
    expect(source.taken[0]?.capturedAt).toEqual(new Date(plain.takenAt * 1000));
    expect(frigate.asked.at(-1)).toContain("snapshot.jpg?bbox=0&timestamp=0&crop=0");
  });
});

describe("a whole frame", () => {
  /** Three cameras whose frames are on their way keep those of a fourth waiting. */
  async function startBusy() {
    let free: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      free = resolve;
    });
    const go2rtc = await startServer(async ({ path }) => {
      if (path === "/api") return toJson({});
      await held;
      return toPicture(makePicture());
    });
    const cameras = ["one", "two", "three", "front"];
    const frigate = await startFrigate({ cameras, streams: cameras });
    const source = startSource(frigate, go2rtc.url);
    await source.ready();
    for (const camera of ["one", "two", "three"]) await frigate.appear({ camera });
    const person = await frigate.appear({ camera: "front" });
    const frames = () => go2rtc.asked.filter((path) => path.includes("frame"));
    await vi.waitFor(() => expect(frames()).toHaveLength(3));
    /** The faces that Frigate cut out have been asked for, which is done once at the start too. */
    const nextChoice = () =>
      vi.waitFor(() => expect(frigate.asked.filter((path) => path.includes("/api/faces"))).toHaveLength(2));
    return { frigate, source, person, frames, free, nextChoice };
  }

  it("that had to wait is taken while the person is there", async () => {
    const { source, frames, free } = await startBusy();
    free();
    await vi.waitFor(() => expect(source.taken).toHaveLength(4));
    expect(frames()).toHaveLength(4);
  });

  it("is not taken of someone who has gone meanwhile: it would show someone else", async () => {
    const { frigate, source, person, frames, free, nextChoice } = await startBusy();
    await frigate.leave(person);
    free();
    await vi.waitFor(() => expect(source.taken).toHaveLength(3));
    await nextChoice();
    expect(frames()).toHaveLength(3);
  });

  it("is not taken for what waited too long", async () => {
    const { source, frames, free, nextChoice } = await startBusy();
    source.clock.advance(10_000);
    free();
    await vi.waitFor(() => expect(source.taken).toHaveLength(3));
    await nextChoice();
    expect(frames()).toHaveLength(3);
  });
});

describe("two people at one camera", () => {
  it("are both in the frame, each with its own event", async () => {
    const go2rtc = await startGo2rtc({ front: makePicture() });
    const frigate = await startFrigate();
    const source = startSource(frigate, go2rtc.url);
    await source.ready();
    const still = await frigate.appear({ camera: "front", box: [0, 0, 320, 720], isStationary: true });
    const walking = await frigate.appear({ camera: "front", box: [640, 0, 960, 720] });
    await vi.waitFor(() => expect(source.taken).toHaveLength(1));
    expect(source.taken[0]?.subjects?.map(({ eventId }) => eventId)).toEqual([walking.id, still.id]);
  });
});

describe("messages", () => {
  it("of other cameras, about nothing of interest, retained ones and garbage fetch nothing", async () => {
    const go2rtc = await startGo2rtc({ front: makePicture(), back: makePicture() });
    const frigate = await startFrigate({ cameras: ["front", "back"] });
    const source = startSource(frigate, go2rtc.url, { config: { cameras: ["front"] } });
    await source.ready();
    await frigate.appear({ camera: "back" });
    for (const topic of ["events", "tracked_object_update", "available", "stats"]) {
      for (const garbage of ["", "{", "null", "[]", '{"type":"new"}', "x".repeat(2_000_000)])
        await source.publish(topic, garbage);
    }
    let last: object = {};
    frigate.publishBy(async (_topic, message) => {
      last = message as object;
    });
    await frigate.appear({ camera: "front" });
    await source.publish("events", last, true);
    expect(go2rtc.asked.filter((path) => path.includes("frame"))).toEqual([]);
    await source.publish("events", last);
    await vi.waitFor(() => expect(source.taken).toHaveLength(1));
  });
});

describe("the condition", () => {
  it("says that Frigate is not there, and that it is back", async () => {
    const go2rtc = await startGo2rtc({ front: makePicture() });
    const frigate = await startFrigate();
    await frigate.stop();
    const source = startSource(frigate, go2rtc.url);
    await vi.waitFor(() => expect(source.ok()).toBe(false));
    expect(source.sentence()).toMatch(
      /^No pictures come from Frigate: 127\.0\.0\.1:\d+ cannot be reached: ECONNREFUSED$/,
    );
    await frigate.start();
    source.clock.advance(30_000);
    await source.ready();
    await frigate.appear({ camera: "front", best: best(makePicture()) });
    await vi.waitFor(() => expect(source.taken).toHaveLength(1));
    await frigate.stop();
    await go2rtc.stop();
    source.clock.advance(FIVE_MINUTES);
    await vi.waitFor(() => expect(source.ok()).toBe(false));
  });

  it("says that something else answers", async () => {
    const go2rtc = await startGo2rtc();
    const frigate = await startFrigate({ version: "<!doctype html>" });
    const source = startSource(frigate, go2rtc.url);
    await vi.waitFor(() =>
      expect(source.sentence()).toContain("does not answer as Frigate does: is it the right address?"),
    );
    expect(source.ok()).toBe(false);
  });

  it("says that no message comes, where Frigate publishes and what is to be done", async () => {
    const go2rtc = await startGo2rtc({ front: makePicture() });
    const frigate = await startFrigate({ mqtt: { host: "elsewhere.lan" } });
    const source = startSource(frigate, go2rtc.url);
    await vi.waitFor(() => expect(source.sentence()).toContain("Waiting for its first message"));
    source.clock.advance(150_000);
    await vi.waitFor(() => expect(source.ok()).toBe(false));
    expect(source.sentence()).toBe(
      `Frigate at ${frigate.url} answers, but no message of frigate/# came: it must publish to the broker that faces2mqtt uses. It publishes to elsewhere.lan:1883`,
    );
    await source.publish("stats", { service: {} });
    await source.ready();
  });

  it("does not say so while there is no broker", async () => {
    const frigate = await startFrigate();
    const source = startSource(frigate, CLOSED, { isBrokerConnected: () => false });
    await source.ready();
    source.clock.advance(200_000);
    expect(source.ok()).toBe(true);
  });

  it.each([
    [{ enabled: false }, "mqtt.enabled: false"],
    [
      { topic_prefix: "cams" },
      "Frigate publishes below cams/, faces2mqtt listens below frigate/: set snapshots.frigate.topic_prefix",
    ],
  ])("says at once what its configuration shows: %j", async (mqtt, words) => {
    const frigate = await startFrigate({ mqtt });
    const source = startSource(frigate, CLOSED);
    await vi.waitFor(() => expect(source.sentence()).toContain(words));
    expect(source.ok()).toBe(false);
  });

  it("says that a camera is missing", async () => {
    const frigate = await startFrigate();
    const source = startSource(frigate, CLOSED, { config: { cameras: ["front", "frnt"] } });
    await vi.waitFor(() => expect(source.sentence()).toBe("Frigate has no camera frnt (snapshots.frigate.cameras)"));
  });

  it("says that its face library is empty, so that it cuts out and publishes no faces", async () => {
    const frigate = await startFrigate({ library: [] });
    const source = startSource(frigate, CLOSED);
    await vi.waitFor(() => expect(source.sentence()).toContain("Its face library is empty"));
    expect(source.sentence()).toContain("Instead, Frigate's clean snapshots are used");
    const person = await frigate.appear({ camera: "front" });
    await frigate.face(person, makePicture());
    expect(source.ok()).toBe(true);
  });

  it("says that what Frigate publishes is too old for whole frames, until it is not any more", async () => {
    const go2rtc = await startGo2rtc({ front: makePicture() });
    const frigate = await startFrigate();
    const source = startSource(frigate, go2rtc.url);
    await source.ready();
    source.clock.jump(20_000);
    await frigate.appear({ camera: "front", best: best(makePicture()) });
    await vi.waitFor(() => expect(source.taken).toHaveLength(1));
    expect(go2rtc.asked.filter((path) => path.includes("frame"))).toEqual([]);
    expect(source.sentence()).toContain(
      "No whole frames: what Frigate publishes is more than 10 s old when it comes. Let the clocks of both machines agree. Instead, ",
    );
    source.clock.jump(-20_000);
    await frigate.appear({ camera: "front" });
    await vi.waitFor(() => expect(source.sentence()).toContain("Whole frames come from go2rtc"));
  });

  it("says that it was written for other versions, and goes on", async () => {
    const go2rtc = await startGo2rtc({ front: makePicture() });
    const frigate = await startFrigate({ version: "0.21.0" });
    const source = startSource(frigate, go2rtc.url);
    await vi.waitFor(() => expect(source.sentence()).toContain("(faces2mqtt was written for 0.16 to 0.18)"));
    await frigate.appear({ camera: "front" });
    await vi.waitFor(() => expect(source.taken).toHaveLength(1));
  });
});

describe("a login", () => {
  const users = { faces: { password: "right", role: "admin" }, guest: { password: "right", role: "viewer" } } as const;

  it("is made when Frigate asks for it, once, and again when the session has ended", async () => {
    const frigate = await startFrigate({ users });
    const source = startSource(frigate, CLOSED, { config: { username: "faces", password: "right" } });
    await source.ready();
    const logins = () => frigate.asked.filter((path) => path.endsWith("/login")).length;
    expect(logins()).toBe(1);
    frigate.sessions.endAll();
    const snapshot = best(makePicture());
    await frigate.appear({ camera: "front", best: snapshot, isStored: true });
    await vi.waitFor(() => expect(source.taken).toHaveLength(1));
    expect(logins()).toBe(2);
  });

  it("that is refused is said, and not tried again for five minutes", async () => {
    const frigate = await startFrigate({ users });
    const source = startSource(frigate, CLOSED, { config: { username: "faces", password: "wrong" } });
    await vi.waitFor(() => expect(source.ok()).toBe(false));
    expect(source.sentence()).toMatch(/refused the login of faces \(HTTP 401\)$/);
    for (let n = 0; n < 5; n++) {
      await frigate.appear({ camera: "front", best: best(makePicture()) });
      source.clock.advance(30_000);
      await new Promise((done) => setTimeout(done, 20));
    }
    expect(frigate.sessions.failed).toBe(1);
  });

  it("is asked for by a sentence when none is set", async () => {
    const frigate = await startFrigate({ users });
    const source = startSource(frigate, CLOSED);
    await vi.waitFor(() =>
      expect(source.sentence()).toContain("wants a login: set snapshots.frigate.username and password"),
    );
  });

  it("of a viewer gives snapshots, but no faces that Frigate cuts out", async () => {
    const frigate = await startFrigate({ users, version: "0.18.0" });
    const source = startSource(frigate, CLOSED, { config: { username: "guest", password: "right" } });
    await vi.waitFor(() => expect(source.sentence()).toContain("does not let users such as guest do this (HTTP 403)"));
    expect(source.ok()).toBe(true);
    await frigate.appear({ camera: "front", best: best(makePicture()), isStored: true });
    await vi.waitFor(() => expect(source.taken).toHaveLength(1));
  });
});

describe("the past", () => {
  it("is taken once: recent people's snapshots, as history", async () => {
    const frigate = await startFrigate({ version: "0.16.4", cameras: ["front", "back"] });
    const hoursAgo = (hours: number) => Date.now() / 1000 - hours * 3_600;
    const makePast = (camera: string, hours: number) => ({
      camera,
      startTime: hoursAgo(hours),
      endTime: hoursAgo(hours) + 20,
      isStored: true,
      best: best(makePicture()),
    });
    const yesterday = await frigate.appear({ ...makePast("front", 24), zones: ["porch"], subLabel: ["Ben", 0.8] });
    await frigate.appear(makePast("back", 24));
    await frigate.appear(makePast("front", 24 * 8));
    await frigate.appear({ ...makePast("front", 3), best: null });
    await frigate.appear({ ...makePast("front", 0), endTime: null });
    const past = { taken: null as string | null };
    const source = startSource(frigate, CLOSED, { past, config: { cameras: ["front"] } });
    await vi.waitFor(() => {
      source.clock.advance(250);
      expect(past.taken).toBe(frigate.url);
    });
    expect(source.taken).toHaveLength(1);
    expect(source.taken[0]).toMatchObject({
      camera: "front",
      history: true,
      eventId: yesterday.id,
      zones: ["porch"],
      subLabel: "Ben",
      picture: yesterday.best?.picture,
      subjects: [{ area: { x: 0, y: 0, width: 0.5, height: 1 } }],
    });
    expect(source.taken[0]?.capturedAt?.getTime()).toBeCloseTo(yesterday.startTime * 1000, -2);

    const asked = frigate.asked.length;
    const again = startSource(frigate, CLOSED, { past });
    await again.ready();
    expect(frigate.asked.slice(asked).some((path) => path.includes("/api/events"))).toBe(false);
  });

  it("waits for room in the queue, and begins anew where it was interrupted", async () => {
    const frigate = await startFrigate();
    for (let n = 1; n <= 3; n++) {
      const startTime = Date.now() / 1000 - n * 60;
      await frigate.appear({
        camera: "front",
        startTime,
        endTime: startTime + 5,
        isStored: true,
        best: best(makePicture()),
      });
    }
    const past = { taken: null as string | null };
    let isFull = true;
    const source = startSource(frigate, CLOSED, { past, outcome: () => (isFull ? "full" : "queued") });
    await vi.waitFor(() => expect(frigate.asked.filter((path) => path.includes("-clean"))).toHaveLength(1));
    source.clock.advance(1_000);
    expect(source.taken).toEqual([]);
    await source.stop();
    expect(past.taken).toBeNull();
    isFull = false;
    const next = startSource(frigate, CLOSED, { past });
    await vi.waitFor(() => {
      next.clock.advance(250);
      expect(past.taken).toBe(frigate.url);
    });
    expect(next.taken).toHaveLength(3);
  });
});
