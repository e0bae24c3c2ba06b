import { html, nothing, type TemplateResult } from "lit";
import type { FaceJson } from "../../../../src/wire/out/schemas.ts";
import type { App } from "../../app.ts";
import { cameraTitle } from "../../texts/camera.ts";
import { picture } from "../picture.ts";
import "./tick-tiles.css";

type Ticked = Pick<FaceJson, "face_id" | "thumbnail" | "camera" | "timestamp">;

/** As many are looked at before a name is given; the others are more alike. */
const SHOWN = 120;

/** Photos, the least alike first, all ticked; inside a form. {@link untickedOf} says which were unticked. */
export function tickTiles(app: App, faces: readonly Ticked[], all = faces.length): TemplateResult {
  const shown = faces.slice(0, SHOWN);
  return html`<div class="tiles ticks" role="group" aria-label=${app.t.count.photos({ n: shown.length })}>
      ${shown.map((face) => {
        const at = app.t.when.exact(new Date(face.timestamp));
        const label = app.t.group.photo({ camera: cameraTitle(face.camera), at });
        return html`<label class="tile" title=${label}>
          <input type="checkbox" name="face" value=${face.face_id} checked aria-label=${label} />
          ${picture(app.http, face.thumbnail)}
        </label>`;
      })}
    </div>
    ${all > shown.length ? html`<p class="two small">${app.t.claim.more({ n: all - shown.length })}</p>` : nothing}`;
}

/** The faces that were unticked in the form of {@link tickTiles}. */
export function untickedOf(form: HTMLFormElement): readonly number[] {
  const boxes = [...form.querySelectorAll<HTMLInputElement>(".ticks input")];
  return boxes.filter((box) => !box.checked).map((box) => Number(box.value));
}
