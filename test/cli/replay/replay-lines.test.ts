import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { openRecording } from "../../../src/cli/replay/replay-lines.ts";
import { tempFolder } from "../../helpers/temp-folder.ts";

it("a recording that is gone before its first line is read fails the reader, not the whole process", async () => {
  const file = join(tempFolder(), "faces.jsonl");
  writeFileSync(file, '{"camera":"door"}\n');
  const { lines, bytes, bytesRead } = await openRecording(file);
  expect([bytes, bytesRead()]).toEqual([18, 0]);
  rmSync(file);
  await new Promise((done) => setTimeout(done, 20));
  await expect(lines[Symbol.asyncIterator]().next()).rejects.toThrow(/ENOENT/);
});
