import { html, type TemplateResult } from "lit";
import type { App } from "../../app.ts";
import type { Calendar } from "../../state/people/calendar.ts";
import { cameraTitle } from "../../texts/camera.ts";

/** Faces by camera and day as dots; pressing a dot shows only its faces. */
export function whenAndWhere(
  app: App,
  calendar: Calendar,
  chosen: { readonly camera: string; readonly day: number } | null,
  choose: (camera: string, day: number) => void,
): TemplateResult {
  const words = app.t.people.person;
  const letter = new Intl.DateTimeFormat(app.t.lang, { weekday: "narrow" });
  const now = app.now.get();
  if (calendar.rows.length === 0) return html`<p class="two small">${words.whenNone(calendar.days.length)}</p>`;
  return html`<div class="when" role="group" aria-label=${words.when} .style=${`--days:${calendar.days.length}`}>
    ${calendar.rows.map(
      ({ camera, counts }) => html`<b class="cut" title=${camera}>${cameraTitle(camera)}</b>
        ${counts.map((count, day) => {
          if (count === 0) return html`<i aria-hidden="true"></i>`;
          const on = chosen?.camera === camera && chosen.day === day;
          const date = calendar.days[day] ?? now;
          return html`<button
            aria-pressed=${on}
            aria-label=${words.whenCell(count, cameraTitle(camera), app.t.when.day(date, now))}
            title=${words.whenCell(count, cameraTitle(camera), app.t.when.day(date, now))}
            @click=${() => choose(camera, day)}
          >
            <i .style=${`--n:${Math.min(count, 7)}`}></i>
          </button>`;
        })}`,
    )}
    <b></b>
    ${calendar.days.map(
      (day, at) =>
        html`<u class=${at === calendar.days.length - 1 ? "on" : ""} aria-hidden="true">${letter.format(day)}</u>`,
    )}
  </div>`;
}
