import { html, nothing, type TemplateResult } from "lit";
import type { VisitFilter } from "../../api/visits.ts";
import type { App } from "../../app.ts";
import { icon } from "../../components/icon.ts";
import type { ActivityState } from "../../state/activity/activity.ts";
import { isFiltered } from "./activity-filter.ts";

const SKELETONS = 4;

/** Shown when there is nothing to list. */
export function activityState(
  app: App,
  state: ActivityState,
  filter: VisitFilter,
  again: () => void,
): TemplateResult | typeof nothing {
  const words = app.t.activity.empty;
  if (state.phase === "failed") {
    return html`<div class="card empty">
      <span class="off">${icon("off")}</span>
      <h2>${words.unreachable}</h2>
      <p>${app.explain(state.error)}</p>
      <button class="btn primary" @click=${again}>${app.t.common.tryAgain}</button>
    </div>`;
  }
  if (state.phase === "loading") {
    return html`<div class="card" role="status" aria-label=${app.t.common.loading}>
      ${Array.from(
        { length: SKELETONS },
        () =>
          html`<div class="row" aria-hidden="true"><i class="skel s56 tall"></i><div><i class="skel l1"></i><i class="skel l2"></i></div></div>`,
      )}
    </div>`;
  }
  if (state.visits.length > 0) return nothing;
  if (isFiltered(filter)) {
    return html`<div class="card empty">
      <h2>${words.none}</h2>
      <p>${words.noneHint}</p>
      <button class="btn tonal" @click=${() => app.router.replace({ page: "activity" })}>${words.all}</button>
    </div>`;
  }
  return html`<div class="card empty">
    <h2>${words.nobody}</h2>
    <p>${words.nobodyHint}</p>
    <a class="btn primary" href=${app.router.href({ page: "unknown" })}>${words.unknown}</a>
  </div>`;
}
