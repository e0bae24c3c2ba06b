import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect, test } from "vitest";
import { tempFolder } from "../helpers/temp-folder.ts";
import { makeClock } from "../make/clock.ts";
import { makeRandom } from "../make/encoding.ts";
import { compileStore } from "./compile-store.ts";
import { checkInvariants } from "./invariants.ts";
import { lookInto, openSqlite } from "./open-sqlite.ts";

const KILLS = 12;
const LOOP = join(import.meta.dirname, "change-loop.mjs");

test(`killed ${KILLS} times in the middle of changes, it has all that it said, each whole or not at all`, async () => {
  const compiled = compileStore();
  const folder = tempFolder();
  const random = makeRandom(3);
  const said: string[] = [];
  for (let run = 0; run < KILLS; run++) {
    const child = spawn(process.execPath, [LOOP, compiled, folder, String(run)], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const chunks: string[] = [];
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk.toString()));
    // On a busy machine the first rounds take their time; killed before them it would show nothing.
    while (!chunks.join("").includes(`person P ${run} 1`)) await once(child.stdout, "data");
    await new Promise((done) => setTimeout(done, 50 + random() * 250));
    child.kill("SIGKILL");
    await once(child, "close");
    // The last line may have been cut off.
    said.push(...chunks.join("").split("\n").slice(0, -1));
    const store = await openSqlite(folder, makeClock());
    await checkInvariants(store, folder);
    await store.close();
  }
  const reported = (what: string): string[] =>
    said.filter((line) => line.startsWith(`${what} `)).map((line) => line.slice(what.length + 1));
  const erased = new Set(reported("erased"));
  expect(reported("face").length).toBeGreaterThan(KILLS * 3);
  lookInto(folder, (db) => {
    const uids = new Set(db.prepare("SELECT uid FROM face_embeddings").pluck().all());
    const names = new Set(db.prepare("SELECT name FROM people").pluck().all());
    // Faces go only with their person; the loop names the faces of a round after the person of that round.
    const gone = (uid: string): boolean => {
      const [run, n] = uid.split("-");
      return [...erased, ...mayBeErased].includes(`P ${run} ${Math.floor((Number(n) - 1) / 3)}`);
    };
    const mayBeErased = reported("person").filter((name) => !names.has(name));
    expect(reported("face").filter((uid) => !uids.has(uid) && !gone(uid))).toEqual([]);
    // An erasure can be done and not yet said, once for each kill.
    expect(mayBeErased.filter((name) => !erased.has(name)).length).toBeLessThanOrEqual(KILLS);
    expect([...erased].filter((name) => names.has(name))).toEqual([]);
  });
}, 120_000);
