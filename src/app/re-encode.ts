import { FacesError } from "../domain/errors.ts";
import type { EmbedPicture } from "../domain/pictures/snapshot.ts";
import { createEmbedder, type Embedder } from "../embed/embedder.ts";
import { inspectModels, toModelProblems } from "../embed/models/inspect.ts";
import { toModelsDir } from "../embed/models/layout.ts";
import { createReEncode, type ReEncode } from "../flow/re-encode/re-encode.ts";
import type { AppContext } from "./context.ts";
import type { FaceFlow } from "./face-flow.ts";
import type { Storage } from "./storage.ts";

/**
 * New encodings of named people by another model: frame or thumbnail → find and encode the face → enrol.
 * @param embed What looks at pictures, where something does; else the models in `snapshots.models_dir`, on need.
 */
export function startReEncode(
  context: AppContext,
  { store, settings }: Storage,
  { frames }: Pick<FaceFlow, "frames">,
  embed?: EmbedPicture,
): ReEncode {
  const { bus, clock, onStop } = context;
  const openEmbedder = embed ? async () => embed : createOpenEmbedder(context);
  const reEncode = createReEncode({ store, frames, openEmbedder, settings: settings.current, bus, clock });
  onStop(reEncode.cancel);
  return reEncode;
}

/** An embedder of its own, with one thread that ends when it is idle. */
function createOpenEmbedder({ config, log, onStop }: AppContext): () => Promise<EmbedPicture> {
  const modelsDir = toModelsDir(config);
  let embedder: Embedder | null = null;
  onStop(() => embedder?.stop());
  return async () => {
    const { ready, parts } = await inspectModels(modelsDir, { hashes: true });
    if (!ready) {
      throw new FacesError(
        "MODELS_MISSING",
        `${modelsDir} lacks what pictures need (${toModelProblems(parts).join("; ")}): run \`faces2mqtt models\``,
      );
    }
    embedder ??= createEmbedder({ modelsDir, workers: 1, log });
    return embedder.embed;
  };
}
