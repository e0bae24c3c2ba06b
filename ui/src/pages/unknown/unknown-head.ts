import { html, nothing, type TemplateResult } from "lit";
import type { DiscoveryJson } from "../../../../src/wire/out/schemas.ts";
import type { App } from "../../app.ts";
import { icon } from "../../components/icon.ts";
import type { UnknownFilter } from "../../state/router.ts";
import { waitingOf } from "../../state/unknown/overview.ts";
import { isFiltered } from "../../state/unknown/wanted.ts";
import type { Situation } from "./unknown-states.ts";

interface Head {
  readonly situation: Situation;
  readonly filter: UnknownFilter;
  readonly cameras: number;
  readonly starting: boolean;
  readonly selecting: boolean;
  readonly look: () => void;
  readonly cancel: () => void;
  readonly select: () => void;
}

/** How many unknown faces there are, the other view, the search for new ones, and Select. */
export function unknownHead(app: App, head: Head): TemplateResult {
  const words = app.t.unknown;
  const any = ["groups", "loading", "filtered"].includes(head.situation);
  return html`<header class="title">
    <div>
      <h1 tabindex="-1">${title(app, head)}</h1>
      <p aria-live="polite">${summary(app, head.cameras)}</p>
    </div>
    ${
      any
        ? html`<a class="btn square narrow" href=${app.router.href({ page: "map" })} aria-label=${words.map}>${icon("map")}</a>
            <span class="seg broad" role="group" aria-label=${words.views}
              ><a aria-current="page" href=${app.router.href({ page: "unknown" })}>${icon("grid")}${words.grid}</a
              ><a href=${app.router.href({ page: "map" })}>${icon("map")}${words.map}</a></span
            >`
        : nothing
    }
    ${lookButton(app, head, "broad")}
    ${
      any
        ? html`<button class="btn line" aria-pressed=${head.selecting} @click=${head.select}>${app.t.select.button}</button>`
        : nothing
    }
  </header>`;
}

const UNCOUNTED: readonly Situation[] = ["loading", "unreachable", "never", "running", "failed", "unlike"];

function title(app: App, { situation, filter }: Head): string {
  const words = app.t.unknown;
  const { phase, count, done } = app.unknown.state.get();
  if (situation === "none") return words.titleNone;
  // No number where there is none yet: faces that are in no group are not "no faces".
  if (UNCOUNTED.includes(situation)) return app.t.common.tab.unknown;
  if (filter.size === "once" && phase === "ready") return words.titleOnce({ n: count - done.size });
  if (isFiltered(filter) && phase === "ready") return words.title({ n: count - done.size });
  return words.title({ n: waitingOf(app.overview.now.get()) });
}

function summary(app: App, cameras: number): string | typeof nothing {
  const words = app.t.unknown;
  const discovery = app.discovery.get();
  const stats = app.stats.get();
  const { count } = app.t;
  if (discovery?.state === "running") {
    return words.comparing({ groups: discovery.clusters, photos: count.photos({ n: discovery.faces }) });
  }
  if (discovery?.state === "cancelled") return words.stopped;
  if (!stats) return nothing;
  const from = words.photosFrom({ cameras, photos: count.photos({ n: stats.unassigned }) });
  const at = discovery?.finished_at ?? stats.last_discovery;
  return at ? `${from} ${words.looked({ when: app.t.when.dayAndTime(new Date(at), app.now.get()) })}` : from;
}

/** Starts a search for new faces; while one runs, the same button shows how far it is. `css`: where it is shown. */
export function lookButton(
  app: App,
  { situation, starting, look, cancel }: Pick<Head, "situation" | "starting" | "look" | "cancel">,
  css: string,
): TemplateResult | typeof nothing {
  const discovery = app.discovery.get();
  if (discovery?.state === "running") return progress(app, discovery, cancel, css);
  // No second button where the state below offers it.
  if (["first", "never", "failed", "unreachable"].includes(situation)) return nothing;
  return html`<button class="btn ${css === "broad" ? "plain" : "line wide"} ${css}" ?disabled=${starting} @click=${look}>
    ${icon("discover")}${app.t.unknown.look}
  </button>`;
}

function progress(app: App, discovery: DiscoveryJson, cancel: () => void, css: string): TemplateResult {
  const percent = Math.round(discovery.progress * 100);
  return html`<span class="looking ${css}"
    ><span
      class="btn run"
      .style=${`--p:${percent / 100}`}
      role="progressbar"
      aria-valuemin="0"
      aria-valuemax="100"
      aria-valuenow=${percent}
      aria-label=${app.t.unknown.looking}
      ><b>${percent} %</b></span
    ><button class="btn plain" @click=${cancel}>${app.t.common.cancel}</button></span
  >`;
}
