import { html, type TemplateResult } from "lit";
import type { TestFaceAnswer } from "../../../../src/wire/out/schemas.ts";
import type { App } from "../../app.ts";
import { icon } from "../../components/icon.ts";

/** How sending a test face goes. */
export type TestRun =
  | { readonly state: "idle" | "running" }
  | { readonly state: "done"; readonly answer: TestFaceAnswer }
  | { readonly state: "failed"; readonly error: unknown; readonly published: boolean };

const STEPS = ["published", "compared", "stored", "announced"] as const;

/** The steps of a test face, ticked as far as it came, and what came of it. */
export function testSteps(app: App, run: TestRun): TemplateResult {
  if (run.state === "idle") return html``;
  const words = app.t.start.test;
  const times = new Map(run.state === "done" ? run.answer.steps.map(({ step, at }) => [step, Date.parse(at)]) : []);
  const started = times.get("published") ?? 0;
  const came = (step: (typeof STEPS)[number]) =>
    run.state === "done" || (run.state === "failed" && run.published && step === "published");
  return html`<div class="test">
    <ol>
      ${STEPS.map((step) => {
        const ms = (times.get(step) ?? started) - started;
        return html`<li class=${came(step) ? "on" : ""}>
          ${icon(came(step) ? "check" : run.state === "failed" ? "close" : "clock")}
          <span>${words[step]}</span>
          ${came(step) && run.state === "done" ? html`<small>${words.ms({ ms })}</small>` : ""}
        </li>`;
      })}
    </ol>
    ${result(app, run)}
  </div>`;
}

function result(app: App, run: TestRun): TemplateResult {
  const words = app.t.start.test;
  if (run.state === "done") return html`<p class="good">${words.done}</p>`;
  if (run.state === "failed") return html`<p class="bad">${words.failed({ why: app.explain(run.error) })}</p>`;
  return html`<p>${words.running}</p>`;
}
