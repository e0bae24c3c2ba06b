import { expect, test } from "vitest";
import { startServer } from "./start-server.ts";

interface Operation {
  readonly summary?: string;
  readonly parameters?: readonly { in: string; name: string; required?: boolean; schema: object }[];
  readonly requestBody?: { required: boolean; content: object };
  readonly responses: Record<string, { description: string }>;
}

interface Document {
  readonly openapi: string;
  readonly info: { title: string; version: string };
  readonly servers: readonly { url: string }[];
  readonly paths: Record<string, Record<string, Operation>>;
}

async function readDocument(url: string): Promise<Document> {
  return (await (await fetch(`${url}/api/openapi.json`)).json()) as Document;
}

const ROUTES = [
  "DELETE /api/faces/clusters/{id}/ignore",
  "DELETE /api/faces/discover",
  "DELETE /api/faces/registry/{name}",
  "DELETE /api/re-encode",
  "GET /api/activity",
  "GET /api/advice",
  "GET /api/cameras",
  "GET /api/changes",
  "GET /api/events",
  "GET /api/faces",
  "GET /api/faces/clusters",
  "GET /api/faces/clusters/{id}",
  "GET /api/faces/clusters/{id}/candidates",
  "GET /api/faces/discover",
  "GET /api/faces/registry",
  "GET /api/faces/registry/{name}",
  "GET /api/faces/registry/{name}/export",
  "GET /api/faces/{id}",
  "GET /api/faces/{id}/frame",
  "GET /api/faces/{id}/similar",
  "GET /api/faces/{id}/thumbnail",
  "GET /api/map",
  "GET /api/people/{id}/alike",
  "GET /api/people/{id}/times",
  "GET /api/re-encode",
  "GET /api/review",
  "GET /api/settings",
  "GET /api/snapshots/refused",
  "GET /api/snapshots/refused/{id}/thumbnail",
  "GET /api/status",
  "GET /api/strangers",
  "GET /api/threshold",
  "GET /api/visits",
  "GET /api/visits/{id}",
  "GET /healthz",
  "GET /metrics",
  "PATCH /api/faces/registry/{name}",
  "PATCH /api/settings",
  "POST /api/broker/retry",
  "POST /api/changes/{id}/redo",
  "POST /api/changes/{id}/undo",
  "POST /api/faces/assign",
  "POST /api/faces/clusters/apart",
  "POST /api/faces/clusters/assign",
  "POST /api/faces/clusters/compare",
  "POST /api/faces/clusters/ignore",
  "POST /api/faces/clusters/merge",
  "POST /api/faces/clusters/{id}/assign",
  "POST /api/faces/clusters/{id}/ignore",
  "POST /api/faces/clusters/{id}/keep-together",
  "POST /api/faces/clusters/{id}/reject",
  "POST /api/faces/clusters/{id}/split",
  "POST /api/faces/discover",
  "POST /api/faces/match",
  "POST /api/faces/registry/merge",
  "POST /api/faces/registry/{name}/claim",
  "POST /api/faces/unassign",
  "POST /api/faces/{id}/unassign",
  "POST /api/login",
  "POST /api/logout",
  "POST /api/purge",
  "POST /api/re-encode",
  "POST /api/review/accept-sure",
  "POST /api/review/{id}",
  "POST /api/snapshots",
  "POST /api/snapshots/pull",
  "POST /api/strangers/{id}/assign",
  "POST /api/test-face",
  "POST /api/undo",
  "POST /api/visits/{id}/correct",
];

test("the description is OpenAPI 3.1 and lists every route, each with a summary, its parameters and its problems", async () => {
  const { url } = await startServer();
  const { openapi, info, servers, paths } = await readDocument(url);
  expect(openapi).toBe("3.1.0");
  expect(info).toMatchObject({ title: "faces2mqtt", version: "1.2.3" });
  expect(new URL(servers[0]?.url ?? "", "http://nas/prefix/api/openapi.json").href).toBe("http://nas/prefix/");
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => [`${method.toUpperCase()} ${path}`, operation] as const),
  );
  expect(operations.map(([route]) => route).sort()).toEqual(ROUTES);
  for (const [route, { summary, parameters = [], responses }] of operations) {
    expect([route, typeof summary]).toEqual([route, "string"]);
    const inPath = [...route.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    const described = parameters.filter((one) => one.in === "path").map(({ name, required }) => [name, required]);
    expect([route, described]).toEqual([route, inPath.map((name) => [name, true])]);
    expect(responses.default).toHaveProperty(["content", "application/problem+json", "schema"]);
    const success = Object.keys(responses).filter((status) => status.startsWith("2"));
    expect([route, success.length > 0]).toEqual([route, true]);
    for (const { description } of Object.values(responses)) expect(description).not.toBe("");
  }
  expect(paths["/api/faces/clusters/{id}/assign"]?.post?.requestBody?.required).toBe(true);
  expect(paths["/api/undo"]?.post?.requestBody?.required).toBe(false);
});

test.each(["/api/docs", "/api/docs/"])(
  "the page at %s loads all it needs from here, behind any path prefix",
  async (path) => {
    const { url } = await startServer();
    const page = await fetch(url + path);
    expect(page.headers.get("content-type")).toContain("text/html");
    const csp = page.headers.get("content-security-policy") ?? "";
    expect(csp).toContain("default-src 'none'");
    expect(csp).not.toMatch(/https?:/);
    const html = await page.text();
    const links = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, link]) => link as string);
    expect(links.length).toBeGreaterThanOrEqual(5);
    for (const link of links) {
      const prefixed = new URL(link, `http://nas/prefix${path}`);
      expect([link, prefixed.href.startsWith("http://nas/prefix/api/docs/static/")]).toEqual([link, true]);
      const file = await fetch(url + prefixed.pathname.replace("/prefix", ""));
      expect([link, file.status]).toEqual([link, 200]);
      await file.arrayBuffer();
    }
  },
);

test("the page's own copy of the description leads back to the server's root", async () => {
  const { url } = await startServer();
  const { servers } = (await (await fetch(`${url}/api/docs/json`)).json()) as Document;
  expect(new URL(servers[0]?.url ?? "", "http://nas/prefix/api/docs/json").href).toBe("http://nas/prefix/");
});

test("nothing redirects to an absolute path", async () => {
  const { url } = await startServer();
  const response = await fetch(`${url}/api/docs/static/index.html`, { redirect: "manual" });
  expect(new URL(response.headers.get("location") ?? "", "http://nas/prefix/api/docs/static/index.html").href).toBe(
    "http://nas/prefix/api/docs/",
  );
});
