import { html, nothing, type TemplateResult } from "lit";
import type { ProblemJson, ProblemsJson } from "../../../../src/wire/out/schemas.ts";
import { Watch } from "../../state/watch.ts";
import { Page } from "../page.ts";
import { statusCameras } from "./status-cameras.ts";
import "./model-status.ts";
import { statusNames } from "./status-names.ts";
import { statusPictures } from "./status-pictures.ts";
import { statusSchedule } from "./status-schedule.ts";
import type { SystemState } from "./system-state.ts";
import "./status-page.css";
import { dayPhotos } from "./day-photos.ts";
import { isBrokerProblem, toProblemWords } from "./problem-words.ts";
import { type Attempt, statusProblem } from "./status-problem.ts";
import { statusScenes } from "./status-scenes.ts";
import { statusWarnings } from "./status-warnings.ts";

/** Figures are reloaded at most this often. */
const AGAIN_MS = 2_000;
/** While there is no connection, when the next attempt is changes again and again. */
const WATCH_MS = 5_000;
/** An attempt to connect is answered by then, or takes too long to be waited for. */
const ATTEMPT_MS = 3_000;

/** The system's state: problems, cameras, schedule, names and internals. */
export class StatusPage extends Page {
  static override properties = {
    ...Page.properties,
    system: { state: true },
    failure: { state: true },
    attempt: { state: true },
  };
  declare system: SystemState | null;
  declare failure: unknown;
  /** Of connecting to the broker. */
  declare attempt: Pick<Attempt, "isRunning" | "failedAt">;
  #stops: (() => void)[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #watching: ReturnType<typeof setInterval> | undefined;

  constructor() {
    super();
    this.system = null;
    this.failure = null;
    this.attempt = { isRunning: false, failedAt: null };
    new Watch(this, () => [this.app.now, this.app.rule, this.app.problems]);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#load();
    const { live } = this.app;
    this.#stops = [
      live.onConnected(() => void this.#load()),
      live.on("settings", () => void this.#load()),
      live.on("people", () => void this.#load()),
      live.on("stats", this.#soon),
      live.on("problem", this.#onProblem),
    ];
    this.#watching = setInterval(() => {
      if (this.app.problems.get().some(isBrokerProblem)) void this.#refresh();
    }, WATCH_MS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    clearInterval(this.#watching);
    this.#timer = undefined;
    for (const stop of this.#stops) stop();
  }

  async #load(): Promise<void> {
    const { system } = this.app;
    try {
      const [status, { cameras }, { settings }, expiring] = await Promise.all([
        system.status(),
        system.cameras(),
        system.settings(),
        system.purgePreview(),
      ]);
      this.app.problems.set(status.problems);
      this.system = { status, cameras, settings, expiring };
      this.failure = null;
    } catch (error) {
      this.failure = error;
    }
  }

  #onProblem = ({ problems }: ProblemsJson): void => {
    if (!problems.some(isBrokerProblem)) this.attempt = { isRunning: false, failedAt: null };
    void this.#refresh();
  };

  // Faces may stream in quickly: refresh at intervals.
  #soon = (): void => {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.#refresh();
    }, AGAIN_MS);
  };

  async #refresh(): Promise<void> {
    try {
      const [status, { cameras }] = await Promise.all([this.app.system.status(), this.app.system.cameras()]);
      if (this.system) this.system = { ...this.system, status, cameras };
    } catch {
      // The shell shows that the connection is lost; keep the old figures.
    }
  }

  protected override render() {
    const { app, system } = this;
    if (!system && this.failure) {
      return html`<div class="card empty">
        <h1 class="h2">${app.t.common.failed.title}</h1>
        <p>${app.explain(this.failure)}</p>
        <button class="btn primary" @click=${() => this.#load()}>${app.t.common.tryAgain}</button>
      </div>`;
    }
    if (!system) return html`<p class="sr" role="status">${app.t.common.loading}</p>`;
    const problems = app.problems.get();
    const [first] = problems;
    const error = first?.severity === "error" ? first : null;
    const others = problems.filter((one) => one !== error);
    const only = !error && others.length === 1 ? (first ?? null) : null;
    const attempt = { ...this.attempt, run: () => void this.#retry() };
    return html`${error ? statusProblem(app, system, error, attempt) : this.#head(system, only, others.length)}
      ${statusWarnings(app, system, others, only)}
      <div class="cols">
        <div>
          ${!error && system.status.gaps.length > 0 ? dayPhotos(app, system) : nothing}
          ${statusCameras(app, system)}${statusPictures(app, system)}${statusSchedule(app, system)}
        </div>
        <div>${statusNames(app, system)}${this.#models(system)}${statusScenes(app, system)}</div>
      </div>`;
  }

  /** Connects to the broker now; that it works is seen by the problem being gone. */
  async #retry(): Promise<void> {
    const { app } = this;
    this.attempt = { isRunning: true, failedAt: null };
    try {
      await app.system.retryBroker();
      await new Promise((done) => setTimeout(done, ATTEMPT_MS));
      await this.#refresh();
      this.attempt = { isRunning: false, failedAt: new Date() };
    } catch (error) {
      this.attempt = { isRunning: false, failedAt: null };
      app.complain(error);
    }
  }

  /** Pictures are compared with encodings of one model only. */
  #models({ status: { snapshots } }: SystemState): TemplateResult | typeof nothing {
    if (snapshots === null) return nothing;
    return html`<f-model-status .app=${this.app} .model=${snapshots.model}></f-model-status>`;
  }

  /** @param only The one thing to look at: it is the title. */
  #head({ status, cameras }: SystemState, only: ProblemJson | null, count: number): TemplateResult {
    const { app } = this;
    const words = app.t.status;
    const n = cameras.reduce((sum, camera) => sum + total(camera.last_24_hours), 0);
    const title = only
      ? toProblemWords(app, only, status.intake.url).title
      : count > 0
        ? words.look({ n: count })
        : words.well;
    return html`<header class="title">
      <div>
        <h1 tabindex="-1" dir="auto">${title}</h1>
        <p>${cameras.length === 0 ? words.none : words.today({ n, cameras: cameras.length })}</p>
      </div>
    </header>`;
  }
}

/** The sum of all hours. */
export const total = (hours: readonly number[]): number => hours.reduce((sum, faces) => sum + faces, 0);

customElements.define("f-status", StatusPage);
