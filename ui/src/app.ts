import type { TemplateResult } from "lit";
import type { DiscoveryJson, SettingsAnswer, StatsJson } from "../../src/wire/out/schemas.ts";
import { type ActivityApi, createActivityApi } from "./api/activity.ts";
import { type ClustersApi, createClustersApi } from "./api/clusters.ts";
import { createDiscoveryApi, type DiscoveryApi } from "./api/discovery.ts";
import { createFacesApi, type FacesApi } from "./api/faces.ts";
import { createHttp, type Http } from "./api/http.ts";
import { createLive, type Live } from "./api/live.ts";
import { createPeopleApi, type PeopleApi } from "./api/people.ts";
import { RequestFailed } from "./api/problem.ts";
import { createSessionApi, type SessionApi } from "./api/session.ts";
import { createHouseApi, type HouseApi } from "./api/system.ts";
import { createWaiting, type Waiting } from "./state/discover/waiting.ts";
import { createMinute } from "./state/minute.ts";
import { createObservable, type Observable } from "./state/observable.ts";
import { createPeople, type People } from "./state/people/people.ts";
import { createRouter, type Router } from "./state/router.ts";
import type { Settings } from "./state/settings/overrides.ts";
import { createToasts, type Toasts } from "./state/toasts.ts";
import { toSentence } from "./texts/explain.ts";
import type { Texts } from "./texts/load.ts";

const FEW_GROUPS = 200;

/** What the ruler and the words around it need from the settings. */
export interface Rule {
  readonly threshold: number;
  readonly margin: number;
  readonly retentionDays: number;
}

/** A dialog that waits for its answer; null: closed without one. */
export interface Sheet {
  draw(): TemplateResult;
  done(answer: unknown): void;
}

/** Everything that pages and components share: made once, handed down as a property. */
export interface App {
  readonly http: Http;
  readonly session: SessionApi;
  readonly clusters: ClustersApi;
  readonly registry: PeopleApi;
  readonly faces: FacesApi;
  readonly activity: ActivityApi;
  readonly discoveries: DiscoveryApi;
  readonly house: HouseApi;
  readonly live: Live;
  readonly router: Router;
  readonly toasts: Toasts;
  readonly now: Observable<Date>;
  readonly rule: Observable<Rule>;
  /** All that may be changed while running; null: not known yet. */
  readonly settings: Observable<Settings | null>;
  readonly stats: Observable<StatsJson | null>;
  readonly discovery: Observable<DiscoveryJson | null>;
  readonly waiting: Waiting;
  readonly people: People;
  readonly signedOut: Observable<boolean>;
  readonly sheet: Observable<Sheet | null>;
  readonly t: Texts;
  /** Shows a dialog; resolves with what it was closed with. */
  ask<T>(draw: (done: (answer: T | null) => void) => TemplateResult): Promise<T | null>;
  /** Why something did not happen, as a sentence. */
  explain(error: unknown): string;
  /** Tells in a toast why something did not happen. */
  complain(error: unknown): void;
  /** Takes the last change to people back, and says which it was. */
  undo(): Promise<void>;
  /** Takes back what the toast offers to take back, else the last change to people. */
  undoLast(): void;
  /** Takes over what `GET` or `PATCH api/settings` answered. */
  takeSettings(answer: SettingsAnswer): void;
  start(): () => void;
}

/** `base`: the daemon's root, ends with a slash. */
export function createApp(page: Window, base: string, t: Texts): App {
  const signedOut = createObservable(false);
  const http = createHttp(base, () => signedOut.set(true));
  const live = createLive(http);
  const toasts = createToasts();
  const minute = createMinute();
  const router = createRouter(page);
  const clusters = createClustersApi(http);
  const registry = createPeopleApi(http);
  const house = createHouseApi(http);
  const discoveries = createDiscoveryApi(http);
  const rule = createObservable<Rule>({ threshold: 0.6, margin: 0, retentionDays: 0 });
  const known = createObservable<Settings | null>(null);
  const stats = createObservable<StatsJson | null>(null);
  const discovery = createObservable<DiscoveryJson | null>(null);
  const sheet = createObservable<Sheet | null>(null);
  const people = createPeople(registry, live);
  const waiting = createWaiting({ clusters, registry, live, discovery });

  const explain = (error: unknown): string =>
    error instanceof RequestFailed ? toSentence(t, error) : t.common.failed.other(String(error));

  function complain(error: unknown): void {
    toasts.show({ text: `${t.common.failed.title} ${explain(error)}`, bad: true });
  }

  function takeSettings({ settings }: SettingsAnswer): void {
    known.set(settings);
    rule.set({
      threshold: settings["recognition.threshold"].value,
      margin: settings["recognition.margin"].value,
      retentionDays: settings["storage.retention_days"].value,
    });
  }

  // What events would have told while there was no connection.
  async function catchUp(): Promise<void> {
    try {
      const [settings, status] = await Promise.all([house.settings(), house.status()]);
      takeSettings(settings);
      stats.set(status.stats);
      discovery.set(status.discovery);
      // For the number on the navigation; where there are very many, only once somebody looks.
      if (status.stats.clusters <= FEW_GROUPS) waiting.wanted();
    } catch (error) {
      if (!(error instanceof RequestFailed && (error.status === 401 || error.status === 0))) complain(error);
    }
  }

  async function undo(): Promise<void> {
    try {
      const { undone, action } = await house.undo();
      toasts.show({ text: t.common.takenBack(action, undone) });
      await Promise.all([waiting.load(), people.load()]);
    } catch (error) {
      if (error instanceof RequestFailed && error.code === "NOTHING_TO_UNDO") {
        toasts.show({ text: t.common.nothingToUndo });
      } else complain(error);
    }
  }

  // What was changed last may be a setting: what Z takes back is what the toast says.
  function undoLast(): void {
    const offered = toasts.shown.get()?.undo;
    if (!offered) return void undo();
    toasts.dismiss();
    offered();
  }

  return {
    http,
    session: createSessionApi(http),
    clusters,
    registry,
    faces: createFacesApi(http),
    activity: createActivityApi(http),
    discoveries,
    house,
    live,
    router,
    toasts,
    now: minute.now,
    rule,
    settings: known,
    stats,
    discovery,
    waiting,
    people,
    signedOut,
    sheet,
    t,
    ask(draw) {
      sheet.get()?.done(null);
      return new Promise((resolve) => {
        const done = (answer: unknown) => {
          if (sheet.get() === asked) sheet.set(null);
          resolve(answer as never);
        };
        const asked: Sheet = { draw: () => draw(done), done };
        sheet.set(asked);
      });
    },
    explain,
    complain,
    undo,
    undoLast,
    takeSettings,
    start() {
      const stops = [
        live.on("stats", (now) => stats.set(now)),
        live.on("discovery", (now) => discovery.set(now)),
        live.on("settings", () => void house.settings().then(takeSettings, complain)),
        live.onConnected(() => void catchUp()),
        // A dialog belongs to the page it was opened on: going back closes it.
        router.route.subscribe(() => sheet.get()?.done(null)),
        signedOut.subscribe(() => (signedOut.get() ? live.stop() : live.start())),
        people.start(),
        waiting.start(),
        minute.start(),
        router.start(),
      ];
      live.start();
      return () => {
        live.stop();
        for (const stop of stops) stop();
      };
    },
  };
}
