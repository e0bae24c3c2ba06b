import type { MqttLink } from "../mqtt/link/port.ts";
import type { AppContext } from "./context.ts";
import type { Pictures } from "./pictures.ts";

/** What sources of pictures are started with. */
export interface SourceDeps {
  readonly context: AppContext;
  readonly pictures: Pictures;
  /** For triggers; not connected yet. */
  readonly link: MqttLink;
}

/** Where pictures come from besides MQTT and HTTP. Each source registers its end. */
export async function startSources(_deps: SourceDeps): Promise<void> {}
