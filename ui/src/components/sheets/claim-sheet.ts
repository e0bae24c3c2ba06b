import { html, type TemplateResult } from "lit";
import type { ClaimAnswer } from "../../../../src/wire/out/schemas.ts";
import type { App } from "../../app.ts";
import { cameraTitle } from "../../texts/camera.ts";
import { picture } from "../picture.ts";
import "./claim-sheet.css";

const SHOWN = 200;

/** The older faces that would also get the name, farthest first: if those are right, all are. */
export function claimSheet(
  app: App,
  name: string,
  answer: ClaimAnswer,
  done: (yes: boolean | null) => void,
): TemplateResult {
  const words = app.t.discover.done;
  const faces = answer.faces.toSorted((a, b) => b.distance - a.distance);
  const count = answer.claimed;
  return html`<div>
      <h2 id="sheet-title" dir="auto">${words.claimTitle(count, name)}</h2>
      <p class="two">${words.claimOrder}</p>
    </div>
    <div class="tiles claim" tabindex="0" role="group" aria-label=${app.t.common.faces(faces.length)}>
      ${faces.slice(0, SHOWN).map(
        (
          face,
        ) => html`<div class="tile" title=${`${cameraTitle(face.camera)}, ${app.t.when.exact(new Date(face.timestamp))}`}>
          ${picture(app.http, face.thumbnail)}<span class="tag">${app.t.common.distance(face.distance)}</span>
        </div>`,
      )}
    </div>
    <div class="do">
      <button class="btn plain" @click=${() => done(null)}>${words.no}</button>
      <button class="btn primary" autofocus @click=${() => done(true)}>${words.claimN(count)}</button>
    </div>`;
}
