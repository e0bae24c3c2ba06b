import { html, nothing, type TemplateResult } from "lit";
import type { DiscoveryJson, StatsJson } from "../../../../src/wire/out/schemas.ts";
import type { Overview } from "../../api/clusters.ts";
import type { App } from "../../app.ts";
import { icon } from "../../components/icon.ts";
import type { GroupsState } from "../../state/unknown/groups.ts";

/** What the page shows besides, or instead of, its grid. */
export type Situation =
  | "loading"
  | "unreachable"
  /** No face has ever come. */
  | "first"
  /** There are faces that were never grouped. */
  | "never"
  | "running"
  | "failed"
  /** Nothing fits the filter. */
  | "filtered"
  /** They were grouped, and no two are alike. */
  | "unlike"
  /** No face waits for a name, but for those seen once. */
  | "none"
  | "groups";

/** Figures that are not known yet (null) count as "still loading". */
export function toSituation(
  groups: Pick<GroupsState, "phase" | "list">,
  filtered: boolean,
  discovery: DiscoveryJson | null,
  stats: StatsJson | null,
  overview: Overview | null,
): Situation {
  if (groups.phase === "failed") return "unreachable";
  if (groups.list.length > 0) return "groups";
  if (groups.phase !== "ready" || !stats || !overview) return "loading";
  if (discovery?.state === "running") return "running";
  if (discovery?.state === "failed") return "failed";
  if (filtered) return "filtered";
  const anyone = stats.people > 0 || overview.known.clusters > 0;
  if (overview.once > 0) return anyone ? "none" : "unlike";
  // Those that came after the last search are in no group yet.
  if (stats.unassigned > overview.known.faces) return "never";
  return stats.faces === 0 && !anyone ? "first" : "none";
}

interface Offers {
  readonly look: () => void;
  readonly retry: () => void;
  readonly once: () => void;
  readonly anyDay: (() => void) | null;
  readonly clear: () => void;
  /** How many there are without the day, or without any filter; null: not known yet. */
  readonly otherwise: number | null;
}

/** Draws the situation, if there is something to say. */
export function unknownState(app: App, situation: Situation, offers: Offers): TemplateResult | typeof nothing {
  const words = app.t.unknown.empty;
  const once = app.overview.now.get()?.once ?? 0;
  switch (situation) {
    case "groups":
    // Before the first face there is another page.
    case "first":
      return nothing;
    case "loading":
    case "running":
      return skeleton(app);
    case "unreachable":
      return html`<div class="card empty">
        <span class="off">${icon("off")}</span>
        <h2>${words.unreachable}</h2>
        <p>${app.explain(app.unknown.state.get().error)}</p>
        <button class="btn primary" @click=${offers.retry}>${app.t.common.tryAgain}</button>
      </div>`;
    case "never":
      return html`<div class="card empty">
        <h2>${words.never({ n: app.stats.get()?.unassigned ?? 0 })}</h2>
        <p>${words.neverHint}</p>
        <button class="btn primary" @click=${offers.look}>${icon("discover")}${app.t.unknown.look}</button>
      </div>`;
    case "failed":
      return html`<div class="card empty" role="alert">
        <span class="bad">${icon("warn")}</span>
        <h2>${words.failed}</h2>
        <p>${words.failedHint({ reason: toSentence(app.discovery.get()?.error ?? "") })}</p>
        <div class="do">
          <button class="btn primary" @click=${offers.look}>${app.t.common.tryAgain}</button>
          <a class="btn plain" href=${app.router.href({ page: "status" })}>${words.status}</a>
        </div>
      </div>`;
    case "filtered":
      return html`<div class="card empty">
        <h2>${words.filtered}</h2>
        <p>
          ${offers.otherwise === null ? nothing : offers.anyDay ? words.otherDays({ n: offers.otherwise }) : words.filteredHint({ n: offers.otherwise })}
        </p>
        ${offers.anyDay ? html`<button class="btn tonal" @click=${offers.anyDay}>${words.anyDay}</button>` : nothing}
        <button class="btn plain" @click=${offers.clear}>${words.clear}</button>
      </div>`;
    case "unlike":
    case "none":
      return html`<div class="card empty">
        <h2>${situation === "none" ? words.none : words.unlike}</h2>
        <p>${situation === "none" ? words.noneHint({ once }) : words.unlikeHint({ once })}</p>
        ${once > 0 ? html`<button class="btn tonal" @click=${offers.once}>${words.showOnce}</button>` : nothing}
      </div>`;
  }
}

/** A reason as the daemon has it, with a full stop. */
export const toSentence = (text: string): string => (text === "" || /[.!?]$/.test(text) ? text : `${text}.`);

const SKELETONS = 20;

function skeleton(app: App): TemplateResult {
  return html`<div role="status" aria-busy="true" aria-label=${app.t.common.loading}>
    <div class="cells" aria-hidden="true">
      ${Array.from(
        { length: SKELETONS },
        () => html`<div class="cell"><i class="face skel"></i><b class="skel"></b><p class="skel"></p></div>`,
      )}
    </div>
  </div>`;
}
