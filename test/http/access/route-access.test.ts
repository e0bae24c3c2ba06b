import { request as rawRequest } from "node:http";
import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import { fastify } from "fastify";
import { Compile } from "typebox/compile";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { watchRouteAccess } from "../../../src/http/access/route-access.ts";
import type { RouteAccess } from "../../../src/http/api.ts";
import type { Operation } from "../../../src/operations/declare/operation.ts";
import { OPERATIONS } from "../../../src/operations/table.ts";
import { versionOf } from "../../../src/store/clusters/cluster-version.ts";
import { readState } from "../../helpers/read-state.ts";
import { makeEncoding } from "../../make/encoding.ts";
import { buildTestApp } from "../build-test-app.ts";
import { launchServer, login, TOKEN } from "../start-server.ts";

interface Case {
  readonly access: RouteAccess;
  /** The path to ask for, where the route has parameters. */
  readonly path?: string;
  readonly body?: object;
  /** The body is a picture. */
  readonly isPicture?: boolean;
  readonly status?: number;
}

/** What operations with a body are asked with. */
const BODIES: Readonly<Record<string, object>> = {
  assignAll: { clusters: [{ id: "c1" }], name: "Eve" },
  answerReview: { answer: "unsure" },
  assign: { name: "Eve" },
  assignStranger: { name: "Eve" },
  changeSettings: { "recognition.threshold": 0.5 },
  claim: { dry_run: true },
  compare: { clusters: ["c1", "c2"] },
  correct: { person: "Eve" },
  edit: { name: "Annabel" },
  ignoreAll: { clusters: [{ id: "c1" }] },
  keepApart: { clusters: ["c1", "c2"] },
  match: { encoding: [...makeEncoding(1)] },
  merge: { from: ["Ann"], to: "Anna" },
  mergeClusters: { clusters: ["c1", "c2"] },
  move: { faces: [3], name: "Eve" },
  pullSnapshot: { camera: "front" },
  purge: { dry_run: true },
  reEncode: { model: "sface", dry_run: true },
  reject: { person: "Anna" },
  split: { faces: [4] },
  unassign: { faces: [1] },
};

/** Clusters, a person and faces of the scene: `c0` is ignored, face 1 has a person, face 3 pictures. */
const toPath = (path: string, name: string) =>
  path
    .replace("/review/:id", `/review/c1.${versionOf([3, 4])}.anna`)
    .replace("/strangers/:id", "/strangers/s_1")
    .replace("/people/:id", "/people/anna")
    .replace("/visits/:id", "/visits/v_1")
    .replace("/clusters/:id", name === "unignore" ? "/clusters/c0" : "/clusters/c1")
    .replace(":name", "Anna")
    .replace(":id", name === "unassignOne" ? "1" : "3");

/** Pictures are not taken here, none of their faces were refused, there is no broker, and no second group. */
const ODD: Readonly<Record<string, Partial<Case>>> = {
  takeSnapshot: { path: "/api/snapshots?camera=door", isPicture: true, status: 503 },
  refusedThumbnail: { status: 404 },
  testFace: { status: 503 },
  compare: { status: 404 },
  keepApart: { status: 404 },
  mergeClusters: { status: 404 },
};

/** The routes of the table: who passes the gate may use them, and nobody else. */
const OPERATION_ROUTES: readonly (readonly [string, Case])[] = Object.entries<Operation>(OPERATIONS).flatMap(
  ([name, { http }]) => {
    if (!http) return [];
    const isWrite = http.method === "POST" || http.method === "PATCH";
    const body = isWrite ? { body: BODIES[name] ?? {} } : {};
    // The changes of the scene stand.
    const status = name === "redoChange" ? { status: 409 } : name === "reEncode" ? { status: 202 } : {};
    const one = { access: "login", path: toPath(http.path, name), ...body, ...status, ...ODD[name] } as const;
    return [[`${http.method} ${http.path}`, one]];
  },
);

const read: Case = { access: "login" };

/** The decision on every other route. One that is missing here fails the first test. */
const DECISIONS: Readonly<Record<string, Case>> = {
  ...Object.fromEntries(OPERATION_ROUTES),
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
  "GET /api/docs/static/*": { ...read, path: "/api/docs/static/swagger-ui.css" },
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
const isRead = ({ method }: (typeof cases)[number]) => method === "GET";
const isWrite = (one: (typeof cases)[number]) => !isRead(one);

type Running = Awaited<ReturnType<typeof launchServer>>;

/** One server for all that changes nothing, and a new one after each change. */
function useServer(options: Parameters<typeof launchServer>[0] = {}) {
  let running: Running | null = null;
  let isChanged = false;
  const stop = async () => {
    await running?.stop();
    running = null;
  };
  beforeAll(() => stop);
  afterEach(async () => {
    if (isChanged) await stop();
    isChanged = false;
  });
  return async (one: (typeof cases)[number] | null = null): Promise<Running> => {
    running ??= await launchServer(options);
    isChanged ||= one !== null && isWrite(one);
    return running;
  };
}

async function ask(url: string, one: (typeof cases)[number], headers: Record<string, string> = {}) {
  const { method, path, body } = one;
  const stop = new AbortController();
  const init: RequestInit = { method, redirect: "manual", signal: stop.signal, headers };
  if (body) Object.assign(init, { body: JSON.stringify(body), headers: { "content-type": typeOf(one), ...headers } });
  const response = await fetch(url + path, init);
  // The event stream never ends by itself.
  const isStream = response.headers.get("content-type")?.startsWith("text/event-stream");
  const text = isStream ? "" : await response.text();
  stop.abort();
  return { status: response.status, headers: response.headers, text };
}

/** What a picture is, is not looked at before it is known who sends it. */
const typeOf = ({ isPicture = false }: Case): string => (isPicture ? "image/jpeg" : "application/json");

/** fetch does not let one choose the Host header. */
function rawStatus(port: number, one: (typeof cases)[number], headers: Record<string, string>) {
  const { method, path, body } = one;
  return new Promise<number>((resolve, reject) => {
    const text = body ? JSON.stringify(body) : undefined;
    const sent = rawRequest(
      {
        host: "127.0.0.1",
        port,
        method,
        path,
        headers: { ...(text ? { "content-type": typeOf(one) } : {}), ...headers },
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
  const server = useServer({ config: { token: TOKEN } });
  let cookie: string;

  async function logIn(url: string): Promise<string> {
    return ((await login(url)).headers.get("set-cookie") ?? "").split(";")[0] as string;
  }

  beforeAll(async () => {
    // A cookie is signed with the token, and so holds for every server here.
    cookie = await logIn((await server()).url);
  });

  test.each(guarded)("$route is refused without a token, and nothing happens", async (one) => {
    const { url, system } = await server();
    const before = await readState(system);
    const { status, headers, text } = await ask(url, one);
    expect({ status, code: JSON.parse(text).code }).toEqual({ status: 401, code: "UNAUTHORIZED" });
    expect(headers.get("www-authenticate")).toMatch(/^Bearer/);
    expect(await readState(system)).toEqual(before);
  });

  test.each(guarded)("$route is refused with a wrong token, and nothing happens", async (one) => {
    const { url, system } = await server();
    const before = await readState(system);
    const wrong = [`Bearer ${TOKEN}x`, "Bearer x", `Bearer ${TOKEN.toUpperCase()}`];
    for (const authorization of wrong) expect((await ask(url, one, { authorization })).status).toBe(401);
    expect((await ask(url, one, { cookie: `${cookie}x` })).status).toBe(401);
    expect((await ask(url, one, { cookie: `faces2mqtt_session=${TOKEN}`, "x-requested-with": "x" })).status).toBe(401);
    // A right cookie does not make up for a wrong token.
    expect((await ask(url, one, { authorization: "Bearer x", cookie, "x-requested-with": "x" })).status).toBe(401);
    expect(await readState(system)).toEqual(before);
  });

  test.each(guarded)("$route answers with the token", async (one) => {
    const { url } = await server(one);
    expect((await ask(url, one, { authorization: `Bearer ${TOKEN}` })).status).toBe(one.status);
  });

  test.each(guarded.filter(isRead))("$route answers with the cookie", async (one) => {
    const { url } = await server();
    expect((await ask(url, one, { cookie })).status).toBe(one.status);
    // A reverse proxy's own login leaves its header behind.
    expect((await ask(url, one, { cookie, authorization: "Basic dTpw" })).status).toBe(one.status);
  });

  test.each(guarded.filter(isWrite))("$route wants x-requested-with beside the cookie", async (one) => {
    const { url, system } = await server(one);
    const before = await readState(system);
    const { status, text } = await ask(url, one, { cookie });
    expect({ status, code: JSON.parse(text).code }).toEqual({ status: 403, code: "FORBIDDEN" });
    expect(await readState(system)).toEqual(before);
    const own = one.path === "/api/logout" ? await logIn(url) : cookie;
    expect((await ask(url, one, { cookie: own, "x-requested-with": "x" })).status).toBe(one.status);
  });

  test.each(cases.filter(({ access }) => access === "open"))("$route is open to all", async (one) => {
    const { url } = await server();
    expect((await ask(url, one)).status).toBe(one.status);
  });

  test("what does not exist is not disclosed to strangers, but for the panel's files", async () => {
    const { url } = await server();
    expect((await fetch(`${url}/api/nothing`, { method: "POST" })).status).toBe(401);
    expect((await fetch(`${url}/api/nothing`)).status).toBe(404);
  });
});

describe("without a token, on this machine only", () => {
  const server = useServer();

  test.each(cases)("$route answers, but not under a stranger's name", async (one) => {
    const { url, system } = await server(one);
    const { port } = new URL(url);
    const before = await readState(system);
    const stranger = await rawStatus(Number(port), one, { host: `evil.example:${port}` });
    expect(stranger).toBe(one.access === "open" ? one.status : 403);
    expect(await readState(system)).toEqual(before);
    expect((await ask(url, one)).status).toBe(one.status);
  });

  test.each(cases.filter((one) => isWrite(one) && one.access === "login"))(
    "$route is refused to pages of another origin, and answers those of its own",
    async (one) => {
      const { url, system } = await server(one);
      const before = await readState(system);
      for (const origin of ["http://evil.example", "null", "http://127.0.0.1:1"]) {
        const { status, text } = await ask(url, one, { origin });
        expect({ status, code: JSON.parse(text).code }).toEqual({ status: 403, code: "FORBIDDEN" });
      }
      expect((await ask(url, one, { "sec-fetch-site": "cross-site" })).status).toBe(403);
      expect(await readState(system)).toEqual(before);
      expect((await ask(url, one, { origin: url })).status).toBe(one.status);
    },
  );

  test("a page behind a proxy is of the same origin when its browser says so", async () => {
    const { url } = await server();
    const headers = { origin: "https://proxy.example", "sec-fetch-site": "same-origin" };
    expect((await fetch(`${url}/api/faces/discover`, { method: "DELETE", headers })).status).toBe(200);
  });
});

describe("answers fit their schemas", () => {
  interface Described {
    responses: Record<string, { content?: Record<string, { schema: object }> }>;
  }
  const withJson = cases.filter(
    ({ route, status }) =>
      status === 200 && OPERATION_ROUTES.some(([one]) => one === route) && !/(thumbnail|frame)$/.test(route),
  );
  const server = useServer();

  test.each(withJson)("of $route", async (one) => {
    const { url } = await server(one);
    const { paths } = (await (await fetch(`${url}/api/openapi.json`)).json()) as {
      paths: Record<string, Record<string, Described>>;
    };
    const path = one.route.replace(/^\w+ /, "").replace(/:(\w+)/g, "{$1}");
    const schema =
      paths[path]?.[one.method.toLowerCase()]?.responses[one.status]?.content?.["application/json"]?.schema;
    const { text } = await ask(url, one);
    expect(Compile(schema as object).Errors(JSON.parse(text))).toEqual([]);
  });
});
