import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { PersonFaceJson, PersonJson } from "../../../../../src/wire/out/schemas.ts";
import type { App } from "../../../app.ts";
import { createHold } from "../../../components/hold.ts";
import { icon } from "../../../components/icon.ts";
import type { Rows } from "../../../components/lists/rows.ts";
import "../../../components/lists/rows.ts";
import { columnsFor } from "../../../components/lists/rows-window.ts";
import { nearestDay, toDate } from "../../../state/person/month.ts";
import { ALL, neighbourOf, type PhotoDay, type PhotosLine, toPhotosLines } from "../../../state/person/photo-days.ts";
import type { PhotoFilter, Photos } from "../../../state/person/photo-stream.ts";
import { Watch } from "../../../state/watch.ts";
import { keepFocus } from "./keep-focus.ts";
import { photoTile } from "./photo-tile.ts";
import { newerPhotos, noPhotos, photoHints, photosHead } from "./photos-head.ts";
import { photosTools } from "./photos-tools.ts";
import "./person-photos.css";

const WIDE = "(min-width: 900px)";
const ROWS_A_LINE = 6;
const DAY_PX = 48;
/** Until the photos that came into view are asked for: those that only pass by are not. */
const LOOK_MS = 80;

/** Fires `open` with a photo, `choose` with the filter that is wanted, `pick` with photos and whether they are selected. */
export class PersonPhotos extends LitElement {
  static override properties = {
    app: { attribute: false },
    person: { attribute: false },
    photos: { attribute: false },
    selected: { attribute: false },
    columns: { state: true },
  };
  declare app: App;
  declare person: PersonJson;
  declare photos: Photos;
  /** Null: not selecting. */
  declare selected: readonly PersonFaceJson[] | null;
  declare columns: number;
  #width = 0;
  #ids: ReadonlySet<number> = new Set();
  #lines: { of: readonly PhotoDay[]; columns: number; lines: PhotosLine[] } = { of: [], columns: 0, lines: [] };
  #resize: ResizeObserver | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #anchor: number | null = null;
  #focusDay: string | null = null;
  #hold = createHold((target) => {
    const face = this.faceAt(target);
    if (face) this.#pick([face], !this.#ids.has(face.face_id));
  });

  constructor() {
    super();
    this.columns = 4;
    this.selected = null;
    new Watch(this, () => [this.photos.state, this.app.now]);
    keepFocus(this);
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resize = new ResizeObserver(() => this.#measure());
    this.#resize.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resize?.disconnect();
    clearTimeout(this.#timer);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("selected")) this.#ids = new Set(this.selected?.map((face) => face.face_id));
  }

  #measure(): void {
    this.#width = this.clientWidth;
    if (this.#width > 0) this.columns = columnsFor(this.#width, this.#least(), this.#gap());
  }

  #least = (): number => (matchMedia(WIDE).matches ? 104 : 76);
  #gap = (): number => (matchMedia(WIDE).matches ? 8 : 6);

  /** Scrolls to a day, or to the nearest one with photos, and puts the focus on its first photo; false: there is none. */
  async goTo(wanted: string): Promise<boolean> {
    const { filter } = this.photos.state.get();
    if (filter.leastAlike) await this.photos.open({ ...filter, leastAlike: undefined });
    await this.photos.counted();
    const key = nearestDay(
      this.photos.state.get().days.map((day) => day.key),
      wanted,
    );
    if (key === undefined) return false;
    if (key !== wanted) {
      const day = (one: string) => this.app.t.when.day(toDate(one), this.app.now.get());
      const text = this.app.t.person.noPhotosThat({ day: this.app.t.format.capital(day(wanted)), nearest: day(key) });
      this.app.toasts.show({ text });
    }
    this.requestUpdate();
    await this.updateComplete;
    const rows = this.querySelector<Rows<PhotosLine>>("f-rows");
    await rows?.reveal(this.#toLines().findIndex((line) => line.kind === "day" && line.day === key));
    this.querySelector(`[data-day="${key}"]`)?.scrollIntoView({ block: "start", behavior: "instant" });
    this.#focusDay = key;
    this.requestUpdate();
    return true;
  }

  /** The photo that an element shows. */
  faceAt(target: EventTarget | null): PersonFaceJson | undefined {
    const id = Number((target as HTMLElement | null)?.closest<HTMLElement>("[data-item]")?.dataset.item);
    return this.#loaded().find((face) => face.face_id === id);
  }

  /** The photo that has the focus. */
  focused(): PersonFaceJson | undefined {
    return this.contains(document.activeElement) ? this.faceAt(document.activeElement) : undefined;
  }

  /** The photos that are loaded, in the order they are shown. */
  #loaded(): readonly PersonFaceJson[] {
    return this.photos.state.get().days.flatMap((day) => day.faces);
  }

  /** Opens a photo among all that are loaded. */
  show(face: PersonFaceJson): void {
    const faces = this.#loaded();
    this.dispatchEvent(new CustomEvent("open", { detail: { faces, at: faces.indexOf(face) } }));
  }

  #pick(faces: readonly PersonFaceJson[], on: boolean): void {
    this.#anchor = faces.at(-1)?.face_id ?? null;
    this.dispatchEvent(new CustomEvent("pick", { detail: { faces, on } }));
  }

  /** Selects a photo, or takes it out of the selection. */
  toggle(face: PersonFaceJson): void {
    this.#pick([face], !this.#ids.has(face.face_id));
  }

  /** Selects from the photo that was selected last to this one. */
  selectTo(face: PersonFaceJson): void {
    const faces = this.#loaded();
    const from = faces.findIndex((one) => one.face_id === this.#anchor);
    const to = faces.indexOf(face);
    this.#pick(from < 0 ? [face] : faces.slice(Math.min(from, to), Math.max(from, to) + 1), true);
    this.#anchor = from < 0 ? face.face_id : (faces[from]?.face_id ?? null);
  }

  #press = (event: MouseEvent): void => {
    const face = this.faceAt(event.target);
    if (this.#hold.held() || !face) return;
    if (event.shiftKey) this.selectTo(face);
    else if (this.selected || event.ctrlKey || event.metaKey) this.toggle(face);
    else this.show(face);
  };

  /** Which photo gets the focus when these are gone. */
  neighbourOf(ids: ReadonlySet<number>): number | null {
    return neighbourOf(this.#loaded(), ids)?.face_id ?? null;
  }

  /** Puts the focus on a photo; false: it is not drawn. */
  async focusOn(id: number | null): Promise<boolean> {
    await this.updateComplete;
    await this.querySelector<Rows<PhotosLine>>("f-rows")?.updateComplete;
    const tile = this.querySelector<HTMLElement>(`[data-item="${id}"]`);
    tile?.focus({ preventScroll: true });
    return tile !== null;
  }

  #toLines(): PhotosLine[] {
    const { days } = this.photos.state.get();
    if (this.#lines.of !== days || this.#lines.columns !== this.columns) {
      this.#lines = { of: days, columns: this.columns, lines: toPhotosLines(days, this.columns * ROWS_A_LINE) };
    }
    return this.#lines.lines;
  }

  // What is drawn and not loaded is asked for.
  #look = (): void => {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const missing = [...this.querySelectorAll<HTMLElement>("[data-of]:has([data-missing])")];
      if (missing.length > 0) this.photos.want(missing.map((line) => line.dataset.of ?? ""));
    }, LOOK_MS);
  };

  protected override updated(): void {
    this.#look();
    if (this.#focusDay !== null) void this.#focusFirst(this.#focusDay);
  }

  // Once the photos of the day are there.
  async #focusFirst(day: string): Promise<void> {
    await this.querySelector<Rows<PhotosLine>>("f-rows")?.updateComplete;
    const first = this.querySelector<HTMLElement>(`[data-of="${day}"] [data-item]`);
    if (!first || this.#focusDay !== day) return;
    this.#focusDay = null;
    first.focus({ preventScroll: true });
  }

  #choose = (filter: PhotoFilter): void => {
    this.dispatchEvent(new CustomEvent("choose", { detail: filter }));
  };

  #fire(name: "date" | "select" | "newer"): void {
    this.dispatchEvent(new CustomEvent(name));
  }

  protected override render() {
    const { app, photos } = this;
    const { phase, days, filter, times, newer } = photos.state.get();
    if (phase === "loading") return html`<p class="sr" role="status">${app.t.common.loading}</p>`;
    const { recognized, faces } = this.person;
    const all = faces + recognized;
    const isAll = filter.camera === undefined && !filter.recognized;
    const count = isAll && !times ? all : days.reduce((sum, day) => sum + day.photos, 0);
    const cameras = times?.cameras.map((one) => one.camera) ?? [];
    const clear = () => this.#choose({ leastAlike: filter.leastAlike });
    return html`${photosHead(app, count, this.selected !== null, {
      date: () => this.#fire("date"),
      select: () => this.#fire("select"),
    })}
    ${photosTools(app, { recognized, cameras }, filter, this.#choose)}
    ${newerPhotos(app, newer, () => this.#fire("newer"))} ${this.#legend()}
    ${days.length === 0 ? noPhotos(app, this.person.name, all, clear) : this.#list()}
    ${photoHints(app)}`;
  }

  #legend(): TemplateResult | typeof nothing {
    const { filter } = this.photos.state.get();
    const words = this.app.t.person;
    if (filter.leastAlike)
      return html`<p class="legend" dir="auto">${words.leastAlikeHint({ name: this.person.name })}</p>`;
    if (this.person.recognized === 0) return nothing;
    return html`<p class="legend"><span class="badge">${icon("recognized")}</span>${words.legend}</p>`;
  }

  #list(): TemplateResult {
    return html`<div
      class="photos ${this.selected ? "selecting" : ""}"
      @click=${this.#press}
      @pointerdown=${this.#hold.pointerdown}
      @pointermove=${this.#hold.pointermove}
      @pointerup=${this.#hold.pointerup}
      @pointercancel=${this.#hold.pointerup}
      @contextmenu=${this.#hold.contextmenu}
    >
      <f-rows
        .items=${this.#toLines()}
        .keyOf=${(line: PhotosLine) => `${line.kind} ${line.key} ${this.columns}`}
        .draw=${this.#line}
        .estimate=${this.#estimate}
        .stamp=${this.selected}
      ></f-rows>
    </div>`;
  }

  #estimate = (line: PhotosLine): number => {
    if (line.kind === "day") return DAY_PX;
    const tile = (this.#width - (this.columns - 1) * this.#gap()) / this.columns;
    return Math.ceil(line.cells.length / this.columns) * (tile + this.#gap());
  };

  #line = (line: PhotosLine): TemplateResult => {
    const { app } = this;
    const title =
      line.day === ALL ? app.t.person.leastAlikeFirst : app.t.when.dayTitle(toDate(line.day), app.now.get());
    if (line.kind === "day") {
      return html`<div class="day" data-day=${line.day}>
        <h3>${title}</h3>
        <p>${app.t.count.photos({ n: line.photos })}</p>
      </div>`;
    }
    this.#look();
    const isLoaded = line.cells.some((face) => face !== null);
    return html`<div
      class="tiles"
      role=${isLoaded ? "listbox" : nothing}
      aria-label=${isLoaded ? title : nothing}
      aria-multiselectable=${isLoaded ? "true" : nothing}
      data-of=${line.day}
      .style=${`--columns:${this.columns}`}
    >
      ${repeat(
        line.cells,
        (face, at) => face?.face_id ?? -at,
        (face, at) => photoTile(app, face, { selected: face !== null && this.#ids.has(face.face_id), first: at === 0 }),
      )}
    </div>`;
  };
}

customElements.define("f-person-photos", PersonPhotos);
