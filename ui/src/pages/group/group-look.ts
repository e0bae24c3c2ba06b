import { html, nothing, type TemplateResult } from "lit";
import type { ClusterJson, FaceJson } from "../../../../src/wire/out/schemas.ts";
import type { ClusterCandidate } from "../../api/clusters.ts";
import type { App } from "../../app.ts";
import "../../components/frame.ts";
import { icon } from "../../components/icon.ts";
import "../../components/ruler/ruler.ts";
import { sayLevel } from "../../components/ruler/say-level.ts";

interface GroupLook {
  readonly cluster: ClusterJson;
  /** The chosen face. */
  readonly face: FaceJson | undefined;
  /** Whether it is taken out. */
  readonly out: boolean;
  /** Whether it fits worst. */
  readonly worst: boolean;
  /** All known people, nearest first; null: not loaded yet. */
  readonly candidates: readonly ClusterCandidate[] | null;
  readonly toggle: () => void;
}

/** The chosen face in its whole frame, and whom the group looks like. */
export function groupLook(app: App, { cluster, face, out, worst, candidates, toggle }: GroupLook): TemplateResult {
  const words = app.t.discover.group;
  if (!face) return html`<section class="look" aria-label=${words.chosen}></section>`;
  return html`<section class="look" aria-label=${words.chosen}>
    <f-frame .app=${app} .face=${face}></f-frame>
    <div class="facts" aria-live="polite">
      <div><strong>${out ? words.out : worst ? words.worstTitle : words.fits}</strong><p>${out ? words.outHint : words.fitsHint}</p></div>
      <button class="btn line" @click=${toggle}>
        ${icon(out ? "undo" : "close")}${out ? words.putBack : words.takeOut}
      </button>
    </div>
    ${candidates ? against(app, cluster, candidates) : nothing}
  </section>`;
}

function against(app: App, cluster: ClusterJson, [nearest, second]: readonly ClusterCandidate[]): TemplateResult {
  const words = app.t.discover.group;
  if (!nearest) return html`<div class="card pad"><p class="two small">${words.nobodyKnown}</p></div>`;
  const toRulerPerson = (one: ClusterCandidate) => ({
    who: one.person,
    distance: one.distance,
    thumbnail: one.thumbnail,
  });
  return html`<div class="card pad">
    <f-ruler
      .t=${app.t}
      .http=${app.http}
      .nearest=${toRulerPerson(nearest)}
      .second=${second ? toRulerPerson(second) : null}
      .threshold=${nearest.threshold}
      .say=${sayLevel(app.t, nearest.person, nearest.level)}
      .me=${cluster.representatives[0]?.thumbnail ?? null}
    ></f-ruler>
    <p class="two small against">${words.against}</p>
  </div>`;
}
