import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { tempFolder } from "../helpers/temp-folder.ts";
import { startServer, TOKEN } from "./start-server.ts";

const CSP =
  "default-src 'none';script-src 'self';style-src 'self';img-src 'self' blob: data:;font-src 'self';" +
  "connect-src 'self';manifest-src 'self';base-uri 'none';form-action 'none';frame-ancestors 'self' https://ha.example";

function buildPanel(): string {
  const parent = tempFolder();
  const folder = join(parent, "ui");
  mkdirSync(join(folder, "assets"), { recursive: true });
  writeFileSync(join(folder, "index.html"), "<!doctype html><title>panel</title>");
  writeFileSync(join(folder, "assets/index-abc123.js"), "export {}");
  writeFileSync(join(folder, "faces2mqtt-card.js"), "customElements");
  writeFileSync(join(folder, "favicon.svg"), "<svg xmlns='http://www.w3.org/2000/svg'/>");
  writeFileSync(join(folder, ".env"), "secret");
  writeFileSync(join(parent, "secret.txt"), "secret");
  return folder;
}

test("the panel is served without a login, with its files kept as long as they hold", async () => {
  const { url } = await startServer({ uiFolder: buildPanel(), config: { token: TOKEN } });
  for (const [path, type, caching] of [
    ["/", "text/html", "no-store"],
    ["/?page=people&embed", "text/html", "no-store"],
    ["/index.html", "text/html", "no-store"],
    ["/assets/index-abc123.js", "text/javascript", "public, max-age=31536000, immutable"],
    ["/favicon.svg", "image/svg+xml", "no-cache"],
    ["/faces2mqtt-card.js", "text/javascript", "no-cache"],
  ] as const) {
    const response = await fetch(url + path);
    expect([path, response.status, response.headers.get("cache-control")]).toEqual([path, 200, caching]);
    expect(response.headers.get("content-type")).toContain(type);
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
  }
});

test("what has a gzipped twin is sent so to whoever takes it, and as it is to others", async () => {
  const folder = buildPanel();
  const script = "export const long = 1;".repeat(100);
  writeFileSync(join(folder, "assets/long-abc123.js"), script);
  writeFileSync(join(folder, "assets/long-abc123.js.gz"), gzipSync(script));
  const { url } = await startServer({ uiFolder: folder });
  for (const [accept, encoding] of [
    ["gzip, deflate, br", "gzip"],
    ["identity", null],
  ] as const) {
    const response = await fetch(`${url}/assets/long-abc123.js`, { headers: { "accept-encoding": accept } });
    expect([accept, response.headers.get("content-encoding")]).toEqual([accept, encoding]);
    expect(response.headers.get("vary")).toMatch(/accept-encoding/i);
    expect(response.headers.get("content-type")).toMatch(/^(text|application)\/javascript/);
    expect(response.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    expect(await response.text()).toBe(script);
  }
  // Without a twin nothing is lost.
  const plain = await fetch(`${url}/assets/index-abc123.js`, { headers: { "accept-encoding": "gzip" } });
  expect([plain.headers.get("content-encoding"), await plain.text()]).toEqual([null, "export {}"]);
});

test("nothing beside the panel's folder is served, and no hidden file", async () => {
  const { url } = await startServer({ uiFolder: buildPanel() });
  const paths = [
    "/../secret.txt",
    "/%2e%2e/secret.txt",
    "/..%2fsecret.txt",
    "/assets/..%2f..%2fsecret.txt",
    "/.env",
    "/assets/",
    "/assets",
    "/nothing.js",
  ];
  for (const path of paths) {
    const response = await fetch(url + path, { redirect: "manual" });
    expect([path, response.status >= 400, (await response.text()).includes("secret")]).toEqual([path, true, false]);
  }
});

test("a missing file under assets is not kept by browsers", async () => {
  const { url } = await startServer({ uiFolder: buildPanel() });
  expect((await fetch(`${url}/assets/index-old.js`)).headers.get("cache-control")).toBe("no-store");
});

test("without a built panel the page says what to do", async () => {
  const { url } = await startServer();
  const response = await fetch(url);
  expect(response.status).toBe(503);
  expect(await response.text()).toContain("npm run build:ui");
});

test("Home Assistant's pages may load the card, and nothing else of ours", async () => {
  const { url } = await startServer({ uiFolder: buildPanel() });
  const card = await fetch(`${url}/faces2mqtt-card.js`);
  expect(card.headers.get("access-control-allow-origin")).toBe("*");
  expect(card.headers.get("cross-origin-resource-policy")).toBe("cross-origin");
  for (const path of ["/", "/api/status", "/api/faces/7/thumbnail", "/assets/index-abc123.js"]) {
    const response = await fetch(url + path, { headers: { origin: "https://ha.example" } });
    expect([path, response.headers.get("access-control-allow-origin")]).toEqual([path, null]);
    expect(response.headers.get("cross-origin-resource-policy")).toBe("same-origin");
  }
});

test("every answer says what it may load and who may embed it", async () => {
  const frameAncestors = ["'self'", "https://ha.example"];
  const { url } = await startServer({ uiFolder: buildPanel(), config: { frameAncestors, token: TOKEN } });
  const authorization = `Bearer ${TOKEN}`;
  for (const [path, init] of [
    ["/", {}],
    ["/assets/index-abc123.js", {}],
    ["/nothing", {}],
    ["/api/status", {}],
    ["/api/nothing", { method: "POST" }],
    ["/api/status", { headers: { authorization } }],
    ["/api/faces/7/thumbnail", { headers: { authorization } }],
    ["/api/undo", { method: "POST", body: "x", headers: { authorization } }],
  ] as const) {
    const { headers } = await fetch(url + path, init);
    expect([path, headers.get("content-security-policy")]).toEqual([path, CSP]);
    expect(headers.get("referrer-policy")).toBe("no-referrer");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("x-frame-options")).toBeNull();
    expect(headers.get("strict-transport-security")).toBeNull();
  }
});

test("answers of the API are not kept", async () => {
  const { url } = await startServer();
  expect((await fetch(`${url}/api/faces`)).headers.get("cache-control")).toBe("no-store");
  expect((await fetch(`${url}/api/faces/8`)).headers.get("cache-control")).toBe("no-store");
});
