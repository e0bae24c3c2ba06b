import type { Clock } from "../domain/clock.ts";
import type { Discovery } from "../domain/cluster.ts";
import type { Bus, PeopleChange } from "../domain/events.ts";
import type { Log } from "../domain/log.ts";
import type { ReEncoding } from "../domain/pictures/re-encoding.ts";
import { createCooldown } from "../recognize/cooldown.ts";

/** The same rejection or problem is logged once a minute at most: a faulty sender repeats it with each message. */
const SAME_SECONDS = 60;
/** Sources of problems that log more about them themselves. */
const LOG_THEMSELVES = ["registry", "database", "broker"];

export interface FlowLogDeps {
  readonly bus: Bus;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Logs the events of the two flows, one line each, with the flow and its step. Faces by number and people by count
 * only, so that no log holds the name of a person who was erased.
 */
export function logFlows({ bus, clock, log }: FlowLogDeps): void {
  const repeated = createCooldown(SAME_SECONDS);
  let logged: Pick<Discovery, "id" | "state"> = { id: null, state: "idle" };
  let reEncoding: ReEncoding["state"] = "idle";

  function logDiscovery(discovery: Discovery): void {
    const { id, state, faces, clusters, error, startedAt, finishedAt } = discovery;
    if (id === logged.id && state === logged.state) return;
    logged = { id, state };
    const seconds = startedAt && finishedAt ? (finishedAt.getTime() - startedAt.getTime()) / 1000 : null;
    const line = (step: string, more: object) => ({ flow: "discovery", step, id, ...more });
    if (state === "running") log.info(line("collect", {}), "a discovery started");
    else if (state === "failed") log.error(line("cluster", { reason: error, seconds }), "a discovery failed");
    else if (state === "cancelled") log.info(line("cluster", { seconds }), "a discovery was cancelled");
    else log.info(line("propose", { faces, clusters, seconds }), "a discovery finished");
  }

  function logReEncoding(run: ReEncoding): void {
    const { state, model, faces, facesFailed, enrolled, error } = run;
    if (state === reEncoding) return;
    reEncoding = state;
    const fields = { flow: "re-encode", model };
    if (state === "running") log.info(fields, "new encodings are being made");
    else if (state === "failed") log.error({ ...fields, reason: error }, "new encodings could not be made");
    else log.info({ ...fields, state, faces, faces_failed: facesFailed, people: enrolled }, "new encodings ended");
  }

  function logPeople(changes: readonly PeopleChange[]): void {
    const counts: Partial<Record<PeopleChange["kind"], number>> = {};
    for (const { kind } of changes) counts[kind] = (counts[kind] ?? 0) + 1;
    log.info({ flow: "discovery", step: "enrol", ...counts }, "people changed");
  }

  bus.on("face", ({ face, cameraId }) =>
    log.debug({ flow: "every face", step: "store", face_id: face.id, camera_id: cameraId }, "a face was stored"),
  );
  bus.on("recognition", ({ event }) => {
    const { type, faceId, cameraId, eventId, delayed } = event;
    const fields = { event_type: type, face_id: faceId, camera_id: cameraId, event_id: eventId, delayed };
    log.info({ flow: "every face", step: "announce", ...fields }, "an event was emitted");
  });
  bus.on("rejected", ({ topic, code, reason }) => {
    if (!repeated.admit(`${code} ${topic}`, clock.monotonicMs())) return;
    log.warn({ flow: "every face", step: "ingest", topic, code, reason }, "a message was rejected");
  });
  bus.on("problem", ({ source, message }) => {
    if (message === null || LOG_THEMSELVES.includes(source)) return;
    if (repeated.admit(`problem ${source}`, clock.monotonicMs())) log.warn({ problem: source }, message);
  });
  bus.on("connected", ({ broker }) => log.info({ broker }, "connected"));
  bus.on("disconnected", (fields) => log.warn(fields, "disconnected"));
  bus.on("purged", (counts) => log.info(counts, "unassigned faces past retention were purged"));
  bus.on("discovery", logDiscovery);
  bus.on("reEncode", logReEncoding);
  bus.on("people", ({ changes }) => logPeople(changes));
}
