import type { ServerResponse } from "node:http";
import type { FastifyBaseLogger } from "fastify";
import type { Bus, DomainEvents } from "../domain/events.ts";
import type { System } from "../operations/system/system.ts";
import { toChangeEntryJson } from "../wire/out/changes.ts";
import { toDiscoveryJson } from "../wire/out/clusters/clusters.ts";
import { toEventJson } from "../wire/out/events.ts";
import { toFaceJson } from "../wire/out/faces.ts";
import { toChangeJson } from "../wire/out/people/people.ts";
import { toProblemsJson } from "../wire/out/system/problems.ts";
import { toReEncodingJson } from "../wire/out/system/re-encode.ts";
import { toStatsJson } from "../wire/out/system/status.ts";
import { toThumbnailUrl } from "../wire/out/values.ts";
import { toVisitJson } from "../wire/out/visits.ts";

const HEARTBEAT_MS = 15_000;
/** How far a stream may be behind before it is dropped. */
const MAX_BEHIND_BYTES = 1024 * 1024;
const MAX_STREAMS = 100;

/** Live events to browsers (server-sent events, WHATWG HTML section 9.2). */
export interface EventStream {
  /** There are as many streams as may be. */
  isFull(): boolean;
  /** Takes over a response whose headers are written. */
  join(response: ServerResponse): void;
  /** Ends all streams. */
  close(): void;
}

interface Deps {
  readonly bus: Bus;
  readonly system: Pick<System, "stats" | "discover" | "problems"> & { readonly store: Pick<System["store"], "visit"> };
  readonly log: FastifyBaseLogger;
}

/**
 * Writes to every open stream: `event` and `face` as elsewhere on the wire, `thumbnail` once a face's is ready, `discovery`
 * `stats` and `problem` with all open ones (at joining too), `re_encode`, `visit` as it is then, `clusters`, `stranger` and `settings` as mere hints to ask again,
 * `people` with what changed, and `change` with the entry in the history that was made, undone or redone. A client that reads
 * too slowly is dropped, and connects again by itself.
 */
export function createEventStream({ bus, system, log }: Deps): EventStream {
  const streams = new Set<ServerResponse>();

  function write(stream: ServerResponse, text: string): void {
    stream.write(text);
    if (stream.writableLength <= MAX_BEHIND_BYTES) return;
    log.warn({ behind: stream.writableLength }, "live events: dropped a reader that is too slow");
    streams.delete(stream);
    stream.destroy();
  }

  function broadcast(name: string, data: unknown): void {
    const text = toMessage(name, data);
    for (const stream of streams) write(stream, text);
  }

  /** Writes every such event of the bus to all streams, under this name. */
  function forward<K extends keyof DomainEvents>(from: K, name: string, toJson: (payload: DomainEvents[K]) => unknown) {
    return bus.on(from, (payload) => {
      if (streams.size > 0) broadcast(name, toJson(payload));
    });
  }

  async function sendVisit(visitId: string): Promise<void> {
    if (streams.size === 0) return;
    const visit = await system.store.visit(visitId);
    if (visit) broadcast("visit", toVisitJson(visit));
  }

  async function greet(stream: ServerResponse): Promise<void> {
    const stats = toStatsJson(await system.stats());
    if (!streams.has(stream)) return;
    const discovery = toDiscoveryJson(system.discover.current());
    const problems = toProblemsJson({ problems: system.problems.list() });
    write(stream, toMessage("discovery", discovery) + toMessage("stats", stats) + toMessage("problem", problems));
  }

  const stopListening = [
    forward("recognition", "event", ({ event }) => toEventJson(event)),
    forward("face", "face", ({ face }) => toFaceJson(face)),
    forward("thumbnail", "thumbnail", ({ faceId }) => ({ face_id: faceId, thumbnail: toThumbnailUrl(faceId) })),
    forward("discovery", "discovery", toDiscoveryJson),
    bus.on("visit", ({ visitId }) => {
      sendVisit(visitId).catch((error: unknown) => log.warn({ err: error }, "live events: a visit was not read"));
    }),
    forward("clusters", "clusters", () => ({})),
    forward("stranger", "stranger", ({ strangerId }) => ({ stranger_id: strangerId })),
    forward("settings", "settings", () => ({})),
    forward("people", "people", ({ changes }) => ({ changes: changes.map(toChangeJson) })),
    forward("change", "change", toChangeEntryJson),
    forward("reEncode", "re_encode", toReEncodingJson),
    forward("stats", "stats", toStatsJson),
    forward("problems", "problem", toProblemsJson),
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
      for (const stream of streams) stream.end();
      streams.clear();
    },
  };
}

function toMessage(name: string, data: unknown): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}
