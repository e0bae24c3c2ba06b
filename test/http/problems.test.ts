import { connect } from "node:net";
import { expect, test } from "vitest";
import { readState } from "../helpers/read-state.ts";
import { readJson, startServer } from "./start-server.ts";

function post(
  url: string,
  body: string | Buffer | Blob | null,
  type: string | null = "application/json",
): Promise<Response> {
  return fetch(url, {
    method: "POST",
    body: body as string | null,
    headers: type === null ? {} : { "content-type": type },
  });
}

test("a coded error becomes a problem with its code, its status and its details", async () => {
  const { url, errors } = await startServer();
  const response = await fetch(`${url}/api/faces/registry/Ann`, {
    method: "PATCH",
    headers: { "content-type": "application/json" },
    body: '{"name":"Anna"}',
  });
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  expect(response.status).toBe(409);
  expect(await response.json()).toEqual({
    type: "about:blank",
    title: "Conflict",
    status: 409,
    detail: expect.stringContaining('"Anna"'),
    code: "PERSON_EXISTS",
    person: "Anna",
    person_id: "anna",
    faces: 1,
    encodings: 1,
    joining: { person: "Ann", person_id: "ann", faces: 1, encodings: 1 },
  });
  expect(errors).toEqual([]);
});

test("an unexpected error is logged, and discloses nothing of itself", async () => {
  const { url, errors } = await startServer({
    exchange: ({ status }) => ({
      status: { ...status, read: () => Promise.reject(new Error("secret path /home/anna")) },
    }),
  });
  const response = await fetch(`${url}/api/status`);
  expect(response.status).toBe(500);
  const text = await response.text();
  expect(JSON.parse(text)).toMatchObject({ code: "INTERNAL", status: 500, title: "Internal Server Error" });
  expect(text).not.toContain("secret");
  expect(errors.join()).toContain("secret path /home/anna");
});

test.each([
  ["{", "the body is not JSON"],
  ['{"name":"Anna",}', "the body is not JSON"],
  ['{"name":"Anna","__proto__":{"x":1}}', "the body is not JSON"],
  ["[]", "body: must be object, got a list"],
  ['"Anna"', 'body: must be object, got "Anna"'],
  ["", 'body: "name" is missing'],
  ["null", 'body: "name" is missing'],
  ["{}", 'body: "name" is missing'],
  ['{"name":5}', 'body: "name" must be string, got 5'],
  ['{"name":null}', 'body: "name" must be string, got nothing'],
  ['{"name":{}}', 'body: "name" must be string, got an object'],
  ['{"name":"Anna","exclude_faces":"7"}', 'body: "exclude_faces" must be array, got "7"'],
  ['{"name":"Anna","exclude_faces":[1,"2"]}', 'body: "exclude_faces[1]" must be integer, got "2"'],
  ['{"name":"Anna","exclude_faces":[0]}', 'body: "exclude_faces[0]" must be >= 1, got 0'],
  [
    '{"name":"Anna","exclude":[7]}',
    'body: "exclude" is unknown, there is name, exclude_faces, version, allow_same_frame',
  ],
])("the body %s is refused as invalid input, saying why", async (body, detail) => {
  const { url, system } = await startServer();
  const before = await readState(system);
  const response = await post(`${url}/api/faces/clusters/c1/assign`, body);
  const problem = await readJson(response);
  expect(problem).toMatchObject({ status: 400, code: "INVALID_INPUT" });
  expect(problem.detail).toContain(detail);
  expect(await readState(system)).toEqual(before);
});

test("a body that is not UTF-8 is refused", async () => {
  const { url } = await startServer();
  const response = await post(`${url}/api/faces/clusters/c1/assign`, Buffer.from('{"name":"\xc3("}', "latin1"));
  expect(await readJson(response)).toMatchObject({ status: 400, detail: "the body is not UTF-8" });
});

test.each([
  ["limit=0", '"limit" must be >= 1, got 0'],
  ["limit=1001", '"limit" must be <= 1000, got 1001'],
  ["limit=5x", '"limit" must be integer, got "5x"'],
  ["limit=1.5", '"limit" must be integer, got 1.5'],
  ["limit=", '"limit" must be integer, got ""'],
  ["limit=1&limit=2", '"limit" must be integer, got a list'],
  ["state=named", '"state" must be one of unassigned, assigned, ignored, got "named"'],
  ["camra=x", '"camra" is unknown, there is limit, cursor, camera, person, visit, frame_of, state, from, to'],
])("the query %s is refused as invalid input, saying why", async (query, detail) => {
  const { url } = await startServer();
  const response = await fetch(`${url}/api/faces?${query}`);
  expect(await readJson(response)).toMatchObject({ status: 400, code: "INVALID_INPUT", detail: `query: ${detail}` });
});

test.each([
  [
    "PATCH",
    "settings",
    { "recognition.profile": "bogus" },
    '"recognition.profile" must be one of classic, careful or null, got "bogus"',
  ],
  [
    "PATCH",
    "settings",
    { "recognition.min_faces": "two" },
    '"recognition.min_faces" must be number or null, got "two"',
  ],
  ["POST", "visits/v_1/correct", { ignore: false }, '"ignore" must be true, got false'],
])("%s /api/%s is refused as invalid input, saying what would fit", async (method, path, body, detail) => {
  const { url } = await startServer();
  const response = await fetch(`${url}/api/${path}`, {
    method,
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  expect(await readJson(response)).toMatchObject({ status: 400, code: "INVALID_INPUT", detail: `body: ${detail}` });
});

test.each(["x", "0", "-1", "1.5", "1e3", "99999999999999999999"])("the face id %s is refused", async (id) => {
  const { url, system } = await startServer();
  const before = await readState(system);
  expect(await readJson(await fetch(`${url}/api/faces/${id}`))).toMatchObject({ status: 400, code: "INVALID_INPUT" });
  expect(await readState(system)).toEqual(before);
});

test.each([
  "text/plain",
  "application/x-www-form-urlencoded",
  "multipart/form-data; boundary=x",
  "application/jsonx",
  "json",
])("a body of type %s is refused, whatever is in it", async (type) => {
  const { url, system } = await startServer();
  const before = await readState(system);
  for (const path of ["/api/undo", "/api/faces/clusters/c1/assign", "/api/faces/discover"]) {
    const response = await post(url + path, '{"name":"Anna"}', type);
    expect(await readJson(response)).toMatchObject({ status: 415, code: "UNSUPPORTED_MEDIA_TYPE" });
  }
  expect(await readState(system)).toEqual(before);
});

test("a body without a type is refused, no body at all is fine where nothing is required", async () => {
  const { url } = await startServer();
  const untyped = await post(`${url}/api/undo`, new Blob(["{}"]), null);
  expect(untyped.status).toBe(415);
  expect((await post(`${url}/api/undo`, null, null)).status).toBe(200);
  expect((await post(`${url}/api/undo`, null)).status).toBe(200);
  expect((await post(`${url}/api/faces/clusters/c1/ignore`, null, null)).status).toBe(200);
  expect((await post(`${url}/api/purge`, "{}", "application/json; charset=utf-8")).status).toBe(200);
  expect((await fetch(`${url}/api/faces/registry/Anna`, { method: "DELETE" })).status).toBe(200);
});

test("a body that is too large is refused", async () => {
  const { url } = await startServer();
  const response = await post(`${url}/api/faces/match`, JSON.stringify({ encoding: Array(200_000).fill(0.1) }));
  expect(await readJson(response)).toMatchObject({ status: 413, code: "TOO_LARGE" });
});

test("what does not exist is not found, as a problem", async () => {
  const { url } = await startServer();
  for (const [method, path] of [
    ["GET", "/api/nothing"],
    ["GET", "/api"],
    ["PUT", "/api/status"],
    ["POST", "/api/status"],
    ["DELETE", "/api/faces/3"],
    ["GET", "/api/undo"],
    ["OPTIONS", "/api/status"],
  ]) {
    const response = await fetch(`${url}${path}`, { method: method as string });
    expect([path, await readJson(response)]).toMatchObject([path, { status: 404, code: "NOT_FOUND" }]);
  }
});

test("an address that cannot be decoded is refused as a problem", async () => {
  const { url } = await startServer();
  const response = await fetch(`${url}/api/faces/registry/%zz`);
  expect(await readJson(response)).toMatchObject({ status: 400, code: "INVALID_INPUT" });
});

test("bytes that are no HTTP get a problem, and the server goes on", async () => {
  const { url } = await startServer();
  const answer = await new Promise<string>((resolve, reject) => {
    let text = "";
    const socket = connect(Number(new URL(url).port), "127.0.0.1", () => socket.write("hello\r\n\r\n"));
    socket.on("data", (data) => {
      text += data;
    });
    socket.on("close", () => resolve(text));
    socket.on("error", reject);
  });
  expect(answer).toMatch(/^HTTP\/1.1 400 Bad Request\r\ncontent-type: application\/problem\+json/);
  expect(JSON.parse(answer.split("\r\n\r\n")[1] as string)).toMatchObject({ status: 400, code: "INVALID_INPUT" });
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
});
