import { describe, expect, it, onTestFinished } from "vitest";
import { systemClock } from "../../../src/domain/clock.ts";
import { silentLog } from "../../../src/domain/log.ts";
import type { Snapshot } from "../../../src/domain/pictures/snapshot.ts";
import { createPull, type PullDeps } from "../../../src/sources/pull/pull.ts";
import { makeJpeg, sendPicture, startCamera } from "../../helpers/test-camera.ts";

function openPull(entries: PullDeps["entries"], supervisor: PullDeps["supervisor"] = null) {
  const taken: Snapshot[] = [];
  const sources = new Map<string, { ok: boolean; sentence: string }>();
  const pull = createPull({
    entries,
    maxPictureBytes: 10_000,
    supervisor,
    take(snapshot) {
      taken.push(snapshot);
      return { snapshotId: "abc", outcome: "queued" };
    },
    report: (source, state) => sources.set(source, state),
    subscribe: () => () => undefined,
    clock: systemClock,
    random: Math.random,
    log: silentLog,
  });
  pull.start();
  onTestFinished(pull.stop);
  return { pull, taken, sources };
}

describe("createPull", () => {
  it("fetches on command, and says which cameras there are", async () => {
    const camera = await startCamera((_, response) => sendPicture(response));
    const { pull, taken, sources } = openPull([{ camera: "door", url: `${camera.url}/snap.jpg?channel=1` }]);
    expect(await pull.fetchNow("door")).toEqual({ snapshotId: "abc", outcome: "queued" });
    expect(taken[0]?.picture).toEqual(makeJpeg());
    expect(camera.asked[0]?.path).toBe("/snap.jpg?channel=1");
    await expect(pull.fetchNow("garden")).rejects.toMatchObject({
      code: "NOT_FOUND",
      message: 'no picture of "garden" can be fetched: snapshots.pull has door',
    });
    const { host } = new URL(camera.url);
    expect(sources.get("pull:door")).toEqual({ ok: true, sentence: `pictures of door come from ${host} on command` });
  });

  it("says why there is no picture, without the password", async () => {
    const camera = await startCamera((_, response) => response.writeHead(401).end());
    const { pull, sources } = openPull([
      { camera: "door", url: `${camera.url}/snap?pwd=s3cret`, username: "cam", password: "s3cret" },
    ]);
    const message = `${new URL(camera.url).host} wants another login (HTTP 401)`;
    await expect(pull.fetchNow("door")).rejects.toMatchObject({
      code: "CAMERA_FAILED",
      status: 502,
      message: `no picture of "door" can be fetched: ${message}`,
    });
    expect(JSON.stringify([...sources])).not.toContain("s3cret");
    expect(sources.get("pull:door")).toEqual({ ok: false, sentence: `no picture of door can be fetched: ${message}` });
    camera.answer = (_, response) => sendPicture(response);
    await pull.fetchNow("door");
    expect(sources.get("pull:door")?.ok).toBe(true);
  });

  it("logs in with the entry's login, at its own camera only", async () => {
    const camera = await startCamera((request, response) => {
      if (request.headers.authorization) sendPicture(response);
      else response.writeHead(401, { "www-authenticate": 'Basic realm="x"' }).end();
    });
    const open = await startCamera((_, response) => response.writeHead(401, { "www-authenticate": "Basic" }).end());
    const { pull } = openPull([
      { camera: "door", url: camera.url, username: "cam", password: "s3cret" },
      { camera: "yard", url: open.url },
    ]);
    await pull.fetchNow("door");
    await expect(pull.fetchNow("yard")).rejects.toMatchObject({ code: "CAMERA_FAILED" });
    expect(camera.asked.at(-1)?.headers.authorization).toBe(`Basic ${Buffer.from("cam:s3cret").toString("base64")}`);
    expect(open.asked.map((one) => one.headers.authorization)).toEqual([undefined]);
  });

  it("keeps entries of one camera apart", () => {
    const entry = { camera: "door", url: "http://127.0.0.1:1/" };
    const { sources } = openPull([entry, { camera: "yard", url: entry.url }, entry]);
    expect([...sources.keys()]).toEqual(["pull:door", "pull:yard", "pull:door:2"]);
  });

  it("stops in the middle of a picture, and reports no failure then", async () => {
    const camera = await startCamera(() => void pull.stop());
    const { pull, sources } = openPull([{ camera: "door", url: camera.url }]);
    await expect(pull.fetchNow("door")).rejects.toMatchObject({ code: "CAMERA_FAILED" });
    expect(sources.get("pull:door")?.ok).toBe(true);
  });

  describe("a camera of Home Assistant", () => {
    it("is asked through the Supervisor, with the token that it gave", async () => {
      const supervisor = await startCamera((request, response) => {
        const isRight = request.headers.authorization === "Bearer t0ken";
        if (!isRight) response.writeHead(401).end();
        else if (request.url === "/core/api/camera_proxy/camera.front_door") sendPicture(response);
        // What Home Assistant answers for an entity that it does not have.
        else response.writeHead(404).end("404: Not Found");
      });
      const entries = [
        { camera: "door", entity: "camera.front_door" },
        { camera: "gone", entity: "camera.gone" },
      ];
      const { pull, taken, sources } = openPull(entries, { url: supervisor.url, token: "t0ken" });
      await pull.fetchNow("door");
      expect(taken[0]).toMatchObject({ camera: "door", picture: makeJpeg() });
      expect(sources.get("pull:door")?.sentence).toBe("pictures of door come from camera.front_door on command");
      await expect(pull.fetchNow("gone")).rejects.toThrow("answered HTTP 404");
      const { pull: wrong } = openPull(entries, { url: supervisor.url, token: "old" });
      await expect(wrong.fetchNow("door")).rejects.toThrow("wants another login (HTTP 401)");
    });

    it("is refused at the start where there is none", () => {
      expect(() => openPull([{ camera: "door", entity: "camera.front_door" }])).toThrow(
        "snapshots.pull: camera.front_door can be asked only where faces2mqtt runs as an app of Home Assistant. " +
          "Elsewhere give the camera's own url, or let an automation publish its pictures",
      );
    });
  });
});
