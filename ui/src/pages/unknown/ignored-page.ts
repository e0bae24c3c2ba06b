import { html, nothing, type TemplateResult } from "lit";
import type { ClusterJson } from "../../../../src/wire/out/schemas.ts";
import { allPages } from "../../api/all-pages.ts";
import { aboutGroup } from "../../components/group-card.ts";
import { icon } from "../../components/icon.ts";
import { picture } from "../../components/picture.ts";
import "../../components/lists/rows.ts";
import { moveFocus } from "../move-focus.ts";
import { Page } from "../page.ts";

const PAGE = 1_000;
const ROW_PX = 76;
const CAMERAS_NAMED = 2;

/** The ignored groups, and how to bring them back. */
export class IgnoredPage extends Page {
  static override properties = { ...Page.properties, list: { state: true }, failure: { state: true } };
  declare list: readonly ClusterJson[] | null;
  declare failure: unknown;
  #stop: (() => void) | null = null;

  constructor() {
    super();
    this.list = null;
    this.failure = null;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#load();
    this.#stop = this.app.live.on("clusters", () => void this.#load());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop?.();
  }

  async #load(): Promise<void> {
    const list: ClusterJson[] = [];
    try {
      await allPages(
        (cursor) => this.app.clusters.list({ state: "ignored", limit: PAGE, cursor }),
        (page) => void list.push(...page.clusters),
      );
      this.list = list;
      this.failure = null;
    } catch (error) {
      this.failure = error;
    }
  }

  async #bring(cluster: ClusterJson): Promise<void> {
    const before = this.list;
    this.list = before?.filter((one) => one.id !== cluster.id) ?? null;
    try {
      await this.app.clusters.unignore(cluster.id);
      const undo = this.app.undoing();
      this.app.toasts.show({
        text: this.app.t.discover.ignoredPage.brought(cluster.size),
        picture: { thumbnail: cluster.representatives[0]?.thumbnail ?? null, round: false },
        undo: () => void undo().then(() => this.#load()),
      });
    } catch (error) {
      this.list = before;
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
    const { app, list } = this;
    const words = app.t.discover.ignoredPage;
    return html`<header class="head">
        <div class="crumbs">
          <a class="crumb" href=${app.router.href({ page: "unknown" })}>${icon("back")}${app.t.discover.group.back}</a>
        </div>
        <div>
          <h1>${words.title(list?.length ?? 0)}</h1>
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
              .keyOf=${(cluster: ClusterJson) => cluster.id}
              .draw=${this.#row}
              .estimate=${() => ROW_PX}
            ></f-rows>`
          : nothing
      }`;
  }

  #row = (cluster: ClusterJson): TemplateResult => {
    const { app } = this;
    return html`<div class="row">
      <span class="strip"
        >${cluster.representatives.slice(0, 3).map((face) => picture(app.http, face.thumbnail, { size: "s44" }))}</span
      >
      <div>
        <strong>${app.t.common.faces(cluster.size)}</strong>
        <p class="two small cut">${aboutGroup(app, cluster, CAMERAS_NAMED)}</p>
      </div>
      <button class="btn tonal" data-item=${cluster.id} @click=${() => this.#bring(cluster)}>
        ${app.t.discover.ignoredPage.bring}
      </button>
    </div>`;
  };
}

customElements.define("f-ignored", IgnoredPage);
