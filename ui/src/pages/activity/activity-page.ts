import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import type { CamerasAnswer, VisitDetailAnswer, VisitJson } from "../../../../src/wire/out/schemas.ts";
import { hints } from "../../components/hints.ts";
import "../../components/lists/rows.ts";
import { type Activity, createActivity } from "../../state/activity/activity.ts";
import { type ActivityLine, toActivityLines } from "../../state/activity/activity-lines.ts";
import { Watch } from "../../state/watch.ts";
import { dayKey } from "../../texts/when.ts";
import { activityFilter, filterOf, isFiltered } from "./activity-filter.ts";
import "./activity-page.css";
import { moveFocus } from "../move-focus.ts";
import { Page } from "../page.ts";
import { activityState } from "./activity-states.ts";
import { type CorrectAs, correctVisit } from "./correct-visit.ts";
import { nameOf, visitRow } from "./visit-row.ts";

const ROW_PX = 85;
const DAY_PX = 58;
const SCROLLING_MS = 1_500;
const READING_PX = 200;

/** Who comes, live and past, and why each visit got its name. */
export class ActivityPage extends Page {
  static override properties = { ...Page.properties, cameras: { state: true }, open: { state: true } };
  declare cameras: CamerasAnswer["cameras"];
  /** The visits that are opened, by id; null until their details are there. */
  declare open: ReadonlyMap<string, VisitDetailAnswer | null>;
  #activity: Activity | null = null;
  #scrolled = 0;
  #stops: (() => void)[] = [];
  #drawn: { of: unknown; now: Date; lines: ActivityLine[] } | null = null;

  constructor() {
    super();
    this.cameras = [];
    this.open = new Map();
    new Watch(this, () => [this.app.people.state, this.app.rule, this.app.now, this.app.stats]);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const { app } = this;
    const activity = createActivity(app.visits, app.live, () => this.#isBusy());
    this.#activity = activity;
    app.people.wanted();
    window.addEventListener("scroll", this.#scroll, { passive: true });
    this.#stops = [
      activity.state.subscribe(() => this.requestUpdate()),
      () => activity.stop(),
      () => window.removeEventListener("scroll", this.#scroll),
    ];
    app.system.cameras().then(
      ({ cameras }) => {
        this.cameras = cameras;
      },
      // Without them there are just fewer filters.
      () => {},
    );
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const stop of this.#stops) stop();
  }

  #scroll = (): void => {
    this.#scrolled = Date.now();
  };

  // Nothing may move what the user is reading or about to press.
  #isBusy(): boolean {
    const list = this.querySelector("f-rows");
    return (
      window.scrollY > READING_PX ||
      Date.now() - this.#scrolled < SCROLLING_MS ||
      (list?.contains(document.activeElement) ?? false)
    );
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("route")) {
      this.open = new Map();
      this.#activity?.filter(filterOf(this.route));
    }
  }

  // On a phone the chips scroll sideways: bring the chosen one into view.
  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has("route") && !changed.has("cameras")) return;
    const chips = this.querySelector<HTMLElement>(".chips");
    const on = [...(chips?.querySelectorAll<HTMLElement>('[aria-pressed="true"]') ?? [])].at(-1);
    if (chips && on) chips.scrollLeft = on.offsetLeft - (chips.clientWidth - on.offsetWidth) / 2;
  }

  override onKey(event: KeyboardEvent): boolean {
    if (event.key === "ArrowUp" || event.key === "ArrowDown") return moveFocus(this, event.key);
    if (event.key.toLowerCase() === "f") {
      this.querySelector<HTMLElement>(".chips button")?.focus();
      return true;
    }
    if (event.key !== "Escape" || this.open.size === 0) return false;
    this.open = new Map();
    return true;
  }

  #toggle(visit: VisitJson): void {
    const open = new Map(this.open);
    const closed = open.delete(visit.visit_id);
    if (!closed) open.set(visit.visit_id, null);
    this.open = open;
    if (!closed) void this.#show(visit.visit_id);
  }

  /** Loads the details of an opened visit; a visit that is gone by then closes. */
  async #show(id: string): Promise<void> {
    const put = (detail: VisitDetailAnswer | null): void => {
      if (!this.open.has(id)) return;
      const open = new Map(this.open);
      if (detail) open.set(id, detail);
      else open.delete(id);
      this.open = open;
    };
    try {
      put(await this.app.visits.show(id));
    } catch (error) {
      put(null);
      this.app.complain(error);
    }
  }

  async #correct(visit: VisitJson, as: CorrectAs): Promise<void> {
    const corrected = await correctVisit(this.app, visit, as);
    if (!corrected) return;
    this.#activity?.take(corrected);
    await this.#show(visit.visit_id);
  }

  #lines(activity: Activity): readonly ActivityLine[] {
    const { visits } = activity.state.get();
    const now = this.app.now.get();
    if (this.#drawn?.of !== visits || this.#drawn.now !== now) {
      this.#drawn = { of: visits, now, lines: toActivityLines(visits, now) };
    }
    return this.#drawn.lines;
  }

  protected override render() {
    const { app } = this;
    const activity = this.#activity;
    if (!activity) return nothing;
    const lines = this.#lines(activity);
    const filter = filterOf(this.route);
    return html`<header class="head">
        <div><h1>${this.#title(activity)}</h1><p>${app.t.activity.summary}</p></div>
      </header>
      ${this.cameras.length > 0 || isFiltered(filter) ? activityFilter(app, filter, this.cameras) : nothing}
      ${this.#pill(activity)}
      ${activityState(app, activity.state.get(), filter, () => void activity.load())}
      ${
        lines.length > 0
          ? html`<f-rows
                .items=${lines}
                .keyOf=${(line: ActivityLine) => line.key}
                .draw=${this.#line}
                .estimate=${(line: ActivityLine) => (line.kind === "day" ? DAY_PX : ROW_PX)}
                .nearEnd=${this.#more}
                .stamp=${{ open: this.open, people: app.people.state.get(), rule: app.rule.get(), now: app.now.get() }}
              ></f-rows>
              ${hints(app.t.activity.hints)}`
          : nothing
      }
      <p class="sr" aria-live="polite">${this.#newest(activity)}</p>`;
  }

  #title(activity: Activity): string {
    const words = this.app.t.activity;
    const { phase, complete, visits } = activity.state.get();
    if (phase !== "ready") return words.titleLoading;
    const today = dayKey(this.app.now.get());
    const ofToday = visits.filter((visit) => dayKey(new Date(visit.to)) === today);
    // If even the oldest loaded is of today, there may be more.
    const more = !complete && ofToday.length === visits.length && visits.length > 0;
    const strangers = ofToday.filter(({ person, state }) => person === null && state === "unknown").length;
    return isFiltered(filterOf(this.route))
      ? words.titleOf(ofToday.length, more)
      : words.title(ofToday.length, strangers, more);
  }

  /** The newest visit that came while the page is open, for screen readers. */
  #newest(activity: Activity): string {
    const { visits, live } = activity.state.get();
    const [newest] = visits;
    if (!newest || !live.has(newest.visit_id) || newest.state === "open") return "";
    return this.app.t.activity.heard(nameOf(this.app, newest), newest.camera);
  }

  #pill(activity: Activity): TemplateResult | typeof nothing {
    const { waiting } = activity.state.get();
    if (waiting.length === 0) return nothing;
    const show = () => {
      activity.takeWaiting();
      window.scrollTo({ top: 0 });
    };
    return html`<button
      class="btn primary fresh"
      aria-label=${this.app.t.activity.freshLabel(waiting.length)}
      @click=${show}
    >
      ${this.app.t.discover.fresh(waiting.length)}
    </button>`;
  }

  #more = (): void => {
    this.#activity?.more().catch((error: unknown) => this.app.complain(error));
  };

  #line = (line: ActivityLine): TemplateResult => {
    const { app } = this;
    if (line.kind === "day") {
      return html`<div class="day"><h2>${app.t.when.dayTitle(line.day, app.now.get())}</h2></div>`;
    }
    const { visit } = line;
    const detail = this.open.get(visit.visit_id);
    const open = detail === undefined ? null : { detail, correct: (as: CorrectAs) => void this.#correct(visit, as) };
    return visitRow(app, line, open, () => this.#toggle(visit));
  };
}

customElements.define("f-activity", ActivityPage);
