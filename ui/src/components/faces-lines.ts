import { html, nothing, type TemplateResult } from "lit";
import type { FaceJson } from "../../../src/wire/schemas.ts";
import type { App } from "../app.ts";
import type { FacesLine } from "../state/sightings.ts";
import { cameraTitle } from "../texts/camera.ts";
import { picture } from "./picture.ts";

const TILE_PX = 98;
const DAY_PX = 58;

/** Height of a line until it is measured. */
export function estimateLine(line: FacesLine): number {
  return line.kind === "day" ? DAY_PX : Math.ceil(line.faces.length / 4) * TILE_PX;
}

/** Draws a day or what a camera saw in one go; `state` says how a face looks, `press` what pressing it does. */
export function facesLine(
  app: App,
  line: FacesLine,
  tile: {
    readonly press: (face: FaceJson) => void;
    readonly state: (face: FaceJson) => { readonly chosen?: boolean; readonly out?: boolean };
  },
): TemplateResult {
  if (line.kind === "day") {
    return html`<div class="day">
      <h3>${app.t.when.dayTitle(line.day, app.now.get())}</h3>
      <p>${app.t.common.faces(line.faces)}</p>
    </div>`;
  }
  return html`<div class="sight">
    <p>${line.more ? nothing : html`<b>${cameraTitle(line.camera)}</b>${app.t.when.time(line.at)}`}</p>
    <div class="tiles">
      ${line.faces.map((face) => {
        const { chosen = false, out = false } = tile.state(face);
        const label = `${cameraTitle(face.camera)}, ${app.t.when.exact(new Date(face.timestamp))}`;
        return html`<button
          class="tile ${chosen ? "on" : ""} ${out ? "gone" : ""}"
          data-item=${face.face_id}
          aria-label=${out ? `${label}, ${app.t.discover.group.out}` : label}
          aria-pressed=${chosen}
          title=${label}
          @click=${() => tile.press(face)}
        >
          ${picture(app.http, face.thumbnail)}${out ? html`<span class="tag">${app.t.discover.group.out}</span>` : nothing}
        </button>`;
      })}
    </div>
  </div>`;
}
