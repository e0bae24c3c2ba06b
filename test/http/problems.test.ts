import { connect } from "node:net";
import { expect, test } from "vitest";
import { FacesError } from "../../src/domain/errors.ts";
import { makeRequests } from "./make-requests.ts";
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
  const details = { faces: 12, status: "not this one" };
  const rename = () => Promise.reject(new FacesError("PERSON_EXISTS", 'there is a person "Anna" already', { details }));
  const { url, errors } = await startServer({ requests: makeRequests({ rename }) });
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
    detail: 'there is a person "Anna" already',
    code: "PERSON_EXISTS",
    faces: 12,
  });
  expect(errors).toEqual([]);
});

test("what nobody expected is logged, and tells nothing of itself", async () => {
  const status = () => Promise.reject(new Error("secret path /home/anna"));
  const { url, errors } = await startServer({ requests: makeRequests({ status }) });
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
  const { url, requests } = await startServer();
  const response = await post(`${url}/api/faces/clusters/c1/assign`, body);
  const problem = await readJson(response);
  expect(problem).toMatchObject({ status: 400, code: "INVALID_INPUT" });
  expect(problem.detail).toContain(detail);
  expect(requests.calls).toEqual([]);
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
  ["camra=x", '"camra" is unknown, there is limit, cursor, camera, person, state, from, to'],
])("the query %s is refused as invalid input, saying why", async (query, detail) => {
  const { url } = await startServer();
  const response = await fetch(`${url}/api/faces?${query}`);
  expect(await readJson(response)).toMatchObject({ status: 400, code: "INVALID_INPUT", detail: `query: ${detail}` });
});

test("numbers and texts in queries and paths arrive as what they are", async () => {
  const { url, requests } = await startServer();
  await fetch(`${url}/api/faces?limit=5&camera=5&person=%C5%81ukasz&cursor=12&from=2026-01-01`);
  await fetch(`${url}/api/faces/7`);
  expect(requests.calls).toEqual([
    { method: "faces", input: { limit: 5, camera: "5", person: "Łukasz", cursor: "12", from: "2026-01-01" } },
    { method: "face", input: { face: 7 } },
  ]);
});

test.each(["x", "0", "-1", "1.5", "1e3", "99999999999999999999"])("the face id %s is refused", async (id) => {
  const { url, requests } = await startServer();
  expect(await readJson(await fetch(`${url}/api/faces/${id}`))).toMatchObject({ status: 400, code: "INVALID_INPUT" });
  expect(requests.calls).toEqual([]);
});

test("settings take numbers, texts and null, and refuse other types and unknown keys", async () => {
  const { url, requests } = await startServer();
  const patch = (body: string) =>
    fetch(`${url}/api/settings`, { method: "PATCH", body, headers: { "content-type": "application/json" } });
  expect((await patch('{"recognition.threshold":0.5,"discovery.schedule":null}')).status).toBe(200);
  expect(requests.calls).toEqual([
    { method: "changeSettings", input: { "recognition.threshold": 0.5, "discovery.schedule": null } },
  ]);
  const wrong = await readJson(await patch('{"recognition.threshold":"0.5"}'));
  expect(wrong.detail).toBe('body: "recognition.threshold" must be number or null, got "0.5"');
  expect((await readJson(await patch('{"http.token":"x"}'))).detail).toContain('"http.token" is unknown');
});

test.each([
  "text/plain",
  "application/x-www-form-urlencoded",
  "multipart/form-data; boundary=x",
  "application/jsonx",
  "json",
])("a body of type %s is refused, whatever is in it", async (type) => {
  const { url, requests } = await startServer();
  for (const path of ["/api/undo", "/api/faces/clusters/c1/assign", "/api/faces/discover"]) {
    const response = await post(url + path, '{"name":"Anna"}', type);
    expect(await readJson(response)).toMatchObject({ status: 415, code: "UNSUPPORTED_MEDIA_TYPE" });
  }
  expect(requests.calls).toEqual([]);
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
    ["DELETE", "/api/faces/7"],
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
