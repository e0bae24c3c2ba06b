import { html, nothing, type TemplateResult } from "lit";
import type { ProblemJson } from "../../../../src/wire/out/schemas.ts";
import type { App } from "../../app.ts";
import { copyText } from "../../components/copy-line.ts";
import { type IconName, icon } from "../../components/icon.ts";
import { dayPhotos } from "./day-photos.ts";
import { problemSteps } from "./problem-steps.ts";
import { isBrokerProblem, toDetails, toProblemWords } from "./problem-words.ts";
import type { SystemState } from "./system-state.ts";

/** An attempt to connect that the page asked for. */
export interface Attempt {
  readonly run: () => void;
  readonly isRunning: boolean;
  /** The last one changed nothing; when it was. */
  readonly failedAt: Date | null;
}

/** What an error means, since when and why, with the one button; then what to do, what is missing, and what still works. */
export function statusProblem(app: App, system: SystemState, problem: ProblemJson, attempt: Attempt): TemplateResult {
  const words = app.t.problem;
  const { status } = system;
  const { title, why } = toProblemWords(app, problem, status.intake.url);
  const { failedAt, isRunning } = attempt;
  return html`<section class="lead" role="alert">
      <span class="sign">${icon(isBrokerProblem(problem) ? "off" : "warn")}</span>
      <h1 tabindex="-1" dir="auto">${title}</h1>
      <p>${why}${failedAt === null ? nothing : html` <span>${words.still({ time: app.t.when.exactTime(failedAt) })}</span>`}</p>
      <div class="do">
        ${
          isBrokerProblem(problem)
            ? html`<button class="btn primary" ?disabled=${isRunning} @click=${attempt.run}>
                ${icon("again")}${isRunning ? words.trying : words.tryNow}
              </button>`
            : html`<button class="btn primary" @click=${() => void copyText(app, toDetails(status))}>
                ${icon("copy")}${words.copyDetails}
              </button>`
        }
      </div>
    </section>
    <div class="cols">
      <div>${problemSteps(app, problem, status)}</div>
      <div>${dayPhotos(app, system)}${isBrokerProblem(problem) ? works(app, system) : nothing}</div>
    </div>`;
}

function works(app: App, { status }: SystemState): TemplateResult {
  const words = app.t.problem;
  const line = (name: IconName, good: boolean, title: string, text: string) => html`<li>
    <span class=${good ? "good" : "poor"}>${icon(name)}</span>
    <div><strong>${title}</strong><p>${text}</p></div>
  </li>`;
  return html`<div class="sec"><h2>${words.works}</h2></div>
    <ul class="card rows">
      ${line("check", true, words.panel, words.panelHint)}
      ${status.snapshots === null ? nothing : line("check", true, words.http, words.httpHint)}
      ${line("warn", false, words.home, words.homeHint)}
    </ul>`;
}
