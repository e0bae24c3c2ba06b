import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import type { CamerasAnswer } from "../../../../src/wire/out/schemas.ts";
import { hints } from "../../components/hints.ts";
import "../../components/lists/rows.ts";
import { type Activity, createActivity } from "../../state/activity/activity.ts";
import { type ActivityLine, type Happening, toActivityLines, toHappenings } from "../../state/activity/sightings.ts";
import { Watch } from "../../state/watch.ts";
import { dayKey } from "../../texts/when.ts";
import { activityFilter, filterOf, isAsked } from "./activity-filter.ts";
import "./activity-page.css";
import { moveFocus } from "../move-focus.ts";
import { Page } from "../page.ts";
import { activityState } from "./activity-states.ts";
import { happening } from "./sighting.ts";

const ROW_PX = 134;
const DAY_PX = 58;
const SCROLLING_MS = 1_500;
const READING_PX = 200;

/** What cameras see, as it happens and back in time, and why it was taken for what. */
export class ActivityPage extends Page {
  static override properties = { ...Page.properties, cameras: { state: true }, open: { state: true } };
  declare cameras: CamerasAnswer["cameras"];
  /** Keys of the happenings of which it is shown why. */
  declare open: ReadonlySet<string>;
  #activity: Activity | null = null;
  #scrolled = 0;
  #stops: (() => void)[] = [];
  #drawn: { of: unknown; now: Date; happenings: Happening[]; lines: ActivityLine[] } | null = null;

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
    app.house.cameras().then(
      ({ cameras }) => {
        this.cameras = cameras;
      },
      // Without them there are only fewer filters.
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

  // Nothing may push away what somebody is reading or about to hit.
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

  // On a phone the chips scroll sideways: what is asked for is seen.
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

  #lines(activity: Activity): { happenings: Happening[]; lines: ActivityLine[] } {
    const { faces, cooldownMs } = activity.state.get();
    const now = this.app.now.get();
    if (this.#drawn?.of === faces && this.#drawn.now === now) return this.#drawn;
    const happenings = toHappenings(faces, cooldownMs);
    this.#drawn = { of: faces, now, happenings, lines: toActivityLines(happenings, now) };
    return this.#drawn;
  }

  protected override render() {
    const { app } = this;
    const activity = this.#activity;
    if (!activity) return nothing;
    const { happenings, lines } = this.#lines(activity);
    const filter = filterOf(this.route);
    return html`<header class="head">
        <div><h1>${this.#title(activity, happenings)}</h1><p>${app.t.activity.summary}</p></div>
      </header>
      ${this.cameras.length > 0 || isAsked(filter) ? activityFilter(app, filter, this.cameras) : nothing}
      ${this.#pill(activity, happenings)}
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
      <p class="sr" aria-live="polite">${this.#newest(happenings)}</p>`;
  }

  #title(activity: Activity, happenings: readonly Happening[]): string {
    const words = this.app.t.activity;
    const { phase, complete } = activity.state.get();
    if (phase !== "ready") return words.titleLoading;
    const today = dayKey(this.app.now.get());
    const ofToday = happenings.filter((one) => dayKey(one.first) === today);
    // Where even the oldest that is loaded is of today, there may be more.
    const more = !complete && ofToday.length === happenings.length && happenings.length > 0;
    const strangers = ofToday.filter((one) => one.who === null && one.type === "unknown").length;
    return isAsked(filterOf(this.route))
      ? words.titleOf(ofToday.length, more)
      : words.title(ofToday.length, strangers, more);
  }

  /** What has just happened, for those who do not see the list move. */
  #newest(happenings: readonly Happening[]): string {
    const [newest] = happenings;
    if (!newest?.faces.some((face) => face.told)) return "";
    const words = this.app.t.activity;
    return words.heard(newest.who?.name ?? words.stranger, newest.camera);
  }

  #pill(activity: Activity, happenings: readonly Happening[]): TemplateResult | typeof nothing {
    const { faces, waiting, cooldownMs } = activity.state.get();
    if (waiting.length === 0) return nothing;
    const fresh = Math.max(1, toHappenings([...faces, ...waiting], cooldownMs).length - happenings.length);
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
    return happening(app, line, this.open.has(line.key), () => this.#toggle(line.key));
  };
}

customElements.define("f-activity", ActivityPage);
