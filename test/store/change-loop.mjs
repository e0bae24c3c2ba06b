// Changes people and stores faces until it is killed, saying each thing once it is done: node change-loop.mjs COMPILED FOLDER RUN
const [compiled, folder, run] = process.argv.slice(2);
const { openStore } = await import(`${compiled}/store/sqlite.js`);
const { systemClock } = await import(`${compiled}/domain/clock.js`);
const store = await openStore({ folder, clock: systemClock });
const say = (what) => process.stdout.write(`${what}\n`);
const all = { limit: 1_000, cursor: null };
let made = 0;

function face() {
  made++;
  const at = new Date();
  return {
    uid: `${run}-${made}`,
    camera: "gate",
    source: `f${made}`,
    capturedAt: at,
    receivedAt: at,
    box: null,
    encoding: Float32Array.from({ length: 128 }, () => Math.random() - 0.5),
    model: "dlib",
    quality: null,
    visitId: null,
    detectionScore: null,
    sourceEventId: null,
    thumbnail: null,
    matched: null,
    ignoredCluster: null,
    wantsThumbnail: true,
  };
}

say("ready");
for (let n = 0; ; n++) {
  const batch = [face(), face(), face()];
  const ids = (await store.saveFaces(batch)).map((one) => one.face.id);
  for (const { uid } of batch) say(`face ${uid}`);
  const mean = await store.encodingOf(ids[0]);
  const at = new Date();
  const id = `c_${run}_${n}`;
  const cluster = { id, faceIds: ids, mean, model: "dlib" };
  await store.saveDiscovery({ id, startedAt: at, finishedAt: at, faces: 3, clusters: [cluster] });
  const name = `P ${run} ${n}`;
  const { person } = await store.assign({ cluster: id, name, version: null, excludeFaces: [], allowSameFrame: true });
  say(`person ${name}`);
  const people = (await store.people(all)).items;
  if (n % 3 === 1) await store.unassign([ids[0]]);
  if (n % 4 === 2) await store.merge([person.personId], people[0].personId);
  if (n % 4 === 2) await store.undo();
  if (n % 5 === 3) {
    await store.remove(people.at(-1).personId, "erase");
    say(`erased ${people.at(-1).name}`);
  }
}
