import { html, nothing, type TemplateResult } from "lit";
import type { ClusterCandidate } from "../../api/clusters.ts";
import type { App } from "../../app.ts";
import "../../components/frame.ts";
import "../../components/ruler/ruler.ts";
import { sayLevel } from "../../components/ruler/say-level.ts";
import type { GroupFace } from "../../state/group/photos.ts";

/** What is said of the photo that was touched last. */
export interface Look {
  readonly face: GroupFace;
  /** How many photos the group has. */
  readonly size: number;
  readonly out: boolean;
  /** It is the one that is least like the others. */
  readonly least: boolean;
  /** All known people, nearest first; null: not loaded yet. */
  readonly candidates: readonly ClusterCandidate[] | null;
  readonly open: () => void;
}

/** On a wide screen: the photo that was touched last in its whole picture, and whom the group is like. */
export function groupLook(app: App, { face, size, out, least, candidates, open }: Look): TemplateResult {
  const words = app.t.group;
  const [title, hint] = out
    ? [words.lookOut, words.lookOutHint]
    : face.different
      ? [words.lookDifferent, words.lookDifferentHint]
      : least
        ? [words.lookLeast({ n: size }), words.lookLeastHint]
        : [words.lookFits, words.lookFitsHint];
  return html`<section class="look" aria-label=${words.look}>
    <f-frame .app=${app} .face=${face}></f-frame>
    <div class="facts">
      <div><h2>${title}</h2><p>${hint}</p></div>
      <button class="btn line" @click=${open}>${words.open}</button>
    </div>
    ${candidates ? against(app, face, candidates) : nothing}
  </section>`;
}

function against(app: App, face: GroupFace, [nearest, second]: readonly ClusterCandidate[]): TemplateResult {
  if (!nearest) return html`<div class="card pad"><p class="two small">${app.t.group.noneKnown}</p></div>`;
  const toRulerPerson = ({ person: who, distance, thumbnail }: ClusterCandidate) => ({ who, distance, thumbnail });
  return html`<div class="card pad">
    <f-ruler
      .t=${app.t}
      .http=${app.http}
      .nearest=${toRulerPerson(nearest)}
      .second=${second ? toRulerPerson(second) : null}
      .threshold=${nearest.threshold}
      .say=${sayLevel(app.t, nearest.person, nearest.level)}
      .me=${face.thumbnail}
    ></f-ruler>
  </div>`;
}
