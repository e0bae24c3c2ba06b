import type { Config } from "../../config/schema.ts";
import type { Clock } from "../../domain/clock.ts";
import type { Bus } from "../../domain/events.ts";
import type { FetchBytes } from "../fetch/fetch-bytes.ts";
import { FetchFailed } from "../fetch/fetch-failed.ts";
import type { SourceReport } from "../source.ts";
import type { FrigateApi } from "./frigate-api.ts";
import { type FrigateConfig, toFrigateConfig, toMinor } from "./frigate-config.ts";
import { CROPS, type FrigatePictures, GO2RTC, toStreamKey } from "./pictures.ts";
import type { Rests } from "./rests.ts";
import { toReport } from "./sentences.ts";

const CHECK_MS = 300_000;
/** While Frigate does not answer. */
const FAILED_MS = 30_000;
/** How often what it says of itself is looked at anew: that no message comes shows by nothing else. */
const LOOK_MS = 30_000;
/** Frigate publishes its figures in an interval of its own; when two of them and this have passed, none come. */
const GRACE_MS = 10_000;

/** What is known of Frigate once it has answered. */
export interface KnownFrigate {
  /** As it says: `0.17.0-f0d69f7`. */
  readonly version: string;
  /** 17 of it. */
  readonly minor: number | null;
  readonly config: FrigateConfig;
}

export interface WatchDeps {
  readonly config: Config["snapshots"]["frigate"] & { readonly url: string };
  readonly api: Pick<FrigateApi, "json" | "text">;
  readonly go2rtc: { readonly url: string; readonly fetchBytes: FetchBytes };
  readonly rests: Rests;
  readonly pictures: Pick<FrigatePictures, "library" | "readLibrary">;
  readonly isBrokerConnected: () => boolean;
  /** Called when something has changed. */
  readonly report: (report: SourceReport) => void;
  /** Frigate has answered, each time. */
  readonly onReached: () => void;
  readonly bus: Bus;
  readonly clock: Clock;
}

/** How Frigate is, and the ways to it. */
export interface Watch {
  start(): void;
  stop(): void;
  known(): KnownFrigate | null;
  /** A message of Frigate has come. */
  onMessage(): void;
  /** Frigate did not answer a question; it is asked again soon. */
  setFailure(failure: FetchFailed): void;
  setNameFailure(sentence: string | null): void;
  /** Whether what Frigate publishes is too old for a picture of now when it comes. */
  setLate(isLate: boolean): void;
  checkSoon(): void;
  /** Something may have changed. */
  update(): void;
}

/** Asks Frigate and go2rtc whether they are there, every five minutes, and every half minute while Frigate is not. */
export function createWatch(deps: WatchDeps): Watch {
  const { config, api, go2rtc, rests, pictures, isBrokerConnected, report, onReached, bus, clock } = deps;
  let known: KnownFrigate | null = null;
  let failure: string | null = null;
  let nameFailure: string | null = null;
  let isLate = false;
  let lastMessageMs: number | null = null;
  /** Since when messages could have come. */
  let listeningMs = 0;
  let checking = false;
  let stopped = false;
  let last = "";
  let cancelCheck: (() => void) | null = null;
  let cancelLook: (() => void) | null = null;
  let stopListening: (() => void) | null = null;

  function messages(): "waiting" | "seen" | "late" {
    const lateMs = 2 * (known?.config.mqtt.intervalMs ?? 60_000) + GRACE_MS;
    const nowMs = clock.monotonicMs();
    if (lastMessageMs !== null && nowMs - lastMessageMs < lateMs) return "seen";
    return isBrokerConnected() && nowMs - listeningMs >= lateMs ? "late" : "waiting";
  }

  function update(): void {
    if (stopped) return;
    const wanted = [...(known?.config.cameras ?? [])].filter(
      ([name]) => config.cameras.length === 0 || config.cameras.includes(name),
    );
    const state = toReport({
      ...config,
      go2rtcUrl: go2rtc.url,
      failure,
      known,
      messages: messages(),
      go2rtcFailure: rests.reason(GO2RTC),
      withoutFrames: wanted.flatMap(([camera, { stream }]) => {
        const reason = stream === null ? "it has no stream in go2rtc" : rests.reason(toStreamKey(camera));
        return reason === null ? [] : [{ camera, reason }];
      }),
      library: pictures.library,
      cropsFailure: rests.reason(CROPS),
      nameFailure,
      isLate,
    });
    if (JSON.stringify(state) === last) return;
    last = JSON.stringify(state);
    report(state);
  }

  async function askGo2rtc(): Promise<void> {
    try {
      const { status } = await go2rtc.fetchBytes({ url: new URL("api", `${go2rtc.url.replace(/\/$/, "")}/`) });
      if (status >= 200 && status <= 299) return rests.end(GO2RTC);
      rests.rest(GO2RTC, `${new URL(go2rtc.url).host} answered HTTP ${status}`);
    } catch (error) {
      if (!stopped) rests.rest(GO2RTC, (error as Error).message);
    }
  }

  async function ask(): Promise<void> {
    const version = (await api.text("api/version")).trim();
    if (!/^\d+\.\d+/.test(version)) {
      throw new FetchFailed(
        "status",
        `${new URL(config.url).host} does not answer as Frigate does: is it the right address?`,
      );
    }
    known = { version, minor: toMinor(version), config: toFrigateConfig(await api.json("api/config")) };
    failure = null;
    if (known.config.recognizesFaces) await pictures.readLibrary();
    await askGo2rtc();
  }

  async function check(): Promise<void> {
    if (checking || stopped) return;
    checking = true;
    cancelCheck?.();
    try {
      await ask();
      onReached();
    } catch (error) {
      if (!stopped) failure = (error as Error).message;
    }
    checking = false;
    if (stopped) return;
    update();
    cancelCheck = clock.after(failure === null ? CHECK_MS : FAILED_MS, () => void check());
  }

  function look(): void {
    update();
    cancelLook = clock.after(LOOK_MS, look);
  }

  return {
    start() {
      listeningMs = clock.monotonicMs();
      stopListening = bus.on("connected", () => {
        listeningMs = clock.monotonicMs();
      });
      look();
      void check();
    },
    stop() {
      stopped = true;
      stopListening?.();
      cancelCheck?.();
      cancelLook?.();
    },
    known: () => known,
    onMessage() {
      const isFirst = messages() !== "seen";
      lastMessageMs = clock.monotonicMs();
      if (isFirst) update();
    },
    setFailure({ kind, message }) {
      if (kind === "stopped") return;
      failure = message;
      update();
      cancelCheck?.();
      if (!checking) cancelCheck = clock.after(FAILED_MS, () => void check());
    },
    setNameFailure(sentence) {
      nameFailure = sentence;
      update();
    },
    setLate(late) {
      if (late === isLate) return;
      isLate = late;
      update();
    },
    checkSoon: () => void check(),
    update,
  };
}
