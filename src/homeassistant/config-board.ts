import type { Clock } from "../domain/clock.ts";
import type { MqttLink } from "../mqtt/link/port.ts";
import type { ConfigMessage } from "./serialise.ts";

/**
 * Home Assistant takes a device's configuration in steps. A second, different one that comes meanwhile loses components,
 * so there is this much time between two.
 */
const APART_MS = 1_500;

export interface ConfigBoardDeps {
  readonly link: Pick<MqttLink, "publish">;
  readonly clock: Clock;
}

/** What stands on the config topics: brings it to what is wanted, one configuration of a device after another. */
export interface ConfigBoard {
  /** Everything that should stand there, by device id, in the order of telling. Devices left out are cleared. */
  set(wanted: ReadonlyMap<string, readonly ConfigMessage[]>): void;
  /** All configurations once more, changed or not. */
  repeat(): void;
  wants(topic: string): boolean;
  /** Somebody emptied this topic: its device is announced again when no more such messages have come for a while. */
  heal(topic: string): void;
  stop(): void;
}

interface Place {
  wanted: readonly ConfigMessage[];
  /** By topic, as last published; empty ones are forgotten. */
  readonly stands: Map<string, string>;
  changedAtMs: number;
  /** Publish even what stands there already. */
  again: boolean;
  cancel: (() => void) | null;
}

export function createConfigBoard({ link, clock }: ConfigBoardDeps): ConfigBoard {
  const places = new Map<string, Place>();

  const put = (topic: string, payload: string): void => link.publish({ topic, payload, retain: true, qos: 1 });

  function placeOf(deviceId: string): Place {
    const place = places.get(deviceId) ?? {
      wanted: [],
      stands: new Map(),
      changedAtMs: Number.NEGATIVE_INFINITY,
      again: false,
      cancel: null,
    };
    places.set(deviceId, place);
    return place;
  }

  function isDue({ wanted, stands, again }: Place): boolean {
    return again || wanted.length !== stands.size || wanted.some(({ topic, payload }) => stands.get(topic) !== payload);
  }

  function bring(place: Place): void {
    if (place.cancel || !isDue(place)) return;
    const waitMs = place.changedAtMs + APART_MS - clock.monotonicMs();
    if (waitMs > 0) {
      place.cancel = clock.after(waitMs, () => {
        place.cancel = null;
        bring(place);
      });
      return;
    }
    write(place);
  }

  function write(place: Place): void {
    const topics = new Set(place.wanted.map(({ topic }) => topic));
    for (const topic of [...place.stands.keys()].filter((one) => !topics.has(one))) {
      put(topic, "");
      place.stands.delete(topic);
    }
    for (const { topic, payload } of place.wanted) {
      if (!place.again && place.stands.get(topic) === payload) continue;
      put(topic, payload);
      place.stands.set(topic, payload);
    }
    place.again = false;
    place.changedAtMs = clock.monotonicMs();
  }

  return {
    set(wanted) {
      for (const [deviceId, place] of places) if (!wanted.has(deviceId)) place.wanted = [];
      for (const [deviceId, messages] of wanted) placeOf(deviceId).wanted = messages;
      for (const place of places.values()) bring(place);
    },
    repeat() {
      for (const place of places.values()) {
        if (place.wanted.length === 0) continue;
        // The same once more is no second configuration: it need not wait.
        for (const { topic, payload } of place.wanted) if (place.stands.get(topic) === payload) put(topic, payload);
        bring(place);
      }
    },
    wants: (topic) => [...places.values()].some((place) => place.wanted.some((one) => one.topic === topic)),
    heal(topic) {
      for (const place of places.values()) {
        if (!place.wanted.some((one) => one.topic === topic)) continue;
        place.again = true;
        place.changedAtMs = clock.monotonicMs();
        bring(place);
      }
    },
    stop() {
      for (const place of places.values()) place.cancel?.();
      places.clear();
    },
  };
}
