import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import type { CamerasAnswer } from "../../../../src/wire/out/schemas.ts";
import { hints } from "../../components/hints.ts";
import "../../components/lists/rows.ts";
import { type Activity, createActivity } from "../../state/activity/activity.ts";
import { type ActivityLine, type Sighting, toActivityLines, toSightings } from "../../state/activity/sightings.ts";
import { Watch } from "../../state/watch.ts";
import { dayKey } from "../../texts/when.ts";
import { activityFilter, filterOf, isFiltered } from "./activity-filter.ts";
import "./activity-page.css";
import { moveFocus } from "../move-focus.ts";
import { Page } from "../page.ts";
import { activityState } from "./activity-states.ts";
import { sighting } from "./sighting.ts";

const ROW_PX = 134;
const DAY_PX = 58;
const SCROLLING_MS = 1_500;
const READING_PX = 200;

/** What cameras see, live and past, and why each face got its name. */
export class ActivityPage extends Page {
  static override properties = { ...Page.properties, cameras: { state: true }, open: { state: true } };
  declare cameras: CamerasAnswer["cameras"];
  /** Keys of the expanded sightings. */
  declare open: ReadonlySet<string>;
  #activity: Activity | null = null;
  #scrolled = 0;
  #stops: (() => void)[] = [];
  #drawn: { of: unknown; now: Date; sightings: Sighting[]; lines: ActivityLine[] } | null = null;

  constructor() {
    super();
    this.cameras = [];
    this.open = new Set();
    new Watch(this, () => [this.app.people.state, this.app.rule, this.app.now, this.app.stats]);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const { app } = this;
    const activity = createActivity(app.activity, app.live, () => this.#isBusy());
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
      this.open = new Set();
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
    this.open = new Set();
    return true;
  }

  #toggle(key: string): void {
    const open = new Set(this.open);
    if (!open.delete(key)) open.add(key);
    this.open = open;
  }

  #lines(activity: Activity): { sightings: Sighting[]; lines: ActivityLine[] } {
    const { faces, cooldownMs } = activity.state.get();
    const now = this.app.now.get();
    if (this.#drawn?.of === faces && this.#drawn.now === now) return this.#drawn;
    const sightings = toSightings(faces, cooldownMs);
    this.#drawn = { of: faces, now, sightings, lines: toActivityLines(sightings, now) };
    return this.#drawn;
  }

  protected override render() {
    const { app } = this;
    const activity = this.#activity;
    if (!activity) return nothing;
    const { sightings, lines } = this.#lines(activity);
    const filter = filterOf(this.route);
    return html`<header class="head">
        <div><h1>${this.#title(activity, sightings)}</h1><p>${app.t.activity.summary}</p></div>
      </header>
      ${this.cameras.length > 0 || isFiltered(filter) ? activityFilter(app, filter, this.cameras) : nothing}
      ${this.#pill(activity, sightings)}
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
      <p class="sr" aria-live="polite">${this.#newest(sightings)}</p>`;
  }

  #title(activity: Activity, sightings: readonly Sighting[]): string {
    const words = this.app.t.activity;
    const { phase, complete } = activity.state.get();
    if (phase !== "ready") return words.titleLoading;
    const today = dayKey(this.app.now.get());
    const ofToday = sightings.filter((one) => dayKey(one.first) === today);
    // If even the oldest loaded is of today, there may be more.
    const more = !complete && ofToday.length === sightings.length && sightings.length > 0;
    const strangers = ofToday.filter((one) => one.who === null && one.type === "unknown").length;
    return isFiltered(filterOf(this.route))
      ? words.titleOf(ofToday.length, more)
      : words.title(ofToday.length, strangers, more);
  }

  /** The newest sighting, for screen readers. */
  #newest(sightings: readonly Sighting[]): string {
    const [newest] = sightings;
    if (!newest?.faces.some((face) => face.event)) return "";
    const words = this.app.t.activity;
    return words.heard(newest.who?.name ?? words.stranger, newest.camera);
  }

  #pill(activity: Activity, sightings: readonly Sighting[]): TemplateResult | typeof nothing {
    const { faces, waiting, cooldownMs } = activity.state.get();
    if (waiting.length === 0) return nothing;
    const fresh = Math.max(1, toSightings([...faces, ...waiting], cooldownMs).length - sightings.length);
    const show = () => {
      activity.takeWaiting();
      window.scrollTo({ top: 0 });
    };
    return html`<button class="btn primary fresh" aria-label=${this.app.t.activity.freshLabel(fresh)} @click=${show}>
      ${this.app.t.discover.fresh(fresh)}
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
    return sighting(app, line, this.open.has(line.key), () => this.#toggle(line.key));
  };
}

customElements.define("f-activity", ActivityPage);
