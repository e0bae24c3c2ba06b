import type { IPublishPacket } from "mqtt";
import type { Clock } from "../../domain/clock.ts";
import type { Log } from "../../domain/log.ts";
import { type EmbedPicture, type Gates, PictureError, type PictureFaces } from "../../domain/pictures/snapshot.ts";
import { Rejected } from "../../wire/in/rejected.ts";
import { toRejectionJson } from "../../wire/out/events.ts";
import { toFacesMessages } from "../../wire/out/faces-message.ts";
import type { Topics } from "../topics.ts";
import { type ConnectionOptions, type Handling, RECEIVE_MAXIMUM } from "./connection.ts";
import { type Counts, createCounts } from "./counts.ts";
import { createFreshness } from "./freshness.ts";
import { createSession } from "./session.ts";
import { type PictureRules, type TakenPicture, takePicture } from "./take-picture.ts";

const MINUTE_MS = 60_000;
/** Pictures that are remembered as done: a broker brings what it has not heard of again, a few at a time. */
const REMEMBERED = 1_000;
/** So long nothing may come, until a session that takes no new pictures has brought all it had. */
const QUIET_MS = 3_000;

export interface WorkerDeps extends Pick<ConnectionOptions, "broker">, PictureRules {
  readonly topics: Pick<Topics, "embedding" | "bridgeRejected" | "toPicture" | "pictureFilters">;
  readonly embed: EmbedPicture;
  readonly gates: Gates;
  /** What `embed` makes its encodings with. */
  readonly model: string;
  /** Time that pictures under way have to finish when the worker is to stop. */
  readonly graceMs: number;
  readonly clock: Clock;
  readonly log: Pick<Log, "info" | "warn">;
}

/** Why pictures in hand are not acknowledged: the broker brings them again. */
class Stopped extends Error {}

/**
 * Takes its share of the pictures, and publishes their faces, until `stop` aborts. A picture is acknowledged after its faces
 * are, so that none is lost when this process dies; its share is kept for it at the broker.
 * With `leave` it takes no new pictures, does those that the broker has assigned to it, and gives its session up.
 * @returns What became of pictures.
 * @throws {StartRefused} when there is no use in going on; what `embed` throws besides `PictureError`.
 */
export async function runWorker(deps: WorkerDeps, leave: boolean, stop: AbortSignal): Promise<Counts> {
  const { topics, clock, log } = deps;
  const counts = createCounts();
  const underWay = new Map<string, Promise<void>>();
  const done = new Set<string>();
  let looking = 0;
  let makeRoom: (() => void)[] = [];
  let arrivedMs = clock.monotonicMs();
  let fail: (error: unknown) => void = () => undefined;
  const failure = new Promise<never>((_, reject) => {
    fail = reject;
  });

  const freshness = createFreshness(RECEIVE_MAXIMUM, clock);
  const session = createSession({ ...deps, filters: topics.pictureFilters, subscribe: !leave, freshness, onPicture });

  function onPicture(packet: IPublishPacket, age: number): Handling {
    arrivedMs = clock.monotonicMs();
    if (stop.aborted) return { done: Promise.reject(new Stopped()), room: Promise.resolve() };
    const handled = take(packet, age);
    handled.catch(fail);
    // The receive maximum bounds those of QoS 1, the others are left in the connection until there is room.
    const room = looking <= RECEIVE_MAXIMUM ? Promise.resolve() : new Promise<void>((free) => makeRoom.push(free));
    return { done: handled, room };
  }

  async function take(packet: IPublishPacket, age: number): Promise<void> {
    try {
      const taken = takePicture(packet, clock.now(), age, deps);
      const { snapshotId } = taken;
      const before = done.has(snapshotId) ? Promise.resolve() : underWay.get(snapshotId);
      if (before) {
        counts.known();
        return await before;
      }
      const work = doPicture(taken).finally(() => underWay.delete(snapshotId));
      underWay.set(snapshotId, work);
      await work;
      remember(snapshotId);
    } catch (error) {
      if (!(error instanceof Rejected)) throw error;
      counts.rejected();
      const rejection = { topic: packet.topic, code: error.code, reason: error.message, at: clock.now() };
      log.warn({ topic: packet.topic, code: error.code, reason: error.message }, "rejected a picture");
      session.mention(topics.bridgeRejected, JSON.stringify(toRejectionJson(rejection)));
    }
  }

  async function doPicture({ picture, ...of }: TakenPicture): Promise<void> {
    const found = await look(picture);
    counts.looked(found, of.history);
    const messages = toFacesMessages({ ...of, model: deps.model }, found.faces);
    for (const message of messages) await session.publish(topics.embedding(of.camera), message);
  }

  async function look(picture: Uint8Array): Promise<PictureFaces> {
    looking++;
    try {
      return await deps.embed(picture, deps.gates);
    } catch (error) {
      if (error instanceof PictureError) throw new Rejected("BAD_FIELD", error.message);
      throw error;
    } finally {
      looking--;
      if (looking <= RECEIVE_MAXIMUM) for (const free of makeRoom.splice(0)) free();
    }
  }

  function remember(snapshotId: string): void {
    done.add(snapshotId);
    const oldest = done.values().next();
    if (done.size > REMEMBERED && !oldest.done) done.delete(oldest.value);
  }

  function logEveryMinute(): () => void {
    return clock.after(MINUTE_MS, () => {
      log.info({ ...counts.takeRecent(), under_way: underWay.size }, "pictures of the last minute");
      cancel = logEveryMinute();
    });
  }

  const sleep = (ms: number): Promise<void> => new Promise((resolve) => void clock.after(ms, resolve));

  async function untilAsked(): Promise<void> {
    if (!stop.aborted) await new Promise((resolve) => stop.addEventListener("abort", resolve, { once: true }));
  }

  async function untilQuiet(): Promise<void> {
    if (!(await session.opened)) log.warn({}, "the broker had no session of this id");
    while (underWay.size > 0 || clock.monotonicMs() - arrivedMs < QUIET_MS) await sleep(QUIET_MS / 10);
  }

  let cancel = logEveryMinute();
  try {
    const ended = leave ? Promise.race([untilQuiet(), untilAsked()]) : untilAsked();
    await Promise.race([session.run(), ended, failure]);
    await Promise.race([Promise.allSettled(underWay.values()), sleep(deps.graceMs), failure]);
    // The last acknowledgements leave with the promises that they wait for.
    await sleep(0);
    await session.end({ keepSession: stop.aborted || !leave });
    return counts.total;
  } catch (error) {
    await session.end({ keepSession: true });
    throw error;
  } finally {
    cancel();
    makeRoom = [];
  }
}
