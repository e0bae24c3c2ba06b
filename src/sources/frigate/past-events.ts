import type { Clock } from "../../domain/clock.ts";
import type { Snapshot, TakeSnapshot } from "../../domain/pictures/snapshot.ts";
import { FetchFailed } from "../fetch/fetch-failed.ts";
import type { FrigateApi } from "./frigate-api.ts";
import { toDate, toFields, toName, toNames, toSubLabel } from "./messages.ts";
import { snapshotFiles } from "./pictures.ts";

const PAST_MS = 7 * 24 * 3_600_000;
const MOST_EVENTS = 300;
/** Between two pictures, so that Frigate has its time for what happens now. */
const PAUSE_MS = 250;
/** Before a picture is tried again that the queue had no room for. */
const FULL_MS = 1_000;

export interface PastEventsDeps {
  readonly api: Pick<FrigateApi, "json" | "picture">;
  /** Only those; empty: all. */
  readonly cameras: readonly string[];
  readonly minor: number | null;
  readonly take: TakeSnapshot;
  readonly clock: Clock;
  readonly stop: AbortSignal;
}

/**
 * Takes the clean snapshots of the people whom Frigate saw in the last seven days as pictures of the past, the newest first,
 * so that there are groups to name on day one.
 * @returns how many pictures were taken.
 * @throws {FetchFailed} when Frigate does not answer any more, or the daemon stops.
 */
export async function takePastEvents({ api, cameras, minor, take, clock, stop }: PastEventsDeps): Promise<number> {
  const after = (clock.now().getTime() - PAST_MS) / 1000;
  const query = new URLSearchParams({
    labels: "person",
    has_snapshot: "1",
    after: String(after),
    limit: String(MOST_EVENTS),
  });
  if (cameras.length > 0) query.set("cameras", cameras.join(","));
  const events = await api.json(`api/events?${query}`);
  let taken = 0;

  const pause = (ms: number): Promise<void> => new Promise((done) => clock.after(ms, done));
  const goOn = (): void => {
    if (stop.aborted) throw new FetchFailed("stopped", "the daemon is stopping");
  };

  for (const event of Array.isArray(events) ? events : []) {
    const past = toPastEvent(event);
    if (!past) continue;
    const picture = await fetchFirst(api, past.id, minor);
    if (picture) {
      const snapshot = {
        ...past.snapshot,
        picture: picture.bytes,
        capturedAt: picture.takenAt ?? past.snapshot.capturedAt,
      };
      while (take(snapshot, "refuse").outcome === "full") {
        await pause(FULL_MS);
        goOn();
      }
      taken += 1;
    }
    await pause(PAUSE_MS);
    goOn();
  }
  return taken;
}

async function fetchFirst(api: PastEventsDeps["api"], id: string, minor: number | null) {
  for (const file of snapshotFiles(minor)) {
    try {
      return await api.picture(`api/events/${encodeURIComponent(id)}/${file}`);
    } catch (error) {
      if (!(error instanceof FetchFailed) || (error.kind !== "status" && error.kind !== "not_a_picture")) throw error;
    }
  }
  return null;
}

/** null: of no use, or it goes on and is heard of by MQTT. */
function toPastEvent(json: unknown): { readonly id: string; readonly snapshot: Omit<Snapshot, "picture"> } | null {
  const event = toFields(json);
  const [id, camera, startedAt] = [toName(event.id), toName(event.camera), toDate(event.start_time)];
  if (id === null || camera === null || startedAt === null || toDate(event.end_time) === null) return null;
  if (event.false_positive === true) return null;
  const tracked = { eventId: id, zones: toNames(event.zones), subLabel: toSubLabel(event.sub_label) };
  const area = toArea(toFields(event.data).box);
  const subjects = area ? { subjects: [{ ...tracked, area }] } : {};
  return { id, snapshot: { camera, capturedAt: startedAt, ...tracked, history: true, ...subjects } };
}

/** In fractions of the picture: left, top, width, height. */
function toArea(value: unknown) {
  if (!Array.isArray(value) || value.length !== 4 || !value.every((one) => Number.isFinite(one))) return null;
  const [x, y, width, height] = value as [number, number, number, number];
  return { x, y, width, height };
}
