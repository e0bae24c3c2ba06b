import { html, nothing, type TemplateResult } from "lit";
import type { ClusterJson } from "../../../../src/wire/out/schemas.ts";
import "../../components/group-card.ts";
import { hints } from "../../components/hints.ts";
import { icon } from "../../components/icon.ts";
import "../../components/lists/rows.ts";
import { picture } from "../../components/picture.ts";
import { toSections } from "../../state/unknown/marks.ts";
import type { Doing } from "../../state/unknown/waiting.ts";
import { Watch } from "../../state/watch.ts";
import { cameraTitle } from "../../texts/camera.ts";
import { start } from "../start/start.ts";
import "./unknown-page.css";
import { moveFocus } from "../move-focus.ts";
import { isPressable, isWriting, Page } from "../page.ts";
import { discoverHead } from "./unknown-head.ts";
import { discoverState, toSituation } from "./unknown-states.ts";
import "./known-groups.ts";
import { ignoreGroups, nameGroups } from "./naming.ts";
import { selectionDock } from "./selection-dock.ts";

const CARD_MIN_PX = 330;
const CARD_GAP_PX = 16;
const KNOWN_CARD_PX = 490;
const CARD_PX = 320;
const TILE_MIN_PX = 76;
const TILE_GAP_PX = 6;
/** Most groups ignored at once; each is one request. */
const IGNORE_ALL_LIMIT = 100;
const SCROLLING_MS = 1_500;

/** Groups waiting for a name. */
export class DiscoverPage extends Page {
  static override properties = { ...Page.properties, selected: { state: true }, starting: { state: true } };
  declare selected: ReadonlySet<string>;
  declare starting: boolean;
  #drafts = new Map<string, string>();
  #scrolled = 0;

  constructor() {
    super();
    this.selected = new Set();
    this.starting = false;
    new Watch(this, () => [
      this.app.waiting.state,
      this.app.discovery,
      this.app.stats,
      this.app.rule,
      this.app.now,
      this.app.people.state,
    ]);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.app.waiting.wanted();
    this.app.people.wanted();
    window.addEventListener("scroll", this.#scroll, { passive: true });
    this.app.waiting.holds(() => this.#doing());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener("scroll", this.#scroll);
    this.app.waiting.holds(() => "nothing");
    this.app.waiting.sweep();
  }

  #scroll = (): void => {
    this.#scrolled = Date.now();
  };

  // Nothing may move what the user is about to press.
  #doing(): Doing {
    const { activeElement } = document;
    const inside = this.contains(activeElement);
    if (inside && isWriting(activeElement)) return "typing";
    const scrolled = Date.now() - this.#scrolled < SCROLLING_MS || window.scrollY > 200;
    return inside || this.selected.size > 0 || scrolled ? "reading" : "nothing";
  }

  #cluster(id: string | undefined): ClusterJson | undefined {
    return this.app.waiting.state.get().list.find((cluster) => cluster.id === id);
  }

  #select(id: string): void {
    const selected = new Set(this.selected);
    if (!selected.delete(id)) selected.add(id);
    this.selected = selected;
  }

  #stopSelecting = (): void => {
    this.selected = new Set();
  };

  async #discover(): Promise<void> {
    if (this.starting || this.app.discovery.get()?.state === "running") return;
    this.starting = true;
    try {
      this.app.discovery.set(await this.app.discoveries.start());
    } catch (error) {
      this.app.complain(error);
    } finally {
      this.starting = false;
    }
  }

  async #cancel(): Promise<void> {
    try {
      this.app.discovery.set(await this.app.discoveries.cancel());
    } catch (error) {
      this.app.complain(error);
    }
  }

  override onKey(event: KeyboardEvent): boolean {
    const card = (event.target as HTMLElement).closest<HTMLElement>("[data-cluster]");
    const cluster = this.#cluster(card?.dataset.cluster);
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (key.startsWith("Arrow")) return moveFocus(this, key);
    if (key === "d") {
      void this.#discover();
      return true;
    }
    if (key === "Escape" && this.selected.size > 0) {
      this.#stopSelecting();
      return true;
    }
    if (!card || !cluster || card.hasAttribute("data-done")) return false;
    const inside = event.target !== card && isPressable(event.target);
    if (key === "o") this.app.router.go({ page: "group", id: cluster.id });
    else if (key === "i") void this.#ignoreAndGoOn([cluster]);
    else if (key === "x" || (key === " " && !inside)) this.#select(cluster.id);
    else if ((key === "Enter" && !inside) || key === "n") {
      // What to do first: two groups of one, where that is proposed.
      const first = card.querySelector<HTMLElement>(key === "n" ? "f-name" : ".split button, f-name");
      if (first) first.focus();
      else this.app.router.go({ page: "group", id: cluster.id });
    } else return false;
    return true;
  }

  protected override updated(): void {
    this.classList.toggle("selecting", this.selected.size > 0);
  }

  // The focus moves to the next group instead of being lost with the card.
  async #ignoreAndGoOn(clusters: readonly ClusterJson[]): Promise<void> {
    if (!moveFocus(this, "ArrowRight")) moveFocus(this, "ArrowLeft");
    await ignoreGroups(this.app, clusters);
  }

  protected override render() {
    const { app } = this;
    const state = app.waiting.state.get();
    const situation = toSituation(state, app.discovery.get(), app.stats.get());
    if (situation === "first") return start(app);
    const sections = toSections(state.list, state.marks, state.declined);
    return html`${discoverHead(app, situation, {
      starting: this.starting,
      discover: () => void this.#discover(),
      cancel: () => void this.#cancel(),
    })}
      ${this.#pill()}
      ${discoverState(app, situation, () => void this.#discover())}
      ${state.list.length > 0 ? this.#sections(sections) : nothing} ${this.#ignoredLink()}
      ${state.list.length > 0 ? hints(app.t.discover.hints) : nothing}
      ${this.selected.size > 0 ? this.#dock() : nothing}`;
  }

  #pill(): TemplateResult | typeof nothing {
    const { pending, fresh } = this.app.waiting.state.get();
    if (!pending || fresh === 0) return nothing;
    const words = this.app.t.discover;
    const show = () => {
      this.app.waiting.takePending();
      window.scrollTo({ top: 0 });
    };
    return html`<button class="btn primary fresh" aria-label=${words.freshLabel(fresh)} @click=${show}>${words.fresh(fresh)}</button>`;
  }

  #sections({ known, who, once }: ReturnType<typeof toSections>): TemplateResult {
    const words = this.app.t.discover;
    const days = this.app.rule.get().retentionDays;
    return html`${
      known.length > 0
        ? html`<f-known .app=${this.app} .groups=${known} .cards=${this.#knownCards}></f-known>`
        : nothing
    }
      ${
        who.length > 0
          ? html`<section aria-labelledby="who">
              <div class="sec"><h2 id="who">${words.who}</h2><p>${words.whoHint}</p></div>
              ${this.#cards(who, CARD_PX)}
            </section>`
          : nothing
      }
      ${
        once.length > 0
          ? html`<section aria-labelledby="once">
              <div class="sec">
                <h2 id="once">${words.once}</h2>
                <p>${words.onceHint(once.length, days)}</p>
                ${
                  once.length <= IGNORE_ALL_LIMIT
                    ? html`<button class="btn plain" @click=${() => ignoreGroups(this.app, once)}>${words.ignoreAll}</button>`
                    : nothing
                }
              </div>
              <f-rows
                .items=${once}
                .keyOf=${(cluster: ClusterJson) => cluster.id}
                .draw=${this.#tile}
                .min=${TILE_MIN_PX}
                .gap=${TILE_GAP_PX}
                .estimate=${() => TILE_MIN_PX + 14}
                .rowClass=${"tiles"}
              ></f-rows>
            </section>`
          : nothing
      }`;
  }

  #knownCards = (known: readonly ClusterJson[]): TemplateResult => this.#cards(known, KNOWN_CARD_PX);

  #cards(clusters: readonly ClusterJson[], height: number): TemplateResult {
    return html`<f-rows
      .items=${clusters}
      .keyOf=${(cluster: ClusterJson) => cluster.id}
      .draw=${this.#card}
      .min=${CARD_MIN_PX}
      .gap=${CARD_GAP_PX}
      .estimate=${() => height}
      .rowClass=${"groups"}
    ></f-rows>`;
  }

  #card = (cluster: ClusterJson): TemplateResult => {
    const { marks, declined } = this.app.waiting.state.get();
    const draft = (event: CustomEvent<string>) => this.#drafts.set(cluster.id, event.detail);
    return html`<f-card
      .app=${this.app}
      .cluster=${cluster}
      .mark=${marks.get(cluster.id)}
      .declined=${declined.has(cluster.id)}
      .selecting=${this.selected.size > 0}
      .selected=${this.selected.has(cluster.id)}
      .draft=${this.#drafts.get(cluster.id) ?? ""}
      @pick=${() => this.#select(cluster.id)}
      @draft=${draft}
    ></f-card>`;
  };

  #tile = (cluster: ClusterJson): TemplateResult => {
    const { app } = this;
    const [face] = cluster.representatives;
    const label = face ? `${cameraTitle(face.camera)}, ${app.t.when.exact(new Date(face.timestamp))}` : "";
    const chosen = this.selected.has(cluster.id);
    const press = (event: MouseEvent) => {
      if (this.selected.size === 0) return;
      event.preventDefault();
      event.stopPropagation();
      this.#select(cluster.id);
    };
    return html`<a
      class="tile ${chosen ? "on" : ""}"
      href=${app.router.href({ page: "group", id: cluster.id })}
      data-cluster=${cluster.id}
      aria-label=${label}
      title=${label}
      @click=${press}
      >${picture(app.http, face?.thumbnail ?? null)}</a
    >`;
  };

  #ignoredLink(): TemplateResult | typeof nothing {
    const ignored = this.app.stats.get()?.ignored ?? 0;
    if (ignored === 0) return nothing;
    return html`<div class="ignored">
      <a class="btn plain" href=${this.app.router.href({ page: "ignored" })}>${icon("ignore")}${this.app.t.discover.ignored(ignored)}</a>
    </div>`;
  }

  #dock(): TemplateResult {
    const clusters = [...this.selected].map((id) => this.#cluster(id)).filter((cluster) => cluster !== undefined);
    return selectionDock(this.app, clusters, {
      stop: this.#stopSelecting,
      ignore: () => {
        this.#stopSelecting();
        void ignoreGroups(this.app, clusters);
      },
      name: (chosen) => {
        void nameGroups(this.app, clusters, chosen).then((done) => {
          if (done) this.#stopSelecting();
        });
      },
    });
  }
}

customElements.define("f-discover", DiscoverPage);
