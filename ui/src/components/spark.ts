import { html, type TemplateResult } from "lit";

const STEP = 5.48;
const HEIGHT = 28;

/** A sparkline: one stroke per count, `most` fills the height. Hidden from screen readers. */
export function spark(counts: readonly number[], most: number): TemplateResult {
  const strokes = counts.map((count, i) => {
    const high = count === 0 || most === 0 ? 0.1 : Math.max(1.5, (count / most) * (HEIGHT - 4));
    return `M${(3 + i * STEP).toFixed(1)} ${HEIGHT - 1}v-${high.toFixed(1)}`;
  });
  return html`<svg class="spark" viewBox="0 0 132 28" aria-hidden="true" focusable="false">
    <path d=${strokes.join("")}></path>
  </svg>`;
}
