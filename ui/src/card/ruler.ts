import { html, nothing, type TemplateResult } from "lit";
import type { CardWords } from "./words.ts";

/**
 * How far the last face was from the person, against the threshold: 0 is left, the thick band ends at the threshold. Fill,
 * position and number say it without colour.
 */
export function ruler(distance: number | null, threshold: number, words: CardWords): TemplateResult | typeof nothing {
  if (distance === null) return nothing;
  const [near, gate] = [distance.toFixed(2), threshold.toFixed(2)];
  const said = words.card.near({ distance: near, threshold: gate });
  const tone = threshold - distance >= 0.05 ? "sure" : "unsure";
  return html`<span
    class="ruler ${tone}"
    role="img"
    aria-label=${said}
    title=${said}
    style="--d:${Math.min(1, distance)};--t:${threshold}"
    ><i class="band"></i><i class="gate"></i><i class="dot"><em>${near}</em></i></span
  >`;
}
