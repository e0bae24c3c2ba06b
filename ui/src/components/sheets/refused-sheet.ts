import { html, type TemplateResult } from "lit";
import type { RefusedAnswer } from "../../../../src/wire/out/schemas.ts";
import type { App } from "../../app.ts";
import { cameraTitle } from "../../texts/camera.ts";
import { picture } from "../picture.ts";
import "./refused-sheet.css";

/** Why faces in a camera's pictures were not taken: the last of them, each with its reason. */
export function refusedSheet(
  app: App,
  camera: string,
  faces: RefusedAnswer["refused"],
  done: (answer: null) => void,
): TemplateResult {
  const words = app.t.pictures;
  return html`<div>
      <h2 id="sheet-title" dir="auto">${words.whyTitle({ camera: cameraTitle(camera) })}</h2>
      <p class="two">${faces.length === 0 ? words.whyNone : words.whyHint}</p>
    </div>
    ${
      faces.length === 0
        ? ""
        : html`<ul class="refused" tabindex="0" aria-label=${app.t.count.photos({ n: faces.length })}>
      ${faces.map(
        (face) => html`<li>
          ${picture(app.http, face.thumbnail, { size: "s56" })}
          <div>
            <strong>${words.reasons[face.reason]}</strong>
            <p>${words.reasons[`${face.reason}Text`]({ value: rounded(app, face), needed: app.t.format.number(face.needed) })}</p>
            <p class="two">${app.t.when.exact(new Date(face.timestamp))}</p>
          </div>
        </li>`,
      )}
    </ul>`
    }
    <div class="do">
      <button class="btn tonal" autofocus @click=${() => done(null)}>${app.t.common.close}</button>
    </div>`;
}

/** Pixels whole, so that a face just below is not shown as large enough; the others to the places that matter. */
function rounded({ t }: App, { reason, value }: RefusedAnswer["refused"][number]): string {
  const places = { size: 1, norm: 10, score: 100 }[reason];
  return t.format.number(Math.floor(value * places) / places);
}
