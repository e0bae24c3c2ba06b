// Makes a data folder as a system leaves it behind, with the daemon that is built: faces over MQTT, changes over HTTP, a clean
// stop. All people are made up. Beside it comes what must be found in it, by the API's answers, the faces as they were sent
// and a look at the tables. test/fixtures/data-0.1.0 was made by it and stays as it is, for later versions to be tried on;
// another version makes another folder.
//
//   npm run build && node scripts/make-data-fixture.mjs test/fixtures/data-VERSION

import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { askForAll, lookIntoFiles, printExpected } from "./data-fixture/expected.mjs";
import { makeEncoding, makeNear, photos } from "./data-fixture/made-faces.mjs";
import { openSystem, until } from "./data-fixture/system.mjs";

const folder = resolve(process.argv[2] ?? "");
if (process.argv.length !== 3 || existsSync(folder)) {
  console.error("usage: node scripts/make-data-fixture.mjs FOLDER      (one that does not exist yet)");
  process.exit(2);
}
mkdirSync(folder, { recursive: true });

const [ZEBULON, ANNA, BOB, LUKASZ, GRETA, HANS, TOMEK, POSTMAN, COURIER, NEIGHBOUR, ZANETA, MIA] = Array.from(
  { length: 12 },
  (_, i) => makeEncoding(i + 1),
);
/** With a beard: nearer to himself than to others, and too far to be one group. */
const LUKASZ_BEARDED = makeNear(LUKASZ, 0.95, 4);
/** Somebody who looks much like Łukasz, and is not. */
const BROTHER = makeNear(LUKASZ, 0.42, 5);

const system = await openSystem(folder);
/** How it was before each change that can be taken back. */
const journal = [];
let lastDiscoveryAt = 0;

const sizes = (groups) => Object.fromEntries(groups.map(({ id, size }) => [id, size]));
/** The group that a face is in. */
const groupOf = async (uid) => (await system.face(uid)).cluster;
const person = (name) => `api/faces/registry/${encodeURIComponent(name)}`;

async function discover() {
  await system.ask("POST", "api/faces/discover", {});
  lastDiscoveryAt = journal.length;
}

async function change(action, run) {
  journal.push({
    action,
    people: (await system.people()).map((one) => `${one.name}: ${one.faces}/${one.encodings}`),
    groups: { waiting: sizes(await system.groups("waiting")), ignored: sizes(await system.groups("ignored")) },
  });
  return await run();
}

const assign = (uid, name, more = {}) =>
  change("assign", async () =>
    system.ask("POST", `api/faces/clusters/${await groupOf(uid)}/assign`, { name, ...more }),
  );

await system.ask("PATCH", "api/settings", {
  "recognition.threshold": 0.52,
  "discovery.threshold": 0.55,
  "discovery.schedule": "",
  // So that faces of long ago are still there whenever a daemon is started on this.
  "storage.retention_days": 0,
});
await system.publish(
  await photos("zebulon", ZEBULON, 4, "front_door"),
  await photos("anna", ANNA, 10, "front_door"),
  await photos("bob", BOB, 6, "garden"),
  await photos("lukasz", LUKASZ, 8, "front_door"),
  await photos("brother", BROTHER, 1, "garden", 0.02),
  await photos("bearded", LUKASZ_BEARDED, 4, "Hof Süd"),
  await photos("greta", GRETA, 5, "garden"),
  await photos("hans", HANS, 3, "Hof Süd"),
  await photos("tomek", TOMEK, 4, "front_door"),
  await photos("postman", POSTMAN, 5, "front_door"),
  await photos("courier", COURIER, 4, "front_door"),
);
await discover();

// Erased before all others: nothing before it can be taken back.
await system.ask("POST", `api/faces/clusters/${await groupOf("zebulon-0")}/assign`, { name: "Zebulon" });
await system.ask("DELETE", `${person("Zebulon")}?faces=erase`);
for (const id of [...system.sent.keys()]) if (id.startsWith("zebulon")) system.sent.delete(id);

const [first, second] = [await system.face("anna-0"), await system.face("anna-1")];
await assign("anna-2", "Anna", { exclude_faces: [first.face_id, second.face_id] });
await change("claim", () => system.ask("POST", `${person("Anna")}/claim`, {}));
await assign("lukasz-0", "Łukasz");
await assign("bearded-0", "Łukasz");
await assign("bob-0", "Bob");
await change("rename", () => system.ask("PATCH", person("Bob"), { name: "Robert" }));
await assign("greta-0", "Greta");
await assign("hans-0", "Hans-Jürgen");
await change("merge", () => system.ask("POST", "api/faces/registry/merge", { from: ["Greta"], to: "Hans-Jürgen" }));
const brother = await system.face("brother-0");
await change("unassign", () => system.ask("POST", "api/faces/unassign", { faces: [brother.face_id] }));
await assign("tomek-0", "Tomek");
await change("delete", () => system.ask("DELETE", person("Tomek")));
const postman = await groupOf("postman-0");
await change("ignore", () => system.ask("POST", `api/faces/clusters/${postman}/ignore`, {}));
const courier = await groupOf("courier-0");
await change("ignore", () => system.ask("POST", `api/faces/clusters/${courier}/ignore`, {}));
await change("unignore", () => system.ask("DELETE", `api/faces/clusters/${courier}/ignore`));
await assign("courier-0", "Somebody else");
await system.ask("POST", "api/undo");
journal.pop();

// Another program saves the registry file: broken, which is set aside, and then with somebody new and keys of its own.
const registry = join(folder, "face_registry.json");
const save = (text) => {
  writeFileSync(`${registry}.other`, text);
  renameSync(`${registry}.other`, registry);
};
const before = readFileSync(registry, "utf8");
save(before.slice(0, 300));
await until("the rejection", async () => readdirSync(folder).some((name) => name.includes(".rejected.")));
const file = JSON.parse(before);
file.people.Żaneta = {
  embeddings: [{ source: "album/zaneta.jpg", encoding: [...ZANETA], "album.page": 7 }],
  birthday: "04-01",
};
file.people.Anna["photo.album"] = { pages: [1, 2] };
file["written.by"] = "another program";
await change("registry", async () => {
  save(JSON.stringify(file, null, 2));
  await until("Żaneta", async () => (await system.people()).some(({ name }) => name === "Żaneta"));
});

await system.publish(
  await photos("anna-later", ANNA, 6, "garden", 0.2),
  await photos("robert-later", BOB, 4, "front_door", 0.3),
  await photos("lukasz-later", LUKASZ, 3, "Hof Süd", 0.25),
  await photos("bearded-later", LUKASZ_BEARDED, 2, "front_door", 0.25),
  await photos("zaneta-later", ZANETA, 3, "garden", 0.2),
  await photos("postman-later", POSTMAN, 2, "front_door", 0.1),
  await photos("neighbour", NEIGHBOUR, 7, "garden"),
  await photos("mia", MIA, 5, "front_door"),
  await photos("stranger", makeEncoding(90), 1, "attic"),
  {
    id: "together",
    camera: "garden",
    timestamp: "2026-02-18T18:00:00+01:00",
    source: "frames/garden/2026-02-18/together.jpg",
    faces: [{ encoding: [...makeNear(NEIGHBOUR, 0.1, 91)] }, { encoding: [...makeNear(MIA, 0.1, 92)] }],
  },
);
await discover();

// Of the groups that the last discovery left, most stay.
await assign("mia-0", "Mia");
await change("claim", () => system.ask("POST", `${person("Robert")}/claim`, {}));
await change("rename", () => system.ask("PATCH", person("Mia"), { name: "Mia Nováková" }));
await change("ignore", async () => system.ask("POST", `api/faces/clusters/${await groupOf("stranger-0")}/ignore`, {}));

const answers = await askForAll(system);
await system.stop();
const { changes, erased, ...files } = lookIntoFiles(folder);
if (changes.length !== journal.length) throw new Error(`${changes.length} changes are kept, not ${journal.length}`);
const kept = journal.map(({ action, people, groups }, i) => {
  if (changes[i].action !== action) throw new Error(`change ${i} is ${changes[i].action}, not ${action}`);
  // Before the last discovery there were others.
  return { action, sentence: changes[i].sentence, people, ...(i < lastDiscoveryAt ? {} : groups) };
});
const { faces, ...others } = answers;
const lukasz = answers.people.find(({ name }) => name === "Łukasz").person_id;
const expected = {
  ...others,
  ...files,
  not_people: { [lukasz]: [brother.uid] },
  erased: [{ name: "Zebulon", at: erased[0] }],
  journal: kept,
  faces,
};
const beside = join(dirname(folder), `${basename(folder)}.expected.json`);
writeFileSync(beside, printExpected(expected));
console.log(`${folder}: ${faces.length} faces, ${answers.people.length} people, ${kept.length} changes; ${beside}`);
