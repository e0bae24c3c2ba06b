import type { TemplateResult } from "lit";
import type { DiscoveryJson, ProblemJson, SettingsAnswer, StatsJson } from "../../src/wire/out/schemas.ts";
import { type ClustersApi, createClustersApi } from "./api/clusters.ts";
import { createDiscoveryApi, type DiscoveryApi } from "./api/discovery.ts";
import { createFacesApi, type FacesApi } from "./api/faces.ts";
import { createHttp, type Http } from "./api/http.ts";
import { createLive, type Live } from "./api/live.ts";
import { createPeopleApi, type PeopleApi } from "./api/people.ts";
import { createPicturesApi, type PicturesApi } from "./api/pictures.ts";
import { RequestFailed } from "./api/problem.ts";
import { createReviewApi, type ReviewApi } from "./api/review.ts";
import { createSessionApi, type SessionApi } from "./api/session.ts";
import { createSystemApi, type SystemApi } from "./api/system.ts";
import { createVisitsApi, type VisitsApi } from "./api/visits.ts";
import { createMinute } from "./state/minute.ts";
import { createObservable, type Observable } from "./state/observable.ts";
import { createPeople, type People } from "./state/people/people.ts";
import { createRouter, type Router } from "./state/router.ts";
import { marginInForce, type Settings } from "./state/settings/overrides.ts";
import { createToasts, type Toast, type Toasts } from "./state/toasts.ts";
import { createGroups, type Groups } from "./state/unknown/groups.ts";
import { createOverview, type OverviewState } from "./state/unknown/overview.ts";
import { toSentence } from "./texts/explain.ts";
import type { Texts } from "./texts/load.ts";

/** The settings that the ruler and its texts need. */
export interface Rule {
  readonly threshold: number;
  readonly margin: number;
  readonly retentionDays: number;
}

/** A dialog waiting for its answer; null: closed without one. */
export interface Sheet {
  draw(): TemplateResult;
  done(answer: unknown): void;
}

/** What a toast may say and offer besides its sentence. */
export interface DoneOptions extends Pick<Toast, "picture" | "more"> {
  readonly changes?: readonly (number | null)[];
}

/** What pages and components share: created once, passed down as a property. */
export interface App {
  readonly http: Http;
  readonly session: SessionApi;
  readonly clusters: ClustersApi;
  readonly registry: PeopleApi;
  readonly review: ReviewApi;
  readonly faces: FacesApi;
  readonly pictures: PicturesApi;
  readonly visits: VisitsApi;
  readonly discoveries: DiscoveryApi;
  readonly system: SystemApi;
  readonly live: Live;
  readonly router: Router;
  readonly toasts: Toasts;
  readonly now: Observable<Date>;
  readonly rule: Observable<Rule>;
  /** All settings that can change while running; null: not loaded yet. */
  readonly settings: Observable<Settings | null>;
  readonly stats: Observable<StatsJson | null>;
  /** What is wrong with the daemon, errors first; by the event stream. */
  readonly problems: Observable<readonly ProblemJson[]>;
  readonly discovery: Observable<DiscoveryJson | null>;
  /** The unknown faces as their page shows them. */
  readonly unknown: Groups;
  /** How many groups there are. */
  readonly overview: OverviewState;
  readonly people: People;
  readonly signedOut: Observable<boolean>;
  readonly sheet: Observable<Sheet | null>;
  readonly t: Texts;
  /** Shows a dialog; resolves with what it was closed with. */
  ask<T>(draw: (done: (answer: T | null) => void) => TemplateResult): Promise<T | null>;
  /** The reason for a failure, as a sentence. */
  explain(error: unknown): string;
  /** Shows the reason for a failure in a toast. */
  complain(error: unknown): void;
  /**
   * Says in a toast what was done. Its changes can be undone from there, and by Z, while it is shown; afterwards in the
   * history.
   * @param options `changes`: ids of the answers, oldest first, null where nothing changed; `more`: a second button.
   */
  did(text: string, options?: DoneOptions): void;
  /**
   * Undoes what the toast offers to undo, once what is under way is answered and may be offered too. Without an offer it
   * opens the history of changes: nothing that was not offered here is ever undone.
   */
  undoLast(): Promise<void>;
  /** Stores the answer of `GET` or `PATCH api/settings`. */
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
  const system = createSystemApi(http);
  const discoveries = createDiscoveryApi(http);
  const rule = createObservable<Rule>({ threshold: 0.6, margin: 0, retentionDays: 0 });
  const known = createObservable<Settings | null>(null);
  const stats = createObservable<StatsJson | null>(null);
  const problems = createObservable<readonly ProblemJson[]>([]);
  const discovery = createObservable<DiscoveryJson | null>(null);
  const sheet = createObservable<Sheet | null>(null);
  const people = createPeople(registry, live);
  const overview = createOverview({ clusters, live });
  const unknown = createGroups({
    clusters,
    live,
    took(answer) {
      overview.now.set(answer.overview);
      discovery.set(answer.discovery);
    },
  });

  const explain = (error: unknown): string =>
    error instanceof RequestFailed ? toSentence(t, error) : t.common.failed.other({ detail: String(error) });

  function complain(error: unknown): void {
    toasts.show({ text: `${t.common.failed.title} ${explain(error)}`, bad: true });
  }

  function takeSettings({ settings }: SettingsAnswer): void {
    known.set(settings);
    rule.set({
      threshold: settings["recognition.threshold"].value,
      margin: marginInForce(settings),
      retentionDays: settings["storage.retention_days"].value,
    });
  }

  // Fetches what was missed while there was no connection.
  async function catchUp(): Promise<void> {
    try {
      const [settings, status] = await Promise.all([system.settings(), system.status()]);
      takeSettings(settings);
      stats.set(status.stats);
      problems.set(status.problems);
      discovery.set(status.discovery);
    } catch (error) {
      if (!(error instanceof RequestFailed && (error.status === 401 || error.status === 0))) complain(error);
    }
  }

  const reload = () => Promise.all([unknown.refresh(), people.load()]);

  async function undo(changes: readonly number[]): Promise<void> {
    const [last] = changes;
    if (last === undefined) return;
    const undone: number[] = [];
    let text = "";
    try {
      const { undoneText } = await import("./texts/change-words.ts");
      for (const change of changes) {
        const answer = await system.undo(change);
        undone.push(change);
        text = undoneText(t, answer);
      }
      toasts.show({ text, redo: () => void redo(undone.reverse()) });
    } catch (error) {
      complain(error);
    }
    await reload();
  }

  async function redo(changes: readonly number[]): Promise<void> {
    try {
      let text = "";
      const { redoneText } = await import("./texts/change-words.ts");
      for (const change of changes) text = redoneText(t, await system.redo(change));
      toasts.show({ text, undo: () => void undo([...changes].reverse()) });
    } catch (error) {
      complain(error);
    }
    await reload();
  }

  async function undoLast(): Promise<void> {
    await http.written();
    const offered = toasts.shown.get()?.undo;
    if (!offered) return router.go({ page: "history" });
    toasts.dismiss();
    offered();
  }

  return {
    http,
    session: createSessionApi(http),
    clusters,
    registry,
    review: createReviewApi(http),
    faces: createFacesApi(http),
    pictures: createPicturesApi(http),
    visits: createVisitsApi(http),
    discoveries,
    system,
    live,
    router,
    toasts,
    now: minute.now,
    rule,
    settings: known,
    stats,
    problems,
    discovery,
    unknown,
    overview,
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
    did(text, { changes = [], picture, more } = {}) {
      const made = changes.filter((id): id is number => id !== null).reverse();
      toasts.show({ text, picture, more, undo: made.length > 0 ? () => void undo(made) : undefined });
    },
    undoLast,
    takeSettings,
    start() {
      const stops = [
        live.on("stats", (now) => stats.set(now)),
        live.on("problem", (now) => problems.set(now.problems)),
        live.on("discovery", (now) => discovery.set(now)),
        live.on("settings", () => void system.settings().then(takeSettings, complain)),
        live.onConnected(() => void catchUp()),
        // A dialog belongs to its page: going back closes it.
        router.route.subscribe(() => sheet.get()?.done(null)),
        signedOut.subscribe(() => (signedOut.get() ? live.stop() : live.start())),
        people.start(),
        unknown.start(),
        overview.start(),
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
