import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { StartRefused } from "../../../src/domain/errors.ts";
import { lockDataFolder } from "../../../src/store/file/lock.ts";
import { tempFolder } from "../../helpers/temp-folder.ts";
import { compileStore } from "../compile-store.ts";

const LOOP = join(import.meta.dirname, "lock-loop.mjs");

/** Another process that wants the folder; `said` is "held" or the name of its error. */
async function startHolder(compiled: string, folder: string) {
  const child = spawn(process.execPath, [LOOP, compiled, folder], { stdio: ["ignore", "pipe", "inherit"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  const [said] = (await once(child.stdout, "data")) as [Buffer];
  return { child, said: said.toString().trim() };
}

test("a data folder has one daemon, in this process too", () => {
  const folder = tempFolder();
  const lock = lockDataFolder(folder);
  expect(() => lockDataFolder(folder)).toThrow(StartRefused);
  lock.release();
  lockDataFolder(folder).release();
  expect(statSync(join(folder, "faces2mqtt.lock")).mode & 0o777).toBe(0o600);
});

test("an empty folder is closed to others, one with other things in it is left as it is", () => {
  const mode = (folder: string): number => statSync(folder).mode & 0o777;
  const [empty, shared] = [tempFolder(), tempFolder()];
  writeFileSync(join(shared, "something"), "else");
  for (const folder of [empty, shared]) {
    chmodSync(folder, 0o755);
    lockDataFolder(folder).release();
  }
  expect([mode(empty), mode(shared)]).toEqual([0o700, 0o755]);
});

test("the second process is refused, the first keeps the folder, and a kill gives it back", async () => {
  const compiled = compileStore();
  const folder = join(tempFolder(), "new");
  const first = await startHolder(compiled, folder);
  expect(first.said).toBe("held");
  expect((await startHolder(compiled, folder)).said).toBe("StartRefused");
  expect(() => lockDataFolder(folder)).toThrow("another faces2mqtt is running");
  expect(first.child.exitCode).toBeNull();
  first.child.kill("SIGKILL");
  await once(first.child, "exit");
  expect((await startHolder(compiled, folder)).said).toBe("held");
});
