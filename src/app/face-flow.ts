import { createIngest, type Ingest } from "../flow/ingest.ts";
import { createPurge, type Purge } from "../flow/purge.ts";
import { createThumbnails } from "../flow/thumbnails.ts";
import { createSortOldFaces } from "../flow/visits/sort-old-faces.ts";
import { watchLateFaces } from "../flow/watch/late-faces.ts";
import { watchRejections } from "../flow/watch/rejections.ts";
import { createFrames, type Frames } from "../frames/locate.ts";
import { makeThumbnail } from "../frames/thumbnail.ts";
import type { AppContext } from "./context.ts";
import type { Storage } from "./storage.ts";

export interface FaceFlow {
  readonly frames: Frames;
  readonly ingest: Ingest;
  readonly purge: Purge;
}

/** Every face: ingest → recognize → store → announce, its thumbnail, and its end after the retention time. */
export async function startFaceFlow(context: AppContext, storage: Storage): Promise<FaceFlow> {
  const { config, clock, bus, log, onStop } = context;
  const { store, people, settings, strangers } = storage;
  const frames = createFrames(config.storage.framesDir);
  onStop(watchLateFaces(bus));
  onStop(watchRejections(bus, clock));
  onStop(strangers.watch());
  const ingest = createIngest({
    store,
    people,
    strangers,
    settings: settings.current,
    rules: {
      ...config.recognition,
      thumbnails: config.storage.thumbnails,
      frames: config.storage.framesDir !== null,
    },
    bus,
    clock,
  });
  onStop(ingest.stop);
  const oldFaces = createSortOldFaces({ store, galleries: people.gallery, settings: settings.current, log });
  oldFaces.start();
  onStop(oldFaces.stop);
  const thumbnails = createThumbnails({ store, readFrame: frames.read, makeThumbnail, bus, log });
  thumbnails.start();
  onStop(thumbnails.stop);
  const purge = createPurge({
    store,
    frames,
    reloadPeople: people.reload,
    settings: settings.current,
    bus,
    clock,
    log,
  });
  await purge.start();
  onStop(purge.stop);
  return { frames, ingest, purge };
}
