import { html, nothing, type TemplateResult } from "lit";
import type { ClusterJson } from "../../../../src/wire/out/schemas.ts";
import { icon } from "../../components/icon.ts";
import { bestPicture, picture } from "../../components/picture.ts";
import "../../components/lists/rows.ts";
import { moveFocus } from "../move-focus.ts";
import { Page } from "../page.ts";
import { titleOf } from "./grid/cell.ts";

const PAGE = 60;
const ROW_PX = 76;
const FACES = 3;

/** The ignored groups, and how to bring them back. */
export class IgnoredPage extends Page {
  static override properties = {
    ...Page.properties,
    list: { state: true },
    total: { state: true },
    failure: { state: true },
    back: { state: true },
  };
  declare list: readonly ClusterJson[] | null;
  declare total: number;
  declare failure: unknown;
  /** Brought back from here: they stay where they are until the page is opened anew. */
  declare back: ReadonlySet<string>;
  #stop: (() => void) | null = null;
  #next: string | null = null;
  #asking = false;

  constructor() {
    super();
    this.list = null;
    this.total = 0;
    this.failure = null;
    this.back = new Set();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#load();
    this.#stop = this.app.live.on("clusters", () => void this.#renew());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop?.();
  }

  async #load(): Promise<void> {
    try {
      const answer = await this.app.clusters.list({ state: "ignored", limit: PAGE });
      this.list = answer.clusters;
      this.total = answer.total;
      this.#next = answer.next_cursor;
      this.back = new Set();
      this.failure = null;
    } catch (error) {
      this.failure = error;
    }
  }

  /** What another page has changed; a list that was scrolled or acted on stays as it is, but for what is ignored again. */
  async #renew(): Promise<void> {
    if (this.back.size === 0 && (this.list?.length ?? 0) <= PAGE && window.scrollY < 200) return this.#load();
    const gone = [...this.back];
    const found = await Promise.all(gone.map((id) => this.app.clusters.one(id, { limit: 1 }).catch(() => null)));
    this.back = new Set(gone.filter((_, at) => found[at]?.state !== "ignored"));
  }

  #more = async (): Promise<void> => {
    const cursor = this.#next;
    if (cursor === null || this.#asking) return;
    this.#asking = true;
    try {
      const answer = await this.app.clusters.list({ state: "ignored", limit: PAGE, cursor });
      this.#next = answer.next_cursor;
      this.list = [...(this.list ?? []), ...answer.clusters];
    } catch (error) {
      this.failure = error;
    } finally {
      this.#asking = false;
    }
  };

  async #bring(group: ClusterJson): Promise<void> {
    this.back = new Set([...this.back, group.id]);
    try {
      const { change, faces } = await this.app.clusters.unignore(group.id);
      this.app.did(this.app.t.unknown.ignored.brought({ n: faces }), {
        changes: [change],
        picture: { thumbnail: bestPicture(group.representatives), round: false },
      });
    } catch (error) {
      this.back = new Set([...this.back].filter((id) => id !== group.id));
      this.app.complain(error);
    }
  }

  override onKey(event: KeyboardEvent): boolean {
    if (event.key.startsWith("Arrow")) return moveFocus(this, event.key);
    if (event.key !== "Escape") return false;
    this.app.router.go({ page: "unknown" });
    return true;
  }

  protected override render() {
    const { app, list, total, back } = this;
    const words = app.t.unknown.ignored;
    return html`<header class="head">
        <div class="crumbs">
          <a class="crumb" href=${app.router.href({ page: "unknown" })}>${icon("back")}${words.back}</a>
        </div>
        <div>
          <h1 tabindex="-1">${words.title({ n: Math.max(0, total - back.size) })}</h1>
          <p>${list?.length === 0 ? words.none : words.hint}</p>
        </div>
      </header>
      ${
        this.failure
          ? html`<div class="card empty">
              <p>${app.explain(this.failure)}</p>
              <button class="btn primary" @click=${() => this.#load()}>${app.t.common.tryAgain}</button>
            </div>`
          : nothing
      }
      ${
        list && list.length > 0
          ? html`<f-rows
              class="card"
              .items=${list}
              .keyOf=${(group: ClusterJson) => group.id}
              .draw=${this.#row}
              .nearEnd=${() => void this.#more()}
              .estimate=${() => ROW_PX}
              .stamp=${back}
            ></f-rows>`
          : nothing
      }`;
  }

  #row = (group: ClusterJson): TemplateResult => {
    const { app } = this;
    const words = app.t.unknown;
    const brought = this.back.has(group.id);
    const when = app.t.when.ago(new Date(group.last_seen), app.now.get());
    const photos = app.t.count.photos({ n: group.size });
    return html`<div class="row">
      <span class="strip"
        >${group.representatives.slice(0, FACES).map((face) => picture(app.http, face.thumbnail, { size: "s44" }))}</span
      >
      <div>
        <strong>${titleOf(app, group)}</strong>
        <p class="two small cut">${words.cell.visitsAnd({ visits: photos, when })}</p>
      </div>
      <button
        class="btn tonal"
        data-item=${group.id}
        aria-disabled=${brought}
        @click=${() => brought || this.#bring(group)}
      >
        ${brought ? icon("check") : nothing}${words.ignored.bring}
      </button>
    </div>`;
  };
}

customElements.define("f-ignored", IgnoredPage);
