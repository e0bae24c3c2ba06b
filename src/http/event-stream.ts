import type { ServerResponse } from "node:http";
import type { FastifyBaseLogger } from "fastify";
import type { Bus, PeopleChange } from "../domain/events.ts";
import type { Requests } from "../operations/port.ts";
import { thumbnailUrl, toDiscoveryJson, toEventJson, toFaceJson } from "../wire/out/views.ts";

const HEARTBEAT_MS = 15_000;
const STATS_MS = 1000;
/** What a stream may be behind before it is dropped. */
const MAX_BEHIND_BYTES = 1024 * 1024;
const MAX_STREAMS = 100;

/** Live events to browsers (server-sent events, WHATWG HTML section 9.2). */
export interface EventStream {
  /** As many listen as may. */
  isFull(): boolean;
  /** Takes over a response whose headers are written. */
  join(response: ServerResponse): void;
  /** Ends all streams. */
  close(): void;
}

interface Deps {
  readonly bus: Bus;
  readonly requests: Pick<Requests, "status" | "discovery">;
  readonly log: FastifyBaseLogger;
}

/**
 * Tells every open stream: `event` and `face` as elsewhere on the wire, `thumbnail` once a face's is ready, `discovery`
 * (at joining too), `clusters` and `settings` as mere hints to ask again, `people` with what changed, and `stats` at
 * joining and at most once a second. Somebody who reads too slowly is dropped, and comes again by itself.
 */
export function createEventStream({ bus, requests, log }: Deps): EventStream {
  const streams = new Set<ServerResponse>();
  let statsTimer: NodeJS.Timeout | null = null;

  function write(stream: ServerResponse, text: string): void {
    stream.write(text);
    if (stream.writableLength <= MAX_BEHIND_BYTES) return;
    log.warn({ behind: stream.writableLength }, "live events: dropped a reader that is too slow");
    streams.delete(stream);
    stream.destroy();
  }

  function tell(name: string, data: () => unknown): void {
    if (streams.size === 0) return;
    const text = toMessage(name, data());
    for (const stream of streams) write(stream, text);
  }

  function tellStatsSoon(): void {
    if (streams.size === 0 || statsTimer) return;
    statsTimer = setTimeout(() => {
      statsTimer = null;
      requests.status().then(
        (status) => tell("stats", () => status.stats),
        (error: unknown) => log.warn({ err: error }, "live events: no stats"),
      );
    }, STATS_MS);
    statsTimer.unref();
  }

  async function greet(stream: ServerResponse): Promise<void> {
    const [discovery, status] = await Promise.all([requests.discovery(), requests.status()]);
    if (!streams.has(stream)) return;
    write(stream, toMessage("discovery", discovery) + toMessage("stats", status.stats));
  }

  const stopListening = [
    bus.on("recognition", ({ event }) => tell("event", () => toEventJson(event))),
    bus.on("face", ({ face }) => tell("face", () => toFaceJson(face))),
    bus.on("thumbnail", ({ faceId }) =>
      tell("thumbnail", () => ({ face_id: faceId, thumbnail: thumbnailUrl(faceId) })),
    ),
    bus.on("discovery", (discovery) => tell("discovery", () => toDiscoveryJson(discovery))),
    bus.on("clusters", () => tell("clusters", () => ({}))),
    bus.on("settings", () => tell("settings", () => ({}))),
    bus.on("people", ({ changes }) => tell("people", () => ({ changes: changes.map(toChangeJson) }))),
    ...(["face", "rejected", "discovery", "clusters", "people", "erased", "purged", "problem"] as const).map((name) =>
      bus.on(name, tellStatsSoon),
    ),
  ];

  // A comment now and then keeps proxies from closing a quiet stream, and finds readers that have gone.
  const heartbeat = setInterval(() => {
    for (const stream of streams) write(stream, ": still here\n\n");
  }, HEARTBEAT_MS);
  heartbeat.unref();

  return {
    isFull: () => streams.size >= MAX_STREAMS,
    join(stream) {
      streams.add(stream);
      stream.on("close", () => streams.delete(stream));
      stream.write("retry: 2000\n\n");
      greet(stream).catch((error: unknown) => log.warn({ err: error }, "live events: no greeting"));
    },
    close() {
      for (const stop of stopListening) stop();
      clearInterval(heartbeat);
      if (statsTimer) clearTimeout(statsTimer);
      for (const stream of streams) stream.end();
      streams.clear();
    },
  };
}

function toMessage(name: string, data: unknown): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}

function toChangeJson(change: PeopleChange): object {
  const { kind, person } = change;
  return {
    kind,
    person: person.name,
    person_id: person.personId,
    ...(kind === "renamed" ? { from: change.from } : {}),
    ...(kind === "removed" ? { erased: change.erased } : {}),
  };
}
