import { html, type TemplateResult } from "lit";
import type { ThresholdAnswer } from "../../../../src/wire/out/schemas.ts";
import type { App } from "../../app.ts";
import { type Hints, hints } from "../../components/hints.ts";
import { icon } from "../../components/icon.ts";
import {
  type Choice,
  inForce,
  LARGE_STEP,
  type Line,
  LOOSEST,
  STEP,
  STRICTEST,
  snapToStep,
  toLine,
} from "../../state/settings/strictness.ts";
import { Watch } from "../../state/watch.ts";
import { applySettings } from "../apply-settings.ts";
import { isPressable, Page } from "../page.ts";
import { thresholdEffects } from "./threshold-effects.ts";
import "./threshold-page.css";
import "./threshold-effects.css";
import { thresholdHumps } from "./threshold-humps.ts";
import { thresholdPlot } from "./threshold-plot.ts";
import "./threshold-profile.css";
import { thresholdProfile } from "./threshold-profile.ts";
import { thresholdSet } from "./threshold-set.ts";

/** Several changes often come together: one question answers them. */
const SETTLE_MS = 500;

/** The threshold between a name and a stranger, tried on the stored faces. */
export class ThresholdPage extends Page {
  static override properties = {
    ...Page.properties,
    study: { state: true },
    failure: { state: true },
    choice: { state: true },
    busy: { state: true },
    regroup: { state: true },
  };
  declare study: ThresholdAnswer | null;
  declare failure: unknown;
  declare choice: Choice;
  /** A change is being saved. */
  declare busy: boolean;
  /** The groups under Discover were made with another line. */
  declare regroup: boolean;
  #stops: (() => void)[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked = 0;
  #margin: number | undefined;

  constructor() {
    super();
    this.study = null;
    this.failure = null;
    this.choice = { at: null, scope: null };
    this.busy = false;
    this.regroup = false;
    new Watch(this, () => [this.app.settings, this.app.people.state]);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const { live, people } = this.app;
    people.wanted();
    this.#stops = [
      live.on("people", this.#soon),
      live.on("clusters", () => {
        this.regroup = false;
        this.#soon();
      }),
      live.onConnected(this.#soon),
    ];
    void this.#load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    for (const stop of this.#stops) stop();
  }

  // The margin decides what is too close to call, so it changes the figures.
  protected override willUpdate(): void {
    const { margin } = this.app.rule.get();
    if (this.study && margin !== this.#margin) this.#soon();
    this.#margin = margin;
  }

  #soon = (): void => {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#load(), SETTLE_MS);
  };

  async #load(): Promise<void> {
    const mine = ++this.#asked;
    try {
      const { system, settings, takeSettings } = this.app;
      if (!settings.get()) takeSettings(await system.settings());
      const study = await system.threshold();
      if (mine !== this.#asked) return;
      this.study = study;
      this.failure = null;
    } catch (error) {
      // Keep what is shown: it is still valid.
      if (mine === this.#asked) this.failure = this.study ? null : error;
    }
  }

  #line(): Line | null {
    const settings = this.app.settings.get();
    return settings && toLine(inForce(settings), this.choice);
  }

  #move(at: number): void {
    this.choice = { ...this.choice, at: snapToStep(at) };
  }

  #keep = (): void => {
    this.choice = { ...this.choice, at: null };
  };

  async #use(): Promise<void> {
    const line = this.#line();
    const settings = this.app.settings.get();
    if (!settings || !line || this.busy || Object.keys(line.changes).length === 0) return;
    const { choice } = this;
    const done = this.app.t.strictness.done[line.scope]({ at: this.app.t.format.threshold(line.at) });
    const regrouped = "discovery.threshold" in line.changes;
    this.busy = true;
    this.choice = { ...choice, at: null };
    const changed = await applySettings(this.app, line.changes, settings, () => done);
    this.busy = false;
    // Restores the choice, so that it can be tried again.
    if (!changed) this.choice = choice;
    else if (regrouped) this.regroup = true;
  }

  async #discover(): Promise<void> {
    try {
      this.app.discovery.set(await this.app.discoveries.start());
      this.app.router.go({ page: "unknown" });
    } catch (error) {
      this.app.complain(error);
    }
  }

  override onKey(event: KeyboardEvent): boolean {
    const line = this.#line();
    const slider = this.querySelector<HTMLInputElement>("input[type=range]");
    if (!line || !slider) return false;
    const onSlider = event.target === slider;
    const by = { ArrowLeft: -STEP, ArrowRight: STEP, PageDown: -LARGE_STEP, PageUp: LARGE_STEP }[event.key];
    const vertical = { ArrowDown: -STEP, ArrowUp: STEP }[event.key];
    if (by !== undefined || (onSlider && vertical !== undefined)) {
      slider.focus({ preventScroll: true });
      this.#move(line.at + (by ?? vertical ?? 0));
    } else if (onSlider && event.key === "Home") this.#move(STRICTEST);
    else if (onSlider && event.key === "End") this.#move(LOOSEST);
    else if (event.key === "Enter" && (onSlider || !isPressable(event.target))) void this.#use();
    else if (event.key === "Escape") {
      if (this.choice.at === null) this.app.router.go({ page: "status" });
      else this.#keep();
    } else return false;
    return true;
  }

  protected override render() {
    const { app, study } = this;
    const line = this.#line();
    const words = app.t.strictness;
    if (this.failure) return this.#failed();
    if (!study || !line) return html`${this.#head(words.trying, null)}${this.#skeleton()}`;
    if (study.faces === 0) {
      return html`${this.#head(words.hintNone, null)}
        <div class="card empty">
          <h2>${words.empty.first}</h2>
          <p>${words.empty.firstHint}</p>
          <a class="btn primary" href=${app.router.href({ page: "unknown" })}>${words.empty.open}</a>
        </div>
        ${this.#set()}`;
    }
    return html`${this.#head(words.hint({ n: study.faces }), line)}
      ${thresholdPlot(app, study, line, {
        move: (at) => this.#move(at),
        choose: (scope) => {
          this.choice = { at: line.at, scope };
        },
      })}
      ${thresholdHumps(app, study, line)}
      ${thresholdEffects(app, study, line, {
        regroup: this.regroup,
        discover: () => void this.#discover(),
        move: (at) => this.#move(at),
      })}
      ${this.#set()}${hints(toHints(app))}${this.#dock(line)}`;
  }

  #head(text: string, line: Line | null): TemplateResult {
    const { app } = this;
    return html`<header class="head">
      <div class="crumbs">
        <a class="crumb" href=${app.router.href({ page: "status" })}>${icon("back")}${app.t.common.tab.status}</a>
      </div>
      <div><h1>${app.t.strictness.title}</h1><p>${text}</p></div>
      ${line ? html`<div class="do">${this.#buttons(line)}</div>` : ""}
    </header>`;
  }

  #buttons(line: Line): TemplateResult {
    const words = this.app.t.strictness;
    if (this.choice.at === null)
      return html`<p class="used">${words.used({ at: this.app.t.format.threshold(line.now) })}</p>`;
    const nothing = Object.keys(line.changes).length === 0;
    return html`<button class="btn plain" @click=${this.#keep}>${words.keep({ at: this.app.t.format.threshold(line.now) })}</button>
      <button class="btn primary" ?disabled=${this.busy || nothing} @click=${() => this.#use()}>
        ${words.use({ at: this.app.t.format.threshold(line.at) })}
      </button>`;
  }

  // On a phone the buttons are in reach of the thumb, and only when there is something to decide.
  #dock(line: Line): TemplateResult | "" {
    if (this.choice.at === null) return "";
    return html`<div class="dock apply" role="region" aria-label=${this.app.t.strictness.dock}>
      <div class="do">${this.#buttons(line)}</div>
    </div>`;
  }

  #set(): TemplateResult | "" {
    const settings = this.app.settings.get();
    return settings ? html`${thresholdProfile(this.app, settings, this.study)}${thresholdSet(this.app, settings)}` : "";
  }

  #failed(): TemplateResult {
    const { app } = this;
    return html`${this.#head(app.t.strictness.hintNone, null)}
      <div class="card empty" role="alert">
        <h2>${app.t.common.failed.title}</h2>
        <p>${app.explain(this.failure)}</p>
        <button class="btn primary" @click=${() => this.#load()}>${app.t.common.tryAgain}</button>
      </div>`;
  }

  #skeleton(): TemplateResult {
    return html`<div class="card big" aria-busy="true">
      <p class="sr" role="status">${this.app.t.common.loading}</p>
      <i class="plot skel" aria-hidden="true"></i><i class="rail skel" aria-hidden="true"></i>
    </div>`;
  }
}

function toHints({ t }: App): Hints {
  const { page, fine, coarse, use, keep } = t.strictness.keys;
  return [
    [["←", "→"], fine],
    [[page], coarse],
    [["Enter"], use],
    [["Esc"], keep],
  ];
}

customElements.define("f-threshold", ThresholdPage);
