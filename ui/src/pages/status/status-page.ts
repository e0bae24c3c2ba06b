import { html, nothing, type TemplateResult } from "lit";
import { banner } from "../../components/banner.ts";
import { Watch } from "../../state/watch.ts";
import { Page } from "../page.ts";
import { statusCameras } from "./status-cameras.ts";
import "./model-status.ts";
import { statusNames } from "./status-names.ts";
import { statusPictures } from "./status-pictures.ts";
import { statusSchedule } from "./status-schedule.ts";
import type { SystemState } from "./system-state.ts";
import "./status-page.css";
import { statusScenes } from "./status-scenes.ts";

/** Figures are reloaded at most this often. */
const AGAIN_MS = 2_000;

/** The system's state: problems, cameras, schedule, names and internals. */
export class StatusPage extends Page {
  static override properties = { ...Page.properties, system: { state: true }, failure: { state: true } };
  declare system: SystemState | null;
  declare failure: unknown;
  #stops: (() => void)[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.system = null;
    this.failure = null;
    new Watch(this, () => [this.app.now, this.app.rule]);
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
    ];
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
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
      this.system = { status, cameras, settings, expiring };
      this.failure = null;
    } catch (error) {
      this.failure = error;
    }
  }

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
    return html`${this.#head(system)}
      <div class="cols">
        <div>${statusCameras(app, system)}${statusPictures(app, system)}${statusSchedule(app, system)}</div>
        <div>${statusNames(app, system)}${this.#models(system)}${statusScenes(app, system)}</div>
      </div>`;
  }

  /** Pictures are compared with encodings of one model only. */
  #models({ status: { snapshots } }: SystemState): TemplateResult | typeof nothing {
    if (snapshots === null) return nothing;
    return html`<f-model-status .app=${this.app} .model=${snapshots.model}></f-model-status>`;
  }

  #head({ status, cameras }: SystemState): TemplateResult {
    const words = this.app.t.status;
    const away = status.broker.state !== "connected";
    const count = status.problems.length + (away ? 1 : 0);
    const today = cameras.reduce((sum, camera) => sum + total(camera.last_24_hours), 0);
    return html`<header class="head">
        <div>
          <h1>${count === 0 ? words.well : words.problems(count)}</h1>
          <p>${words.today(today, cameras.length)}</p>
        </div>
      </header>
      ${
        away
          ? banner({
              icon: "warn",
              title: words.brokerAway,
              text: words.brokerAwayHint(status.broker.description),
              bad: true,
            })
          : ""
      }
      ${status.problems.map((problem) => banner({ icon: "warn", title: words.problem, text: toSentence(problem.sentence) }))}`;
  }
}

/** The sum of all hours. */
export const total = (hours: readonly number[]): number => hours.reduce((sum, faces) => sum + faces, 0);

const toSentence = (text: string): string =>
  `${text.charAt(0).toLocaleUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? "" : "."}`;

customElements.define("f-status", StatusPage);
