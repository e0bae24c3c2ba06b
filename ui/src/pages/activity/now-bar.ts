import { html, nothing, type TemplateResult } from "lit";
import type { App } from "../../app.ts";
import { picture } from "../../components/picture.ts";
import type { ActivityState } from "../../state/activity/activity.ts";
import { newestFirst } from "../../state/activity/activity-lines.ts";
import { cameraTitle } from "../../texts/camera.ts";
import { LIVE_MS } from "./visit-row.ts";
import { aboutVisit, nameOf } from "./visit-text.ts";

/** Who is at a camera now, else who was last; what is new waits here, in its own spot, so that nothing below moves. */
export function nowBar(app: App, { visits, waiting }: ActivityState, show: () => void): TemplateResult {
  const words = app.t.activity.now;
  const now = app.now.get();
  const [newest] = [...waiting, ...visits.slice(0, 1)].sort(newestFirst);
  const isLive = newest !== undefined && now.getTime() - Date.parse(newest.to) < LIVE_MS;
  return html`<section class="card nowbar ${isLive ? "" : "idle"}" aria-label=${words.label}>
    ${
      newest
        ? html`${isLive ? html`<i class="live"></i>` : nothing}
            ${picture(app.http, newest.representative?.thumbnail ?? null, { size: "s40", round: newest.person !== null })}`
        : nothing
    }
    <div>
      <strong class="cut" dir="auto">${newest && isLive ? nameOf(app, newest) : words.nobody}</strong>
      ${
        newest
          ? html`<p class="cut" dir="auto">${
              isLive
                ? aboutVisit(app, newest, undefined, true)
                : words.last({
                    who: nameOf(app, newest),
                    where: `${cameraTitle(newest.camera)}, ${app.t.when.ago(new Date(newest.to), now)}`,
                  })
            }</p>`
          : nothing
      }
    </div>
    ${
      waiting.length > 0
        ? html`<button class="btn tonal" aria-label=${words.freshLabel({ fresh: words.fresh({ n: waiting.length }) })} @click=${show}>
            ${words.fresh({ n: waiting.length })}
          </button>`
        : nothing
    }
  </section>`;
}
