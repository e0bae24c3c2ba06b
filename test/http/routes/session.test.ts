import { describe, expect, test } from "vitest";
import { login, readJson, startServer, TOKEN } from "../start-server.ts";

describe("logging in", () => {
  test("with the token sets a cookie that scripts and other sites cannot use, and that is not the token", async () => {
    const { url } = await startServer({ config: { token: TOKEN } });
    const response = await login(url);
    expect([response.status, await response.text()]).toEqual([204, ""]);
    const cookie = response.headers.get("set-cookie") ?? "";
    expect(cookie).toMatch(/^faces2mqtt_session=[\w.-]+; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/);
    expect(cookie).not.toContain(TOKEN);
  });

  test("over TLS at a reverse proxy the cookie stays on TLS", async () => {
    const { url } = await startServer({ config: { token: TOKEN } });
    const response = await login(url, TOKEN, { "x-forwarded-proto": "https" });
    expect(response.headers.get("set-cookie")).toContain("; Secure");
  });

  test("with a wrong token is refused, without a cookie", async () => {
    const { url } = await startServer({ config: { token: TOKEN } });
    for (const token of ["", "x", `${TOKEN} `, TOKEN.toUpperCase()]) {
      const response = await login(url, token);
      expect(await readJson(response)).toMatchObject({ status: 401, code: "UNAUTHORIZED" });
      expect(response.headers.get("set-cookie")).toBeNull();
    }
  });

  test("more than ten times a minute is refused, even with the right token; the header still works", async () => {
    const { url } = await startServer({ config: { token: TOKEN } });
    for (let i = 0; i < 10; i++) expect((await login(url, "wrong")).status).toBe(401);
    const response = await login(url);
    expect(await readJson(response)).toMatchObject({ status: 429, code: "TOO_MANY_REQUESTS" });
    expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(0);
    const authorization = `Bearer ${TOKEN}`;
    expect((await fetch(`${url}/api/status`, { headers: { authorization } })).status).toBe(200);
  });

  test("cannot be tried more often by claiming other addresses", async () => {
    const { url } = await startServer({ config: { token: TOKEN } });
    const statuses = [];
    for (let i = 0; i < 11; i++) statuses.push((await login(url, "x", { "x-forwarded-for": `10.0.0.${i}` })).status);
    expect(statuses).toEqual([...new Array(10).fill(401), 429]);
  });

  test("logging out ends the cookie for whoever has a copy", async () => {
    const { url } = await startServer({ config: { token: TOKEN } });
    const cookie = ((await login(url)).headers.get("set-cookie") ?? "").split(";")[0] as string;
    const headers = { cookie, "x-requested-with": "x" };
    expect((await fetch(`${url}/api/status`, { headers })).status).toBe(200);
    const response = await fetch(`${url}/api/logout`, { method: "POST", headers });
    expect(response.status).toBe(204);
    expect(response.headers.get("set-cookie")).toContain("faces2mqtt_session=;");
    expect((await fetch(`${url}/api/status`, { headers })).status).toBe(401);
  });

  test("where no token is needed, logging in changes nothing", async () => {
    const { url } = await startServer();
    const response = await login(url);
    expect([response.status, response.headers.get("set-cookie")]).toEqual([204, null]);
  });

  test("auth: none lets everybody in, though there is a token", async () => {
    const { url } = await startServer({ config: { token: TOKEN, auth: "none" } });
    expect((await fetch(`${url}/api/status`)).status).toBe(200);
  });
});
