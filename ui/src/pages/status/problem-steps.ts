import { html, nothing, type TemplateResult } from "lit";
import type { ProblemJson, StatusJson } from "../../../../src/wire/out/schemas.ts";
import type { App } from "../../app.ts";
import { copyLine, copyText } from "../../components/copy-line.ts";
import { icon } from "../../components/icon.ts";
import { toDetails } from "./problem-words.ts";

interface Step {
  readonly title: string;
  readonly text: string;
  /** To be copied. */
  readonly code?: string;
}

/** What to do about an error, from likely to unlikely; the last step is to ask someone. */
export function problemSteps(app: App, problem: ProblemJson, status: StatusJson): TemplateResult {
  const words = app.t.problem;
  const { failures, last_error: error } = status.broker;
  const copy = () => void copyText(app, toDetails(status));
  return html`<div class="sec"><h2>${words.todo}</h2></div>
    <ol class="card pad steps">
      ${toSteps(app, problem, status).map(
        ({ title, text, code }) => html`<li>
          <strong>${title}</strong>
          <p>${text}</p>
          ${code === undefined ? nothing : copyLine(app, { text: code, label: `${app.t.start.copyText} ${code}` })}
        </li>`,
      )}
      <li>
        <strong>${words.stillNothing}</strong>
        <p>${error === null ? words.saidNothing : words.said({ error, n: failures })}</p>
        <button class="btn plain copy" @click=${copy}>${icon("copy")}${words.copyDetails}</button>
      </li>
    </ol>`;
}

function toSteps(app: App, { code, subject }: ProblemJson, { broker, intake }: StatusJson): readonly Step[] {
  const words = app.t.problem.steps;
  switch (code) {
    case "BROKER_UNREACHABLE": {
      const next = broker.next_try;
      const text = next === null ? words.addressNow : words.addressHint({ time: app.t.when.exactTime(new Date(next)) });
      return [
        { title: words.running, text: words.runningHint },
        { title: words.address, text, code: intake.url },
      ];
    }
    case "BROKER_REFUSED_LOGIN":
      return [
        { title: words.password, text: words.passwordHint },
        { title: words.user, text: words.userHint },
      ];
    case "BROKER_ENDS_CONNECTIONS":
      return [{ title: words.clientId, text: words.clientIdHint }];
    case "BROKER_REFUSED_TOPICS":
      return [{ title: words.rules, text: words.rulesHint, ...(subject === null ? {} : { code: subject }) }];
    case "FACES_NOT_STORED":
      return [
        { title: words.disk, text: words.diskHint },
        { title: words.folder, text: words.folderHint },
      ];
    case "DATABASE_DAMAGED":
      return [{ title: words.backup, text: words.backupHint }];
    case "PICTURES_NOT_READ":
      return [
        { title: words.models, text: words.modelsHint },
        { title: words.memory, text: words.memoryHint },
      ];
    default:
      return [];
  }
}
