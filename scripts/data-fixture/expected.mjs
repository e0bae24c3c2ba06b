import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";

const hash = (bytes) => createHash("sha256").update(bytes).digest("hex");

/** What the API says is there, and the checksums of what was sent. */
export async function askForAll(system) {
  const { status, faces, people, groups, ask } = system;
  const { version, instance, stats, faces: figures } = await status();
  const { settings } = await ask("GET", "api/settings");
  const overrides = Object.entries(settings).filter(([, { source }]) => source === "database");
  const { cameras } = await ask("GET", "api/cameras");
  const { id, faces: seen, clusters: found } = await ask("GET", "api/faces/discover");
  const { people: known, faces: stored, unassigned, ignored, clusters } = stats;
  return {
    version,
    instance,
    counts: { people: known, faces: stored, unassigned, ignored, clusters, ...figures },
    people: (await people()).map(({ thumbnail: _, ...one }) => one),
    cameras: cameras.map(({ last_24_hours: _, ...camera }) => camera),
    settings: Object.fromEntries(overrides.map(([key, { value }]) => [key, value])),
    discovery: { id, faces: seen, clusters: found },
    waiting: (await groups("waiting")).map(toGroup),
    ignored: (await groups("ignored")).map(toGroup),
    ...(await sumUp(
      system,
      (await faces()).sort((a, b) => a.face_id - b.face_id),
    )),
  };
}

async function sumUp({ sent, picture }, stored) {
  const encodings = createHash("sha256");
  const thumbnails = createHash("sha256");
  const faces = [];
  for (const { thumbnail, matched, person: _, ...face } of stored) {
    const { encoding, event_id: event = null } = sent.get(face.uid);
    const bytes = new Uint8Array(Float32Array.from(encoding).buffer);
    encodings.update(face.uid).update(bytes);
    const jpeg = thumbnail && (await picture(thumbnail));
    if (jpeg) thumbnails.update(face.uid).update(jpeg);
    faces.push({
      ...face,
      matched: matched && { person_id: matched.person_id, distance: matched.distance },
      source_event_id: event,
      encoding: hash(bytes).slice(0, 16),
      thumbnail: jpeg && hash(jpeg).slice(0, 16),
    });
  }
  return { encodings: encodings.digest("hex"), thumbnails: thumbnails.digest("hex"), faces };
}

function toGroup({ id, version, size, cameras, first_seen, last_seen, representatives }) {
  return {
    id,
    version,
    size,
    cameras,
    first_seen,
    last_seen,
    representatives: representatives.map((one) => one.face_id),
  };
}

/** What the files say once the daemon has ended. */
export function lookIntoFiles(folder) {
  const file = join(folder, "faces2mqtt.db");
  if (existsSync(`${file}-wal`)) throw new Error("the daemon left its log behind");
  // A look at the file itself would leave one.
  const aside = mkdtempSync(join(tmpdir(), "faces2mqtt-fixture-"));
  copyFileSync(file, join(aside, "copy.db"));
  const db = new Database(join(aside, "copy.db"));
  const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").pluck().all();
  const found = {
    schema: db.pragma("user_version", { simple: true }),
    tables: Object.fromEntries(
      tables.map((name) => [name, db.prepare(`SELECT count(*) FROM "${name}"`).pluck().get()]),
    ),
    changes: db.prepare("SELECT action, sentence FROM changes ORDER BY id").all(),
    erased: db.prepare("SELECT at FROM erasures ORDER BY at").pluck().all(),
    registry: hash(readFileSync(join(folder, "face_registry.json"))),
  };
  db.close();
  rmSync(aside, { recursive: true });
  return found;
}

/** JSON, one entry a line. */
export function printExpected(value) {
  const lines = Object.entries(value).map(([key, one]) => {
    const isList = Array.isArray(one) && typeof one[0] === "object";
    const text = isList
      ? `[\n${one.map((entry) => `    ${JSON.stringify(entry)}`).join(",\n")}\n  ]`
      : JSON.stringify(one);
    return `  ${JSON.stringify(key)}: ${text}`;
  });
  return `{\n${lines.join(",\n")}\n}\n`;
}
