// One change to people as the daemon makes it, on a data folder: node driver.mjs DIST FOLDER CHANGE [CALL THREAD TIMES]
// Says "begin" before it and "done" when it is acknowledged, and ends as if killed then. With CALL (fsync, unlink), a
// thread (main, pool) has made that so many times without an effect before.
import { fsyncSync, openSync, readFileSync, unlinkSync, writeFileSync, writeSync } from "node:fs";
import { open, unlink } from "node:fs/promises";
import { join } from "node:path";
import PQueue from "p-queue";

const [dist, folder, wanted, call, thread, times = "0"] = process.argv.slice(2);
const load = (path) => import(join(dist, path));
const { openStore } = await load("store/sqlite.js");
const { createBus } = await load("domain/events.js");
const { silentLog } = await load("domain/log.js");
const { createLiveGallery } = await load("flow/live-gallery.js");
const { createPeople } = await load("flow/people.js");
const { createApplyEdit } = await load("flow/registry-edit.js");
const { createRegistryFile } = await load("registry/registry-file.js");

let nowMs = 0;
let poll = () => undefined;
/** Times are the same in each run, and the file is read when the change says so. */
const clock = {
  now: () => new Date(Date.UTC(2026, 5, 1) + nowMs),
  monotonicMs: () => nowMs,
  after(_ms, run) {
    poll = run;
    return () => undefined;
  },
};

const store = await openStore({ folder, clock });
const bus = createBus((error) => {
  throw error;
});
const queue = new PQueue({ concurrency: 1 });
const gallery = createLiveGallery(store);
const registryFile = createRegistryFile({
  folder,
  store,
  queue,
  clock,
  log: silentLog,
  applyEdit: createApplyEdit({ store, gallery, bus }),
  onProblem(message) {
    if (message !== null) throw new Error(message);
  },
});
const people = createPeople({ store, gallery, registryFile, queue, bus });

const changes = {
  assign: () =>
    people.assign({ cluster: "c_open", name: "Dora", version: null, excludeFaces: [], allowSameFrame: true }),
  claim: () => people.claim("anna", [7, 8]),
  unassign: () => people.unassign([1, 4]),
  rename: () => people.rename("Anna", "Anne", false),
  merge: () => people.merge(["Bob"], "Anna"),
  delete: () => people.remove("Bob", "unassign"),
  erase: () => people.remove("Bob", "erase"),
  undo: () => people.undo(),
  ignore: () => people.ignore("c_open", null),
  unignore: () => people.unignore("c_open"),
  /** Another program removes Bob and adds Emil. */
  async edit() {
    const file = join(folder, "face_registry.json");
    const registry = JSON.parse(readFileSync(file, "utf8"));
    registry.people.Emil = {
      embeddings: registry.people.Bob.embeddings.map(({ encoding }) => ({ encoding: [...encoding].reverse() })),
    };
    delete registry.people.Bob;
    writeFileSync(file, JSON.stringify(registry));
    for (let i = 0; i < 3; i++) {
      nowMs += 1_000;
      poll();
      await queue.onIdle();
      // What is scheduled when the queue is idle.
      await new Promise(setImmediate);
    }
  },
};

const nothing = openSync("/dev/null", "r");
const handle = await open("/dev/null", "r");
const idle = {
  fsync: { main: () => fsyncSync(nothing), pool: () => handle.sync() },
  unlink: { main: () => unlinkSync("/nothing"), pool: () => unlink("/nothing") },
};
for (let i = 0; i < Number(times); i++) {
  try {
    await idle[call][thread]();
  } catch {
    // Nothing is there to be synced or removed.
  }
}

const say = (what) => writeSync(1, `${what}\n`);
await people.reload();
if (wanted === "start") say("begin");
await registryFile.start();
await store.scrub();
if (wanted !== "start") {
  say("begin");
  await changes[wanted]();
}
say("done");
process.exit(0);
