import { describe, expect, test } from "vitest";
import { readState } from "../../helpers/read-state.ts";
import { readJson, startServer } from "../start-server.ts";

const JSON_TYPE = { "content-type": "application/json" };

describe("assigning a cluster that was shown", () => {
  async function open() {
    const { url, system } = await startServer();
    const version = (await system.store.cluster("c1"))?.version ?? "";
    const before = await readState(system);
    // V stands for the version.
    const fill = (parts: Record<string, string>) =>
      Object.fromEntries(Object.entries(parts).map(([key, value]) => [key, value.replace("V", version)]));
    async function assign(headers: Record<string, string>, body: Record<string, string>) {
      const response = await fetch(`${url}/api/faces/clusters/c1/assign`, {
        method: "POST",
        headers: { ...JSON_TYPE, ...fill(headers) },
        body: JSON.stringify({ name: "Eve", ...fill(body) }),
      });
      return { status: response.status, ...(await readJson(response)) };
    }
    return { url, system, version, before, assign };
  }

  test.each<[Record<string, string>, Record<string, string>]>([
    [{ "if-match": '"V"' }, {}],
    [{ "if-match": "V" }, {}],
    [{}, { version: "V" }],
    [{ "if-match": '"V"' }, { version: "V" }],
    [{ "if-match": "*" }, {}],
    [{}, {}],
  ])("with %j and body %j it is assigned", async (headers, body) => {
    const { assign } = await open();
    expect(await assign(headers, body)).toMatchObject({ status: 200, person: "Eve", assigned: 2 });
  });

  test.each<[Record<string, string>, Record<string, string>]>([
    [{ "if-match": '"old"' }, {}],
    [{}, { version: "old" }],
    [{ "if-match": "*" }, { version: "old" }],
  ])("with %j and body %j it is refused: the cluster has changed", async (headers, body) => {
    const { assign, system, before } = await open();
    expect(await assign(headers, body)).toMatchObject({ status: 409, code: "CLUSTER_CHANGED" });
    expect(await readState(system)).toEqual(before);
  });

  test.each<[Record<string, string>, Record<string, string>]>([
    [{ "if-match": '"V"' }, { version: "v2" }],
    [{ "if-match": '"V", "v2"' }, {}],
    [{ "if-match": 'W/"V"' }, {}],
    [{ "if-match": '""' }, {}],
  ])("with %j and body %j it is refused: which version is meant?", async (headers, body) => {
    const { assign, system, before } = await open();
    expect(await assign(headers, body)).toMatchObject({ status: 400, code: "INVALID_INPUT" });
    expect(await readState(system)).toEqual(before);
  });

  test("the version comes as an entity tag with the cluster, and ignoring takes it too", async () => {
    const { url, version } = await open();
    const tag = (await fetch(`${url}/api/faces/clusters/c1`)).headers.get("etag") as string;
    expect(tag).toBe(`"${version}-gzip"`);
    const ignore = (ifMatch: string) =>
      fetch(`${url}/api/faces/clusters/c1/ignore`, { method: "POST", headers: { "if-match": ifMatch } });
    expect((await ignore('"old"')).status).toBe(409);
    expect((await ignore(tag)).status).toBe(200);
  });
});

describe("starting discovery", () => {
  test("answers with the clusters when it is done", async () => {
    const { url } = await startServer();
    const response = await fetch(`${url}/api/faces/discover`, { method: "POST" });
    expect(response.status).toBe(200);
    expect(await readJson(response)).toMatchObject({ discovery: { state: "idle" }, clusters: [{ id: "c1", size: 2 }] });
    const limited = await fetch(`${url}/api/faces/discover?limit=1001`, { method: "POST" });
    expect(limited.status).toBe(400);
  });

  test.each(["respond-async", "wait=5, respond-async", "Respond-Async; x=1"])(
    "with Prefer: %s it answers at once, and says where to look, behind any path prefix",
    async (prefer) => {
      const { url } = await startServer();
      const response = await fetch(`${url}/api/faces/discover`, { method: "POST", headers: { prefer } });
      expect(response.status).toBe(202);
      expect(response.headers.get("preference-applied")).toBe("respond-async");
      expect(await readJson(response)).toMatchObject({ state: "running" });
      const location = response.headers.get("location") as string;
      for (const prefix of ["http://nas/", "https://ha.example/api/hassio_ingress/abc/"]) {
        expect(new URL(location, `${prefix}api/faces/discover`).href).toBe(`${prefix}api/faces/discover`);
      }
    },
  );
});

test("a person's export is a file to keep", async () => {
  const { url } = await startServer();
  const response = await fetch(`${url}/api/faces/registry/Anna/export`);
  expect(response.headers.get("content-disposition")).toBe('attachment; filename="face_registry.json"');
});
