import { html, nothing, type TemplateResult } from "lit";
import { hints } from "../../components/hints.ts";
import type { UnknownFilter } from "../../state/router.ts";
import { isFiltered, toFilter, toWanted } from "../../state/unknown/wanted.ts";
import { Watch } from "../../state/watch.ts";
import { Page } from "../page.ts";
import { start } from "../start/start.ts";
import { createSelecting, type Selecting } from "./grid/selecting.ts";
import "./grid/unknown-grid.ts";
import type { UnknownGrid } from "./grid/unknown-grid.ts";
import { createSurroundings, type Surroundings } from "./surroundings.ts";
import { knownLine, unknownEnds } from "./unknown-ends.ts";
import { lookButton, unknownHead } from "./unknown-head.ts";
import { overviewLine } from "./unknown-pills.ts";
import { toSentence, toSituation, unknownState } from "./unknown-states.ts";
import { unknownTools } from "./unknown-tools.ts";
import "./unknown-page.css";

const SCROLLING_MS = 1_500;
const SEARCH_MS = 250;
const KEYS = {
  move: ["↑", "↓", "←", "→"],
  open: ["O"],
  name: ["Enter"],
  select: ["Space"],
  ignore: ["I"],
  search: ["/"],
  all: ["?"],
} as const;

/** The unknown faces: what there is, found by search and filters, and everything around their grid. */
export class UnknownPage extends Page {
  static override properties = { ...Page.properties, starting: { state: true } };
  declare starting: boolean;
  #selecting: Selecting | null = null;
  #around: Surroundings | null = null;
  #asked = "";
  #scrolled = 0;
  #wasRunning = false;
  #searching: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.starting = false;
    new Watch(this, () => [
      this.app.unknown.state,
      this.app.overview.now,
      this.app.discovery,
      this.app.stats,
      this.app.rule,
      this.app.now,
    ]);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#selecting = createSelecting(this.app, () => this.requestUpdate());
    this.#around = createSurroundings(this.app, () => this.requestUpdate());
    this.app.unknown.holds(() => this.#busy());
    this.app.people.wanted();
    window.addEventListener("scroll", this.#scroll, { passive: true });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener("scroll", this.#scroll);
    clearTimeout(this.#searching);
    this.app.unknown.leave();
    this.#asked = "";
  }

  #scroll = (): void => {
    this.#scrolled = Date.now();
  };

  // Nothing may move what is about to be pressed.
  #busy(): boolean {
    const scrolled = Date.now() - this.#scrolled < SCROLLING_MS || window.scrollY > 200;
    return scrolled || (this.#grid?.busy ?? false);
  }

  get #grid(): UnknownGrid | null {
    return this.querySelector<UnknownGrid>("f-unknown-grid");
  }

  get #filter(): UnknownFilter {
    return this.route.page === "unknown" ? toFilter(this.route) : {};
  }

  #change = (filter: UnknownFilter): void => this.app.router.replace({ page: "unknown", ...filter });

  #search = (event: InputEvent): void => {
    const q = (event.target as HTMLInputElement).value.trim() || undefined;
    clearTimeout(this.#searching);
    this.#searching = setTimeout(() => this.#change({ ...this.#filter, q }), SEARCH_MS);
  };

  protected override willUpdate(): void {
    if (this.route.page !== "unknown") return;
    const asked = JSON.stringify(this.#filter);
    if (asked !== this.#asked) {
      this.#asked = asked;
      this.app.unknown.show(toWanted(this.#filter));
    }
    this.#sayFailure();
    this.#selecting?.renew(this.app.unknown.state.get().list);
    this.#around?.follow(this.#filter);
  }

  // Where there are groups, a card about it would push them down.
  #sayFailure(): void {
    const { state = "idle", error = null } = this.app.discovery.get() ?? {};
    const was = this.#wasRunning;
    this.#wasRunning = state === "running" || this.starting;
    if (!was || state !== "failed" || this.app.unknown.state.get().list.length === 0) return;
    const words = this.app.t.unknown.empty;
    this.app.toasts.show({
      text: `${words.failed}. ${words.failedHint({ reason: toSentence(error ?? "") })}`,
      bad: true,
    });
  }

  async #look(): Promise<void> {
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

  #select = (): void => {
    if (this.#selecting?.on) this.#selecting.stop();
    else this.#selecting?.start();
  };

  async #ignoreOnce(): Promise<void> {
    const { ignoreOnce } = await import("./ignore-once.ts");
    await ignoreOnce(this.app, toWanted(this.#filter));
  }

  override onKey(event: KeyboardEvent): boolean {
    if (event.key.toLowerCase() === "d") void this.#look();
    else if (event.key === "/") this.querySelector<HTMLElement>(".tools input")?.focus();
    else return this.#grid?.onKey(event) ?? false;
    return true;
  }

  protected override render() {
    const { app } = this;
    const filter = this.#filter;
    const state = app.unknown.state.get();
    const overview = app.overview.now.get();
    const situation = toSituation(state, isFiltered(filter), app.discovery.get(), app.stats.get(), overview);
    if (situation === "first") return start(app);
    const look = {
      situation,
      starting: this.starting,
      look: () => void this.#look(),
      cancel: () => void this.#cancel(),
    };
    const { cameras = [], known = [], once = [], otherwise = null } = this.#around ?? {};
    const selecting = this.#selecting;
    const grid = state.list.length > 0;
    const ends = html`<div class="ends">
        ${unknownEnds(app, filter, once, () => void this.#ignoreOnce())} ${lookButton(app, look, "narrow")}
      </div>
      ${grid ? this.#hints() : nothing}`;
    return html`${unknownHead(app, {
      ...look,
      filter,
      cameras: cameras.length,
      selecting: selecting?.on ?? false,
      select: this.#select,
    })}
      ${state.known && !isFiltered(filter) ? knownLine(app, known) : nothing} ${overviewLine(app, filter)}
      ${
        grid || situation === "filtered" || situation === "loading"
          ? unknownTools(app, { filter, cameras, change: this.#change, search: this.#search })
          : nothing
      }
      ${unknownState(app, situation, {
        look: look.look,
        retry: () => void app.unknown.load(),
        once: () => this.#change({ size: "once" }),
        anyDay: filter.day ? () => this.#change({ ...filter, day: undefined }) : null,
        clear: () => this.#change({}),
        otherwise,
      })}
      ${
        grid && selecting
          ? html`<f-unknown-grid
              .app=${app}
              .selecting=${selecting}
              .label=${filter.sort === "last_seen" ? app.t.unknown.byTime : app.t.unknown.bySize}
              .ends=${ends}
              .stamp=${{}}
            ></f-unknown-grid>`
          : ends
      }`;
  }

  #hints(): TemplateResult {
    const words = this.app.t.unknown.keys;
    const keys = Object.keys(KEYS) as (keyof typeof KEYS)[];
    return hints(keys.map((key) => [KEYS[key], words[key]]));
  }
}

customElements.define("f-unknown", UnknownPage);
