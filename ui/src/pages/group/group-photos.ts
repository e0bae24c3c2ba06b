import { html, nothing, type TemplateResult } from "lit";
import type { App } from "../../app.ts";
import "../../components/lists/rows.ts";
import type { GroupOrder } from "../../state/group/group.ts";
import { type GroupFace, toVisitLines, type VisitLine } from "../../state/group/photos.ts";
import { cameraTitle } from "../../texts/camera.ts";

const TILE_PX = 92;
const TILES_A_ROW = 4;
const VISIT_PX = 58;
/** Smallest width of a tile, and between two. */
const [PHONE, WIDE] = [
  { min: 76, gap: 6 },
  { min: 100, gap: 8 },
];

/** The photos of a group in their order. */
export interface Photos {
  readonly faces: readonly GroupFace[];
  readonly order: GroupOrder;
  readonly reorder: (order: GroupOrder) => void;
  /** How many stand out, and are neither selected nor taken out. */
  readonly odd: number;
  readonly selectOdd: () => void;
  readonly tile: (face: GroupFace) => TemplateResult;
  /** Anything else `tile` depends on. */
  readonly stamp: string;
  readonly more: () => void;
}

/** Least alike first, or by visit; and how many look like another person. */
export function groupPhotos(app: App, photos: Photos): TemplateResult {
  const words = app.t.group;
  const { order, reorder, odd, selectOdd } = photos;
  const button = (to: GroupOrder, label: string) =>
    html`<button aria-pressed=${order === to} @click=${() => reorder(to)}>${label}</button>`;
  return html`<div class="sortline">
      <span class="seg" role="group" aria-label=${words.order}>
        ${button("least_alike", words.leastAlike)}${button("newest", words.byVisit)}
      </span>
    </div>
    ${order === "newest" ? byVisit(app, photos) : leastAlike(app, photos, odd, selectOdd)}`;
}

function leastAlike(
  app: App,
  { faces, tile, stamp, more }: Photos,
  odd: number,
  selectOdd: () => void,
): TemplateResult {
  const words = app.t.group;
  const { min, gap } = matchMedia("(min-width: 900px)").matches ? WIDE : PHONE;
  // The line stays when it is empty, so that the photos under it stay where they are.
  const odds =
    odd > 0
      ? html`<span>${words.odds({ n: odd })}</span>
          <button class="btn plain" @click=${selectOdd}>${words.selectOdds({ n: odd })}</button>`
      : nothing;
  return html`${faces.some((face) => face.different) ? html`<p class="odds">${odds}</p>` : nothing}
    <div role="listbox" aria-multiselectable="true" aria-label=${words.photos}>
      <f-rows
        .items=${faces}
        .keyOf=${(face: GroupFace) => String(face.face_id)}
        .draw=${tile}
        .min=${min}
        .gap=${gap}
        .rowClass=${"tiles"}
        .estimate=${() => TILE_PX}
        .nearEnd=${more}
        .stamp=${stamp}
      ></f-rows>
    </div>`;
}

function byVisit(app: App, { faces, tile, stamp, more }: Photos): TemplateResult {
  const now = app.now.get();
  const words = app.t.group;
  const draw = (line: VisitLine): TemplateResult => {
    if (line.kind === "photos") {
      const label = app.t.count.photos({ n: line.faces.length });
      return html`<div class="tiles" role="listbox" aria-multiselectable="true" aria-label=${label}>${line.faces.map(tile)}</div>`;
    }
    const at = app.t.format.capital(app.t.when.dayAndTime(line.at, now));
    return html`<div class="day">
      <h2 class="h3">${words.visit({ at, camera: cameraTitle(line.camera) })}</h2>
      <p>${app.t.count.photos({ n: line.photos })}</p>
    </div>`;
  };
  return html`<f-rows
    .items=${toVisitLines(faces)}
    .keyOf=${(line: VisitLine) => line.key}
    .draw=${draw}
    .estimate=${(line: VisitLine) =>
      line.kind === "visit" ? VISIT_PX : Math.ceil(line.faces.length / TILES_A_ROW) * TILE_PX}
    .nearEnd=${more}
    .stamp=${stamp}
  ></f-rows>`;
}
