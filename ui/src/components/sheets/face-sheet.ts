import { html, type TemplateResult } from "lit";
import type { FaceJson } from "../../../../src/wire/out/schemas.ts";
import type { App } from "../../app.ts";
import { cameraTitle } from "../../texts/camera.ts";
import "../frame.ts";
import { icon } from "../icon.ts";

/** A person's face in its whole frame; answers whether to take it out. */
export function faceSheet(
  app: App,
  name: string,
  face: FaceJson,
  done: (takeOut: boolean | null) => void,
): TemplateResult {
  const words = app.t.people.person;
  return html`<div>
      <h2 id="sheet-title" dir="auto">${name}</h2>
      <p class="two">${cameraTitle(face.camera)}, ${app.t.when.exact(new Date(face.timestamp))}</p>
    </div>
    <f-frame .app=${app} .face=${face}></f-frame>
    <div class="do">
      <button class="btn line" @click=${() => done(true)}>${icon("close")}${words.takeOut}</button>
      <button class="btn tonal" autofocus @click=${() => done(null)}>${app.t.common.close}</button>
    </div>`;
}
