import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { replaceContent } from "../../../src/cli/backup/replace-content.ts";
import { tempFolder } from "../../helpers/temp-folder.ts";

const ELSEWHERE = "/dev/shm";
const isOtherDevice = existsSync(ELSEWHERE) && statSync(ELSEWHERE).dev !== statSync(tmpdir()).dev;

function fill(folder: string, text: string): void {
  for (const name of ["faces2mqtt.db", "face_registry.json"]) writeFileSync(join(folder, name), text);
}

it("moves the content into a subfolder and replaces it", async () => {
  const folder = tempFolder();
  fill(folder, "old");
  writeFileSync(join(folder, "faces2mqtt.lock"), "");
  mkdirSync(join(folder, "models"));
  const staging = join(folder, ".restoring-1");
  mkdirSync(staging);
  fill(staging, "new");
  const former = await replaceContent(folder, staging);
  expect(readFileSync(join(former ?? "", "faces2mqtt.db"), "utf8")).toBe("old");
  expect(readFileSync(join(folder, "faces2mqtt.db"), "utf8")).toBe("new");
  expect(existsSync(join(folder, "faces2mqtt.lock"))).toBe(true);
  expect(existsSync(join(folder, "models"))).toBe(true);
});

it.skipIf(!isOtherDevice)("takes everything back when a step fails", async () => {
  const folder = tempFolder();
  fill(folder, "old");
  // A file cannot be moved to another device.
  const staging = mkdtempSync(join(ELSEWHERE, "faces2mqtt-test-"));
  onTestFinished(() => rmSync(staging, { recursive: true }));
  fill(staging, "new");
  await expect(replaceContent(folder, staging)).rejects.toMatchObject({ code: "EXDEV" });
  expect(readdirSync(folder).sort()).toEqual(["face_registry.json", "faces2mqtt.db"]);
  expect(readFileSync(join(folder, "faces2mqtt.db"), "utf8")).toBe("old");
});
