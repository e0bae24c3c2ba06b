import { html, LitElement, type PropertyValues, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { columnsFor, toOffsets, visibleRows } from "./rows-window.ts";

const AHEAD_PX = 900;

/**
 * A long list that draws only what is near the screen. As many columns as fit (`min` px each; 0: one item a row). Heights
 * are measured as rows appear; until then `estimate` counts. Scrolls with the page.
 */
export class Rows<T> extends LitElement {
  static override properties = {
    items: { attribute: false },
    keyOf: { attribute: false },
    draw: { attribute: false },
    min: { type: Number },
    gap: { type: Number },
    rowGap: { type: Number },
    estimate: { attribute: false },
    rowClass: { attribute: false },
    stamp: { attribute: false },
    columns: { state: true },
    first: { state: true },
    end: { state: true },
  };
  declare items: readonly T[];
  declare keyOf: (item: T) => string;
  declare draw: (item: T, index: number) => TemplateResult;
  declare min: number;
  /** Between columns and, unless `rowGap` is set, between rows; px. */
  declare gap: number;
  declare rowGap: number | undefined;
  /** Height of a row starting with this item, in px. */
  declare estimate: (item: T) => number;
  declare rowClass: string;
  /** Anything else `draw` depends on: a new value redraws the rows. */
  declare stamp: unknown;
  declare columns: number;
  declare first: number;
  declare end: number;
  /** Called when the end of the list is near. */
  nearEnd: (() => void) | undefined;
  #heights = new Map<string, number>();
  #offsets: Float64Array = new Float64Array(1);
  #resize: ResizeObserver | null = null;
  #frame = 0;
  #held = -1;

  constructor() {
    super();
    this.items = [];
    this.min = 0;
    this.gap = 0;
    this.rowClass = "";
    this.columns = 1;
    this.first = 0;
    this.end = 1;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resize = new ResizeObserver((entries) => this.#measured(entries));
    this.#resize.observe(this);
    window.addEventListener("scroll", this.#soon, { passive: true });
    window.addEventListener("resize", this.#soon);
    this.addEventListener("focusin", this.#hold);
    this.addEventListener("focusout", this.#letGo);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resize?.disconnect();
    cancelAnimationFrame(this.#frame);
    window.removeEventListener("scroll", this.#soon);
    window.removeEventListener("resize", this.#soon);
    this.removeEventListener("focusin", this.#hold);
    this.removeEventListener("focusout", this.#letGo);
  }

  /** Scrolls an item into view; resolves when it is drawn. */
  async reveal(index: number): Promise<void> {
    const row = Math.floor(index / this.columns);
    const top = this.getBoundingClientRect().top + (this.#offsets[row] ?? 0);
    const bottom = this.getBoundingClientRect().top + (this.#offsets[row + 1] ?? 0);
    if (top < 0 || bottom > window.innerHeight)
      window.scrollBy({ top: top - window.innerHeight / 3, behavior: "instant" });
    this.#held = row;
    this.#look();
    await this.updateComplete;
  }

  /** Draws what is near the screen now instead of in the next frame. */
  lookNow(): void {
    this.#look();
  }

  #soon = (): void => {
    if (this.#frame) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#look();
    });
  };

  // The focused row stays drawn while scrolling, else the focus would be lost.
  #hold = (event: FocusEvent): void => {
    const row = (event.target as HTMLElement).closest<HTMLElement>("[data-row]");
    if (row && row.parentElement === this) this.#held = Number(row.dataset.row);
  };

  #letGo = (): void => {
    this.#held = -1;
  };

  #rowCount(): number {
    return Math.ceil(this.items.length / this.columns);
  }

  #rowKey(row: number): string {
    const item = this.items[row * this.columns];
    return item === undefined ? "" : this.keyOf(item);
  }

  #measured(entries: readonly ResizeObserverEntry[]): void {
    let changed = false;
    for (const { target, contentRect } of entries) {
      if (target === this) {
        const columns = columnsFor(contentRect.width, this.min, this.gap);
        if (columns !== this.columns) {
          this.columns = columns;
          this.#heights.clear();
        }
        changed = true;
        continue;
      }
      const key = (target as HTMLElement).dataset.key ?? "";
      const height = (target as HTMLElement).offsetHeight;
      if (height > 0 && this.#heights.get(key) !== height) {
        this.#heights.set(key, height);
        changed = true;
      }
    }
    if (changed) {
      this.#layOut();
      this.#soon();
    }
  }

  #layOut(): void {
    const heights: number[] = [];
    for (let row = 0; row < this.#rowCount(); row++) {
      const item = this.items[row * this.columns];
      heights.push(this.#heights.get(this.#rowKey(row)) ?? (item === undefined ? 0 : this.estimate(item)));
    }
    this.#offsets = toOffsets(heights, this.rowGap ?? this.gap);
  }

  #look(): void {
    const top = this.getBoundingClientRect().top;
    const { first, end } = visibleRows(this.#offsets, -top - AHEAD_PX, window.innerHeight - top + AHEAD_PX);
    this.first = first;
    this.end = end;
    if (end >= this.#rowCount()) this.nearEnd?.();
    this.requestUpdate();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("items") || changed.has("columns")) {
      this.#layOut();
      this.#soon();
    }
  }

  protected override updated(): void {
    for (const row of this.querySelectorAll<HTMLElement>(":scope > [data-row]")) this.#resize?.observe(row);
  }

  protected override render() {
    const count = this.#rowCount();
    const rows: number[] = [];
    for (let row = this.first; row < Math.min(this.end, count); row++) rows.push(row);
    const held = this.#held;
    if (held >= 0 && held < count && !rows.includes(held)) {
      if (held < this.first) rows.unshift(held);
      else rows.push(held);
    }
    // Spacers replace undrawn rows; the held row may lie apart from the others.
    const pieces: { key: string; row: number; space: number }[] = [];
    let y = 0;
    for (const row of rows) {
      const space = (this.#offsets[row] ?? 0) - y;
      if (space > 0.5) pieces.push({ key: `before ${row}`, row: -1, space });
      pieces.push({ key: this.#rowKey(row), row, space: 0 });
      y = this.#offsets[row + 1] ?? 0;
    }
    const whole = this.#offsets[count] ?? 0;
    if (whole - y > 0.5) pieces.push({ key: "after", row: -1, space: whole - y });
    return repeat(
      pieces,
      (piece) => piece.key,
      (piece) =>
        piece.row < 0
          ? html`<div class="space" .style=${`height:${piece.space}px`} aria-hidden="true"></div>`
          : this.#drawRow(piece.row, count),
    );
  }

  #drawRow(row: number, count: number): TemplateResult {
    const from = row * this.columns;
    const style = `margin-bottom:${row === count - 1 ? 0 : (this.rowGap ?? this.gap)}px;--columns:${this.columns}`;
    return html`<div class="vrow ${this.rowClass}" data-row=${row} data-key=${this.#rowKey(row)} .style=${style}>
      ${repeat(
        this.items.slice(from, from + this.columns),
        (item) => this.keyOf(item),
        (item, offset) => this.draw(item, from + offset),
      )}
    </div>`;
  }
}

customElements.define("f-rows", Rows);
