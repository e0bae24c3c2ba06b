import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { mkdir, rmdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { watchFiles } from "../../../src/sources/folder/watch-files.ts";
import { tempFolder } from "../../helpers/temp-folder.ts";

it("goes on where folders come and are gone again", async () => {
  const root = tempFolder();
  const [files, errors]: [string[], unknown[]] = [[], []];
  const watched = await watchFiles(
    root,
    (path) => files.push(path),
    (error) => errors.push(error),
  );
  onTestFinished(watched.close);
  const comeAndGo = async (name: string) => {
    for (let i = 0; i < 50; i++) {
      await mkdir(join(root, `${name}-${i}`));
      await rmdir(join(root, `${name}-${i}`));
    }
  };
  await Promise.all(Array.from({ length: 20 }, (_, at) => comeAndGo(String(at))));
  await mkdir(join(root, "door"));
  writeFileSync(join(root, "door", "a.jpg"), "a");
  await expect.poll(() => files, { timeout: 5_000 }).toContain(join(root, "door", "a.jpg"));
  expect(errors).toEqual([]);
});

it.each([
  ["removed", (folder: string) => rmSync(folder, { recursive: true })],
  ["moved away", (folder: string) => renameSync(folder, `${folder}-old`)],
])("sees the files of a folder that was %s and made again", async (_, end) => {
  const root = tempFolder();
  const door = join(root, "door");
  mkdirSync(door);
  const files: string[] = [];
  const watched = await watchFiles(
    root,
    (path) => files.push(path),
    () => undefined,
  );
  onTestFinished(watched.close);
  end(door);
  mkdirSync(door);
  // Its watcher may come later than its first file.
  await new Promise((done) => setTimeout(done, 300));
  writeFileSync(join(door, "a.jpg"), "a");
  await expect.poll(() => files, { timeout: 3_000 }).toContain(join(door, "a.jpg"));
});
