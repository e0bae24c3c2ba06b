import { resolve } from "node:path";
import PQueue from "p-queue";
import { toConfiguredSettings } from "../config/configured-settings.ts";
import type { LoadedConfig } from "../config/load.ts";
import { isCron } from "../config/shapes.ts";
import type { ProblemCode } from "../domain/health/problem.ts";
import { createLiveGallery } from "../flow/live-gallery.ts";
import { type LiveSettings, openLiveSettings } from "../flow/live-settings.ts";
import { createPeople, type People } from "../flow/people.ts";
import { createApplyEdit } from "../flow/registry-edit.ts";
import { createLiveStrangers, type LiveStrangers } from "../flow/strangers/live-strangers.ts";
import { createRegistryFile } from "../registry/registry-file.ts";
import { lockDataFolder } from "../store/file/lock.ts";
import type { Store } from "../store/port.ts";
import { openStore } from "../store/sqlite.ts";
import type { AppContext } from "./context.ts";

/** What is kept over a restart. */
export interface Storage {
  readonly store: Store;
  readonly settings: LiveSettings;
  readonly people: People;
  readonly strangers: LiveStrangers;
}

/**
 * Locks the data folder, opens the database, ends the visits that an earlier run left open, and reconciles the people with
 * the registry file.
 * @throws {StartRefused} when another daemon has the folder, or the database cannot be used.
 */
export async function openStorage(context: AppContext, sources: LoadedConfig["sources"]): Promise<Storage> {
  const { config, models, clock, bus, log, onStop } = context;
  const folder = resolve(config.dataDir);
  const report = (source: string, code: ProblemCode) => (message: string | null) =>
    bus.emit("problem", { source, code, message });
  const lock = lockDataFolder(folder);
  onStop(() => lock.release());
  const store = await openStore({ folder, clock, models, log, onProblem: report("database", "DATABASE_DAMAGED") });
  onStop(() => store.close());
  const settings = await openLiveSettings({
    store,
    configured: toConfiguredSettings(config, sources),
    isCron,
    bus,
    log,
  });

  const queue = new PQueue({ concurrency: 1 });
  const gallery = createLiveGallery(store, () => strangers.reload());
  const strangers = createLiveStrangers({
    store,
    settings: settings.current,
    spreadOf: (model) => gallery.current(model).spread,
    bus,
    log,
  });
  const registryFile = createRegistryFile({
    folder,
    store,
    queue,
    clock,
    log,
    applyEdit: createApplyEdit({ store, gallery, bus }),
    onProblem: report("registry", "REGISTRY_FILE"),
  });
  const people = createPeople({ store, gallery, registryFile, queue, settings: settings.current, bus });
  // Before the strangers are read, which follow the people: they are found by visits that have ended.
  await store.endOpenVisits();
  await people.reload();
  await registryFile.start();
  onStop(() => registryFile.stop());
  await store.scrub();
  return { store, settings, people, strangers };
}
