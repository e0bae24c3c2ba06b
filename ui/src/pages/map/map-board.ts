import { html, nothing, svg, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { App } from "../../app.ts";
import { type IconName, icon } from "../../components/icon.ts";
import { type At, toBoard, type View } from "./geometry.ts";
import type { Pointer } from "./pointer.ts";
import { type MapPoint, spot } from "./spot.ts";

/** By how much a button or a key makes the map larger. */
export const ZOOM_STEP = 1.6;

interface Board {
  /** null: they are being loaded. */
  readonly points: readonly MapPoint[] | null;
  readonly view: View;
  readonly selected: ReadonlySet<string>;
  readonly odd: string | null;
  readonly current: string | null;
  readonly drawing: boolean;
  /** What is being drawn, on the map. */
  readonly line: readonly At[];
  readonly pointer: Pointer;
  readonly click: (event: MouseEvent) => void;
  /** Draws the map again; null: it is as it would be then. */
  readonly again: (() => void) | null;
  /** Between drawing and moving. */
  readonly toggle: () => void;
  readonly zoom: (by: number) => void;
}

/** The map itself, with what it can be looked at with, and what its signs mean. */
export function mapBoard(app: App, board: Board): TemplateResult {
  const words = app.t.map;
  const { points, view, selected, odd, current, pointer } = board;
  const control = (label: string, name: IconName, run: () => void, pressed?: boolean) => html`<button
    class="btn square"
    aria-label=${label}
    title=${label}
    aria-pressed=${pressed ?? nothing}
    @click=${run}
  >
    ${icon(name)}
  </button>`;
  return html`<div
      class="likeness"
      role="group"
      aria-label=${words.board}
      aria-busy=${points === null}
      @click=${board.click}
      @pointerdown=${pointer.down}
      @pointermove=${pointer.move}
      @pointerup=${pointer.up}
      @pointercancel=${pointer.up}
      @wheel=${pointer.wheel}
      @dragstart=${(event: DragEvent) => event.preventDefault()}
    >
      ${points ? nothing : html`<p class="sr" role="status">${app.t.common.loading}</p>`}
      <div class="plane">
        ${lines(points ?? [], view, board.line)}
        ${repeat(
          points ?? [],
          (one) => one.id,
          (one) => {
            const { id } = one;
            return spot(app, one, { view, selected: selected.has(id), odd: odd === id, current: current === id });
          },
        )}
      </div>
      ${board.again ? html`<button class="btn tonal again" @click=${board.again}>${words.again}</button>` : nothing}
      <div class="ctl">
        ${control(words.draw, "lasso", board.toggle, board.drawing)}
        ${control(words.zoomIn, "zoom", () => board.zoom(ZOOM_STEP))}
        ${control(words.zoomOut, "zoomout", () => board.zoom(1 / ZOOM_STEP))}
      </div>
    </div>
    <p class="likeness-key">
      <span><i class="round"></i>${words.keyPerson}</span><span><i></i>${words.keyGroup}</span
      ><span><i class="small-one"></i>${words.keySize}</span><span><i class="line"></i>${words.keyMix}</span>
    </p>`;
}

/** Between those that may be confused, and what is being drawn. */
function lines(points: readonly MapPoint[], view: View, drawn: readonly At[]): TemplateResult {
  const byId = new Map(points.map((one) => [one.id, one]));
  const at = (one: At): string => {
    const { x, y } = toBoard(one, view);
    return `${(x * 100).toFixed(2)} ${(y * 100).toFixed(2)}`;
  };
  const pairs = points.flatMap((a) =>
    a.confused_with.flatMap((id) => {
      const b = byId.get(id);
      return b && a.id < b.id ? [`M${at(a)}L${at(b)}`] : [];
    }),
  );
  return html`<svg class="over" viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
    ${pairs.map((path) => svg`<path class="mix" d=${path} />`)}
    ${drawn.length > 1 ? svg`<path class="lasso" d=${`M${drawn.map(at).join("L")}Z`} />` : nothing}
  </svg>`;
}
