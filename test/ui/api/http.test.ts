import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, it } from "vitest";
import { createHttp, type Http } from "../../../ui/src/api/http.ts";

let server: Server | undefined;
afterEach(() => void server?.close());

/** A daemon whose answers to writes are held until they are let go. */
async function open(status: number): Promise<{ http: Http; answer: () => void }> {
  const held: (() => void)[] = [];
  server = createServer((request, response) => {
    response.writeHead(status, { "content-type": "application/json" });
    const end = () => response.end(JSON.stringify({ change: 7 }));
    if (request.method === "GET") end();
    else held.push(end);
  });
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const http = createHttp(`http://127.0.0.1:${port}/`, () => {});
  const answer = () => {
    for (const end of held.splice(0)) end();
  };
  return { http, answer };
}

it("waits for the writes under way, until whoever sent them has the answer", async () => {
  const { http, answer } = await open(200);
  const seen: string[] = [];
  const named = http.send("POST", "api/faces/clusters/c_1/assign").then(() => seen.push("named"));
  const written = http.written().then(() => seen.push("written"));
  await http.get("api/status");
  expect(seen).toEqual([]);
  // Held until it has arrived: an answer is let go again and again.
  const letting = setInterval(answer, 5);
  await Promise.all([named, written]);
  clearInterval(letting);
  expect(seen).toEqual(["named", "written"]);
});

it("waits for a write that fails, and not at all when there is none", async () => {
  const { http, answer } = await open(500);
  await http.written();
  const letting = setInterval(answer, 5);
  const failed = expect(http.send("POST", "api/undo")).rejects.toMatchObject({ status: 500 });
  await http.written();
  await failed;
  clearInterval(letting);
});
