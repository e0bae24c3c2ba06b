import { html, type TemplateResult } from "lit";
import type { PurgeAnswer } from "../../../../src/wire/out/schemas.ts";
import { thumbnailPath } from "../../api/faces.ts";
import type { App } from "../../app.ts";
import { cameraTitle } from "../../texts/camera.ts";
import { picture } from "../picture.ts";
import "./tick-tiles.css";

const SHOWN = 300;

/** The faces that retention will delete. */
export function expiringSheet(
  app: App,
  faces: PurgeAnswer["would_delete"],
  done: (answer: null) => void,
): TemplateResult {
  const words = app.t.status;
  return html`<div>
      <h2 id="sheet-title">${words.goesTitle({ n: faces.length })}</h2>
      <p class="two">${words.goesOrder}</p>
    </div>
    <div class="tiles ticks" tabindex="0" role="group" aria-label=${app.t.count.photos({ n: faces.length })}>
      ${faces.slice(0, SHOWN).map((face) => {
        const label = `${cameraTitle(face.camera)}, ${app.t.when.exact(new Date(face.timestamp))}`;
        return html`<div class="tile" title=${label}>
          ${picture(app.http, thumbnailPath(face.face_id), { label })}
        </div>`;
      })}
    </div>
    <div class="do">
      <button class="btn tonal" autofocus @click=${() => done(null)}>${app.t.common.close}</button>
    </div>`;
}
