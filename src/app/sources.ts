import type { MqttLink } from "../mqtt/link/port.ts";
import { createWatchedFolder } from "../sources/folder/watched-folder.ts";
import { createPull, type Pull } from "../sources/pull/pull.ts";
import type { AppContext } from "./context.ts";
import { startFrigate } from "./frigate-source.ts";
import type { Pictures } from "./pictures.ts";
import type { Storage } from "./storage.ts";

/** What sources of pictures are made with. */
export interface SourcesDeps {
  readonly context: AppContext;
  readonly pictures: Pictures;
  readonly storage: Pick<Storage, "store">;
  /** For triggers; not connected yet. */
  readonly link: Pick<MqttLink, "subscribe" | "state">;
}

/** Where pictures come from besides MQTT and HTTP. */
export interface Sources extends Pick<Pull, "fetchNow"> {
  /** Each source registers its end. */
  start(): Promise<void>;
}

/** @throws {StartRefused} when one cannot work here. */
export function createSources({ context, storage, pictures, link }: SourcesDeps): Sources {
  const { config, supervisor, clock, log, onStop } = context;
  const { take, sources } = pictures;
  const { pull: entries, folder, maxPictureBytes } = config.snapshots;
  const { subscribe } = link;
  const report = sources.set;
  const pull = createPull({
    entries,
    maxPictureBytes,
    supervisor,
    take,
    report,
    subscribe,
    clock,
    random: Math.random,
    log,
  });
  const watched = folder === null ? null : createWatchedFolder({ folder, maxPictureBytes, take, report, clock, log });
  return {
    fetchNow: pull.fetchNow,

    async start() {
      pull.start();
      onStop(pull.stop);
      startFrigate({ context, store: storage.store, pictures, link });
      if (watched === null) return;
      onStop(watched.stop);
      await watched.start();
    },
  };
}
