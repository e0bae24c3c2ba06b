import { join } from "node:path";
import type { EmbedPicture } from "../domain/snapshot.ts";
import { createDetector } from "./detect/detector.ts";
import { createEncoder } from "./encode/encoder.ts";
import { createFaceFinder } from "./find-faces.ts";
import { openRuntime, type RuntimeName } from "./runtime/open-runtime.ts";

/** Loads runtime and weights of the models' folder into the calling thread. Rejects when they are missing or do not load. */
export async function openFaceFinder(
  modelsDir: string,
  runtimes?: readonly RuntimeName[],
): Promise<{ readonly runtime: RuntimeName; readonly embed: EmbedPicture }> {
  const runtime = openRuntime(join(modelsDir, "runtime"), runtimes);
  const detect = createDetector(await runtime.openNetwork(join(modelsDir, "yunet.onnx"), "input"));
  const encode = createEncoder(await runtime.openNetwork(join(modelsDir, "sface.onnx"), "data"));
  return { runtime: runtime.name, embed: createFaceFinder(detect, encode) };
}
