import { join } from "node:path";
import type { Config } from "../config/schema.ts";
import { createIngest, type Ingest } from "../flow/ingest.ts";
import { createPurge, type Purge } from "../flow/purge.ts";
import { sweepPictures } from "../flow/snapshots/sweep-pictures.ts";
import { createThumbnails } from "../flow/thumbnails.ts";
import { createSortOldFaces } from "../flow/visits/sort-old-faces.ts";
import { watchLateFaces } from "../flow/watch/late-faces.ts";
import { watchRejections } from "../flow/watch/rejections.ts";
import { createKeptPictures, type KeptPictures } from "../frames/kept-pictures.ts";
import { createFrames, type Frames } from "../frames/locate.ts";
import { makeThumbnail } from "../frames/thumbnail.ts";
import type { AppContext } from "./context.ts";
import type { Storage } from "./storage.ts";

export interface FaceFlow {
  readonly frames: Frames;
  readonly kept: KeptPictures;
  readonly ingest: Ingest;
  readonly purge: Purge;
}

/** Where pictures with faces are kept. */
function toPicturesFolder({ dataDir, snapshots }: Config): string {
  return snapshots.dir ?? join(dataDir, "snapshots");
}

/** Where the pictures of faces are read and deleted: also those that were kept, when no more are taken. */
export function openFrames(config: Config): Frames {
  const { framesDir } = config.storage;
  return createFrames([...(framesDir === null ? [] : [framesDir]), toPicturesFolder(config)]);
}

/** Every face: ingest → recognize → store → announce, its thumbnail, and its end after the retention time. */
export async function startFaceFlow(context: AppContext, storage: Storage): Promise<FaceFlow> {
  const { config, clock, bus, log, onStop } = context;
  const { store, people, settings, strangers } = storage;
  const kept = createKeptPictures(toPicturesFolder(config));
  const { framesDir } = config.storage;
  const frames = openFrames(config);
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
      frames: framesDir !== null,
    },
    bus,
    clock,
  });
  onStop(ingest.stop);
  const oldFaces = createSortOldFaces({
    store,
    galleries: people.gallery,
    settings: settings.current,
    bus,
    clock,
    log,
  });
  oldFaces.start();
  onStop(oldFaces.stop);
  const thumbnails = createThumbnails({ store, readFrame: frames.read, makeThumbnail, bus, log });
  thumbnails.start();
  onStop(thumbnails.stop);
  const purge = createPurge({
    store,
    frames,
    reloadPeople: people.reload,
    thin: config.storage.thin,
    settings: settings.current,
    bus,
    clock,
    log,
  });
  await purge.start();
  onStop(purge.stop);
  onStop(sweepPictures({ kept, store, bus, log }));
  return { frames, kept, ingest, purge };
}
