import { describe, expect, test } from "vitest";
import { createSessions } from "../../../src/http/access/sessions.ts";
import { TOKEN } from "../start-server.ts";

describe("sessions", () => {
  test("hold for thirty days, over a restart, and end with the token", () => {
    let now = Date.parse("2026-02-18T10:00:00Z");
    const sessions = createSessions(TOKEN, () => now);
    const value = sessions.issue();
    const restarted = createSessions(TOKEN, () => now);
    expect(restarted.isValid(value)).toBe(true);
    expect(createSessions("another", () => now).isValid(value)).toBe(false);
    now += sessions.lifetimeSeconds * 1000 - 1;
    expect(sessions.isValid(value)).toBe(true);
    now += 1;
    expect(sessions.isValid(value)).toBe(false);
  });

  test("that are made up are refused", () => {
    const sessions = createSessions(TOKEN);
    const [time, nonce, signature] = sessions.issue().split(".") as [string, string, string];
    const later = (Number.parseInt(time, 36) + 1).toString(36);
    for (const value of [
      "",
      ".",
      "..",
      `${time}.${nonce}`,
      `${later}.${nonce}.${signature}`,
      `${time}.x.${signature}`,
    ]) {
      expect([value, sessions.isValid(value)]).toEqual([value, false]);
    }
    expect(sessions.isValid(`${time}.${nonce}.${signature}.x`)).toBe(false);
    expect(sessions.isValid(`${time}.${nonce}.${signature}`)).toBe(true);
  });
});
