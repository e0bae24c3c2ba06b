import type { PeopleAnswer } from "../../src/wire/out/schemas.ts";
import type { Recorder } from "./recorder.ts";

const PERSON = "/api/faces/registry/{name}";

/** People as they are, then every change that can be made to them; most of it is taken back. */
export async function changePeople(recorder: Recorder): Promise<void> {
  await showPeople(recorder);
  await showFacesOfPerson(recorder);
  await moveFaces(recorder);
  await choosePortraits(recorder);
  await renamePeople(recorder);
  await mergePeople(recorder);
  await unassignFaces(recorder);
  await deletePeople(recorder);
}

async function showPeople({ http, mqtt }: Recorder): Promise<void> {
  const page = await http<PeopleAnswer>("GET /api/faces/registry", { query: { limit: 2 } });
  await http("GET /api/faces/registry", { query: { cursor: page.next_cursor ?? "" } });
  await http("GET /api/faces/registry", { query: { limit: 1001 } });
  await mqtt("people", {});
  await mqtt("people", { name: "Anna" });
  for (const name of ["Anna", "bob", "Nobody"]) {
    await http(`GET ${PERSON}`, { params: { name }, query: { limit: 1 } });
    await http(`GET ${PERSON}/export`, { params: { name } });
  }
}

/** The faces of a person: which, in what order, when and where. */
async function showFacesOfPerson({ http }: Recorder): Promise<void> {
  const of = (query: Record<string, string | number>) => http(`GET ${PERSON}`, { params: { name: "Anna" }, query });
  await of({ sort: "least_alike", limit: 2 });
  await of({ state: "recognized", limit: 1 });
  await of({ state: "assigned", camera: "front_door", limit: 1 });
  for (const query of [{ sort: "oldest" }, { state: "ignored" }, { from: "yesterday" }]) await of(query);
  const times = "GET /api/people/{id}/times";
  await http(times, { params: { id: "anna" } });
  await http(times, { params: { id: "Anna" }, query: { timezone: "Asia/Kathmandu", camera: "front_door" } });
  await http(times, { params: { id: "anna" }, query: { timezone: "Europe/Atlantis" } });
  await http(times, { params: { id: "Nobody" } });
  for (const id of ["Anna", "Nobody"])
    await http("GET /api/people/{id}/alike", { params: { id }, query: { limit: 2 } });
}

async function moveFaces({ http, mqtt }: Recorder): Promise<void> {
  const move = "POST /api/faces/assign";
  for (const body of [
    { faces: [], name: "Bob" },
    { faces: [999], name: "Bob" },
    { faces: [1], name: " " },
    { faces: [1] },
    { faces: [1], name: "Bob", person: "bob" },
  ]) {
    await http(move, { body });
  }
  await http(move, { body: { faces: [1], name: "Anna" } });
  await http(move, { body: { faces: [1, 2], name: "bob" } });
  await http("POST /api/undo", { body: {} });
  await mqtt("assign_faces", { faces: [1], name: "Zoe" });
  await mqtt("undo");
  await mqtt("assign_faces", { faces: 1, name: "Zoe" });
}

async function choosePortraits({ http, mqtt }: Recorder): Promise<void> {
  const edit = `PATCH ${PERSON}`;
  const bodies = [{ portrait: 1 }, { portrait: 2 }, { portrait: 999 }, { portrait: null }, { portrait: "1" }];
  for (const body of [...bodies, { portrait: 1, name: "Ania" }]) await http(edit, { params: { name: "Anna" }, body });
  await http(edit, { params: { name: "Nobody" }, body: { portrait: 1 } });
  await mqtt("portrait", { name: "anna", face: 1 });
  await http(`GET ${PERSON}`, { params: { name: "Anna" }, query: { limit: 1 } });
  await mqtt("portrait", { name: "Anna", face: null });
  await mqtt("portrait", { name: "Nobody", face: 1 });
  await mqtt("portrait", { name: "Anna" });
}

async function renamePeople({ http, mqtt }: Recorder): Promise<void> {
  const rename = `PATCH ${PERSON}`;
  for (const body of [{ name: "ANNA" }, { name: " " }, { name: 7 }, {}, { name: "Rob", joined: true }]) {
    await http(rename, { params: { name: "Bob" }, body });
  }
  await http(rename, { params: { name: "Nobody" }, body: { name: "Somebody" } });
  await http(rename, { params: { name: "Bob" }, body: { name: "Robert" } });
  await http("POST /api/undo", { body: {} });
  await http(rename, { params: { name: "bob" }, body: { name: "Anna", merge: true } });
  await mqtt("undo");
  await mqtt("rename", { from: "Bob", to: "anna" });
  await mqtt("rename", { from: "Bob", to: "x".repeat(65) });
  await mqtt("rename", { from: "Nobody", to: "Somebody" });
  await mqtt("rename", { from: "Bob", to: "Robert", joined: true });
  await mqtt("rename", { from: "Bob", to: "Bóbby", transaction: 1 });
  await mqtt("rename", { from: "Anja", to: "Anna", merge: true });
  await mqtt("undo", { all: true });
  await mqtt("undo");
}

async function mergePeople({ http, mqtt }: Recorder): Promise<void> {
  const merge = "POST /api/faces/registry/merge";
  for (const body of [
    { from: [], to: "Anna" },
    { from: ["Anna"], to: "anna" },
    { from: ["Nobody"], to: "Anna" },
    { from: ["Anja"], to: "Nobody" },
    { from: "Anja", to: "Anna" },
  ]) {
    await http(merge, { body });
    await mqtt("merge", body);
  }
  await http(merge, { body: { from: ["Anja", "bob"], to: "Anna" } });
  await http(`GET ${PERSON}/export`, { params: { name: "Anna" } });
  await http("POST /api/undo", { body: {} });
  await mqtt("merge", { from: ["Anja"], to: "Anna" });
  await mqtt("undo");
}

async function unassignFaces({ http, mqtt }: Recorder): Promise<void> {
  const one = "POST /api/faces/{id}/unassign";
  const many = "POST /api/faces/unassign";
  await http(one, { params: { id: 1 } });
  await http(one, { params: { id: 1 } });
  await http(one, { params: { id: 999 } });
  await http(many, { body: { faces: [] } });
  await http(many, { body: { faces: ["1"] } });
  await http(many, { body: { faces: [2, 3, 7] } });
  await http("POST /api/undo", { body: {} });
  await http("POST /api/undo", { body: { all: true } });
  await mqtt("unassign", { faces: [4, 8] });
  await mqtt("unassign", { faces: [4] });
  await mqtt("unassign", { faces: [999] });
  await mqtt("unassign", { faces: [] });
  await mqtt("unassign", { face: 4 });
  await mqtt("undo");
}

async function deletePeople({ http, mqtt }: Recorder): Promise<void> {
  const remove = `DELETE ${PERSON}`;
  await http(remove, { params: { name: "Nobody" } });
  await http(remove, { params: { name: "Anja" }, query: { faces: "keep" } });
  await http(remove, { params: { name: "Anja" } });
  await http("POST /api/undo", { body: {} });
  await mqtt("delete", { name: "Nobody" });
  await mqtt("delete", { name: "Anja", faces: "keep" });
  await mqtt("delete", { name: "Anja" });
  await mqtt("undo");
  await mqtt("delete", { name: "Anja", faces: "erase" });
  await http("POST /api/undo", { body: {} });
  await http(remove, { params: { name: "bob" }, query: { faces: "erase" } });
  await mqtt("undo");
  await http("GET /api/faces/registry");
  await http("GET /api/faces", { query: { state: "unassigned" } });
  await http("GET /api/status");
}
