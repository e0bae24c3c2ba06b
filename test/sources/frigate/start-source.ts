import { expect, onTestFinished, vi } from "vitest";
import { createBus } from "../../../src/domain/events.ts";
import { silentLog } from "../../../src/domain/log.ts";
import type { Snapshot, TakenSnapshot } from "../../../src/domain/pictures/snapshot.ts";
import { createFrigate, type FrigateDeps } from "../../../src/sources/frigate/frigate.ts";
import type { SourceReport } from "../../../src/sources/source.ts";
import type { FakeFrigate } from "../../helpers/frigate/fake-frigate.ts";
import { makeClock } from "../../make/clock.ts";

export interface SourceOptions {
  readonly config?: Partial<FrigateDeps["config"]>;
  readonly past?: { taken: string | null };
  readonly outcome?: () => TakenSnapshot["outcome"];
  readonly isBrokerConnected?: () => boolean;
}

/** The source at a fake Frigate; it has the past behind it, unless a test is about that. The clock stands. */
export function startSource(frigate: FakeFrigate, go2rtcUrl: string, options: SourceOptions = {}) {
  const clock = makeClock(new Date());
  const bus = createBus((error) => {
    throw error;
  });
  const taken: Snapshot[] = [];
  const reports: SourceReport[] = [];
  const listeners = new Map<string, (message: { payload: Uint8Array; retain: boolean }) => void>();
  const past = options.past ?? { taken: frigate.url };
  const source = createFrigate({
    config: {
      url: frigate.url,
      username: null,
      password: null,
      go2rtcUrl,
      topicPrefix: "frigate",
      cameras: [],
      subLabels: false,
      ...options.config,
    },
    maxPictureBytes: 1_000_000,
    take(snapshot) {
      const outcome = options.outcome?.() ?? "queued";
      if (outcome === "queued") taken.push(snapshot);
      return { snapshotId: "0", outcome };
    },
    subscribe(topic, listener) {
      listeners.set(topic, listener);
      return () => listeners.delete(topic);
    },
    isBrokerConnected: options.isBrokerConnected ?? (() => true),
    report: (report) => reports.push(report),
    past: {
      read: async () => past.taken,
      async save(url) {
        past.taken = url;
      },
    },
    bus,
    clock,
    log: silentLog,
  });
  const publish = async (topic: string, message: string | object, retain = false): Promise<void> => {
    const payload = Buffer.from(typeof message === "string" ? message : JSON.stringify(message));
    listeners.get(`frigate/${topic}`)?.({ payload, retain });
  };
  frigate.publishBy(publish);
  source.start();
  onTestFinished(source.stop);
  const sentence = (): string => reports.at(-1)?.sentence ?? "";
  return {
    /** It has asked Frigate and go2rtc. */
    ready: () => vi.waitFor(() => expect(sentence()).toMatch(/^Frigate \d/)),
    clock,
    bus,
    taken,
    reports,
    publish,
    stop: source.stop,
    /** The last report; empty: none yet. */
    sentence,
    ok: () => reports.at(-1)?.ok,
  };
}
