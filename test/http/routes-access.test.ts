import { request as rawRequest } from "node:http";
import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import { fastify } from "fastify";
import { Compile } from "typebox/compile";
import { beforeAll, describe, expect, test } from "vitest";
import { watchRouteAccess } from "../../src/http/access/route-access.ts";
import type { Access } from "../../src/http/api.ts";
import { buildTestApp } from "./build-test-app.ts";
import { launchServer, login, startServer, TOKEN } from "./start-server.ts";

interface Case {
  readonly access: Access;
  /** The path to ask for, where the route has parameters. */
  readonly path?: string;
  readonly body?: object;
  readonly status?: number;
}

const read: Case = { access: "login" };
const json = (body: object, path?: string): Case => ({ access: "login", body, ...(path ? { path } : {}) });
const at = (path: string): Case => ({ access: "login", path });

/** The decision on every route there is. A route that is missing here fails the first test. */
const DECISIONS: Readonly<Record<string, Case>> = {
  "POST /api/faces/discover": json({}),
  "GET /api/faces/discover": read,
  "DELETE /api/faces/discover": read,
  "GET /api/faces/clusters": read,
  "GET /api/faces/clusters/:id": at("/api/faces/clusters/c1"),
  "GET /api/faces/clusters/:id/candidates": at("/api/faces/clusters/c1/candidates"),
  "POST /api/faces/clusters/:id/assign": json({ name: "Anna" }, "/api/faces/clusters/c1/assign"),
  "POST /api/faces/clusters/:id/ignore": json({}, "/api/faces/clusters/c1/ignore"),
  "DELETE /api/faces/clusters/:id/ignore": at("/api/faces/clusters/c1/ignore"),
  "GET /api/faces/registry": read,
  "POST /api/faces/registry/merge": json({ from: ["Ann"], to: "Anna" }),
  "GET /api/faces/registry/:name": at("/api/faces/registry/Anna"),
  "PATCH /api/faces/registry/:name": json({ name: "Ann" }, "/api/faces/registry/Anna"),
  "DELETE /api/faces/registry/:name": at("/api/faces/registry/Anna"),
  "GET /api/faces/registry/:name/export": at("/api/faces/registry/Anna/export"),
  "POST /api/faces/registry/:name/claim": json({ dry_run: true }, "/api/faces/registry/Anna/claim"),
  "GET /api/faces": read,
  "GET /api/activity": read,
  "GET /api/cameras": read,
  "GET /api/faces/:id": at("/api/faces/7"),
  "POST /api/faces/unassign": json({ faces: [7] }),
  "POST /api/faces/:id/unassign": json({}, "/api/faces/7/unassign"),
  "GET /api/faces/:id/similar": at("/api/faces/7/similar"),
  "GET /api/faces/:id/thumbnail": at("/api/faces/7/thumbnail"),
  "GET /api/faces/:id/frame": at("/api/faces/7/frame"),
  "POST /api/faces/match": json({ encoding: Array(128).fill(0.1) }),
  "GET /api/settings": read,
  "PATCH /api/settings": json({ "recognition.threshold": 0.5 }),
  "GET /api/threshold": read,
  "POST /api/undo": json({}),
  "POST /api/purge": json({ dry_run: true }),
  "GET /api/status": read,
  "GET /metrics": read,
  "GET /api/events": read,
  "POST /api/logout": { access: "login", body: {}, status: 204 },
  "POST /api/login": { access: "open", body: { token: TOKEN }, status: 204 },
  "GET /healthz": { access: "open" },
  "GET /api/openapi.json": read,
  "GET /api/docs/": read,
  "GET /api/docs/json": read,
  "GET /api/docs/yaml": read,
  "GET /api/docs/static/index.html": { ...read, status: 302 },
  "GET /api/docs/static/swagger-initializer.js": read,
  "GET /api/docs/static/*": at("/api/docs/static/swagger-ui.css"),
  "GET /": { access: "open", status: 503 },
  "GET /faces2mqtt-card.js": { access: "open", status: 404 },
  "GET /*": { access: "open", path: "/assets/nothing.js", status: 404 },
};

/** The same page by a second address. */
const SECOND: Readonly<Record<string, Case>> = { "GET /api/docs": read };

const cases = Object.entries({ ...DECISIONS, ...SECOND }).map(([route, one]) => {
  const [method, url] = route.split(" ") as [string, string];
  return { route, method, path: one.path ?? url, status: one.status ?? 200, ...one };
});

async function ask(url: string, { method, path, body }: (typeof cases)[number], headers: Record<string, string> = {}) {
  const stop = new AbortController();
  const init: RequestInit = { method, redirect: "manual", signal: stop.signal, headers };
  if (body)
    Object.assign(init, { body: JSON.stringify(body), headers: { "content-type": "application/json", ...headers } });
  const response = await fetch(url + path, init);
  // The event stream never ends by itself.
  const isStream = response.headers.get("content-type")?.startsWith("text/event-stream");
  const text = isStream ? "" : await response.text();
  stop.abort();
  return { status: response.status, headers: response.headers, text };
}

/** fetch does not let one choose the Host header. */
function rawStatus(port: number, { method, path, body }: (typeof cases)[number], headers: Record<string, string>) {
  return new Promise<number>((resolve, reject) => {
    const text = body ? JSON.stringify(body) : undefined;
    const sent = rawRequest(
      {
        host: "127.0.0.1",
        port,
        method,
        path,
        headers: { ...(text ? { "content-type": "application/json" } : {}), ...headers },
      },
      (response) => {
        resolve(response.statusCode ?? 0);
        response.destroy();
      },
    );
    sent.on("error", reject);
    sent.end(text);
  });
}

test("every route has a decision about who may use it, and it is the one that the server holds", async () => {
  const { app, routes } = await buildTestApp();
  await app.close();
  const found = routes.filter(({ method }) => method !== "HEAD").map((one) => [`${one.method} ${one.url}`, one.access]);
  expect(Object.fromEntries(found)).toEqual(
    Object.fromEntries(Object.entries(DECISIONS).map(([route, { access }]) => [route, access])),
  );
});

test("asking for the head of a page is no way around the decision", async () => {
  const { app, routes } = await buildTestApp();
  await app.close();
  const heads = routes.filter(({ method }) => method === "HEAD");
  expect(heads.length).toBeGreaterThan(10);
  for (const { url, access } of heads)
    expect([url, access]).toEqual([url, { ...DECISIONS, ...SECOND }[`GET ${url}`]?.access]);
});

test("a route that does not say who may use it keeps the server from coming up", async () => {
  const app = fastify().withTypeProvider<TypeBoxTypeProvider>();
  watchRouteAccess(app);
  app.get("/api/new", async () => "open to all");
  await expect(app.ready()).rejects.toThrow("GET /api/new does not say who may use it");
});

describe("with a token", () => {
  const guarded = cases.filter(({ access }) => access === "login");
  let url: string;
  let calls: () => number;
  let cookie: string;

  beforeAll(async () => {
    const running = await launchServer({ config: { token: TOKEN } });
    url = running.url;
    calls = () => running.requests.calls.length;
    const response = await login(url);
    cookie = (response.headers.get("set-cookie") ?? "").split(";")[0] as string;
    return running.server.stop;
  });

  test.each(guarded)("$route is refused without a token, and nothing happens", async (one) => {
    const before = calls();
    const { status, headers, text } = await ask(url, one);
    expect({ status, code: JSON.parse(text).code }).toEqual({ status: 401, code: "UNAUTHORIZED" });
    expect(headers.get("www-authenticate")).toMatch(/^Bearer/);
    expect(calls()).toBe(before);
  });

  test.each(guarded)("$route is refused with a wrong token, and nothing happens", async (one) => {
    const before = calls();
    const wrong = [`Bearer ${TOKEN}x`, "Bearer x", `Bearer ${TOKEN.toUpperCase()}`];
    for (const authorization of wrong) expect((await ask(url, one, { authorization })).status).toBe(401);
    expect((await ask(url, one, { cookie: `${cookie}x` })).status).toBe(401);
    expect((await ask(url, one, { cookie: `faces2mqtt_session=${TOKEN}`, "x-requested-with": "x" })).status).toBe(401);
    // A right cookie does not make up for a wrong token.
    expect((await ask(url, one, { authorization: "Bearer x", cookie, "x-requested-with": "x" })).status).toBe(401);
    expect(calls()).toBe(before);
  });

  test.each(guarded)("$route answers with the token", async (one) => {
    expect((await ask(url, one, { authorization: `Bearer ${TOKEN}` })).status).toBe(one.status);
  });

  test.each(guarded.filter(({ method }) => method === "GET"))("$route answers with the cookie", async (one) => {
    expect((await ask(url, one, { cookie })).status).toBe(one.status);
    // A reverse proxy's own login leaves its header behind.
    expect((await ask(url, one, { cookie, authorization: "Basic dTpw" })).status).toBe(one.status);
  });

  test.each(guarded.filter(({ method }) => method !== "GET"))(
    "$route wants x-requested-with beside the cookie",
    async (one) => {
      const before = calls();
      const { status, text } = await ask(url, one, { cookie });
      expect({ status, code: JSON.parse(text).code }).toEqual({ status: 403, code: "FORBIDDEN" });
      expect(calls()).toBe(before);
      const own = one.path === "/api/logout" ? ((await login(url)).headers.get("set-cookie") as string) : cookie;
      expect((await ask(url, one, { cookie: own.split(";")[0] as string, "x-requested-with": "x" })).status).toBe(
        one.status,
      );
    },
  );

  test.each(cases.filter(({ access }) => access === "open"))("$route is open to all", async (one) => {
    const { status } = await ask(url, one);
    expect(status).toBe(one.status);
  });

  test("what does not exist is not told to strangers, but for the panel's files", async () => {
    expect((await fetch(`${url}/api/nothing`, { method: "POST" })).status).toBe(401);
    expect((await fetch(`${url}/api/nothing`)).status).toBe(404);
  });
});

describe("without a token, on this machine only", () => {
  test.each(cases)("$route answers, but not under a stranger's name", async (one) => {
    const { url } = await startServer();
    expect((await ask(url, one)).status).toBe(one.status);
    const { port } = new URL(url);
    const stranger = await rawStatus(Number(port), one, { host: `evil.example:${port}` });
    expect(stranger).toBe(one.access === "open" ? one.status : 403);
  });

  test.each(cases.filter(({ method, access }) => method !== "GET" && access === "login"))(
    "$route is refused to pages of another origin",
    async (one) => {
      const { url, requests } = await startServer();
      for (const origin of ["http://evil.example", "null", "http://127.0.0.1:1"]) {
        const { status, text } = await ask(url, one, { origin });
        expect({ status, code: JSON.parse(text).code }).toEqual({ status: 403, code: "FORBIDDEN" });
      }
      expect((await ask(url, one, { "sec-fetch-site": "cross-site" })).status).toBe(403);
      expect(requests.calls).toEqual([]);
      expect((await ask(url, one, { origin: url })).status).toBe(one.status);
      expect((await ask(url, one, { origin: "https://proxy.example", "sec-fetch-site": "same-origin" })).status).toBe(
        one.status,
      );
    },
  );
});

describe("answers fit their schemas", () => {
  interface Operation {
    responses: Record<string, { content?: Record<string, { schema: object }> }>;
  }

  test("on every route that answers with JSON", async () => {
    const { url } = await startServer();
    const document = JSON.parse((await ask(url, cases.find(({ path }) => path === "/api/openapi.json")!)).text);
    let checked = 0;
    for (const one of cases) {
      const operation: Operation | undefined =
        document.paths[one.route.replace(/^\w+ /, "").replace(/:(\w+)/g, "{$1}")]?.[one.method.toLowerCase()];
      const schema = operation?.responses[String(one.status)]?.content?.["application/json"]?.schema;
      if (!schema) continue;
      const { text } = await ask(url, one);
      expect([one.route, Compile(schema).Errors(JSON.parse(text))]).toEqual([one.route, []]);
      checked += 1;
    }
    expect(checked).toBeGreaterThanOrEqual(28);
  });
});
