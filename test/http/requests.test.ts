import { describe, expect, test } from "vitest";
import { FacesError } from "../../src/domain/errors.ts";
import { makeRequests } from "./make-requests.ts";
import { readJson, startServer } from "./start-server.ts";

const JSON_TYPE = { "content-type": "application/json" };

describe("names in addresses", () => {
  test.each([
    "Łukasz",
    "a/b",
    "../../etc/passwd",
    "Anna Maria",
    "100 %",
    "a%2Fb",
    "?#&=;+",
    "Eve#",
    '"><script>alert(1)</script>',
    "名前",
    "👩‍👩‍👧",
    "merge",
    "x".repeat(64),
    "👩".repeat(64),
  ])("%s arrives as it is", async (name) => {
    const { url, requests } = await startServer();
    const at = `${url}/api/faces/registry/${encodeURIComponent(name)}`;
    await fetch(at);
    await fetch(at, { method: "DELETE" });
    await fetch(at, { method: "PATCH", headers: JSON_TYPE, body: '{"name":"b"}' });
    await fetch(`${at}/export`);
    await fetch(`${at}/claim`, { method: "POST", headers: JSON_TYPE, body: '{"dry_run":true}' });
    expect(requests.calls).toEqual([
      { method: "person", input: { name } },
      { method: "delete", input: { name, faces: undefined } },
      { method: "rename", input: { from: name, to: "b", merge: undefined } },
      { method: "exportPerson", input: { name } },
      { method: "claim", input: { name, dry_run: true } },
    ]);
  });
});

describe("assigning a cluster that was shown", () => {
  async function assign(headers: Record<string, string>, body: object) {
    const { url, requests } = await startServer();
    const response = await fetch(`${url}/api/faces/clusters/c1/assign`, {
      method: "POST",
      headers: { ...JSON_TYPE, ...headers },
      body: JSON.stringify({ name: "Anna", ...body }),
    });
    return { status: response.status, ...(await readJson(response)), calls: requests.calls };
  }

  test.each([
    [{ "if-match": '"v1"' }, {}, "v1"],
    [{ "if-match": "v1" }, {}, "v1"],
    [{}, { version: "v1" }, "v1"],
    [{ "if-match": '"v1"' }, { version: "v1" }, "v1"],
    [{ "if-match": "*" }, {}, undefined],
    [{}, {}, undefined],
  ])("with %j and body %j it asks for version %s", async (headers, body, version) => {
    const { status, calls } = await assign(headers as Record<string, string>, body);
    expect(status).toBe(200);
    expect(calls).toEqual([
      { method: "assign", input: expect.objectContaining({ cluster: "c1", name: "Anna", version }) },
    ]);
  });

  test("is refused when it has changed", async () => {
    expect(await assign({ "if-match": '"old"' }, {})).toMatchObject({ status: 409, code: "CLUSTER_CHANGED" });
    expect(await assign({}, { version: "old" })).toMatchObject({ status: 409, code: "CLUSTER_CHANGED" });
  });

  test.each([
    [{ "if-match": '"v1"' }, { version: "v2" }],
    [{ "if-match": '"v1", "v2"' }, {}],
    [{ "if-match": 'W/"v1"' }, {}],
    [{ "if-match": '""' }, {}],
  ])("with %j and body %j nothing is asked", async (headers, body) => {
    expect(await assign(headers as Record<string, string>, body)).toMatchObject({
      status: 400,
      code: "INVALID_INPUT",
      calls: [],
    });
  });

  test("the version comes as an entity tag with the cluster, and ignoring takes it too", async () => {
    const { url, requests } = await startServer();
    const tag = (await fetch(`${url}/api/faces/clusters/c1`)).headers.get("etag") as string;
    expect(tag).toBe('"v1"');
    await fetch(`${url}/api/faces/clusters/c1/ignore`, { method: "POST", headers: { "if-match": tag } });
    expect(requests.calls.at(-1)).toEqual({ method: "ignore", input: { cluster: "c1", version: "v1" } });
  });
});

describe("starting discovery", () => {
  test("answers with the clusters when it is done", async () => {
    const { url, requests } = await startServer();
    const response = await fetch(`${url}/api/faces/discover`, { method: "POST" });
    expect(response.status).toBe(200);
    expect(await readJson(response)).toHaveProperty("clusters[0].id", "c1");
    await fetch(`${url}/api/faces/discover?limit=1000`, { method: "POST" });
    expect(requests.calls).toEqual([
      { method: "discover", input: {} },
      { method: "discover", input: { limit: 1000 } },
    ]);
  });

  test.each(["respond-async", "wait=5, respond-async", "Respond-Async; x=1"])(
    "with Prefer: %s it answers at once, and says where to look, behind any path prefix",
    async (prefer) => {
      const { url, requests } = await startServer();
      const response = await fetch(`${url}/api/faces/discover`, { method: "POST", headers: { prefer } });
      expect(response.status).toBe(202);
      expect(await readJson(response)).toMatchObject({ state: "running", progress: 0.5 });
      expect(requests.calls).toEqual([{ method: "startDiscovery", input: undefined }]);
      const location = response.headers.get("location") as string;
      for (const prefix of ["http://nas/", "https://ha.example/api/hassio_ingress/abc/"]) {
        expect(new URL(location, `${prefix}api/faces/discover`).href).toBe(`${prefix}api/faces/discover`);
      }
    },
  );
});

describe("pictures", () => {
  test("come with a tag, and are not sent again while they hold", async () => {
    const { url } = await startServer();
    for (const [path, type, length] of [
      ["thumbnail", "image/jpeg", 4],
      ["frame", "image/png", 2],
    ] as const) {
      const first = await fetch(`${url}/api/faces/7/${path}`);
      expect(first.headers.get("content-type")).toBe(type);
      expect(first.headers.get("cache-control")).toBe("private, no-cache");
      expect((await first.arrayBuffer()).byteLength).toBe(length);
      const tag = first.headers.get("etag") as string;
      for (const known of [tag, `W/${tag}`, `"other", ${tag}`]) {
        const again = await fetch(`${url}/api/faces/7/${path}`, { headers: { "if-none-match": known } });
        expect([again.status, again.headers.get("etag"), await again.text()]).toEqual([304, tag, ""]);
      }
      expect((await fetch(`${url}/api/faces/7/${path}`, { headers: { "if-none-match": '"other"' } })).status).toBe(200);
    }
  });

  test("of an erased face are gone, whatever a browser has kept", async () => {
    const thumbnail = () => Promise.reject(new FacesError("FACE_NOT_FOUND", "face 7 does not exist"));
    const { url } = await startServer({ requests: makeRequests({ thumbnail }) });
    const response = await fetch(`${url}/api/faces/7/thumbnail`, { headers: { "if-none-match": "*" } });
    expect(response.status).toBe(404);
    expect(response.headers.get("cache-control")).toBe("no-store");
  });
});

test("deleting says what becomes of the faces", async () => {
  const { url, requests } = await startServer();
  await fetch(`${url}/api/faces/registry/Anna?faces=erase`, { method: "DELETE" });
  expect(requests.calls).toEqual([{ method: "delete", input: { name: "Anna", faces: "erase" } }]);
  expect((await fetch(`${url}/api/faces/registry/Anna?faces=keep`, { method: "DELETE" })).status).toBe(400);
});

test("ignored clusters are listed apart", async () => {
  const { url, requests } = await startServer();
  await fetch(`${url}/api/faces/clusters?state=ignored&limit=10`);
  expect(requests.calls).toEqual([{ method: "clusters", input: { state: "ignored", limit: 10 } }]);
});

test("health is 503 while the daemon does not work", async () => {
  const health = async () => ({ healthy: false, version: "1.2.3", broker: "connecting" as const });
  const { url } = await startServer({ requests: makeRequests({ health }) });
  const response = await fetch(`${url}/healthz`);
  expect([response.status, await response.json()]).toEqual([503, await health()]);
});

test("metrics are text for Prometheus", async () => {
  const { url } = await startServer();
  const response = await fetch(`${url}/metrics`);
  expect(response.headers.get("content-type")).toBe("text/plain; version=0.0.4");
  expect(await response.text()).toBe("faces2mqtt_faces_total 1\n");
});
