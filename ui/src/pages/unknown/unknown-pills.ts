import { html, nothing, type TemplateResult } from "lit";
import type { App } from "../../app.ts";
import type { UnknownFilter } from "../../state/router.ts";
import { settledIds } from "../../state/unknown/done.ts";

/** So many groups that they are overlooked without figures. */
const MANY_GROUPS = 300;

/** What waits until it is asked for: new groups, and the grid without what is done. In a position of their own, so that nothing moves. */
export function waitingPills(app: App): TemplateResult {
  const words = app.t.unknown;
  const { fresh, done } = app.unknown.state.get();
  const show = () => {
    window.scrollTo({ top: 0, behavior: "instant" });
    void app.unknown.load();
  };
  return html`<div class="waits">
    <span role="status"
      >${
        fresh > 0
          ? html`<button class="btn primary" aria-label=${words.freshLabel({ n: fresh })} @click=${show}>
              ${words.fresh({ n: fresh })}
            </button>`
          : nothing
      }</span
    >${
      settledIds(done).length > 0
        ? html`<button class="btn tonal" @click=${() => app.unknown.tidy()}>${words.tidy}</button>`
        : nothing
    }
  </div>`;
}

/** How many there are of each kind, where there are very many; each is a filter. */
export function overviewLine(app: App, filter: UnknownFilter): TemplateResult | typeof nothing {
  const overview = app.overview.now.get();
  const { tools, overview: label } = app.t.unknown;
  if (!overview || overview.waiting < MANY_GROUPS) return nothing;
  const kind = (n: number, what: string, on: boolean, next: UnknownFilter) => html`<a
    href=${app.router.href({ page: "unknown", ...(on ? {} : next) })}
    aria-current=${on ? "true" : nothing}
    ><b>${app.t.format.number(n)}</b>${what}</a
  >`;
  return html`<nav class="jump" aria-label=${label}>
    ${kind(overview.many, tools.many, filter.size === "many", { size: "many" })}
    ${kind(overview.few, tools.few, filter.size === "few", { size: "few" })}
    ${kind(overview.once, tools.once, filter.size === "once", { size: "once" })}
    ${kind(overview.came_back, tools.again({ n: 0 }), filter.again !== undefined, { again: "yes" })}
  </nav>`;
}
