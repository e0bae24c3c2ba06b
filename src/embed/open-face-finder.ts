import type { EmbedPicture } from "../domain/pictures/snapshot.ts";
import { createDetector } from "./detect/detector.ts";
import { createEncoder } from "./encode/encoder.ts";
import { createFaceFinder } from "./find-faces.ts";
import { layOutModels, type RuntimeKind } from "./models/layout.ts";
import { openRuntime } from "./runtime/open-runtime.ts";

/** Loads runtime and weights of the models' folder into the calling thread. Rejects when they are missing or do not load. */
export async function openFaceFinder(
  modelsDir: string,
  runtimes?: readonly RuntimeKind[],
): Promise<{ readonly runtime: RuntimeKind; readonly embed: EmbedPicture }> {
  const { yunet, sface } = layOutModels(modelsDir);
  const runtime = await openRuntime(modelsDir, runtimes);
  const detect = createDetector(await runtime.openNetwork(yunet, "input"));
  const encode = createEncoder(await runtime.openNetwork(sface, "data"));
  return { runtime: runtime.kind, embed: createFaceFinder(detect, encode) };
}
