import type { Embedder, EmbedPicture } from "../domain/pictures/snapshot.ts";
import { createEmbedder } from "../embed/embedder.ts";
import { toModelsDir } from "../embed/models/layout.ts";
import { requireModels } from "../embed/models/require-models.ts";
import { createSnapshots, type Snapshots } from "../flow/snapshots/snapshots.ts";
import { createSourceStates, type SourceStates } from "../flow/snapshots/source-states.ts";
import type { AppContext } from "./context.ts";
import type { FaceFlow } from "./face-flow.ts";
import type { Storage } from "./storage.ts";

/** The flow of pictures, where they are taken. */
export interface Pictures extends Snapshots {
  readonly embed: EmbedPicture;
  readonly sources: SourceStates;
}

/**
 * Pictures: queue → find and encode faces → ingest. null: none are taken.
 * @param embedder What looks at them; by default the models in `snapshots.models_dir`.
 * @throws {StartRefused} when those are missing.
 */
export async function startPictures(
  context: AppContext,
  { store, settings }: Storage,
  { ingest, kept }: FaceFlow,
  embedder?: Embedder,
): Promise<Pictures | null> {
  const { config, clock, bus, log, onStop } = context;
  if (!config.snapshots.enabled) return null;
  const looking = embedder ?? (await openModels(context));
  onStop(looking.stop);
  const snapshots = createSnapshots({
    embedder: looking,
    model: config.snapshots.model,
    kept,
    store,
    ingest,
    settings: settings.current,
    bus,
    clock,
    log,
  });
  onStop(snapshots.stop);
  return { ...snapshots, embed: looking.embed, sources: createSourceStates(bus) };
}

async function openModels({ config, log }: AppContext): Promise<Embedder> {
  const modelsDir = toModelsDir(config);
  const found = await requireModels(modelsDir);
  const { embed, state, stop } = createEmbedder({
    modelsDir,
    workers: config.snapshots.workers,
    log,
    runtimes: [found],
  });
  return {
    embed,
    stop,
    workers: state().mostWorkers,
    get runtime() {
      return state().runtime;
    },
  };
}
