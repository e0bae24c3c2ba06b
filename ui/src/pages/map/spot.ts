import { html, nothing, type TemplateResult } from "lit";
import type { MapAnswer } from "../../../../src/wire/out/schemas.ts";
import type { App } from "../../app.ts";
import { picture } from "../../components/picture.ts";
import { type At, toBoard, type View } from "./geometry.ts";

/** A person or a group on the map. */
export type MapPoint = MapAnswer["points"][number];

/** What is on the board of a point, and outside of it: what is further away is not drawn. */
const AROUND = 0.15;

interface Spot {
  readonly view: View;
  readonly selected: boolean;
  /** It does not belong to the others that are selected. */
  readonly odd: boolean;
  /** Where the Tab key leads. */
  readonly current: boolean;
}

/** How large a group is drawn, in px: by its photos. */
const sizeOf = ({ kind, size }: MapPoint, wide: boolean): number =>
  kind === "person" ? (wide ? 60 : 44) : Math.round(Math.min(64, 20 + Math.sqrt(size) * 3.4) * (wide ? 1.3 : 1));

export function spot(
  app: App,
  point: MapPoint,
  { view, selected, odd, current }: Spot,
): TemplateResult | typeof nothing {
  const { x, y } = toBoard(point, view);
  if (!isNear({ x, y })) return nothing;
  const { map, count } = app.t;
  const isPerson = point.kind === "person";
  const photos = count.photos({ n: point.size });
  const label = isPerson ? map.person({ name: point.name ?? "", photos }) : map.group({ photos });
  const size = sizeOf(point, window.innerWidth >= 900);
  return html`<button
    class="spot ${isPerson ? "p" : ""} ${selected ? "in" : ""} ${odd ? "odd" : ""}"
    .style=${`left:${x * 100}%;top:${y * 100}%;--s:${size}px`}
    data-id=${point.id}
    aria-label=${label}
    title=${label}
    aria-pressed=${selected}
    tabindex=${current ? 0 : -1}
  >
    ${picture(app.http, point.thumbnail, { round: isPerson })}${isPerson ? html`<b dir="auto" aria-hidden="true">${point.name}</b>` : nothing}
  </button>`;
}

const isNear = ({ x, y }: At): boolean => x > -AROUND && x < 1 + AROUND && y > -AROUND && y < 1 + AROUND;
