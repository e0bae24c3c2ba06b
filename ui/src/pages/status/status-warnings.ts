import { html, nothing, type TemplateResult } from "lit";
import type { ProblemJson } from "../../../../src/wire/out/schemas.ts";
import type { App } from "../../app.ts";
import { icon } from "../../components/icon.ts";
import { toProblemWords } from "./problem-words.ts";
import type { SystemState } from "./system-state.ts";

/**
 * What has to be looked at besides the error that leads the page, each with what it means and, folded, what the daemon says.
 * @param titled The one whose title is the page's own: it is not said twice.
 */
export function statusWarnings(
  app: App,
  { status }: SystemState,
  problems: readonly ProblemJson[],
  titled: ProblemJson | null,
): TemplateResult | typeof nothing {
  if (problems.length === 0) return nothing;
  return html`${problems.map((problem) => {
    const { title, why } = toProblemWords(app, problem, status.intake.url);
    return html`<div class="banner ${problem.severity === "error" ? "bad" : ""}" role="status">
      <span>${icon("warn")}</span>
      <div>
        ${problem === titled ? nothing : html`<strong dir="auto">${title}</strong>`}
        <p>${why}</p>
        <details>
          <summary>${app.t.problem.details}</summary>
          <p class="small" dir="auto">${problem.sentence}</p>
        </details>
      </div>
    </div>`;
  })}`;
}
