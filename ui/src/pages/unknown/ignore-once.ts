import { html, type TemplateResult } from "lit";
import type { WantedGroups } from "../../api/clusters.ts";
import type { App } from "../../app.ts";

/** Says how many faces were seen only once and fit the filter, and ignores them all as one change. */
export async function ignoreOnce(app: App, filter: WantedGroups): Promise<void> {
  const { state: _state, sort: _sort, min_size: _least, ...rest } = filter;
  const wanted = { ...rest, max_size: 1 };
  try {
    const { total } = await app.clusters.list({ ...wanted, state: "waiting", limit: 1 });
    if (total === 0) return;
    const yes = await app.ask<boolean>((done) => sheet(app, total, Object.keys(wanted).length > 1, done));
    if (!yes) return;
    const { clusters, faces, change } = await app.clusters.ignoreAll({ filter: wanted });
    const words = app.t.unknown.done;
    app.did(words.ignoredGroups({ groups: clusters, photos: app.t.count.photos({ n: faces }) }), { changes: [change] });
    await app.unknown.load();
  } catch (error) {
    app.complain(error);
  }
}

function sheet(app: App, n: number, filtered: boolean, done: (yes: boolean | null) => void): TemplateResult {
  const words = app.t.unknown.ignoreOnce;
  return html`<div>
      <h2 id="sheet-title">${words.title({ n })}</h2>
      <p class="two">${filtered ? `${words.filtered} ` : ""}${words.hint}</p>
    </div>
    <div class="do">
      <button class="btn plain" @click=${() => done(null)}>${app.t.common.cancel}</button>
      <button class="btn primary" autofocus @click=${() => done(true)}>${words.yes({ n })}</button>
    </div>`;
}
