import { describe, expect, it } from "vitest";
import { startTestApp, type TestAppOptions } from "../helpers/start-test-app.ts";
import { makeEmbedder, makePicture } from "../make/picture.ts";

async function open(snapshots: NonNullable<TestAppOptions["config"]>["snapshots"] = {}) {
  const embedder = makeEmbedder();
  const app = await startTestApp({ config: { snapshots: { enabled: true, ...snapshots } }, embedder });
  const post = async (picture: Uint8Array | string, { query = "camera=door", type = "image/jpeg" } = {}) => {
    const headers = type === "" ? {} : { "content-type": type };
    const response = await fetch(`${app.url}/api/snapshots?${query}`, { method: "POST", body: picture, headers });
    const body = (await response.json()) as { code?: string; detail?: string; snapshot_id?: string };
    return {
      status: response.status,
      code: body.code,
      detail: body.detail,
      id: body.snapshot_id,
      headers: response.headers,
    };
  };
  return { ...app, embedder, post };
}

interface Refused {
  id: string;
  timestamp: string;
  thumbnail: string;
}

describe("a picture by HTTP", () => {
  it("is answered with its id, which its faces have", async () => {
    const { post, get } = await open();
    const timestamp = new Date(Date.now() - 5_000).toISOString();
    const query = `camera=Front%20door&event_id=e1&timestamp=${timestamp}`;
    const { status, id } = await post(makePicture([{ who: 1 }]), { query, type: "image/png" });
    expect([status, id]).toEqual([202, expect.stringMatching(/^[0-9a-f]{16}$/)]);
    await expect
      .poll(() => get("api/faces"))
      .toMatchObject({
        faces: [{ uid: `${id}-0`, camera: "Front door", timestamp, model: "sface" }],
      });
    const seconds = await post(makePicture([{ who: 1 }]), { query: "camera=door&timestamp=1771408800.5" });
    await expect
      .poll(() => get("api/faces?camera=door"))
      .toMatchObject({
        faces: [{ uid: `${seconds.id}-0`, timestamp: "2026-02-18T10:00:00.500Z" }],
      });
  });

  it.each([
    ["no picture", "text", {}, 400, "INVALID_INPUT"],
    ["nothing", new Uint8Array(), { type: "" }, 400, "INVALID_INPUT"],
    ["no camera", makePicture(), { query: "" }, 400, "INVALID_INPUT"],
    ["an unknown key", makePicture(), { query: "camera=door&event=1" }, 400, "INVALID_INPUT"],
    ["a wrong time", makePicture(), { query: "camera=door&timestamp=yesterday" }, 400, "INVALID_INPUT"],
    ["a long event", makePicture(), { query: `camera=door&event_id=${"e".repeat(513)}` }, 400, "INVALID_INPUT"],
    ["another type", makePicture(), { type: "image/gif" }, 415, "UNSUPPORTED_MEDIA_TYPE"],
    ["JSON", "{}", { type: "application/json" }, 415, "UNSUPPORTED_MEDIA_TYPE"],
    ["a type that browsers send to other sites", makePicture(), { type: "text/plain" }, 415, "UNSUPPORTED_MEDIA_TYPE"],
    ["too many bytes", Buffer.concat([makePicture(), Buffer.alloc(20_000)]), {}, 413, "TOO_LARGE"],
  ])("is refused with a reason: %s", async (_, picture, options, status, code) => {
    const { post, get } = await open({ max_picture_bytes: 20_000 });
    expect(await post(picture, options)).toMatchObject({ status, code });
    expect((await post(makePicture([{ who: 1 }]))).status).toBe(202);
    await expect.poll(async () => (await get<{ faces: unknown[] }>("api/faces")).faces.length).toBe(1);
  });

  it("is not taken while the queue of its camera is full, which says when to come again", async () => {
    const { post, embedder, get } = await open();
    let resolve = (): void => {};
    embedder.hold = new Promise((done) => {
      resolve = done;
    });
    for (let i = 0; i < 5; i++) expect((await post(makePicture())).status).toBe(202);
    const full = await post(makePicture());
    expect(full).toMatchObject({ status: 429, code: "TOO_MANY_REQUESTS" });
    expect(full.headers.get("retry-after")).toBe("1");
    expect((await post(makePicture(), { query: "camera=garden" })).status).toBe(202);
    expect(await get("api/status")).toMatchObject({
      snapshots: {
        queue: 5,
        cameras: [
          { camera: "door", pictures: 5, dropped: 0, queue: 4 },
          { camera: "garden", pictures: 1, queue: 1 },
        ],
      },
    });
    resolve();
    await expect.poll(async () => (await post(makePicture())).status).toBe(202);
  });

  it("is answered where none are taken with what to run", async () => {
    const app = await startTestApp();
    const headers = { "content-type": "image/jpeg" };
    const body = makePicture();
    const response = await fetch(`${app.url}/api/snapshots?camera=door`, { method: "POST", body, headers });
    expect(response.status).toBe(503);
    const detail = expect.stringContaining("faces2mqtt models");
    expect(await response.json()).toMatchObject({ code: "MODELS_MISSING", detail });
    expect(await app.get("api/snapshots/refused")).toEqual({ refused: [] });
    expect(await app.get("api/status")).toMatchObject({ snapshots: null });
  });
});

describe("faces that were not taken", () => {
  it("are listed with the reason and a picture, counted, and measured", async () => {
    const { post, get, url } = await open({ min_norm: 10 });
    await post(makePicture([{ who: 1, score: 0.7999 }]));
    await post(makePicture([{ who: 2, norm: 9.5 }]), { query: "camera=garden" });
    await expect.poll(async () => (await get<{ refused: Refused[] }>("api/snapshots/refused")).refused.length).toBe(2);
    const { refused } = await get<{ refused: Refused[] }>("api/snapshots/refused?camera=door");
    const [face] = refused as [Refused];
    expect(refused).toEqual([
      {
        id: face.id,
        camera: "door",
        timestamp: face.timestamp,
        reason: "score",
        value: 0.799,
        needed: 0.8,
        score: 0.799,
        face_px: 80,
        norm: null,
        box: { x: 10, y: 20, width: 80, height: 96 },
        thumbnail: `api/snapshots/refused/${face.id}/thumbnail`,
      },
    ]);
    const picture = await fetch(`${url}/${face.thumbnail}`);
    expect(picture.headers.get("content-type")).toBe("image/jpeg");
    expect(picture.headers.get("cache-control")).toBe("private, no-cache");
    expect((await fetch(`${url}/api/snapshots/refused/0123456789abcdef/thumbnail`)).status).toBe(404);

    const none = { faces: 0, no_face: 0, known: 0, dropped: 0, failed: 0, queue: 0, pictures: 1 };
    const { snapshots } = await get<{ snapshots: object }>("api/status");
    expect(snapshots).toEqual({
      model: "sface",
      runtime: "node",
      workers: 1,
      queue: 0,
      cameras: [
        { camera: "door", ...none, refused: { score: 1, size: 0, norm: 0 } },
        { camera: "garden", ...none, refused: { score: 0, size: 0, norm: 1 } },
      ],
      sources: [],
    });
    const metrics = await (await fetch(`${url}/metrics`)).text();
    expect(metrics).toContain('faces2mqtt_gated_faces_total{camera="garden",gate="norm"} 1');
    expect(metrics).toContain("faces2mqtt_picture_seconds_count 2");
  });

  it("are taken as soon as the gates let them pass", async () => {
    const { post, get, send } = await open();
    const picture = makePicture([{ who: 1, norm: 8 }]);
    await post(picture);
    await expect.poll(async () => (await get<{ refused: Refused[] }>("api/snapshots/refused")).refused.length).toBe(1);
    await send("PATCH", "api/settings", { "snapshots.min_norm": 7.5 });
    await post(picture);
    await expect.poll(async () => (await get<{ faces: unknown[] }>("api/faces")).faces.length).toBe(1);
  });
});
