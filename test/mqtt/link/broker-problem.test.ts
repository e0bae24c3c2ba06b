import { describe, expect, it } from "vitest";
import { hasMosquitto, startMosquitto } from "../../helpers/mosquitto.ts";
import { openExternal, openWithMosquitto, pause, until } from "../open-link.ts";

const codes = (opened: { problems: { list(): readonly { code: string }[] } }) =>
  opened.problems.list().map(({ code }) => code);

describe.skipIf(!hasMosquitto)("a broker that is gone is a problem", () => {
  it("after it was killed, since then, until it is back", async () => {
    const opened = await openWithMosquitto();
    const killedAt = Date.now();
    await opened.mosquitto.stop("SIGKILL");
    await until(() => opened.problems.list().length > 0);
    expect(opened.problems.list()).toMatchObject([{ code: "BROKER_UNREACHABLE", severity: "error" }]);
    expect(Math.abs(Number(opened.problems.list()[0]?.since) - killedAt)).toBeLessThan(1_000);
    expect(opened.problems.sentence()).toContain(opened.mosquitto.url);
    expect(opened.link.attempts.failures).toBeGreaterThan(0);
    expect(opened.link.attempts.lastError).toContain("ECONNREFUSED");
    await opened.mosquitto.restartEmpty();
    // Another attempt may be minutes away by now.
    opened.link.retryNow();
    await until(() => opened.problems.list().length === 0);
    expect(opened.link.attempts).toEqual({ failures: 0, lastError: null, nextAt: null });
  });

  it("while it hangs with its connections open, until it goes on", async () => {
    const opened = await openWithMosquitto();
    const frozenAt = Date.now();
    opened.mosquitto.freeze();
    await until(() => opened.problems.list().length > 0, 12_000);
    expect(codes(opened)).toEqual(["BROKER_UNREACHABLE"]);
    const since = Number(opened.problems.list()[0]?.since);
    expect(since).toBeGreaterThan(frozenAt - 3_000);
    expect(since).toBeLessThan(frozenAt + 3_000);
    opened.mosquitto.thaw();
    opened.link.retryNow();
    await until(() => opened.problems.list().length === 0, 30_000);
    expect(opened.link.state).toBe("connected");
  }, 60_000);

  it("that refuses our login, until it lets us in", async () => {
    const mosquitto = await startMosquitto({ users: { faces: "another" } });
    const opened = await openExternal(mosquitto.url, { username: "faces", password: "secret" });
    await until(() => opened.problems.list().length > 0, 12_000);
    expect(codes(opened)).toEqual(["BROKER_REFUSED_LOGIN"]);
    await mosquitto.setUsers({ faces: "secret" });
    opened.link.retryNow();
    await until(() => opened.problems.list().length === 0, 40_000);
    expect(opened.link.state).toBe("connected");
  }, 60_000);
});

describe.skipIf(!hasMosquitto)("is no problem", () => {
  it("while it starts a moment after the daemon, or is restarted", { timeout: 20_000 }, async () => {
    const mosquitto = await startMosquitto();
    await mosquitto.stop();
    const opened = await openExternal(mosquitto.url);
    await pause(800);
    await mosquitto.start();
    await until(() => opened.connected === 1);
    await pause(300);
    await mosquitto.stop("SIGKILL");
    await mosquitto.start();
    await until(() => opened.connected === 2);
    await pause(7_000);
    expect([opened.connected, opened.reported]).toEqual([2, []]);
  });

  it("while nothing happens on a quiet connection", { timeout: 20_000 }, async () => {
    const opened = await openWithMosquitto();
    await pause(9_000);
    expect([opened.connected, opened.reported]).toEqual([1, []]);
  });
});
