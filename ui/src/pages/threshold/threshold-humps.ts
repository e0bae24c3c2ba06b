import { html, nothing, svg, type TemplateResult } from "lit";
import type { ThresholdAnswer } from "../../../../src/wire/out/schemas.ts";
import type { App } from "../../app.ts";
import type { Line } from "../../state/settings/strictness.ts";

/** Fewer distances make no hump. */
const ENOUGH = 10;

/**
 * Two humps: the distances of named faces to their person, and those of the same people to the nearest of the others, as
 * if they were strangers. The line should stand between them. Nothing where there are too few of either.
 */
export function thresholdHumps(app: App, { own_figures: figures }: ThresholdAnswer, line: Line) {
  const { known, strangers, bin } = figures.histogram;
  if (sumOf(known) < ENOUGH || sumOf(strangers) < ENOUGH) return nothing;
  const words = app.t.strictness.humps;
  const missed = shareBeyond(known, bin, line.after.names);
  const letIn = 1 - shareBeyond(strangers, bin, line.after.names);
  return html`<section class="card pad humps">
    <h2>${words.title}</h2>
    <div class="hump-plot" role="img" aria-label=${words.label({ missed: Math.round(missed * 100), named: Math.round(letIn * 100) })}>
      ${hump("strangers", strangers, bin)}${hump("known", known, bin)}
      <i .style=${`--at:${Math.min(1, line.after.names)}`}></i>
    </div>
    <p class="hump-key">
      <span><i class="known"></i>${words.known}</span><span><i class="strangers"></i>${words.strangers}</span>
    </p>
    <p class="two small">${words.text}</p>
  </section>`;
}

const sumOf = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);

/** The share of the distances that are not under `at`, by bins. */
function shareBeyond(counts: readonly number[], bin: number, at: number): number {
  const first = Math.round(at / bin);
  return sumOf(counts.slice(first)) / Math.max(1, sumOf(counts));
}

/** Each hump as high as the plot: their places are compared, not how many faces there are. */
function hump(kind: string, counts: readonly number[], bin: number): TemplateResult {
  const shown = counts.slice(0, Math.round(1 / bin));
  const highest = Math.max(1, ...shown);
  const points = shown.map((count, at) => `${(at + 0.5) * bin * 100} ${100 - (count / highest) * 100}`);
  return html`<svg class=${kind} viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
    ${svg`<path d=${`M0 100L${points.join("L")}L100 100Z`}></path>`}
  </svg>`;
}
