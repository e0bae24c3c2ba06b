import { html, LitElement, nothing, type TemplateResult } from "lit";
import type { ClusterJson } from "../../../src/wire/out/schemas.ts";
import type { App } from "../app.ts";
import { candidatesOf, ignoreGroups, nameGroups } from "../pages/unknown/naming.ts";
import type { Mark } from "../state/unknown/marks.ts";
import { Watch } from "../state/watch.ts";
import { icon } from "./icon.ts";
import type { NameChosen } from "./naming/name-field.ts";
import "./naming/name-field.ts";
import { picture } from "./picture.ts";
import { refusal } from "./refusal.ts";
import { splitProposal } from "./split-proposal.ts";
import { suggestionOf } from "./suggestion.ts";

const LONG_PRESS_MS = 450;
const MOVED_PX = 10;
/** As many cameras as fit on a card. */
const CAMERAS_NAMED = 2;

/** "Garden and driveway, since Sunday"; more cameras than `most` are counted instead of listed. */
export function aboutGroup(app: App, cluster: ClusterJson, most = Number.POSITIVE_INFINITY): string {
  const now = app.now.get();
  const { when, discover } = app.t;
  return discover.card.about(
    cluster.cameras,
    when.day(new Date(cluster.first_seen), now),
    when.day(new Date(cluster.last_seen), now),
    most,
  );
}

/**
 * A group of faces waiting for a name; once named, the result and what to do next. Fires `pick` and `draft` (the typed
 * text, so that it survives being scrolled away).
 */
export class GroupCard extends LitElement {
  static override properties = {
    app: { attribute: false },
    cluster: { attribute: false },
    mark: { attribute: false },
    selecting: { type: Boolean },
    selected: { type: Boolean },
    declined: { type: Boolean },
    draft: { attribute: false },
  };
  declare app: App;
  declare cluster: ClusterJson;
  declare mark: Mark | undefined;
  declare selecting: boolean;
  declare selected: boolean;
  declare declined: boolean;
  declare draft: string;
  #press: { timer: ReturnType<typeof setTimeout>; x: number; y: number } | null = null;
  #pressed = false;
  // One function per group: the field asks again only for another group.
  #candidates: { id: string; ask: () => ReturnType<typeof candidatesOf> } | null = null;

  constructor() {
    super();
    new Watch(this, () => [this.app.now, this.app.people.state]);
    this.draft = "";
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  #select(): void {
    this.dispatchEvent(new CustomEvent("pick"));
  }

  #down = (event: PointerEvent): void => {
    this.#pressed = false;
    if (event.pointerType !== "touch") return;
    const timer = setTimeout(() => {
      this.#pressed = true;
      this.#select();
    }, LONG_PRESS_MS);
    this.#press = { timer, x: event.clientX, y: event.clientY };
  };

  #move = (event: PointerEvent): void => {
    const press = this.#press;
    if (press && Math.hypot(event.clientX - press.x, event.clientY - press.y) > MOVED_PX) this.#up();
  };

  #up = (): void => {
    if (this.#press) clearTimeout(this.#press.timer);
    this.#press = null;
  };

  // The press that selected must not also open the group; while selecting, a picture selects.
  #open = (event: MouseEvent): void => {
    if (!this.#pressed && !this.selecting) return;
    event.preventDefault();
    event.stopPropagation();
    if (!this.#pressed) this.#select();
    this.#pressed = false;
  };

  #menu = (event: Event): void => {
    if (this.#press || this.#pressed) event.preventDefault();
  };

  #ask(): () => ReturnType<typeof candidatesOf> {
    const { id } = this.cluster;
    if (this.#candidates?.id !== id) this.#candidates = { id, ask: () => candidatesOf(this.app, id) };
    return this.#candidates.ask;
  }

  #named = (event: CustomEvent<NameChosen>): void => {
    void nameGroups(this.app, [this.cluster], event.detail);
  };

  #draft = (event: CustomEvent<string>): void => {
    this.dispatchEvent(new CustomEvent("draft", { detail: event.detail }));
  };

  protected override render() {
    const { mark } = this;
    if (mark?.kind === "naming" || mark?.kind === "named") return this.#done(mark);
    return this.#waiting();
  }

  #waiting(): TemplateResult {
    const { app, cluster } = this;
    const words = app.t.discover.card;
    const suggestion = this.declined ? null : cluster.suggestion;
    return html`<article
      class="card group"
      tabindex="0"
      data-cluster=${cluster.id}
      aria-label=${`${app.t.common.faces(cluster.size)}, ${aboutGroup(app, cluster)}`}
      @pointerdown=${this.#down}
      @pointermove=${this.#move}
      @pointerup=${this.#up}
      @pointercancel=${this.#up}
      @contextmenu=${this.#menu}
    >
      ${this.#mosaic()}
      <label class="pick"
        ><input type="checkbox" aria-label=${words.select(cluster.size)} .checked=${this.selected} @change=${this.#select} /><span
          >${icon("check")}</span
        ></label
      >
      <div class="in">
        <div class="about">
          <div><b>${app.t.common.faces(cluster.size)}</b><p class="cut" title=${aboutGroup(app, cluster)}>${aboutGroup(app, cluster, CAMERAS_NAMED)}</p></div>
          <button class="btn plain" @click=${() => ignoreGroups(app, [cluster])}>${words.ignore}</button>
        </div>
        ${this.#refused()} ${splitProposal(app, cluster)} ${suggestion ? suggestionOf(app, cluster, suggestion) : nothing}
        <f-name
          .app=${app}
          .faces=${cluster.size}
          .placeholder=${cluster.split ? words.orAll : suggestion?.level === "sure" ? words.orElse : words.whoIs}
          .label=${words.nameFor(cluster.size)}
          .draft=${this.draft}
          .candidates=${this.#ask()}
          @chosen=${this.#named}
          @draft=${this.#draft}
        ></f-name>
      </div>
    </article>`;
  }

  #mosaic(): TemplateResult {
    const { app, cluster } = this;
    // The large tile needs a face that has a picture.
    const shown = [...cluster.representatives]
      .slice(0, 5)
      .sort((a, b) => Number(b.thumbnail !== null) - Number(a.thumbnail !== null));
    const more = cluster.size - shown.length;
    const shape = ["one", "one", "pair", "three", "four", ""][shown.length] ?? "";
    return html`<a
      class="mosaic ${shape}"
      tabindex="-1"
      href=${app.router.href({ page: "group", id: cluster.id })}
      aria-label=${app.t.discover.card.seeAll(cluster.size)}
      draggable="false"
      @click=${this.#open}
      >${shown.map((face) => picture(app.http, face.thumbnail))}${
        shown.length === 4 ? html`<i class="rest">${icon("next")}</i>` : nothing
      }${more > 0 ? html`<span class="more" data-more=${app.t.discover.card.more(more)}></span>` : nothing}</a
    >`;
  }

  #refused(): TemplateResult | typeof nothing {
    const { app, cluster, mark } = this;
    if (mark?.kind !== "refused") return nothing;
    const again = mark.code === "CLUSTER_CHANGED" || mark.code === "CLUSTER_NOT_FOUND";
    const run = () => {
      app.waiting.unmark(cluster.id);
      if (again) app.router.go({ page: "group", id: cluster.id });
    };
    return refusal(app, cluster, mark, { label: again ? app.t.discover.lookAgain : app.t.common.close, run });
  }

  #done(mark: Mark & { kind: "naming" | "named" }): TemplateResult {
    const { app, cluster } = this;
    const words = app.t.discover.done;
    return html`<article class="card group done" tabindex="0" data-cluster=${cluster.id} data-done>
      <div class="in">
        <div class="about">
          ${picture(app.http, cluster.representatives[0]?.thumbnail ?? null, { round: true, size: "s56" })}
          <div>
            <b dir="auto">${words.now(mark.faces, html`<bdi>${mark.name}</bdi>`)}</b>
            <p dir="auto">${words.announced(mark.name)}</p>
          </div>
          <button class="btn square" aria-label=${words.close} @click=${() => app.waiting.unmark(cluster.id)}>${icon("close")}</button>
        </div>
        ${mark.kind === "named" && mark.claimable ? this.#claim(mark, mark.claimable) : nothing}
      </div>
    </article>`;
  }

  #claim(
    mark: Mark & { kind: "named" },
    claimable: NonNullable<(Mark & { kind: "named" })["claimable"]>,
  ): TemplateResult {
    const { app, cluster } = this;
    const words = app.t.discover.done;
    const since = claimable.since ? app.t.when.day(new Date(claimable.since), app.now.get()) : null;
    return html`<div class="looks">
      <div class="strip">${claimable.faces.map((face) => picture(app.http, face.thumbnail, { size: "s44" }))}</div>
      <p class="ask"><strong>${words.claim(claimable.count)}</strong></p>
      ${
        claimable.farthest === null
          ? nothing
          : html`<p class="two small">${words.claimHint(this.app.t.common.distance(claimable.farthest), since)}</p>`
      }
      <div class="yes">
        <button class="btn tonal" ?disabled=${mark.claiming} @click=${() => this.#take(mark)}>${words.claimN(claimable.count)}</button>
        <button class="btn plain" @click=${() => this.#look(mark)}>${words.look}</button>
        <button class="btn plain" @click=${() => app.waiting.unmark(cluster.id)}>${words.no}</button>
      </div>
    </div>`;
  }

  async #take(mark: Mark & { kind: "named" }): Promise<void> {
    const { app } = this;
    try {
      const claimed = await app.waiting.claim(this.cluster.id);
      app.toasts.show({ text: app.t.discover.done.claimed(claimed, mark.name), undo: app.undoing() });
    } catch (error) {
      app.complain(error);
    }
  }

  async #look(mark: Mark & { kind: "named" }): Promise<void> {
    const { app } = this;
    const { claimSheet } = await import("./sheets/claim-sheet.ts");
    try {
      const answer = await app.registry.claim(mark.personId, true);
      const leaveOut = await app.ask<readonly number[]>((done) => claimSheet(app, mark.name, answer, done));
      if (leaveOut?.length === 0) await this.#take(mark);
    } catch (error) {
      app.complain(error);
    }
  }
}

customElements.define("f-card", GroupCard);
