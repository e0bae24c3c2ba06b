import { html, nothing, type TemplateResult } from "lit";
import type { PersonJson } from "../../../../src/wire/out/schemas.ts";
import { hints } from "../../components/hints.ts";
import { icon } from "../../components/icon.ts";
import { picture } from "../../components/picture.ts";
import "../../components/lists/rows.ts";
import { matchAt } from "../../components/naming/suggest.ts";
import { createKept } from "../../state/kept.ts";
import { inOrder, isHere, type PeopleOrder } from "../../state/people/presence.ts";
import { Watch } from "../../state/watch.ts";
import { cameraTitle, cameraWord } from "../../texts/camera.ts";
import { moveFocus } from "../move-focus.ts";
import { Page } from "../page.ts";
import "./people-page.css";

const ORDERS: readonly PeopleOrder[] = ["seen", "name", "faces"];
const TILE_MIN_PX = 96;
const WIDE_TILE_MIN_PX = 136;
const TILE_PX = 176;
const kept = createKept<{ readonly query: string; readonly order: PeopleOrder }>("people");

/** All named people, with when and where each was last seen. */
export class PeoplePage extends Page {
  static override properties = { ...Page.properties, query: { state: true }, order: { state: true } };
  declare query: string;
  declare order: PeopleOrder;

  constructor() {
    super();
    const { query = "", order = "seen" } = kept.get() ?? {};
    this.query = query;
    this.order = order;
    new Watch(this, () => [this.app.people.state, this.app.now]);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.app.people.wanted();
  }

  override onKey(event: KeyboardEvent): boolean {
    if (event.key.startsWith("Arrow")) return moveFocus(this, event.key);
    if (event.key !== "/") return false;
    this.querySelector<HTMLInputElement>("[role=search] input")?.focus();
    return true;
  }

  #find(query: string, order = this.order): void {
    this.query = query;
    this.order = order;
    kept.set({ query, order });
  }

  #type = (event: InputEvent): void => {
    this.#find((event.target as HTMLInputElement).value);
  };

  #sort = (event: Event): void => {
    const { value } = event.target as HTMLSelectElement;
    this.#find(this.query, ORDERS.find((order) => order === value) ?? "seen");
  };

  #keyInSearch = (event: KeyboardEvent): void => {
    if (event.key === "Escape") {
      this.#find("");
      (event.target as HTMLElement).blur();
    } else if (event.key === "ArrowDown") {
      event.preventDefault();
      this.querySelector<HTMLElement>("[data-item]")?.focus();
    }
  };

  // Enter opens the first search result.
  #open = (event: Event): void => {
    event.preventDefault();
    const [first] = this.#found();
    if (first && this.query.trim() !== "") this.app.router.go({ page: "person", id: first.person_id });
  };

  #found(): PersonJson[] {
    const { list } = this.app.people.state.get();
    return inOrder(
      list.filter((person) => matchAt(person.name, this.query) >= 0),
      this.order,
      this.app.t.lang,
    );
  }

  protected override render() {
    const { app } = this;
    const { phase, list, error } = app.people.state.get();
    const words = app.t.people;
    if (phase === "failed") {
      return html`<div class="card empty">
        <h1 class="h2">${app.t.common.failed.title}</h1>
        <p>${app.explain(error)}</p>
        <button class="btn primary" @click=${() => app.people.load()}>${app.t.common.tryAgain}</button>
      </div>`;
    }
    if (phase !== "ready") return html`<p class="sr" role="status">${app.t.common.loading}</p>`;
    return html`<header class="head">
        <div><h1>${list.length > 0 ? words.title({ n: list.length }) : words.titleNone}</h1>${this.#latest()}</div>
      </header>
      ${list.length === 0 ? this.#empty() : this.#all()}`;
  }

  #latest(): TemplateResult | typeof nothing {
    const { app } = this;
    const [latest] = inOrder(app.people.state.get().list, "seen", app.t.lang);
    if (!latest?.last_seen || !latest.last_camera) return nothing;
    const { name } = latest;
    const camera = cameraWord(latest.last_camera);
    const now = app.now.get();
    const said = isHere(latest, now)
      ? app.t.people.isHere({ name, camera: cameraTitle(latest.last_camera) })
      : app.t.people.wasHere({ name, camera, when: app.t.when.dayAndTime(new Date(latest.last_seen), now) });
    return html`<p dir="auto">${said}</p>`;
  }

  #empty(): TemplateResult {
    const { app } = this;
    return html`<div class="card empty">
      <h2>${app.t.people.nobody}</h2>
      <p>${app.t.people.nobodyHint}</p>
      <a class="btn primary" href=${app.router.href({ page: "unknown" })}>${app.t.people.toUnknown}</a>
    </div>`;
  }

  #all(): TemplateResult {
    const words = this.app.t.people;
    const found = this.#found();
    const wide = matchMedia("(min-width: 900px)").matches;
    const said = { seen: words.bySeen, name: words.byName, faces: words.byPhotos };
    return html`<div class="find-people">
        <form class="name" role="search" @submit=${this.#open}>
          ${icon("search")}
          <input
            .value=${this.query}
            placeholder=${words.find}
            aria-label=${words.find}
            type="search"
            autocomplete="off"
            spellcheck="false"
            dir="auto"
            @input=${this.#type}
            @keydown=${this.#keyInSearch}
          />
        </form>
        <label class="chip choice">
          <select aria-label=${words.order} @change=${this.#sort}>
            ${ORDERS.map((order) => html`<option value=${order} ?selected=${order === this.order}>${said[order]}</option>`)}
          </select>
          ${icon("down")}
        </label>
      </div>
      ${
        found.length === 0
          ? html`<div class="card empty">
              <h2 dir="auto">${words.noneFound({ query: this.query.trim() })}</h2>
              <button
                class="btn tonal"
                @click=${() => this.#find("")}
              >
                ${words.clear}
              </button>
            </div>`
          : html`<f-rows
              .items=${found}
              .keyOf=${(person: PersonJson) => person.person_id}
              .draw=${this.#tile}
              .min=${wide ? WIDE_TILE_MIN_PX : TILE_MIN_PX}
              .gap=${wide ? 16 : 12}
              .rowGap=${wide ? 32 : 24}
              .estimate=${() => TILE_PX}
              .rowClass=${"people"}
            ></f-rows>`
      }
      ${hints([
        [["/"], words.keyFind],
        [["←", "→"], words.keyMove],
        [["Enter"], words.keyOpen],
      ])}`;
  }

  #tile = (person: PersonJson): TemplateResult => {
    const { app } = this;
    const now = app.now.get();
    const here = isHere(person, now);
    const words = app.t.people;
    return html`<a
      class=${here ? "here" : ""}
      href=${app.router.href({ page: "person", id: person.person_id })}
      data-item=${person.person_id}
      title=${person.name}
    >
      ${picture(app.http, person.portrait ?? person.thumbnail, { round: true })}
      <strong dir="auto">${person.name}</strong>
      <p class="seen">${this.#seen(person, here)}</p>
      <p class="counts">
        ${words.photosAndLooks({ photos: person.faces + person.recognized, looks: person.encodings })}
      </p>
    </a>`;
  };

  #seen({ last_seen: seen, last_camera: at }: PersonJson, here: boolean): string {
    const { people: words, when } = this.app.t;
    if (seen === null) return words.never;
    const ago = when.ago(new Date(seen), this.app.now.get());
    if (at === null) return ago;
    const camera = cameraTitle(at);
    return here ? words.hereNow({ camera }) : words.seenAt({ camera, when: ago });
  }
}

customElements.define("f-people", PeoplePage);
