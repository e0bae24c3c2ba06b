import { html, nothing, type TemplateResult } from "lit";
import type { MapAnswer } from "../../../../src/wire/out/schemas.ts";
import { icon } from "../../components/icon.ts";
import { createKept } from "../../state/kept.ts";
import { isWriting, Page } from "../page.ts";
import { ARROWS, type At, isWithin, nearestTowards, showing, toBoard, type View, WHOLE, zoomed } from "./geometry.ts";
import { mapBoard, ZOOM_STEP } from "./map-board.ts";
import { type Changed, createMapChanges } from "./map-changes.ts";
import "./map-page.css";
import { createPointer } from "./pointer.ts";
import { selectionBar } from "./selection-bar.ts";
import type { MapPoint } from "./spot.ts";

const kept = createKept<readonly string[]>("map.selected");

/** All groups and people by likeness, in two dimensions. */
export class MapPage extends Page {
  static override properties = {
    ...Page.properties,
    map: { state: true },
    error: { state: true },
    view: { state: true },
    drawing: { state: true },
    line: { state: true },
    selected: { state: true },
    current: { state: true },
    odd: { state: true },
    stale: { state: true },
    busy: { state: true },
  };
  declare map: MapAnswer | null;
  declare error: unknown;
  declare view: View;
  /** Whether a finger draws around several; else it moves the map. */
  declare drawing: boolean;
  /** What is being drawn, on the map. */
  declare line: readonly At[];
  declare selected: ReadonlySet<string>;
  declare current: string | null;
  declare odd: string | null;
  /** The groups or people have changed since. */
  declare stale: boolean;
  declare busy: boolean;
  #ends: (() => void)[] = [];
  #comparing = "";

  constructor() {
    super();
    this.map = null;
    this.error = null;
    this.view = WHOLE;
    this.drawing = true;
    this.line = [];
    this.selected = new Set();
    this.current = null;
    this.odd = null;
    this.stale = false;
    this.busy = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const outdated = () => {
      if (this.map) this.stale = true;
    };
    this.#ends = [this.app.live.on("clusters", outdated), this.app.live.on("people", outdated)];
    void this.#load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const end of this.#ends.splice(0)) end();
  }

  async #load(): Promise<void> {
    this.stale = false;
    this.error = null;
    try {
      this.map = await this.app.clusters.map();
      this.current = this.map.points[0]?.id ?? null;
      this.#select((kept.get() ?? []).filter((id) => this.#byId(id)));
    } catch (error) {
      this.error = error;
    }
  }

  #byId(id: string): MapPoint | undefined {
    return this.map?.points.find((one) => one.id === id);
  }

  #select(ids: Iterable<string>): void {
    this.selected = new Set(ids);
    kept.set(this.selected.size > 0 ? [...this.selected] : undefined);
    this.classList.toggle("selecting", this.selected.size > 0);
    void this.#compare();
  }

  #toggle(id: string): void {
    const next = new Set(this.selected);
    if (!next.delete(id)) next.add(id);
    this.#select(next);
  }

  get #chosen(): { readonly groups: readonly MapPoint[]; readonly people: readonly MapPoint[] } {
    const points = [...this.selected].flatMap((id) => this.#byId(id) ?? []);
    return {
      groups: points.filter((one) => one.kind === "cluster"),
      people: points.filter((one) => one.kind === "person"),
    };
  }

  /** Which of the selected groups does not belong. */
  async #compare(): Promise<void> {
    const ids = this.#chosen.groups.map((one) => one.id).slice(0, 50);
    const asked = ids.join(" ");
    this.#comparing = asked;
    this.odd = null;
    if (ids.length < 3) return;
    try {
      const { odd } = await this.app.clusters.compare(ids);
      if (this.#comparing === asked) this.odd = odd;
    } catch {
      // Only a warning is missing then.
    }
  }

  override onKey(event: KeyboardEvent): boolean {
    if (isWriting(event.target)) return false;
    const to = ARROWS[event.key];
    const { current } = this;
    if (to && this.map) this.#go(to);
    else if (event.key === "+" || event.key === "=") this.#zoom(ZOOM_STEP);
    else if (event.key === "-") this.#zoom(1 / ZOOM_STEP);
    else if (event.key === "0") this.view = WHOLE;
    else if (event.key === "Escape" && this.selected.size > 0) this.#clear();
    else if (current && this.#onSpot(event)) {
      if (event.key === " ") this.#toggle(current);
      else if (event.key.toLowerCase() === "o" || event.key === "Enter") this.#open(current);
      else return false;
    } else return false;
    event.preventDefault();
    return true;
  }

  /** What has the focus stays where it is, and so is not lost from the board. */
  #zoom(by: number): void {
    const point = this.current === null ? undefined : this.#byId(this.current);
    const isFocused = document.activeElement?.closest(".spot") !== null;
    this.view = zoomed(this.view, by, point && isFocused ? toBoard(point, this.view) : undefined);
  }

  #onSpot(event: KeyboardEvent): boolean {
    return event.target instanceof HTMLElement && event.target.closest(".spot") !== null;
  }

  #go(to: At): void {
    const points = this.map?.points ?? [];
    const from = this.current === null ? undefined : this.#byId(this.current);
    const next = from ? nearestTowards(from, points, to) : points[0];
    if (!next) return;
    this.current = next.id;
    this.view = showing(this.view, next);
    void this.#focus();
  }

  async #focus(): Promise<void> {
    await this.updateComplete;
    const at = this.querySelector<HTMLElement>(`.spot[data-id="${CSS.escape(this.current ?? "")}"]`);
    (at ?? this.querySelector<HTMLElement>("h1"))?.focus({ preventScroll: true });
  }

  #open(id: string): void {
    const point = this.#byId(id);
    if (!point) return;
    this.app.router.go(point.kind === "person" ? { page: "person", id } : { page: "group", id });
  }

  #clear(): void {
    this.#select([]);
    void this.#focus();
  }

  readonly #click = (event: MouseEvent): void => {
    const id = (event.target as HTMLElement).closest<HTMLElement>(".spot")?.dataset.id;
    if (id === undefined) return;
    this.current = id;
    if (event.ctrlKey || event.metaKey || event.shiftKey || this.selected.size > 0) this.#toggle(id);
    else this.#open(id);
  };

  readonly #pointer = createPointer({
    plane: () => this.querySelector(".plane"),
    view: () => this.view,
    draws: () => this.drawing,
    moveTo: (view) => {
      this.view = view;
    },
    draw: (line) => {
      this.line = line;
    },
    drawn: (line) => {
      const inside = (this.map?.points ?? []).filter((one) => isWithin(one, line)).map((one) => one.id);
      if (inside.length > 0) this.#select(inside);
    },
  });

  async #do(change: () => Promise<Changed | null>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    try {
      const changed = await change();
      if (changed) this.#apply(changed);
    } catch (error) {
      this.app.complain(error);
    } finally {
      this.busy = false;
    }
  }

  /** Nothing else moves: the map is drawn again when it is asked for. */
  #apply({ gone, points }: Changed): void {
    if (!this.map) return;
    const out = new Set([...gone, ...points.map((one) => one.id)]);
    this.map = { ...this.map, points: [...this.map.points.filter((one) => !out.has(one.id)), ...points] };
    this.current = points[0]?.id ?? this.map.points[0]?.id ?? null;
    this.#select([]);
    void this.#focus();
  }

  protected override render() {
    const { t, router } = this.app;
    const { map, error } = this;
    return html`<header class="title">
        <div>
          <h1 tabindex="-1">${t.map.title}</h1>
          <p>${t.map.about}${map && map.clusters.shown < map.clusters.total ? html` ${t.map.shown({ shown: map.clusters.shown, total: t.format.number(map.clusters.total) })}` : nothing}</p>
        </div>
        <a class="btn square narrow" href=${router.href({ page: "unknown" })} aria-label=${t.unknown.grid}>${icon("grid")}</a>
        <span class="seg broad" role="group" aria-label=${t.unknown.views}
          ><a href=${router.href({ page: "unknown" })}>${icon("grid")}${t.unknown.grid}</a
          ><a aria-current="page" href=${router.href({ page: "map" })}>${icon("map")}${t.unknown.map}</a></span
        >
      </header>
      ${error ? this.#failed() : map && map.points.length === 0 ? this.#empty() : this.#board()} ${this.#bar()}`;
  }

  #failed(): TemplateResult {
    const { t } = this.app;
    return html`<section class="card empty">
      <h2>${t.common.failed.title}</h2>
      <p>${this.app.explain(this.error)}</p>
      <button class="btn primary" @click=${() => this.#load()}>${t.common.tryAgain}</button>
    </section>`;
  }

  #empty(): TemplateResult {
    const { t } = this.app;
    return html`<section class="card empty"><h2>${t.map.empty}</h2><p>${t.map.emptyHint}</p></section>`;
  }

  #board(): TemplateResult {
    return mapBoard(this.app, {
      points: this.map?.points ?? null,
      view: this.view,
      selected: this.selected,
      odd: this.odd,
      current: this.current,
      drawing: this.drawing,
      line: this.line,
      pointer: this.#pointer,
      click: this.#click,
      again: this.stale ? () => void this.#load() : null,
      toggle: () => {
        this.drawing = !this.drawing;
      },
      zoom: (by) => this.#zoom(by),
    });
  }

  #bar(): TemplateResult | typeof nothing {
    const { groups, people } = this.#chosen;
    const [person] = people;
    const doing = createMapChanges(this.app);
    return selectionBar(this.app, {
      groups,
      people,
      odd: this.odd !== null,
      clear: () => this.#clear(),
      name: () => this.#do(() => doing.name(groups)),
      keepApart: () => this.#do(() => doing.keepApart(groups)),
      merge: () => this.#do(() => doing.merge(groups, person)),
    });
  }
}

customElements.define("f-map", MapPage);
