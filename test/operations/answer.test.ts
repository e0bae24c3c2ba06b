import { expect, it } from "vitest";
import { createAnswer } from "../../src/operations/answer.ts";
import { makeRequests } from "../http/make-requests.ts";

const bytes = (payload: unknown): Buffer =>
  Buffer.from(typeof payload === "string" ? payload : JSON.stringify(payload));

function open() {
  const requests = makeRequests();
  const answer = createAnswer({ requests, log: { error: (fields) => expect(fields).toBeNull() } });
  return { calls: requests.calls, ask: (command: string, payload: unknown) => answer(command, bytes(payload)) };
}

it.each([
  ["assign", {}, '"cluster" is missing; "name" is missing'],
  ["assign", { cluster: 7, name: "Anna" }, '"cluster" must be string, got 7'],
  [
    "assign",
    { cluster: "c1", name: "Anna", exclude: [7] },
    '"exclude" is unknown, there is cluster, name, exclude_faces, version, allow_same_frame',
  ],
  ["unassign", { faces: [7, "8"] }, '"faces[1]" must be integer, got "8"'],
  ["clusters", { state: "named" }, '"state" must be one of waiting, ignored, got "named"'],
  ["people", { limit: 0 }, '"limit" must be >= 1, got 0'],
  ["undo", { faces: [7] }, '"faces" is unknown'],
])("%s refuses %j in the words that HTTP has for it", async (command, input, error) => {
  const { ask, calls } = open();
  expect(await ask(command, { ...input, transaction: 5 })).toEqual({
    status: "error",
    error,
    code: "INVALID_INPUT",
    data: { problems: expect.any(Array) },
    transaction: 5,
  });
  expect(calls).toEqual([]);
});

it.each(["", " \n", "{}"])("takes %j for a request without keys", async (payload) => {
  const { ask } = open();
  expect(await ask("people", payload)).toMatchObject({ status: "ok", data: { people: [{ name: "Anna" }] } });
});

it.each(["null", "[]", "3", "{", "\u{feff}x"])("refuses %j, which is no JSON object", async (payload) => {
  const { ask } = open();
  expect(await ask("people", payload)).toMatchObject({ status: "error", code: "INVALID_INPUT" });
});

it("answers a discovery that is waited for with as many clusters as wanted", async () => {
  const { ask, calls } = open();
  await ask("discover", { wait: true, limit: 1000 });
  await ask("discover", {});
  expect(calls).toEqual([
    { method: "discover", input: { limit: 1000 } },
    { method: "startDiscovery", input: undefined },
  ]);
});
