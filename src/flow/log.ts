import type { Clock } from "../domain/clock.ts";
import type { Discovery } from "../domain/cluster.ts";
import type { Bus, PeopleChange } from "../domain/events.ts";
import type { Log } from "../domain/log.ts";
import { createCooldown } from "../recognize/cooldown.ts";

/** What is wrong is wrong again and again: one line a minute says so as well as thousands. */
const SAME_SECONDS = 60;
/** Who has a log of their own. */
const TELL_THEMSELVES = ["registry", "database", "broker"];

export interface FlowLogDeps {
  readonly bus: Bus;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Writes what happens in the two flows to the log, one line each, in the flows' words. Faces and people by number and
 * count only: whoever is erased is not found in a log either.
 */
export function logFlows({ bus, clock, log }: FlowLogDeps): void {
  const repeated = createCooldown(SAME_SECONDS);
  let told: Pick<Discovery, "id" | "state"> = { id: null, state: "idle" };

  function logDiscovery(discovery: Discovery): void {
    const { id, state, faces, clusters, error, startedAt, finishedAt } = discovery;
    if (id === told.id && state === told.state) return;
    told = { id, state };
    const seconds = startedAt && finishedAt ? (finishedAt.getTime() - startedAt.getTime()) / 1000 : null;
    const line = (step: string, more: object) => ({ flow: "discovery", step, id, ...more });
    if (state === "running") log.info(line("collect", {}), "a discovery has started");
    else if (state === "failed") log.error(line("cluster", { reason: error, seconds }), "a discovery has failed");
    else if (state === "cancelled") log.info(line("cluster", { seconds }), "a discovery was cancelled");
    else log.info(line("propose", { faces, clusters, seconds }), "a discovery is done");
  }

  function logPeople(changes: readonly PeopleChange[]): void {
    const counts: Partial<Record<PeopleChange["kind"], number>> = {};
    for (const { kind } of changes) counts[kind] = (counts[kind] ?? 0) + 1;
    log.info({ flow: "discovery", step: "enrol", ...counts }, "people have changed");
  }

  bus.on("face", ({ face, cameraId }) =>
    log.debug({ flow: "every face", step: "store", face_id: face.id, camera_id: cameraId }, "a face is stored"),
  );
  bus.on("recognition", ({ event }) => {
    const { type, faceId, cameraId, eventId, delayed } = event;
    const fields = { event_type: type, face_id: faceId, camera_id: cameraId, event_id: eventId, delayed };
    log.info({ flow: "every face", step: "announce", ...fields }, "an event is told");
  });
  bus.on("rejected", ({ topic, code, reason }) => {
    if (!repeated.admit(`${code} ${topic}`, clock.monotonicMs())) return;
    log.warn({ flow: "every face", step: "ingest", topic, code, reason }, "a message was refused");
  });
  bus.on("problem", ({ source, message }) => {
    if (message === null || TELL_THEMSELVES.includes(source)) return;
    if (repeated.admit(`problem ${source}`, clock.monotonicMs())) log.warn({ problem: source }, message);
  });
  bus.on("connected", ({ broker }) => log.info({ broker }, "connected"));
  bus.on("disconnected", (fields) => log.warn(fields, "disconnected"));
  bus.on("discovery", logDiscovery);
  bus.on("people", ({ changes }) => logPeople(changes));
}
