import { html, nothing, type TemplateResult } from "lit";
import type { DiscoveryJson, StatsJson } from "../../../../src/wire/out/schemas.ts";
import type { App } from "../../app.ts";
import { icon } from "../../components/icon.ts";
import { picture } from "../../components/picture.ts";
import type { WaitingState } from "../../state/unknown/waiting.ts";

/** What Discover shows besides its groups. */
export type DiscoverSituation =
  | "loading"
  | "unreachable"
  /** No face has ever arrived. */
  | "first"
  /** There are faces, but no discovery has run. */
  | "never"
  | "running"
  | "failed"
  /** A discovery ran, and no two faces are alike. */
  | "nothing"
  /** No face waits for a name. */
  | "named"
  | "groups";

/** Derives the situation; unknown figures (null) count as "still loading". */
export function toSituation(
  waiting: Pick<WaitingState, "phase" | "list" | "marks">,
  discovery: DiscoveryJson | null,
  stats: StatsJson | null,
): DiscoverSituation {
  if (waiting.phase === "failed") return "unreachable";
  if (discovery?.state === "running") return "running";
  if (discovery?.state === "failed") return "failed";
  if (waiting.list.some((cluster) => cluster.size > 1 || cluster.state === "known")) return "groups";
  if (waiting.list.length > 0) return waiting.marks.size > 0 ? "groups" : "nothing";
  if (waiting.phase !== "ready" || !stats) return "loading";
  if (stats.unassigned > 0) return "never";
  return stats.faces === 0 && stats.people === 0 ? "first" : "named";
}

const TOPIC = "faces2mqtt/embedding/front_door";

/** Draws the situation, if there is something to say; `discover` starts a discovery. */
export function discoverState(
  app: App,
  situation: DiscoverSituation,
  discover: () => void,
): TemplateResult | typeof nothing {
  const words = app.t.discover.empty;
  const { list } = app.waiting.state.get();
  switch (situation) {
    case "groups":
      return nothing;
    case "loading":
      return skeleton(app);
    case "running":
      return list.length > 0 ? nothing : skeleton(app);
    case "unreachable":
      return html`<div class="card empty">
        <span class="off">${icon("off")}</span>
        <h2>${words.unreachable}</h2>
        <p>${app.explain(app.waiting.state.get().error)}</p>
        <button class="btn primary" @click=${() => app.waiting.load()}>${app.t.common.tryAgain}</button>
      </div>`;
    case "first":
      return html`<div class="card empty">
        <svg class="art" viewBox="0 0 112 72" aria-hidden="true">
          <rect x="2" y="24" width="24" height="24" rx="7" stroke-dasharray="3 5"></rect>
          <rect x="33" y="21" width="30" height="30" rx="8" stroke-dasharray="3 5"></rect>
          <circle class="on" cx="90" cy="36" r="20"></circle>
          <path class="on" d="M82 36l6 6 10-11"></path>
        </svg>
        <h2>${words.first}</h2>
        <p>${words.firstHint}</p>
        <div class="code">
          <code>${TOPIC.split("/").map((part, at) => html`${at > 0 ? html`/<wbr />` : ""}${part}`)}</code>
          <button class="btn square" aria-label=${words.copy} @click=${() => copy(app)}>${icon("copy")}</button>
        </div>
      </div>`;
    case "never":
      return html`<div class="card empty">
        <h2>${words.never(app.stats.get()?.unassigned ?? 0)}</h2>
        <p>${words.neverHint}</p>
        <button class="btn primary" @click=${discover}>${icon("discover")}${app.t.discover.discover}</button>
      </div>`;
    case "failed":
      return html`<div class="card empty" role="alert">
        <span class="bad">${icon("warn")}</span>
        <h2>${words.failed}</h2>
        <p>${words.failedHint(toSentence(app.discovery.get()?.error ?? ""))}</p>
        <div class="do">
          <button class="btn primary" @click=${discover}>${app.t.common.tryAgain}</button>
          <a class="btn plain" href=${app.router.href({ page: "status" })}>${words.status}</a>
        </div>
      </div>`;
    case "nothing":
      return html`<div class="card empty">
        <span class="strip"
          >${list.slice(0, 3).map((one) => picture(app.http, one.representatives[0]?.thumbnail ?? null, { size: "s44" }))}</span
        >
        <h2>${words.nothing}</h2>
        <p>${words.nothingHint(list.length)}</p>
      </div>`;
    case "named":
      return html`<div class="card empty"><h2>${words.named}</h2><p>${words.namedHint}</p></div>`;
  }
}

async function copy(app: App): Promise<void> {
  try {
    await navigator.clipboard.writeText(TOPIC);
    app.toasts.show({ text: app.t.discover.empty.copied });
  } catch (error) {
    app.complain(error);
  }
}

const toSentence = (text: string): string => (text === "" || /[.!?]$/.test(text) ? text : `${text}.`);

function skeleton(app: App): TemplateResult {
  return html`<div class="groups" aria-busy="true" aria-label=${app.t.common.loading} role="group">
    ${[1, 2, 3].map(
      () => html`<div class="card group" aria-hidden="true">
        <div class="mosaic">${[1, 2, 3, 4, 5].map(() => html`<i class="face skel"></i>`)}</div>
        <div class="in"><i class="skel l1"></i><i class="skel l2"></i><i class="skel l3"></i></div>
      </div>`,
    )}
  </div>`;
}
