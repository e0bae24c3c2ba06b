import { html, nothing, type TemplateResult } from "lit";
import { activityTabs } from "../../components/activity-tabs.ts";
import "../../components/lists/rows.ts";
import { type ChangeFilter, type ChangeLine, isShown, toChangeLines } from "../../state/history/change-lines.ts";
import { type Changes, createChanges } from "../../state/history/changes.ts";
import { Watch } from "../../state/watch.ts";
import { changeText } from "../../texts/change-words.ts";
import { dayKey } from "../../texts/when.ts";
import { moveFocus } from "../move-focus.ts";
import { Page } from "../page.ts";
import { changeRow } from "./change-row.ts";
import "./history-page.css";

const ROW_PX = 96;
const DAY_PX = 54;
const FILTERS: readonly ChangeFilter[] = ["all", "byHand", "automatic"];

/** Everything that changed a name, and the ways back: the second view of Activity. */
export class HistoryPage extends Page {
  static override properties = { ...Page.properties, filter: { state: true }, said: { state: true } };
  declare filter: ChangeFilter;
  /** What was done last here, for screen readers. */
  declare said: string;
  #changes: Changes | null = null;
  #stop: (() => void) | null = null;

  constructor() {
    super();
    this.filter = "all";
    this.said = "";
    new Watch(this, () => [this.app.people.state, this.app.now]);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.app.people.wanted();
    const changes = createChanges(this.app.system, this.app.live);
    this.#changes = changes;
    this.#stop = changes.state.subscribe(() => this.requestUpdate());
    void changes.load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop?.();
    this.#changes?.stop();
  }

  override onKey(event: KeyboardEvent): boolean {
    return (event.key === "ArrowUp" || event.key === "ArrowDown") && moveFocus(this, event.key);
  }

  protected override render() {
    const { app } = this;
    const changes = this.#changes;
    if (!changes) return nothing;
    const { phase, list, error } = changes.state.get();
    const words = app.t.history;
    return html`<header class="title">
        <div><h1 tabindex="-1">${phase === "ready" ? this.#title() : app.t.activity.tabs.changes}</h1><p>${words.about}</p></div>
        ${activityTabs(app, "history")}
      </header>
      ${
        phase === "failed"
          ? html`<div class="card empty">
              <h2>${app.t.common.failed.title}</h2>
              <p>${app.explain(error)}</p>
              <button class="btn primary" @click=${() => changes.load()}>${app.t.common.tryAgain}</button>
            </div>`
          : phase === "loading"
            ? html`<p class="sr" role="status">${app.t.common.loading}</p>`
            : list.length === 0
              ? html`<div class="card empty"><h2>${words.none}</h2><p>${words.noneHint}</p></div>`
              : this.#list(changes)
      }
      <p class="sr" aria-live="polite">${this.said}</p>`;
  }

  #title(): string {
    const { list = [], complete = true } = this.#changes?.state.get() ?? {};
    const today = dayKey(this.app.now.get());
    const n = list.filter((change) => dayKey(new Date(change.at)) === today).length;
    const words = this.app.t.history;
    return n === list.length && !complete ? words.titleMore({ n }) : words.title({ n });
  }

  #list(changes: Changes): TemplateResult {
    const { app } = this;
    const words = app.t.history;
    const { list, complete, busy, failures } = changes.state.get();
    const shown = list.filter((change) => isShown(change, this.filter));
    // A filter may hide all that is loaded.
    if (shown.length === 0 && !complete) this.#more();
    const choose = (filter: ChangeFilter) => () => {
      this.filter = filter;
    };
    return html`<div class="tools" role="group" aria-label=${words.show}>
        ${FILTERS.map((filter) => html`<button class="chip" aria-pressed=${filter === this.filter} @click=${choose(filter)}>${words[filter]}</button>`)}
      </div>
      ${
        shown.length === 0 && complete
          ? html`<div class="card empty"><h2>${words.noneOf}</h2></div>`
          : html`<f-rows
              .items=${toChangeLines(shown)}
              .keyOf=${(line: ChangeLine) => line.key}
              .draw=${this.#line}
              .estimate=${(line: ChangeLine) => (line.kind === "day" ? DAY_PX : ROW_PX)}
              .nearEnd=${this.#more}
              .stamp=${{ busy, failures, people: app.people.state.get(), now: app.now.get() }}
            ></f-rows>`
      }`;
  }

  #more = (): void => {
    this.#changes?.more().catch((error: unknown) => this.app.complain(error));
  };

  #line = (line: ChangeLine): TemplateResult => {
    const { app } = this;
    if (line.kind === "day") return html`<h2 class="chday">${app.t.when.dayTitle(line.day, app.now.get())}</h2>`;
    const { change } = line;
    const { list, busy, failures } = this.#changes?.state.get() ?? { list: [], busy: new Set(), failures: new Map() };
    const later = list.find(({ id }) => id === change.blocked_by) ?? null;
    return changeRow(app, line, { busy: busy.has(change.id), failure: failures.get(change.id), later }, async () => {
      const done = await this.#changes?.swap(change);
      if (!done) return;
      const what = changeText(app.t, change);
      this.said = change.undone_at === null ? app.t.history.undone.other({ what }) : app.t.history.redone({ what });
    });
  };
}

customElements.define("f-history", HistoryPage);
