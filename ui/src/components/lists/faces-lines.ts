import { html, nothing, type TemplateResult } from "lit";
import type { FaceJson } from "../../../../src/wire/out/schemas.ts";
import type { App } from "../../app.ts";
import type { FacesLine } from "../../state/people/faces-by-day.ts";
import { cameraTitle } from "../../texts/camera.ts";
import { picture } from "../picture.ts";

const TILE_PX = 148;
const TILES_A_ROW = 5;
const DAY_PX = 58;

/** Height of a line until it is measured. */
export function estimateLine(line: FacesLine): number {
  return line.kind === "day" ? DAY_PX : Math.ceil(line.cells.length / TILES_A_ROW) * TILE_PX;
}

/** Draws a day or some of its faces; `state` gives a face's look and a note on it, `press` handles a press. */
export function facesLine(
  app: App,
  line: FacesLine,
  tile: {
    readonly press: (face: FaceJson) => void;
    readonly state: (face: FaceJson) => {
      readonly chosen?: boolean;
      readonly out?: boolean;
      readonly note?: string | undefined;
    };
  },
): TemplateResult {
  if (line.kind === "day") {
    return html`<div class="day">
      <h3>${app.t.when.dayTitle(line.day, app.now.get())}</h3>
      <p>${app.t.common.faces(line.faces)}</p>
    </div>`;
  }
  return html`<div class="tiles labelled">
    ${line.cells.map(({ face, starts }) => {
      const { chosen = false, out = false, note } = tile.state(face);
      const tag = out ? app.t.discover.group.out : note;
      const at = new Date(face.timestamp);
      const label = `${cameraTitle(face.camera)}, ${app.t.when.exact(at)}`;
      return html`<div>
        <button
          class="tile ${chosen ? "on" : ""} ${out ? "gone" : ""}"
          data-item=${face.face_id}
          aria-label=${tag ? `${label}, ${tag}` : label}
          aria-pressed=${chosen}
          title=${label}
          @click=${() => tile.press(face)}
        >
          ${picture(app.http, face.thumbnail)}${tag ? html`<span class="tag">${tag}</span>` : nothing}
        </button>
        <p aria-hidden="true">${starts ? html`<b class="cut">${cameraTitle(face.camera)}</b>${app.t.when.time(at)}` : nothing}</p>
      </div>`;
    })}
  </div>`;
}
