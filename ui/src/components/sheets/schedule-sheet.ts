import { html, type TemplateResult } from "lit";
import type { App } from "../../app.ts";
import { type Plan, toCron, toPlan } from "../../state/settings/schedule.ts";
import "./setting-sheet.css";

const NIGHT = "03:00";
const NIGHTLY = "0 3 * * *";

/** Asks when discoveries start on their own; answers with a cron expression, or null for never. */
export function scheduleSheet(
  app: App,
  expression: string | null,
  done: (answer: { schedule: string | null } | null) => void,
): TemplateResult {
  const words = app.t.status.schedule;
  const plan = toPlan(expression);
  const save = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    done({ schedule: toCron(readPlan(form)) });
  };
  const choice = (kind: Plan["kind"], title: string, hint: string) => html`<label class="radio"
    ><input type="radio" name="kind" value=${kind} ?checked=${plan.kind === kind} />
    <span><strong>${title}</strong><p>${hint}</p></span></label
  >`;
  return html`<form class="setting" @submit=${save}>
    <h2 id="sheet-title">${words.title}</h2>
    <div class="choices" role="radiogroup" aria-labelledby="sheet-title">
      ${choice("never", words.never, words.neverHint)} ${choice("daily", words.nightly, words.nightlyHint)}
      <label class="field"
        ><span>${words.at}</span
        ><input type="time" name="time" required .value=${plan.kind === "daily" ? plan.time : NIGHT}
      /></label>
      ${choice("cron", words.other, words.otherHint)}
      <label class="field"
        ><span>${words.expression}</span
        ><input name="expression" spellcheck="false" autocomplete="off" .value=${plan.kind === "cron" ? plan.expression : NIGHTLY}
      /></label>
    </div>
    <div class="do">
      <button class="btn plain" type="button" @click=${() => done(null)}>${app.t.common.cancel}</button>
      <button class="btn primary">${words.save}</button>
    </div>
  </form>`;
}

function readPlan(form: FormData): Plan {
  const kind = form.get("kind");
  if (kind === "daily") return { kind, time: String(form.get("time")) };
  if (kind === "cron") return { kind, expression: String(form.get("expression")) };
  return { kind: "never" };
}
