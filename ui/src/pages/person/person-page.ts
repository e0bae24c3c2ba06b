import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import type { PersonFaceJson, PersonJson } from "../../../../src/wire/out/schemas.ts";
import type { PhotoFace } from "../../components/lightbox/photos.ts";
import type { PhotoFilter, Photos } from "../../state/person/photo-stream.ts";
import type { Route } from "../../state/router.ts";
import { Watch } from "../../state/watch.ts";
import { moveFocus } from "../move-focus.ts";
import { notFound } from "../not-found.ts";
import { Page } from "../page.ts";
import { removePerson, renamePerson } from "./person-actions.ts";
import { personHead } from "./person-head.ts";
import { personOffer } from "./person-offer.ts";
import "./person-page.css";
import type { PersonPhotos } from "./photos/person-photos.ts";
import "./photos/person-photos.ts";
import "./person-times.ts";
import { createPersonView, type Kept, type PersonView } from "./person-view.ts";
import { makePortrait, moveTo, showPhotos, takeOut } from "./photos/photo-actions.ts";
import { photosBar } from "./photos/photos-bar.ts";

/** One person: the photos, named and recognized together, and when and where they were taken. */
export class PersonPage extends Page {
  #view: PersonView | null = null;
  #stops: (() => void)[] = [];
  /** The photo after those that left the list last. */
  #next: number | null = null;

  constructor() {
    super();
    new Watch(this, () => [this.app.now, this.app.people.state]);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.app.people.wanted();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#close();
  }

  #close(): void {
    for (const stop of this.#stops) stop();
    this.#stops = [];
    this.#view = null;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const { route } = this;
    if (changed.has("route") && route.page === "person" && route.id !== this.#view?.id) void this.#open(route);
  }

  async #open({ id, day, camera }: Route & { page: "person" }): Promise<void> {
    this.#close();
    const view = createPersonView(this.app, id);
    this.#view = view;
    const redraw = () => this.requestUpdate();
    this.#stops = [view.state.subscribe(redraw), view.photos.state.subscribe(redraw), view.start()];
    await view.open(camera);
    await this.updateComplete;
    if (day !== undefined && this.#view === view) await this.#list()?.goTo(day);
  }

  #keep(change: Partial<Kept>): void {
    this.#view?.keep(change);
  }

  #selected(): readonly PersonFaceJson[] | null {
    return this.#view?.state.get().kept.selected ?? null;
  }

  /** With what events said meanwhile. */
  #person(): PersonJson | null {
    const { person = null } = this.#view?.state.get() ?? {};
    return person && (this.app.people.find(person.person_id) ?? person);
  }

  #list(): PersonPhotos | null {
    return this.querySelector("f-person-photos");
  }

  async #choose(filter: PhotoFilter): Promise<void> {
    this.#keep({ filter });
    await this.#view?.photos.open(filter);
    await this.updateComplete;
    const list = this.#list();
    if (list && list.getBoundingClientRect().top < 0) list.scrollIntoView({ block: "start", behavior: "instant" });
  }

  #stopSelecting(): void {
    const last = this.#selected()?.at(-1)?.face_id ?? null;
    this.#keep({ selected: null });
    if (last !== null) void this.#list()?.focusOn(last);
  }

  /** Acts on photos that leave the list; the focus goes to the next one, else the one before, else the title. */
  async #leave(
    faces: readonly PersonFaceJson[],
    act: (person: PersonJson, photos: Photos) => Promise<boolean>,
  ): Promise<void> {
    const person = this.#person();
    const view = this.#view;
    if (!person || !view || faces.length === 0) return;
    const next = this.#list()?.neighbourOf(new Set(faces.map((face) => face.face_id))) ?? null;
    if (!(await act(person, view.photos))) return;
    this.#next = next;
    this.#keep({ selected: null });
    await this.#focusOn(next);
  }

  #takeOut = (faces: readonly PersonFaceJson[]): void => {
    void this.#leave(faces, async (person, photos) => {
      takeOut(this.app, person, photos, faces);
      return true;
    });
  };

  #moveTo = (faces: readonly PersonFaceJson[]): void => {
    void this.#leave(faces, (person, photos) => moveTo(this.app, person, photos, faces));
  };

  async #show(faces: readonly PhotoFace[], at = 0): Promise<void> {
    const person = this.#person();
    if (!person) return;
    await showPhotos(this.app, person, { faces, at }, { out: this.#takeOut, move: this.#moveTo });
    // What opened it may be gone by then.
    if (document.activeElement === document.body) await this.#focusOn(this.#next);
  }

  async #focusOn(photo: number | null): Promise<void> {
    if (!(await this.#list()?.focusOn(photo))) this.querySelector<HTMLElement>("h1")?.focus({ preventScroll: true });
  }

  async #goToDate(): Promise<void> {
    const days = this.#view?.photos.state.get().times?.days ?? [];
    const first = days[0]?.day;
    const last = days.at(-1)?.day;
    if (first === undefined || last === undefined) return;
    const { dateSheet } = await import("./photos/date-sheet.ts");
    const day = await this.app.ask<string>((done) => dateSheet(this.app, { first, last }, done));
    if (day) await this.#goTo(day);
  }

  async #goTo(day: string): Promise<void> {
    this.#keep({ tab: "photos" });
    await this.updateComplete;
    await this.#list()?.goTo(day);
  }

  async #newer(): Promise<void> {
    const view = this.#view;
    if (!view) return;
    await view.photos.open(view.state.get().kept.filter);
    window.scrollTo({ top: 0, behavior: "instant" });
    await this.#list()?.focusOn(view.photos.state.get().days[0]?.faces[0]?.face_id ?? null);
  }

  override onKey(event: KeyboardEvent): boolean {
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const list = this.#list();
    const face = list?.focused();
    if (key === "Escape" && this.querySelector(":popover-open")) return false;
    if (key.startsWith("Arrow")) {
      const moved = moveFocus(this, key);
      const to = list?.focused();
      if (event.shiftKey && face && to) this.#view?.pick([face, to], true);
      return moved;
    }
    if (key === "r") this.#rename();
    else if (key === "g") void this.#goToDate();
    else if (key === "Escape" && this.#selected()) this.#stopSelecting();
    else if (key === "Escape") this.app.router.go({ page: "people" });
    else if (!face || !list) return false;
    else if (key === "Enter") list.show(face);
    else if (key === " ") list.toggle(face);
    else if (key === "x") this.#takeOut(this.#meant(face));
    else if (key === "m") this.#moveTo(this.#meant(face));
    else return false;
    return true;
  }

  // What is selected, if the focus is on one of it; else the one that has the focus.
  #meant(face: PersonFaceJson): readonly PersonFaceJson[] {
    const selected = this.#selected();
    return selected?.some((one) => one.face_id === face.face_id) ? selected : [face];
  }

  #rename(): void {
    if (this.#view?.state.get().kept.draft === null) this.#keep({ draft: this.#person()?.name ?? "" });
    void this.updateComplete.then(() => this.querySelector<HTMLInputElement>("[name=name]")?.select());
  }

  #stopRenaming(): void {
    this.#keep({ draft: null });
    void this.updateComplete.then(() => this.querySelector<HTMLElement>("h1")?.focus({ preventScroll: true }));
  }

  async #save(name: string): Promise<void> {
    const person = this.#person();
    if (person && (await renamePerson(this.app, person, name))) this.#stopRenaming();
  }

  protected override render() {
    const { app } = this;
    const view = this.#view;
    const { kept, isOfferLate, failure: gone } = view?.state.get() ?? {};
    const failure = gone ?? view?.photos.state.get().error;
    if (view && failure) return notFound(app, failure, app.t.person, { page: "people" }, () => void view.open());
    const person = this.#person();
    if (!view || !person || !kept) return html`<p class="sr" role="status">${app.t.common.loading}</p>`;
    return html`${personHead(app, person, {
      draft: kept.draft,
      rename: () => this.#rename(),
      type: (draft) => this.#keep({ draft }),
      stop: () => this.#stopRenaming(),
      save: (name) => this.#save(name),
    })}
    ${isOfferLate ? nothing : this.#offer(person, view)}
    <div class="show-${kept.tab}">${this.#tabs(person, view)}${this.#times(view)}${this.#stream(person, view)}</div>
    ${isOfferLate ? this.#offer(person, view) : nothing}
    <p class="bye">
      <span dir="auto">${app.t.person.shouldNotBeHere({ name: person.name })}</span>
      <button class="btn plain" @click=${() => removePerson(app, person)}>
        <span class="cut" dir="auto">${app.t.person.remove({ name: person.name })}</span>
      </button>
    </p>
    ${this.#bar(person)}`;
  }

  #offer(person: PersonJson, view: PersonView): TemplateResult | typeof nothing {
    const { offer } = view.state.get();
    if (!offer) return nothing;
    const show = (faces: readonly PhotoFace[]) => void this.#show(faces);
    return personOffer(this.app, person, offer, { show, done: (no) => view.closeOffer(no) });
  }

  #tabs(person: PersonJson, { state }: PersonView): TemplateResult {
    const { tab } = state.get().kept;
    const all = person.faces + person.recognized;
    const button = (name: Kept["tab"], label: string) => html`<button
      aria-pressed=${tab === name}
      @click=${() => this.#keep({ tab: name })}
    >
      ${label}
    </button>`;
    return html`<span class="seg tabs" role="group" aria-label=${this.app.t.person.show}>
      ${button("photos", this.app.t.count.photos({ n: all }))}${button("times", this.app.t.person.when)}
    </span>`;
  }

  #times({ photos, state }: PersonView): TemplateResult {
    const { times } = photos.state.get();
    const { filter } = state.get().kept;
    return html`<f-person-times
      .app=${this.app}
      .times=${times}
      .camera=${filter.camera}
      @day=${(event: CustomEvent<string>) => this.#goTo(event.detail)}
      @camera=${(event: CustomEvent<string | null>) => {
        this.#keep({ tab: "photos" });
        void this.#choose({ ...filter, camera: event.detail ?? undefined });
      }}
    ></f-person-times>`;
  }

  #stream(person: PersonJson, { photos, state, pick }: PersonView): TemplateResult {
    const { selected } = state.get().kept;
    return html`<f-person-photos
      .app=${this.app}
      .person=${person}
      .photos=${photos}
      .selected=${selected}
      @choose=${(event: CustomEvent<PhotoFilter>) => this.#choose(event.detail)}
      @pick=${({ detail }: CustomEvent<{ faces: readonly PersonFaceJson[]; on: boolean }>) => pick(detail.faces, detail.on)}
      @open=${({ detail }: CustomEvent<{ faces: readonly PersonFaceJson[]; at: number }>) =>
        void this.#show(detail.faces, detail.at)}
      @date=${() => this.#goToDate()}
      @newer=${() => this.#newer()}
      @select=${() => (selected === null ? this.#keep({ selected: [] }) : this.#stopSelecting())}
    ></f-person-photos>`;
  }

  #bar(person: PersonJson): TemplateResult | typeof nothing {
    const selected = this.#selected();
    if (selected === null) return nothing;
    const [one] = selected;
    return photosBar(this.app, person, selected, {
      stop: () => this.#stopSelecting(),
      portrait: () => {
        if (one) void makePortrait(this.app, person, one).then(() => this.#stopSelecting());
      },
      out: () => this.#takeOut(selected),
      move: () => this.#moveTo(selected),
    });
  }
}

customElements.define("f-person", PersonPage);
