import type {
  DiscoveryJson,
  ProblemsJson,
  RecognitionEventJson,
  StatsJson,
  VisitJson,
} from "../../../src/wire/out/schemas.ts";
import { createObservable, type Observable } from "../state/observable.ts";
import type { Http } from "./http.ts";
import { createSseReader } from "./sse.ts";

/** The daemon's server-sent events and their payloads. */
export interface LiveEvents {
  event: RecognitionEventJson;
  discovery: DiscoveryJson;
  clusters: unknown;
  people: unknown;
  /** A change was made, undone or redone. */
  change: unknown;
  stats: StatsJson;
  visit: VisitJson;
  stranger: unknown;
  settings: unknown;
  /** All open ones. */
  problem: ProblemsJson;
  thumbnail: { readonly face_id: number; readonly thumbnail: string };
}

/** `retryAt` (milliseconds since 1970): the next attempt; `lost`: when the last connection ended. */
export type Connection =
  | { readonly state: "connecting" }
  | { readonly state: "online" }
  | { readonly state: "offline"; readonly lost: Date; readonly retryAt: number };

/** The event stream: reconnects on its own, with growing pauses up to 30 seconds. */
export interface Live {
  readonly connection: Observable<Connection>;
  on<K extends keyof LiveEvents>(name: K, listener: (payload: LiveEvents[K]) => void): () => void;
  /** Called after every (re)connection, to fetch what was missed. */
  onConnected(listener: () => void): () => void;
  start(): void;
  stop(): void;
  /** Skips the rest of the pause. */
  retryNow(): void;
}

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;
// The daemon sends something at least every 15 seconds; a stream silent for longer is dead.
const SILENCE_MS = 45_000;

export function createLive(http: Http): Live {
  const connection = createObservable<Connection>({ state: "connecting" });
  const listeners = new Map<string, Set<(payload: never) => void>>();
  const connected = new Set<() => void>();
  let running: AbortController | null = null;
  let wake: (() => void) | null = null;

  async function read(signal: AbortSignal): Promise<void> {
    const silence = new AbortController();
    let timer = setTimeout(() => silence.abort(), SILENCE_MS);
    try {
      const both = AbortSignal.any([signal, silence.signal]);
      const response = await http.open("api/events", { signal: both, accept: "text/event-stream" });
      if (!response.body) return;
      connection.set({ state: "online" });
      for (const listener of connected) listener();
      const feed = createSseReader(({ name, data }) => {
        const payload: unknown = JSON.parse(data);
        for (const listener of listeners.get(name) ?? []) listener(payload as never);
      });
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        clearTimeout(timer);
        timer = setTimeout(() => silence.abort(), SILENCE_MS);
        feed(value);
      }
    } finally {
      clearTimeout(timer);
    }
  }

  async function run(signal: AbortSignal): Promise<void> {
    let pause = FIRST_PAUSE_MS;
    let lost = new Date();
    while (!signal.aborted) {
      const before = connection.get().state;
      try {
        await read(signal);
      } catch {
        // The connection's state shows it; the next attempt follows.
      }
      if (signal.aborted) return;
      if (connection.get().state === "online") {
        pause = FIRST_PAUSE_MS;
        lost = new Date();
      } else if (before !== "online") pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
      connection.set({ state: "offline", lost, retryAt: Date.now() + pause });
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, pause);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
        signal.addEventListener("abort", wake, { once: true });
      });
    }
  }

  return {
    connection,
    on(name, listener) {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set);
      set.add(listener);
      return () => set.delete(listener);
    },
    onConnected(listener) {
      connected.add(listener);
      return () => connected.delete(listener);
    },
    start() {
      if (running) return;
      running = new AbortController();
      void run(running.signal);
    },
    stop() {
      running?.abort();
      running = null;
    },
    retryNow() {
      wake?.();
    },
  };
}
