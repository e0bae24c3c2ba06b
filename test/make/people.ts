import PQueue from "p-queue";
import type { Bus } from "../../src/domain/events.ts";
import { createLiveGallery } from "../../src/flow/live-gallery.ts";
import { createPeople, type People } from "../../src/flow/people.ts";
import type { Store } from "../../src/store/port.ts";
import { makeSettings } from "./settings.ts";

/** The flow of people on a real store, without a registry file. */
export function makePeople(store: Store, bus: Bus): People {
  return createPeople({
    store,
    gallery: createLiveGallery(store),
    registryFile: { write: async () => undefined, dropQuarantine: async () => undefined },
    queue: new PQueue({ concurrency: 1 }),
    settings: makeSettings,
    bus,
  });
}
