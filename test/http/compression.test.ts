import { expect, it } from "vitest";
import type { ClusterAnswer, ClustersAnswer } from "../../src/wire/out/schemas.ts";
import { startServer } from "./start-server.ts";

const open = async (url: string, accept: string) => await fetch(url, { headers: { "accept-encoding": accept } });

it.each([
  ["br, gzip", "br"],
  ["gzip, deflate", "gzip"],
  ["identity", null],
])("an answer to %s is sent as %s, and says the same", async (accept, encoding) => {
  const { url } = await startServer();
  const plain = await (await open(`${url}/api/faces`, "identity")).json();
  const response = await open(`${url}/api/faces`, accept);
  expect(response.headers.get("content-encoding")).toBe(encoding);
  expect(response.headers.get("cache-control")).toBe("no-store");
  if (encoding) expect(response.headers.get("vary")).toMatch(/accept-encoding/i);
  expect(await response.json()).toEqual(plain);
});

it("what is short, and pictures, are sent as they are, with the tag that they have", async () => {
  const { url } = await startServer();
  for (const path of ["api/faces/3/thumbnail", "api/faces/discover"]) {
    const response = await open(`${url}/${path}`, "br, gzip");
    expect([path, response.status, response.headers.get("content-encoding")]).toEqual([path, 200, null]);
    await response.arrayBuffer();
  }
  const tag = (await open(`${url}/api/faces/3/thumbnail`, "gzip")).headers.get("etag") as string;
  expect(tag).not.toContain("gzip");
  const again = await fetch(`${url}/api/faces/3/thumbnail`, { headers: { "if-none-match": tag } });
  expect(again.status).toBe(304);
});

it("the tag of a compressed answer is another one, and stands for the same version", async () => {
  const { url } = await startServer();
  const { clusters } = (await (await open(`${url}/api/faces/clusters`, "identity")).json()) as ClustersAnswer;
  const path = `${url}/api/faces/clusters/${clusters[0]?.id}`;
  const response = await open(path, "gzip");
  const { version } = (await response.json()) as ClusterAnswer;
  expect(response.headers.get("content-encoding")).toBe("gzip");
  expect(response.headers.get("etag")).toBe(`"${version}-gzip"`);
  expect((await open(path, "identity")).headers.get("etag")).toBe(`"${version}"`);
  const ignore = (tag: string) =>
    fetch(`${path}/ignore`, {
      method: "POST",
      body: "{}",
      headers: { "content-type": "application/json", "if-match": tag },
    });
  expect((await ignore('"another-gzip"')).status).toBe(409);
  expect((await ignore(`"${version}-gzip"`)).status).toBe(200);
});

it("live events are not held back", async () => {
  const { url } = await startServer();
  const response = await open(`${url}/api/events`, "br, gzip");
  expect(response.headers.get("content-encoding")).toBe(null);
  const { value } = await response.body!.getReader().read();
  expect(new TextDecoder().decode(value)).toMatch(/^retry: /);
});
