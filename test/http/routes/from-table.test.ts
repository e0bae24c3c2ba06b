import { describe, expect, test } from "vitest";
import { readState } from "../../helpers/read-state.ts";
import { makeFaceToSave } from "../../make/face.ts";
import { readJson, startServer } from "../start-server.ts";

const JSON_TYPE = { "content-type": "application/json" };

describe("names in addresses", () => {
  test.each([
    "Łukasz",
    "a/b",
    "../../etc/passwd",
    "Anna Maria",
    "100 %",
    "a%2Fb",
    "?#&=;+",
    "Eve#",
    '"><script>alert(1)</script>',
    "名前",
    "👩‍👩‍👧",
    "merge",
    "x".repeat(64),
    "👩".repeat(64),
  ])("%s arrives as it is", async (name) => {
    const { url, people } = await startServer();
    await people.rename("Ann", name, false);
    const at = `${url}/api/faces/registry/${encodeURIComponent(name)}`;
    expect(await readJson(await fetch(at))).toMatchObject({ person: { name, person_id: "ann" } });
    expect(await readJson(await fetch(`${at}/export`))).toMatchObject({ people: { [name]: {} } });
    const claim = { method: "POST", headers: JSON_TYPE, body: '{"dry_run":true}' };
    expect(await readJson(await fetch(`${at}/claim`, claim))).toMatchObject({ claimed: 0, dry_run: true });
    const rename = { method: "PATCH", headers: JSON_TYPE, body: '{"name":"b"}' };
    expect(await readJson(await fetch(at, rename))).toMatchObject({ person: "b", person_id: "ann", from: name });
    await people.rename("b", name, false);
    expect(await readJson(await fetch(at, { method: "DELETE" }))).toMatchObject({ person: name, erased: false });
  });
});

test("numbers and texts in queries and paths arrive as what they are", async () => {
  const { url, store, people } = await startServer();
  await store.saveFaces([makeFaceToSave({ uid: "a", camera: "5" }), makeFaceToSave({ uid: "b", camera: "5" })]);
  await people.rename("Ann", "Łukasz", false);
  const faces = async (query: string) => (await readJson(await fetch(`${url}/api/faces?${query}`))) as never as Page;
  interface Page {
    faces: { face_id: number; camera: string }[];
    next_cursor: string;
  }
  const page = await faces("limit=1&camera=5");
  expect(page.faces).toMatchObject([{ camera: "5" }]);
  expect((await faces(`limit=1&camera=5&cursor=${page.next_cursor}`)).faces).toMatchObject([{ camera: "5" }]);
  expect((await faces("person=%C5%81ukasz")).faces).toMatchObject([{ face_id: 2 }]);
  expect((await faces("from=2027-01-01")).faces).toEqual([]);
  expect(await readJson(await fetch(`${url}/api/faces/3`))).toMatchObject({ face_id: 3 });
});

test("deleting says what becomes of the faces", async () => {
  const { url, store } = await startServer();
  const at = `${url}/api/faces/registry/Anna`;
  expect((await fetch(`${at}?faces=keep`, { method: "DELETE" })).status).toBe(400);
  const erased = await fetch(`${at}?faces=erase`, { method: "DELETE" });
  expect(await readJson(erased)).toMatchObject({ person: "Anna", faces: 1, erased: true });
  expect(await store.face(1)).toBeNull();
});

test("ignored clusters are listed apart", async () => {
  const { url } = await startServer();
  const list = async (query: string) => await readJson(await fetch(`${url}/api/faces/clusters${query}`));
  expect(await list("?state=ignored&limit=10")).toMatchObject({ clusters: [{ id: "c0", suggestion: null }] });
  expect(await list("")).toMatchObject({ clusters: [{ id: "c1" }] });
});

test("settings take numbers, texts and null, and refuse other types and unknown keys", async () => {
  const { url, system } = await startServer();
  const patch = (body: string) => fetch(`${url}/api/settings`, { method: "PATCH", body, headers: JSON_TYPE });
  expect((await patch('{"recognition.threshold":0.5,"discovery.schedule":"0 3 * * *"}')).status).toBe(200);
  expect(system.settings.current()).toMatchObject({
    "recognition.threshold": 0.5,
    "discovery.schedule": "0 3 * * *",
  });
  expect((await patch('{"discovery.schedule":null}')).status).toBe(200);
  expect(system.settings.current()).toMatchObject({ "discovery.schedule": null });
  const before = await readState(system);
  const wrong = await readJson(await patch('{"recognition.threshold":"0.5"}'));
  expect(wrong.detail).toBe('body: "recognition.threshold" must be number or null, got "0.5"');
  expect((await readJson(await patch('{"http.token":"x"}'))).detail).toContain('"http.token" is unknown');
  expect(await readState(system)).toEqual(before);
});
