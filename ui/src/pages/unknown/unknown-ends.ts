import { html, nothing, type TemplateResult } from "lit";
import type { ClusterJson } from "../../../../src/wire/out/schemas.ts";
import type { App } from "../../app.ts";
import { icon } from "../../components/icon.ts";
import { bestPicture, picture } from "../../components/picture.ts";
import type { UnknownFilter } from "../../state/router.ts";

const FACES = 3;

const faces = (groups: readonly ClusterJson[]) =>
  groups.slice(0, FACES).map((group) => bestPicture(group.representatives));

/** What is nearly certain, as one line: it opens the review. */
export function knownLine(app: App, groups: readonly ClusterJson[]): TemplateResult {
  const words = app.t.unknown;
  const { clusters, faces: photos } = app.overview.now.get()?.known ?? { clusters: 0, faces: 0 };
  const shown = faces(groups);
  return html`<a class="fold" href=${app.router.href({ page: "review" })}>
    <span class="stack">${(shown.length > 0 ? shown : Array<null>(Math.min(FACES, Math.max(1, clusters))).fill(null)).map((one) => picture(app.http, one, { size: "s32" }))}</span>
    <span class="cut"
      ><b>${words.known}</b> <small>${words.knownAbout({ groups: clusters, photos: app.t.count.photos({ n: photos }) })}</small></span
    >
    <span class="go">${words.review}</span>
  </a>`;
}

/** What is at the end of the page: those seen only once, and the ignored ones. */
export function unknownEnds(
  app: App,
  filter: UnknownFilter,
  once: readonly ClusterJson[],
  ignoreOnce: () => void,
): TemplateResult | typeof nothing {
  const words = app.t.unknown.ends;
  const overview = app.overview.now.get();
  if (!overview) return nothing;
  const days = app.rule.get().retentionDays;
  return html`${
    overview.once > 0 && filter.size !== "once"
      ? html`<a class="fold" href=${app.router.href({ page: "unknown", size: "once" })} title=${words.onceHint({ days })}>
          <span class="strip">${faces(once).map((one) => picture(app.http, one, { size: "s32" }))}</span>
          <span class="cut"><b>${words.once}</b> <small>${words.onceAbout({ n: overview.once })}</small></span>
          <span class="go">${words.show}</span>
        </a>`
      : nothing
  }
  ${
    overview.ignored.clusters > 0
      ? html`<a class="fold" href=${app.router.href({ page: "ignored" })}>
          <span class="two">${icon("ignore")}</span>
          <span class="cut"
            ><b>${words.ignored}</b> <small>${words.ignoredAbout({ n: overview.ignored.clusters })}</small></span
          >
          <span class="go">${words.show}</span>
        </a>`
      : nothing
  }
  ${
    overview.once > 1
      ? html`<button class="btn plain wide" @click=${ignoreOnce}>${icon("ignore")}${app.t.unknown.ignoreOnce.button}</button>`
      : nothing
  }`;
}
