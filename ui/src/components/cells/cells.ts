import { html, LitElement, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { type CellsLayout, heightOf, inSight, layOut, step } from "./cells-layout.ts";
import "./cells.css";

/** Drawn above and below the screen, px. */
const AHEAD_PX = 700;

/** What stands at a position: a tile's content, and what belongs to its element. */
export interface Cell {
  readonly key: string;
  readonly label: string;
  readonly css: string;
  readonly selected: boolean;
  readonly content: TemplateResult;
}

/**
 * A dense grid of tiles that scrolls with the page. Its height is known before the tiles are; only those near the screen
 * are drawn, and the one that has the focus. Calls `need` with the positions that come near.
 */
export class Cells extends LitElement {
  static override properties = {
    count: { type: Number },
    draw: { attribute: false },
    need: { attribute: false },
    label: { attribute: false },
    selecting: { type: Boolean },
    active: { type: Number },
    stamp: { attribute: false },
    layout: { state: true },
    first: { state: true },
    end: { state: true },
  };
  declare count: number;
  /** null: not loaded yet. */
  declare draw: (at: number) => Cell | null;
  declare need: (first: number, end: number) => void;
  declare label: string;
  declare selecting: boolean;
  /** The position that Tab leads to. */
  declare active: number;
  /** Anything else `draw` depends on: a new value draws again. */
  declare stamp: unknown;
  declare layout: CellsLayout | null;
  declare first: number;
  declare end: number;
  #resize: ResizeObserver | null = null;
  #frame = 0;

  constructor() {
    super();
    this.count = 0;
    this.active = 0;
    this.selecting = false;
    this.layout = null;
    this.first = 0;
    this.end = 0;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#measure();
    this.#resize = new ResizeObserver(() => this.#measure());
    this.#resize.observe(this);
    window.addEventListener("scroll", this.#soon, { passive: true });
    window.addEventListener("resize", this.#soon);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resize?.disconnect();
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    window.removeEventListener("scroll", this.#soon);
    window.removeEventListener("resize", this.#soon);
  }

  #measure(): void {
    const width = this.clientWidth;
    if (width === 0) return;
    const layout = layOut(width, matchMedia("(min-width: 900px)").matches);
    if (JSON.stringify(layout) !== JSON.stringify(this.layout)) this.layout = layout;
    this.#look();
  }

  #soon = (): void => {
    if (this.#frame) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#look();
    });
  };

  #look(): void {
    if (!this.layout) return;
    const { top } = this.getBoundingClientRect();
    const { first, end } = inSight(this.layout, this.count, -top - AHEAD_PX, window.innerHeight - top + AHEAD_PX);
    this.first = first;
    this.end = end;
    const seen = inSight(this.layout, this.count, -top, window.innerHeight - top + AHEAD_PX);
    this.need(seen.first, seen.end);
  }

  protected override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has("count") && this.isConnected) this.#look();
  }

  /** Where a tile is, px from the grid's own top left; null before it is laid out. */
  boxOf(at: number): { left: number; top: number; bottom: number; width: number } | null {
    if (!this.layout) return null;
    const { columns, across, step: down, gap, width } = this.layout;
    const top = Math.floor(at / columns) * down;
    return { left: (at % columns) * across, top, bottom: top + down - gap, width };
  }

  /** The position that an arrow key, Home or End leads to from `at`. */
  stepFrom(at: number, key: string): number | null {
    const rtl = getComputedStyle(this).direction === "rtl";
    const turned = rtl && key === "ArrowLeft" ? "ArrowRight" : rtl && key === "ArrowRight" ? "ArrowLeft" : key;
    return step(turned, at, this.count, this.layout?.columns ?? 1);
  }

  /** Brings a tile into view and gives it the focus; false: there is none. */
  async focusAt(at: number): Promise<boolean> {
    const box = this.boxOf(at);
    if (!box || at < 0 || at >= this.count) return false;
    this.active = at;
    const { top } = this.getBoundingClientRect();
    const [under, over] = this.#edges();
    if (top + box.top < under) window.scrollBy({ top: top + box.top - under, behavior: "instant" });
    else if (top + box.bottom > over) window.scrollBy({ top: top + box.bottom - over, behavior: "instant" });
    this.#look();
    await this.updateComplete;
    const tile = this.querySelector<HTMLElement>(`[data-at="${at}"]`);
    tile?.focus({ preventScroll: true });
    return tile !== null;
  }

  /** What is not covered by what sticks to the top and to the bottom, px on the screen. */
  #edges(): [number, number] {
    const tools = document.querySelector(".tools")?.getBoundingClientRect().height ?? 0;
    const low = document.querySelector(".dock.low")?.getBoundingClientRect();
    const nav = document.querySelector(".nav")?.getBoundingClientRect();
    const bar = low ?? (nav && nav.width > nav.height ? nav : undefined);
    return [tools + 8, (bar && bar.height > 0 ? bar.top : window.innerHeight) - 8];
  }

  protected override render() {
    const { layout, count, selecting } = this;
    if (!layout) return nothing;
    const shown: number[] = [];
    for (let at = this.first; at < this.end; at++) shown.push(at);
    // The tile that has the focus stays drawn, or the focus would be lost with it.
    if (this.active < this.first) shown.unshift(this.active);
    else if (this.active >= this.end && this.active < count) shown.push(this.active);
    return html`<ul
      class="cells ${selecting ? "selecting" : ""}"
      role="listbox"
      aria-multiselectable="true"
      aria-label=${this.label}
      .style=${`height:${heightOf(layout, count)}px`}
    >
      ${repeat(
        shown.map((at) => ({ at, cell: this.draw(at) })),
        ({ at, cell }) => cell?.key ?? `at ${at}`,
        ({ at, cell }) => this.#cell(at, cell, layout),
      )}
    </ul>`;
  }

  #cell(at: number, cell: Cell | null, layout: CellsLayout): TemplateResult {
    const { columns, across, step: down, width } = layout;
    const style = `inset-inline-start:${(at % columns) * across}px;top:${Math.floor(at / columns) * down}px;width:${width}px`;
    if (!cell) {
      return html`<li class="cell" role="presentation" .style=${style}>
        <i class="face skel"></i><b class="skel"></b><p class="skel"></p>
      </li>`;
    }
    return html`<li
      class="cell ${cell.css}"
      role="option"
      .style=${style}
      data-at=${at}
      data-cluster=${cell.key}
      tabindex=${at === this.active ? 0 : -1}
      aria-selected=${cell.selected}
      aria-posinset=${at + 1}
      aria-setsize=${this.count}
    >
      <span class="sr">${cell.label}</span>${cell.content}
    </li>`;
  }
}

customElements.define("f-cells", Cells);
