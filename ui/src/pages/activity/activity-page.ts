import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import type { CamerasAnswer, VisitJson } from "../../../../src/wire/out/schemas.ts";
import { activityTabs } from "../../components/activity-tabs.ts";
import { hints } from "../../components/hints.ts";
import "../../components/lists/rows.ts";
import { type Activity, createActivity } from "../../state/activity/activity.ts";
import { type ActivityLine, toActivityLines } from "../../state/activity/activity-lines.ts";
import { createVisitDetails, type VisitDetails } from "../../state/activity/visit-details.ts";
import { Watch } from "../../state/watch.ts";
import { dayKey } from "../../texts/when.ts";
import { moveFocus } from "../move-focus.ts";
import { Page } from "../page.ts";
import { activityFilter, filterOf } from "./activity-filter.ts";
import "./activity-page.css";
import { activityState } from "./activity-states.ts";
import { type CorrectAs, type Corrections, createCorrections } from "./correct-visit.ts";
import { nowBar } from "./now-bar.ts";
import { sayChanged } from "./say-changed.ts";
import { showPhotos } from "./show-photos.ts";
import { countDay, titleOf } from "./titles.ts";
import { visitRow } from "./visit-row.ts";
import { nameOf } from "./visit-text.ts";

const ROW_PX = 132;
const WIDE_ROW_PX = 79;
const DAY_PX = 58;
const SCROLLING_MS = 1_500;
const READING_PX = 200;
/** Screen readers hear of new visits at most this often. */
const HEARD_MS = 10_000;

/** Keys that put the visit right that has the focus. */
const KEYS: Readonly<Record<string, "not" | "ask" | "ignore">> = { w: "not", p: "ask", n: "ask", i: "ignore" };

/** Who comes, live and past, why each visit got its name, and the buttons that put it right. */
export class ActivityPage extends Page {
  static override properties = {
    ...Page.properties,
    cameras: { state: true },
    open: { state: true },
    heard: { state: true },
  };
  declare cameras: CamerasAnswer["cameras"];
  /** Ids of the visits that are opened. */
  declare open: ReadonlySet<string>;
  /** The newest visit that came while the page is open, for screen readers. */
  declare heard: string;
  #activity: Activity | null = null;
  #details: VisitDetails | null = null;
  #corrections: Corrections | null = null;
  #scrolled = 0;
  #heardAt = 0;
  #heardOf = "";
  #stops: (() => void)[] = [];
  #drawn: { of: unknown; now: Date; lines: ActivityLine[] } | null = null;
  readonly #wide = matchMedia("(min-width: 900px)");

  constructor() {
    super();
    this.cameras = [];
    this.open = new Set();
    this.heard = "";
    new Watch(this, () => [this.app.people.state, this.app.rule, this.app.now, this.app.stats]);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const { app } = this;
    const activity = createActivity(app.visits, app.live, {
      busy: () => this.#isBusy(),
      changed: (visit, before) => void sayChanged(app, visit, before),
    });
    const details = createVisitDetails(app.visits, app.live);
    this.#activity = activity;
    this.#details = details;
    this.#corrections = createCorrections(app, activity, details);
    app.people.wanted();
    window.addEventListener("scroll", this.#scroll, { passive: true });
    this.#stops = [
      activity.state.subscribe(() => this.requestUpdate()),
      details.state.subscribe(() => this.requestUpdate()),
      () => activity.stop(),
      () => details.stop(),
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
    this.#hear();
  }

  // On a phone the chips scroll sideways: bring the chosen one into view.
  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has("route") && !changed.has("cameras")) return;
    const chips = this.querySelector<HTMLElement>(".tools");
    const on = [...(chips?.querySelectorAll<HTMLElement>('[aria-pressed="true"], .set') ?? [])].at(-1);
    if (chips && on) chips.scrollLeft = on.offsetLeft - (chips.clientWidth - on.offsetWidth) / 2;
  }

  override onKey(event: KeyboardEvent): boolean {
    if (event.key === "ArrowUp" || event.key === "ArrowDown") return moveFocus(this, event.key);
    const key = event.key.toLowerCase();
    if (key === "f") {
      this.querySelector<HTMLElement>(".tools button")?.focus();
      return true;
    }
    const kind = KEYS[key];
    if (kind !== undefined) return this.#correctFocused(kind);
    if (event.key !== "Escape" || this.open.size === 0) return false;
    this.open = new Set();
    return true;
  }

  #correctFocused(kind: "not" | "ask" | "ignore"): boolean {
    const id = document.activeElement?.closest<HTMLElement>("[data-visit]")?.dataset.visit;
    const visit = this.#activity?.state.get().visits.find(({ visit_id }) => visit_id === id);
    if (!visit) return false;
    // What the row does not offer, its keys do not do either.
    if (kind === "not" && visit.person === null) return true;
    if (kind === "ignore" && (visit.person !== null || visit.state === "ignored")) return true;
    void this.#correct(visit, { kind });
    return true;
  }

  #toggle({ visit_id: id }: VisitJson): void {
    const open = new Set(this.open);
    if (!open.delete(id)) {
      open.add(id);
      // A row whose details could not be fetched says why when it is opened.
      this.#details?.get(id).catch((error: unknown) => this.app.complain(error));
    }
    this.open = open;
  }

  async #correct(visit: VisitJson, as: CorrectAs): Promise<void> {
    const done = this.#corrections?.correct(visit, as);
    await this.#keepFocus(visit);
    await done;
    await this.#keepFocus(visit);
  }

  /** The pressed button may be gone or off by now: the focus stays at its row. */
  async #keepFocus({ visit_id: id }: VisitJson): Promise<void> {
    if (this.app.sheet.get()) return;
    await this.updateComplete;
    await new Promise((resolve) => requestAnimationFrame(resolve));
    const active = document.activeElement;
    // A press on a button that is off gives the focus to what is around it.
    if (active !== null && !active.matches("body, main, :disabled")) return;
    this.querySelector<HTMLElement>(`[data-item="${CSS.escape(id)}"]`)?.focus({ preventScroll: true });
  }

  #lines(activity: Activity): readonly ActivityLine[] {
    const { visits } = activity.state.get();
    const now = this.app.now.get();
    if (this.#drawn?.of !== visits || this.#drawn.now !== now) {
      this.#drawn = { of: visits, now, lines: toActivityLines(visits, now) };
    }
    return this.#drawn.lines;
  }

  #hear(): void {
    const activity = this.#activity;
    if (!activity || Date.now() - this.#heardAt < HEARD_MS) return;
    const { visits, live } = activity.state.get();
    const [newest] = visits;
    if (!newest || !live.has(newest.visit_id) || newest.state === "open" || newest.visit_id === this.#heardOf) return;
    this.#heardAt = Date.now();
    this.#heardOf = newest.visit_id;
    this.heard = this.app.t.activity.now.heard({ who: nameOf(this.app, newest), camera: newest.camera });
  }

  protected override render() {
    const { app } = this;
    const activity = this.#activity;
    if (!activity) return nothing;
    const lines = this.#lines(activity);
    const filter = filterOf(this.route);
    const state = activity.state.get();
    const today = dayKey(app.now.get());
    const counts = countDay(state, filter.day ?? today);
    const { known, strangers, unclear } = counts;
    return html`<header class="title">
        <div>
          <h1 tabindex="-1">${titleOf(app, state, counts, filter.day)}</h1>
          <p>${app.t.activity.summary({ known, strangers, unclear })}</p>
        </div>
        ${activityTabs(app, "activity")}
      </header>
      ${filter.day === undefined || filter.day === today ? nowBar(app, state, this.#showNew) : nothing}
      ${activityFilter(app, filter, this.cameras, unclear)}
      ${activityState(app, state, filter, () => void activity.load())}
      ${
        lines.length > 0
          ? html`<f-rows
                .items=${lines}
                .keyOf=${(line: ActivityLine) => line.key}
                .draw=${this.#line}
                .estimate=${(line: ActivityLine) => (line.kind === "day" ? DAY_PX : this.#wide.matches ? WIDE_ROW_PX : ROW_PX)}
                .nearEnd=${this.#more}
                .stamp=${{}}
              ></f-rows>
              ${this.#hints()}`
          : nothing
      }
      <p class="sr" aria-live="polite">${this.heard}</p>`;
  }

  #hints(): TemplateResult {
    const words = this.app.t.activity;
    return hints([
      [["↑", "↓"], words.keys.move],
      [["Enter"], words.keys.why],
      [["W"], words.wrong],
      [["P"], words.itIs],
      [["N"], words.name],
      [["I"], words.ignore],
      [["F"], words.keys.filter],
    ]);
  }

  #showNew = (): void => {
    this.#activity?.takeWaiting();
    window.scrollTo({ top: 0 });
    void this.#focusFirst();
  };

  async #focusFirst(): Promise<void> {
    await this.updateComplete;
    await this.querySelector<HTMLElement & { updateComplete: Promise<unknown> }>("f-rows")?.updateComplete;
    this.querySelector<HTMLElement>("[data-item]")?.focus({ preventScroll: true });
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
    this.#details?.wanted(visit);
    return visitRow(app, line, {
      said: this.#activity?.state.get().said.get(visit.visit_id),
      detail: this.#details?.state.get().get(visit.visit_id) ?? null,
      open: this.open.has(visit.visit_id),
      toggle: () => this.#toggle(visit),
      correct: (as) => void this.#correct(visit, as),
      photo: (face) => void this.#photo(visit, face),
    });
  };

  async #photo(visit: VisitJson, face: number | null): Promise<void> {
    const [activity, details] = [this.#activity, this.#details];
    if (!activity || !details) return;
    await showPhotos(this.app, visit, face, {
      details,
      visits: () => activity.state.get().visits,
      correct: (of, as) => void this.#correct(of, as),
    });
  }
}

customElements.define("f-activity", ActivityPage);
