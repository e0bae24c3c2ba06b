import { request } from "node:http";
import { describe, expect, test } from "vitest";
import { hostnameOf } from "../../../src/http/addresses.ts";
import { readState } from "../../helpers/read-state.ts";
import { makeHttpConfig, readJson, startServer, TOKEN } from "../start-server.ts";

/** Status of `GET path` with a Host header of one's choice. */
function statusFor(url: string, host: string, path = "/api/status"): Promise<number> {
  const { port } = new URL(url);
  return new Promise((resolve, reject) => {
    const sent = request({ host: "127.0.0.1", port, path, headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sent.on("error", reject);
    sent.end();
  });
}

describe("without a token", () => {
  test.each(["localhost", "localhost:8099", "127.0.0.1:8099", "[::1]:8099", "LOCALHOST.", "a.localhost"])(
    "the name %s is answered",
    async (host) => {
      const { url } = await startServer();
      expect(await statusFor(url, host)).toBe(200);
    },
  );

  test.each([
    "evil.example",
    "evil.example:8099",
    "localhost.evil.example",
    "192.168.1.5",
    "nas",
    "127.0.0.1.evil.example",
    "a@localhost",
    "localhost/x",
  ])("the name %j is refused", async (host) => {
    const { url } = await startServer();
    expect(await statusFor(url, host)).toBe(403);
    expect(await statusFor(url, host, "/healthz")).toBe(200);
  });

  test("the name of the public address is answered, with its port or another, and its pages may write", async () => {
    const { url } = await startServer({ config: { publicUrl: "https://faces.example/prefix/" } });
    expect(await statusFor(url, "faces.example")).toBe(200);
    expect(await statusFor(url, "faces.example:8443")).toBe(200);
    expect(await statusFor(url, "other.example")).toBe(403);
    const write = (origin: string) => fetch(`${url}/api/undo`, { method: "POST", headers: { origin } });
    expect((await write("https://faces.example")).status).toBe(200);
    expect((await write("https://other.example")).status).toBe(403);
  });

  test("with auth: none on an open address, names are answered that public DNS does not serve", async () => {
    const { url } = await startServer({ config: { host: "0.0.0.0", auth: "none" } });
    for (const host of ["192.168.1.5:8099", "nas", "nas.local", "faces.lan", "nas.home.arpa", "[fe80::1]"]) {
      expect([host, await statusFor(url, host)]).toEqual([host, 200]);
    }
    expect(await statusFor(url, "evil.example")).toBe(403);
  });
});

test("with a token, any name is answered: a stranger's page has no token", async () => {
  const { url } = await startServer({ config: { token: TOKEN } });
  expect(await statusFor(url, "faces.example")).toBe(401);
  const authorization = `bearer ${TOKEN}`;
  const response = await fetch(`${url}/api/status`, { headers: { authorization, origin: "http://evil.example" } });
  expect(response.status).toBe(200);
});

describe("Home Assistant's ingress", () => {
  const config = { token: TOKEN, ingressPort: 0 };

  test("is let in without a login, by its address", async () => {
    const { ingressUrl, url } = await startServer({
      config,
      ingress: { host: "127.0.0.1", trustedAddress: "127.0.0.1" },
    });
    expect(ingressUrl).not.toBe(url);
    const headers = { host: "anything.example", "x-ingress-path": "/api/hassio_ingress/abc" };
    expect((await fetch(`${ingressUrl}/api/status`, { headers })).status).toBe(200);
    const write = (headers: Record<string, string>) => fetch(`${ingressUrl}/api/undo`, { method: "POST", headers });
    expect((await write({ origin: "https://ha.example" })).status).toBe(200);
    expect((await write({ "sec-fetch-site": "cross-site" })).status).toBe(403);
    // The other way in still wants the token.
    expect((await fetch(`${url}/api/status`)).status).toBe(401);
  });

  test("is no one else, whatever their headers say", async () => {
    const { ingressUrl, system } = await startServer({
      config,
      ingress: { host: "127.0.0.1", trustedAddress: "172.30.32.2" },
    });
    const before = await readState(system);
    const claims = {
      "x-forwarded-for": "172.30.32.2",
      "x-real-ip": "172.30.32.2",
      forwarded: "for=172.30.32.2",
      "x-remote-user-id": "admin",
      authorization: `Bearer ${TOKEN}`,
    };
    for (const path of ["/", "/api/status", "/healthz", "/api/nothing", "/faces2mqtt-card.js", "/api/docs/"]) {
      const response = await fetch(ingressUrl + path, { headers: claims });
      expect([path, await readJson(response)]).toMatchObject([path, { status: 403, code: "FORBIDDEN" }]);
    }
    expect((await fetch(`${ingressUrl}/api/login`, { method: "POST", headers: claims })).status).toBe(403);
    expect(await readState(system)).toEqual(before);
  });

  test("has no listener unless it is wanted", async () => {
    const { ingressUrl } = await startServer();
    expect(ingressUrl).toBeUndefined();
    expect(makeHttpConfig().ingressPort).toBeNull();
  });
});

test.each([
  ["Example.COM:80", "example.com"],
  ["[::1]:8099", "::1"],
  ["2130706433", "127.0.0.1"],
  ["a b", null],
  ["", null],
  ["x/y", null],
])("the host %s is %s", (host, name) => {
  expect(hostnameOf(host)).toBe(name);
});
