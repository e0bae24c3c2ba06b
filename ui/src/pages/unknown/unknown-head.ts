import { html, nothing, type TemplateResult } from "lit";
import type { DiscoveryJson } from "../../../../src/wire/out/schemas.ts";
import type { App } from "../../app.ts";
import { icon } from "../../components/icon.ts";
import { toUnnamed } from "../../state/unknown/marks.ts";
import type { DiscoverSituation } from "./unknown-states.ts";

interface HeadActions {
  readonly starting: boolean;
  readonly discover: () => void;
  readonly cancel: () => void;
}

/** A title that answers the page's question, and the Discover button, which shows its own progress. */
export function discoverHead(app: App, situation: DiscoverSituation, actions: HeadActions): TemplateResult {
  const discovery = app.discovery.get();
  const running = discovery?.state === "running";
  const text = running
    ? app.t.discover.comparing(discovery.faces, discovery.clusters)
    : discovery?.state === "cancelled"
      ? app.t.discover.empty.cancelled
      : summary(app);
  return html`<header class="head">
    <div>
      <h1>${title(app, situation, running)}</h1>
      <p aria-live="polite">${text}</p>
    </div>
    ${running ? progress(app, discovery, actions.cancel) : button(app, situation, actions)}
  </header>`;
}

function title(app: App, situation: DiscoverSituation, running: boolean): string {
  const words = app.t.discover;
  const { list, marks, declined } = app.waiting.state.get();
  const open = toUnnamed(list, marks, declined);
  const waiting = open.filter((cluster) => cluster.size > 1).length;
  if (running) return words.looking;
  if (waiting > 0) return words.title(waiting);
  if (open.length > 0) return words.titleOnce(open.length);
  return situation === "named" || situation === "groups" ? words.titleNone : words.discover;
}

function summary(app: App): string | typeof nothing {
  const stats = app.stats.get();
  const { list } = app.waiting.state.get();
  if (!stats || list.length === 0) return nothing;
  const now = app.now.get();
  const cameras = new Set(list.flatMap((cluster) => cluster.cameras)).size;
  const first = list.map((cluster) => cluster.first_seen).sort()[0] ?? "";
  const finished = app.discovery.get()?.finished_at;
  const looked = finished ? app.t.when.dayAndTime(new Date(finished), now) : null;
  return app.t.discover.summary(stats.unassigned, cameras, app.t.when.day(new Date(first), now), looked);
}

function button(app: App, situation: DiscoverSituation, actions: HeadActions): TemplateResult | typeof nothing {
  // No second button if the state below offers it.
  if (["first", "never", "failed", "loading", "unreachable"].includes(situation)) return nothing;
  return html`<div class="do">
    <button class="btn primary" ?disabled=${actions.starting} @click=${actions.discover}>
      ${icon("discover")}${app.t.discover.again}
    </button>
  </div>`;
}

function progress(app: App, discovery: DiscoveryJson, cancel: () => void): TemplateResult {
  const percent = Math.round(discovery.progress * 100);
  return html`<div class="do">
    <span
      class="btn run"
      .style=${`--p:${percent / 100}`}
      role="progressbar"
      aria-valuemin="0"
      aria-valuemax="100"
      aria-valuenow=${percent}
      aria-label=${app.t.discover.progress}
      ><b>${percent} %</b></span
    >
    <button class="btn plain" @click=${cancel}>${app.t.common.cancel}</button>
  </div>`;
}
