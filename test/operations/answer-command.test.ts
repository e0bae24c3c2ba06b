import { expect, it } from "vitest";
import { createAnswer } from "../../src/operations/answer-command.ts";
import type { System } from "../../src/operations/system/system.ts";
import { openSystem } from "../helpers/open-system.ts";
import { readState } from "../helpers/read-state.ts";
import { makeScene } from "../make/scene.ts";

const bytes = (payload: unknown): Buffer =>
  Buffer.from(typeof payload === "string" ? payload : JSON.stringify(payload));

/** @param exchange Exchanges parts of the system, so that they fail. */
async function open(exchange: (system: System) => Partial<System> = () => ({})) {
  const { system, store, people } = await openSystem();
  await makeScene({ store, people });
  const logged: object[] = [];
  const log = { error: (fields: object) => void logged.push(fields) };
  const answer = createAnswer({ system: { ...system, ...exchange(system) }, log });
  return { system, logged, ask: (command: string, payload: unknown) => answer(command, bytes(payload), null) };
}

it.each([
  ["assign", {}, '"cluster" is missing; "name" is missing'],
  ["assign", { cluster: 7, name: "Anna" }, '"cluster" must be string, got 7'],
  [
    "assign",
    { cluster: "c1", name: "Anna", exclude: [7] },
    '"exclude" is unknown, there is cluster, name, exclude_faces, version, allow_same_frame',
  ],
  ["unassign", { faces: [1, "8"] }, '"faces[1]" must be integer, got "8"'],
  ["clusters", { state: "named" }, '"state" must be one of waiting, known, ignored, got "named"'],
  ["people", { limit: 0 }, '"limit" must be >= 1, got 0'],
  ["undo", { faces: [7] }, '"faces" is unknown, there is change'],
])("%s refuses %j in the words that HTTP has for it", async (command, input, error) => {
  const { ask, system } = await open();
  const before = await readState(system);
  expect(await ask(command, { ...input, transaction: 5 })).toEqual({
    status: "error",
    error,
    code: "INVALID_INPUT",
    data: { problems: expect.any(Array) },
    transaction: 5,
  });
  expect(await readState(system)).toEqual(before);
});

it.each(["", " \n", "{}"])("takes %j for a request without keys", async (payload) => {
  const { ask } = await open();
  expect(await ask("people", payload)).toMatchObject({
    status: "ok",
    data: { people: [{ name: "Ann" }, { name: "Anna" }] },
  });
});

it.each(["null", "[]", "3", "{", "\u{feff}x"])("refuses %j, which is no JSON object", async (payload) => {
  const { ask } = await open();
  expect(await ask("people", payload)).toMatchObject({ status: "error", code: "INVALID_INPUT" });
});

it.each(["dance", "constructor", "face"])(
  "refuses %s, which is no command, and says which there are",
  async (command) => {
    const { ask } = await open();
    expect(await ask(command, {})).toMatchObject({
      code: "UNKNOWN_COMMAND",
      error: expect.stringContaining("discover, cancel"),
    });
  },
);

it("responds to a discovery at once, or with as many clusters as wanted when that is waited for", async () => {
  const { ask, system } = await open();
  expect(await ask("discover", {})).toMatchObject({ status: "ok", data: { state: "running" } });
  expect(await ask("discover", { wait: true, limit: 1 })).toMatchObject({
    status: "ok",
    data: { discovery: { state: "idle" }, clusters: [{ id: "c1" }] },
  });
  expect(system.discover.current()).toMatchObject({ state: "idle" });
});

it("logs an unexpected error, and discloses nothing of it", async () => {
  const purge = { run: () => Promise.reject(new Error("secret path /home/anna")) };
  const { ask, logged } = await open(() => ({ purge }));
  const response = await ask("purge", { transaction: 1 });
  expect(response).toMatchObject({ status: "error", code: "INTERNAL", transaction: 1 });
  expect(JSON.stringify(response)).not.toContain("secret");
  expect(logged).toMatchObject([{ command: "purge", err: { message: "secret path /home/anna" } }]);
});
