import { html, nothing, type TemplateResult } from "lit";
import type { ClusterJson } from "../../../../src/wire/out/schemas.ts";
import { thumbnailPath } from "../../api/faces.ts";
import type { App } from "../../app.ts";
import { icon } from "../../components/icon.ts";
import { picture } from "../../components/picture.ts";
import type { GroupFace } from "../../state/group/photos.ts";
import { type Pile, toPiles } from "../../state/unknown/piles.ts";
import { oncePressed } from "../once-pressed.ts";

const PICTURES = 3;

/** A group that may show two people: the photos of each, and a button each way. */
export interface SplitCard {
  readonly cluster: ClusterJson;
  readonly faces: readonly GroupFace[];
  /** It was said that it is one person. */
  readonly kept: boolean;
  readonly split: () => Promise<void>;
  readonly keep: () => Promise<void>;
}

/** Stands before the photos: a name given to two people is the dearest mistake. null: no split is proposed. */
export function groupSplit(app: App, { cluster, faces, kept, split, keep }: SplitCard): TemplateResult | null {
  const piles = toPiles(cluster, PICTURES);
  if (!piles) return null;
  const words = app.t.group;
  const once = (run: () => Promise<void>) => (event: Event) => oncePressed(event.currentTarget as HTMLElement, run);
  return html`<section class="card split" aria-labelledby="split-title">
    <div class="advice"><span>${icon("split")}</span><div><h2 id="split-title">${words.split}</h2></div></div>
    <div class="two2">${piles.map((pile, at) => pileOf(app, pile, { at, faces, cluster }))}</div>
    ${
      kept
        ? html`<p class="do said" role="status">${words.splitKept}</p>`
        : html`<div class="do">
            <button class="btn tonal" @click=${once(split)}>${words.splitDo}</button>
            <button class="btn plain" @click=${once(keep)}>${words.splitNo}</button>
          </div>`
    }
  </section>`;
}

function pileOf(
  app: App,
  pile: Pile,
  { at, faces, cluster }: Pick<SplitCard, "faces" | "cluster"> & { readonly at: number },
): TemplateResult {
  const known = new Map([...cluster.representatives, ...faces].map((face) => [face.face_id, face.thumbnail]));
  const visits = visitsOf(cluster.split?.[at] ?? [], faces);
  return html`<div class="pile">
    <span class="strip"
      >${pile.faces.map((id) => picture(app.http, known.has(id) ? (known.get(id) ?? null) : thumbnailPath(id)))}</span
    >
    <p>
      <b>${app.t.count.photos({ n: pile.size })}</b>
      ${visits === null ? nothing : html`<span class="two">${app.t.count.visits({ n: visits })}</span>`}
    </p>
  </div>`;
}

/** Of how many visits the faces are; null: not all of them are loaded. */
function visitsOf(ids: readonly number[], faces: readonly GroupFace[]): number | null {
  const visits = new Map(faces.map((face) => [face.face_id, face.visit_id ?? `face ${face.face_id}`]));
  if (!ids.every((id) => visits.has(id))) return null;
  return new Set(ids.map((id) => visits.get(id))).size;
}
