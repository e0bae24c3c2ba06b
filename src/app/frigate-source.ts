import type { MqttLink } from "../mqtt/link/port.ts";
import { createFrigate } from "../sources/frigate/frigate.ts";
import type { Store } from "../store/port.ts";
import type { AppContext } from "./context.ts";
import type { Pictures } from "./pictures.ts";

/** What Frigate is started with. */
export interface FrigateSourceDeps {
  readonly context: AppContext;
  readonly store: Pick<Store, "takenPast" | "saveTakenPast">;
  readonly pictures: Pick<Pictures, "take" | "sources">;
  readonly link: Pick<MqttLink, "subscribe" | "state">;
}

/** Frigate as a source of pictures, if the configuration has one. */
export function startFrigate({ context, store, pictures, link }: FrigateSourceDeps): void {
  const { config, bus, clock, log, onStop } = context;
  const { frigate, maxPictureBytes } = config.snapshots;
  const { url } = frigate;
  if (url === null) return;
  const source = createFrigate({
    config: { ...frigate, url },
    maxPictureBytes,
    take: pictures.take,
    subscribe: link.subscribe,
    isBrokerConnected: () => link.state === "connected",
    report: (report) => pictures.sources.set("frigate", report),
    past: { read: store.takenPast, save: store.saveTakenPast },
    bus,
    clock,
    log,
  });
  source.start();
  onStop(source.stop);
}
