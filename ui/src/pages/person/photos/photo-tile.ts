import { html, nothing, type TemplateResult } from "lit";
import type { PersonFaceJson } from "../../../../../src/wire/out/schemas.ts";
import type { App } from "../../../app.ts";
import { icon } from "../../../components/icon.ts";
import { picture } from "../../../components/picture.ts";
import { isRecognized } from "../../../state/person/photo-days.ts";
import { cameraTitle } from "../../../texts/camera.ts";

/** A photo in a list from which several can be selected; null is one that is not loaded yet. */
export function photoTile(
  app: App,
  face: PersonFaceJson | null,
  options: { readonly selected: boolean; readonly first: boolean },
): TemplateResult {
  if (face === null) return html`<div class="tile" aria-hidden="true" data-missing><i class="face skel"></i></div>`;
  const words = app.t.person;
  const recognized = isRecognized(face);
  const when = app.t.when.exact(new Date(face.timestamp));
  const about = words.photoLabel({ camera: cameraTitle(face.camera), when });
  const marks = [recognized ? words.isRecognized : words.isNamed, face.different ? words.different : ""];
  return html`<div
    class="tile"
    role="option"
    tabindex=${options.first ? 0 : -1}
    aria-selected=${options.selected}
    aria-label=${[about, ...marks.filter(Boolean)].join(", ")}
    title=${about}
    data-item=${face.face_id}
  >
    ${picture(app.http, face.thumbnail)}<span class="tick">${icon("check")}</span>${
      recognized ? html`<span class="badge tr">${icon("recognized")}</span>` : nothing
    }${face.different ? html`<span class="mk">${words.different}</span>` : nothing}
  </div>`;
}
