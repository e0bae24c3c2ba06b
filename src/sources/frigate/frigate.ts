import PQueue from "p-queue";
import type { Config } from "../../config/schema.ts";
import type { Clock } from "../../domain/clock.ts";
import type { Bus } from "../../domain/events.ts";
import type { Log } from "../../domain/log.ts";
import type { TakeSnapshot } from "../../domain/pictures/snapshot.ts";
import { createFetchBytes } from "../fetch/fetch-bytes.ts";
import { FetchFailed } from "../fetch/fetch-failed.ts";
import type { SourceReport } from "../source.ts";
import { createFrigateApi } from "./frigate-api.ts";
import { type PersonMessage, readFaceMessage, readPersonMessage } from "./messages.ts";
import { createNamesBack } from "./names-back.ts";
import { takePastEvents } from "./past-events.ts";
import { createFrigatePictures } from "./pictures.ts";
import { createRests } from "./rests.ts";
import { createTracker, LIVE_MS, type Wanted } from "./tracker.ts";
import { createWatch } from "./watch.ts";

/** Pictures that are fetched at once, and that may wait; the rest is left to Frigate's next message. */
const AT_ONCE = 3;
const MOST_WAITING = 30;
/** Frigate writes what it keeps of someone at about the time that it publishes the end. */
const AGAIN_MS = 3_000;
const MOST_MESSAGE_BYTES = 1_048_576;
/** Its configuration and lists of events. */
const MOST_JSON_BYTES = 16_777_216;
/** go2rtc waits for a keyframe; what comes later shows someone else. */
const FRAME_MS = 8_000;

export interface FrigateDeps {
  readonly config: Config["snapshots"]["frigate"] & { readonly url: string };
  readonly maxPictureBytes: number;
  readonly take: TakeSnapshot;
  /** Listens to a topic; returns how to stop. */
  readonly subscribe: (
    topic: string,
    listener: (message: { readonly payload: Uint8Array; readonly retain: boolean }) => void,
  ) => () => void;
  readonly isBrokerConnected: () => boolean;
  readonly report: (report: SourceReport) => void;
  /** The Frigate whose past was taken already; null: none. */
  readonly past: { read(): Promise<string | null>; save(url: string): Promise<void> };
  readonly bus: Bus;
  readonly clock: Clock;
  readonly log: Pick<Log, "info" | "warn" | "debug">;
}

/** Frigate as a source of pictures. */
export interface Frigate {
  /** Its first questions to Frigate are under way then. */
  start(): void;
  /** Ends what is under way. */
  stop(): Promise<void>;
}

/**
 * Frigate publishes whom it sees; pictures of them are fetched from it, and recognized names are written back to it if that is
 * wanted. Never rejects: whatever Frigate does is in the report.
 */
export function createFrigate(deps: FrigateDeps): Frigate {
  const { config, take, subscribe, report, past, bus, clock, log } = deps;
  const { url, topicPrefix } = config;
  const stopping = new AbortController();
  const shared = { stop: stopping.signal };
  const go2rtcUrl = config.go2rtcUrl ?? toGo2rtcUrl(url);
  const ofFrigate = { ...shared, addresses: [url], maxBytes: Math.max(MOST_JSON_BYTES, deps.maxPictureBytes) };
  const api = createFrigateApi({ ...config, fetchBytes: createFetchBytes(ofFrigate), clock });
  const go2rtc = {
    url: go2rtcUrl,
    fetchBytes: createFetchBytes({
      ...shared,
      addresses: [go2rtcUrl],
      maxBytes: deps.maxPictureBytes,
      totalMs: FRAME_MS,
    }),
  };
  const rests = createRests(clock);
  const tracker = createTracker(clock);
  const pictures = createFrigatePictures({ api, go2rtc, rests, known: () => watch.known(), present: tracker.present });
  const watch = createWatch({
    config,
    api,
    go2rtc,
    rests,
    pictures,
    isBrokerConnected: deps.isBrokerConnected,
    report,
    onReached: () => void takePast(),
    bus,
    clock,
  });
  const names = createNamesBack({ api, find: tracker.find, report: watch.setNameFailure });
  const queue = new PQueue({ concurrency: AT_ONCE });
  const ends: (() => void)[] = [];
  let takingPast: Promise<void> | null = null;

  const isOurs = (camera: string): boolean => config.cameras.length === 0 || config.cameras.includes(camera);

  /** Our own name for someone is no news when Frigate publishes it. */
  const withoutOurName = (person: PersonMessage): PersonMessage =>
    person.subLabel !== null && person.subLabel === names.given(person.id) ? { ...person, subLabel: null } : person;

  function fetch(wanted: Wanted, isLast = false): void {
    if (stopping.signal.aborted) return;
    if (queue.size >= MOST_WAITING) {
      log.debug({ camera: wanted.person.camera }, "Frigate publishes more than can be fetched; a picture is left out");
      return;
    }
    const wantedMs = clock.monotonicMs();
    void queue.add(async () => {
      try {
        // It may have waited: the camera's picture of now must not pass for one of someone who has gone.
        const isThere = tracker.find(wanted.person.id)?.type !== "end" && clock.monotonicMs() - wantedMs < LIVE_MS;
        const snapshots = await pictures.fetch({ ...wanted, isLive: wanted.isLive && isThere });
        for (const snapshot of snapshots) take(snapshot, "newest");
        if (snapshots.length === 0 && wanted.reason === "end" && !isLast) {
          clock.after(AGAIN_MS, () => fetch(wanted, true));
        }
        watch.update();
      } catch (error) {
        if (stopping.signal.aborted) return;
        if (error instanceof FetchFailed) watch.setFailure(error);
        else log.warn({ err: error }, "a picture could not be fetched from Frigate");
      }
    });
  }

  /** Once for each Frigate, as soon as it answers; what was interrupted is begun anew. */
  async function takePast(): Promise<void> {
    takingPast ??= (async () => {
      try {
        if ((await past.read()) === url) return;
        const minor = watch.known()?.minor ?? null;
        const taken = await takePastEvents({ api, cameras: config.cameras, minor, take, clock, ...shared });
        await past.save(url);
        log.info({ pictures: taken }, "Frigate's events of the last seven days were taken as pictures of the past");
      } catch (error) {
        takingPast = null;
        if (!stopping.signal.aborted)
          log.warn({ reason: (error as Error).message }, "Frigate's past events could not be taken");
      }
    })();
    await takingPast;
  }

  function listen(topic: string, onMessage: (payload: Uint8Array) => void): void {
    const stop = subscribe(`${topicPrefix}/${topic}`, ({ payload, retain }) => {
      watch.onMessage();
      // A message that the broker kept says nothing of now.
      if (!retain && payload.byteLength <= MOST_MESSAGE_BYTES) onMessage(payload);
    });
    ends.push(stop);
  }

  return {
    start() {
      listen("events", (payload) => {
        const person = readPersonMessage(payload);
        if (!person || !isOurs(person.camera)) return;
        // The end is published when someone has not been seen for a while.
        if (person.type !== "end") watch.setLate(clock.now().getTime() - person.seenAt.getTime() >= LIVE_MS);
        const wanted = tracker.onPerson(withoutOurName(person));
        if (wanted) fetch(wanted);
      });
      listen("tracked_object_update", (payload) => {
        const face = readFaceMessage(payload);
        const wanted = face && isOurs(face.camera) ? tracker.onFace(face) : null;
        if (wanted) fetch(wanted);
      });
      // How to know that it publishes where we listen.
      listen("available", (payload) => {
        if (Buffer.from(payload).toString() === "online") watch.checkSoon();
      });
      listen("stats", () => undefined);
      if (config.subLabels) ends.push(bus.on("recognition", ({ event }) => void names.onRecognition(event)));
      watch.start();
    },
    async stop() {
      stopping.abort();
      for (const end of ends.splice(0)) end();
      watch.stop();
      queue.clear();
      await queue.onIdle();
    },
  };
}

/** Where go2rtc listens in Frigate: its own port, without login (https://docs.frigate.video/configuration/go2rtc). */
function toGo2rtcUrl(url: string): string {
  const { hostname } = new URL(url);
  return `http://${hostname}:1984`;
}
