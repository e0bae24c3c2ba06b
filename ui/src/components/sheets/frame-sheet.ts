import { html, type TemplateResult } from "lit";
import type { FaceJson } from "../../../../src/wire/out/schemas.ts";
import type { App } from "../../app.ts";
import { cameraTitle } from "../../texts/camera.ts";
import "../frame.ts";

/** A face in its whole frame. */
export function frameSheet(app: App, face: FaceJson, done: (nothing: null) => void): TemplateResult {
  return html`<div>
      <h2 id="sheet-title">${cameraTitle(face.camera)}</h2>
      <p class="two">${app.t.when.exact(new Date(face.timestamp))}</p>
    </div>
    <f-frame .app=${app} .face=${face}></f-frame>
    <div class="do">
      <button class="btn tonal" autofocus @click=${() => done(null)}>${app.t.common.close}</button>
    </div>`;
}
