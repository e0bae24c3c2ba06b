import { html, nothing, type TemplateResult } from "lit";
import type { App } from "../../app.ts";
import type { Hold } from "../../components/hold.ts";
import { icon } from "../../components/icon.ts";
import { picture } from "../../components/picture.ts";
import type { GroupFace } from "../../state/group/photos.ts";
import { cameraTitle } from "../../texts/camera.ts";

/** How a photo stands in its group. */
export interface TileState {
  readonly selected: boolean;
  /** Taken out, or no longer in the group: it gets no name. */
  readonly faded: boolean;
  /** The mark is a warning. */
  readonly odd: boolean;
  /** A word on the photo. */
  readonly mark: string | null;
  /** The one that Tab reaches. */
  readonly reached: boolean;
}

/** A photo of a group: a tap selects it, a long press opens it large. */
export function groupTile(
  app: App,
  face: GroupFace,
  { selected, faded, odd, mark, reached }: TileState,
  { hold, press }: { readonly hold: Hold; readonly press: (face: GroupFace, event: MouseEvent) => void },
): TemplateResult {
  const camera = cameraTitle(face.camera);
  const at = app.t.when.exact(new Date(face.timestamp));
  const label = mark ? app.t.group.photoMarked({ camera, at, mark }) : app.t.group.photo({ camera, at });
  return html`<div
    class="tile ${odd ? "odd" : ""} ${faded ? "gone" : ""}"
    role="option"
    tabindex=${reached ? 0 : -1}
    data-item=${face.face_id}
    aria-selected=${selected}
    aria-label=${label}
    title=${label}
    @click=${(event: MouseEvent) => {
      if (!hold.held()) press(face, event);
    }}
    @pointerdown=${hold.pointerdown}
    @pointermove=${hold.pointermove}
    @pointerup=${hold.pointerup}
    @pointercancel=${hold.pointerup}
    @contextmenu=${hold.contextmenu}
  >
    ${picture(app.http, face.thumbnail)}<span class="tick">${icon("check")}</span>${
      mark ? html`<span class=${odd ? "mk" : "tag"} dir="auto">${mark}</span>` : nothing
    }
  </div>`;
}
