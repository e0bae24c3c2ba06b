import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import type { FaceJson, PersonJson } from "../../../../src/wire/out/schemas.ts";
import { hints } from "../../components/hints.ts";
import { icon } from "../../components/icon.ts";
import { estimateLine, facesLine } from "../../components/lists/faces-lines.ts";
import "../../components/lists/rows.ts";
import type { Calendar } from "../../state/people/calendar.ts";
import { type FacesLine, toFacesLines } from "../../state/people/faces-by-day.ts";
import type { Route } from "../../state/router.ts";
import { Watch } from "../../state/watch.ts";
import { cameraTitle } from "../../texts/camera.ts";
import { moveFocus } from "../move-focus.ts";
import { notFound } from "../not-found.ts";
import { Page } from "../page.ts";
import { deletePerson } from "./delete-person.ts";
import { download, removePerson, renamePerson, takeOut } from "./person-actions.ts";
import { loadCalendar } from "./person-calendar.ts";
import { personFigures, personHead } from "./person-head.ts";
import "./person-page.css";
import { whenAndWhere } from "./when-and-where.ts";

const PAGE = 300;

interface Filter {
  readonly camera?: string | undefined;
  /** Index into the calendar's days. */
  readonly day?: number | undefined;
}

/** One person: faces by day and camera, and all actions. */
export class PersonPage extends Page {
  static override properties = {
    ...Page.properties,
    person: { state: true },
    faces: { state: true },
    calendar: { state: true },
    filter: { state: true },
    renaming: { state: true },
    failure: { state: true },
    complete: { state: true },
  };
  declare person: PersonJson | null;
  declare faces: readonly FaceJson[];
  declare calendar: Calendar | null;
  declare filter: Filter;
  declare renaming: boolean;
  declare failure: unknown;
  /** All faces are loaded. */
  declare complete: boolean;
  #cursor: string | null = null;
  #loading: AbortController | null = null;
  #lines: { of: readonly FaceJson[]; lines: FacesLine[] } = { of: [], lines: [] };
  #stops: (() => void)[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.#clear();
    new Watch(this, () => [this.app.now, this.app.people.state]);
  }

  #clear(): void {
    this.person = null;
    this.faces = [];
    this.calendar = null;
    this.filter = {};
    this.renaming = false;
    this.failure = null;
    this.complete = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.app.people.wanted();
    const soon = () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => void this.#load(), 300);
    };
    this.#stops = [this.app.live.on("people", soon)];
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#loading?.abort();
    clearTimeout(this.#timer);
    for (const stop of this.#stops) stop();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get("route") as Route | undefined;
    if (changed.has("route") && (before as { id?: string } | undefined)?.id !== this.#id()) {
      this.#clear();
      void this.#load();
    }
  }

  #id(): string {
    return this.route.page === "person" ? this.route.id : "";
  }

  async #load(): Promise<void> {
    this.#loading?.abort();
    const loading = new AbortController();
    this.#loading = loading;
    try {
      const { person } = await this.app.registry.one(this.#id(), { limit: 1, signal: loading.signal });
      if (loading.signal.aborted) return;
      this.person = person;
      this.failure = null;
      await this.#loadFaces(loading.signal);
      const calendar = await loadCalendar(this.app, this.#id(), loading.signal);
      if (calendar) this.calendar = calendar;
    } catch (error) {
      if (!loading.signal.aborted) this.failure = error;
    }
  }

  #query(): { person: string; camera?: string | undefined; from?: string; to?: string } {
    const { camera, day } = this.filter;
    const date = day === undefined ? undefined : this.calendar?.days[day];
    const next = date && new Date(date.getFullYear(), date.getMonth(), date.getDate() + 1);
    return {
      person: this.#id(),
      camera,
      ...(date && next ? { from: date.toISOString(), to: next.toISOString() } : {}),
    };
  }

  async #loadFaces(signal: AbortSignal): Promise<void> {
    const page = await this.app.faces.list({ ...this.#query(), limit: PAGE });
    if (signal.aborted) return;
    this.faces = page.faces;
    this.#cursor = page.next_cursor;
    this.complete = page.next_cursor === null;
  }

  #more = async (): Promise<void> => {
    const cursor = this.#cursor;
    const signal = this.#loading?.signal;
    if (cursor === null || !signal) return;
    this.#cursor = null;
    try {
      const page = await this.app.faces.list({ ...this.#query(), limit: PAGE, cursor });
      if (signal.aborted) return;
      this.faces = [...this.faces, ...page.faces];
      this.#cursor = page.next_cursor;
      this.complete = page.next_cursor === null;
    } catch (error) {
      if (signal.aborted) return;
      this.#cursor = cursor;
      this.app.complain(error);
    }
  };

  async #choose(filter: Filter): Promise<void> {
    this.filter = filter;
    this.#loading?.abort();
    const loading = new AbortController();
    this.#loading = loading;
    try {
      await this.#loadFaces(loading.signal);
    } catch (error) {
      this.app.complain(error);
    }
  }

  async #takeOut(face: FaceJson): Promise<void> {
    const { person, faces } = this;
    if (!person) return;
    if (!moveFocus(this, "ArrowRight")) moveFocus(this, "ArrowLeft");
    this.faces = faces.filter((one) => one.face_id !== face.face_id);
    try {
      await takeOut(this.app, person, face);
    } catch (error) {
      if (!this.faces.some((one) => one.face_id === face.face_id)) this.faces = [...this.faces, face];
      this.app.complain(error);
    }
  }

  async #show(face: FaceJson): Promise<void> {
    const { app, person } = this;
    if (!person) return;
    const { faceSheet } = await import("../../components/sheets/face-sheet.ts");
    const out = await app.ask<boolean>((done) => faceSheet(app, person.name, face, done));
    if (out) await this.#takeOut(face);
  }

  override onKey(event: KeyboardEvent): boolean {
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (key.startsWith("Arrow")) return moveFocus(this, key);
    if (key === "r") {
      this.#rename();
      return true;
    }
    if (key === "Escape") {
      this.app.router.go({ page: "people" });
      return true;
    }
    const item = (event.target as HTMLElement).closest<HTMLElement>("[data-item]");
    const face = this.faces.find((one) => one.face_id === Number(item?.dataset.item));
    if (key !== "x" || !face) return false;
    void this.#takeOut(face);
    return true;
  }

  #rename(): void {
    this.renaming = true;
    void this.updateComplete.then(() => this.querySelector<HTMLInputElement>("[name=name]")?.select());
  }

  async #save(name: string): Promise<void> {
    if (!this.person) return;
    this.renaming = !(await renamePerson(this.app, this.person, name));
    if (!this.renaming) await this.#load();
  }

  protected override render() {
    const { app, person } = this;
    if (this.failure)
      return notFound(this.app, this.failure, this.app.t.people.person, { page: "people" }, () => void this.#load());
    if (!person) return html`<p class="sr" role="status">${app.t.common.loading}</p>`;
    return html`${personHead(app, person, {
      renaming: this.renaming,
      rename: () => this.#rename(),
      stop: () => {
        this.renaming = false;
      },
      save: (name) => this.#save(name),
    })}
      <div class="cols">
        <div>${personFigures(app, person)}${this.#calendar()}${this.#facesList(person)}</div>
        <div>
          ${deletePerson(app, person, {
            remove: (faces) => removePerson(app, person, faces),
            download: () => void download(app, person),
          })}
        </div>
      </div>`;
  }

  #calendar(): TemplateResult | typeof nothing {
    const { app, calendar, filter } = this;
    const words = app.t.people.person;
    if (!calendar) return nothing;
    const { camera, day } = filter;
    const chosen = camera !== undefined && day !== undefined ? { camera, day } : null;
    return html`<div class="sec"><h2>${words.when}</h2><p>${words.whenHint(calendar.days.length)}</p></div>
      <div class="card pad">
        ${whenAndWhere(app, calendar, chosen, (name, at) => {
          const same = chosen?.camera === name && chosen.day === at;
          void this.#choose(same ? {} : { camera: name, day: at });
        })}
      </div>`;
  }

  #facesList(person: PersonJson): TemplateResult {
    const { app, filter } = this;
    const words = app.t.people.person;
    if (this.#lines.of !== this.faces) this.#lines = { of: this.faces, lines: toFacesLines(this.faces) };
    const cameras = [
      ...new Set([...(this.calendar?.rows.map((row) => row.camera) ?? []), ...this.faces.map((face) => face.camera)]),
    ];
    const chip = (label: string, on: boolean, next: Filter, camera: boolean) => html`<button
      class="chip"
      aria-pressed=${on}
      @click=${() => this.#choose(next)}
    >
      ${camera ? icon("camera") : nothing}${label}
    </button>`;
    return html`<div class="sec"><h2>${words.faces}</h2><p dir="auto">${words.facesHint(person.name)}</p></div>
      ${
        cameras.length > 1 || filter.camera
          ? html`<div class="chips" role="toolbar" aria-label=${words.when}>
              ${chip(words.allCameras, !filter.camera, {}, false)}
              ${cameras.map((camera) => chip(cameraTitle(camera), filter.camera === camera, { camera }, true))}
            </div>`
          : nothing
      }
      ${
        this.faces.length === 0 && this.complete
          ? html`<p class="two" dir="auto">${words.noFaces(person.name)}</p>`
          : html`<f-rows
              .items=${this.#lines.lines}
              .keyOf=${(line: FacesLine) => line.key}
              .draw=${this.#line}
              .estimate=${estimateLine}
              .nearEnd=${this.#more}
            ></f-rows>`
      }
      ${hints(words.hints)}`;
  }

  #line = (line: FacesLine): TemplateResult =>
    facesLine(this.app, line, { press: (face) => void this.#show(face), state: () => ({}) });
}

customElements.define("f-person", PersonPage);
