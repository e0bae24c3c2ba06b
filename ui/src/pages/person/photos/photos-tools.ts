import { html, nothing, type TemplateResult } from "lit";
import type { App } from "../../../app.ts";
import { icon } from "../../../components/icon.ts";
import type { PhotoFilter } from "../../../state/person/photo-stream.ts";
import { cameraTitle } from "../../../texts/camera.ts";

/** In which order, which photos, of which camera. `has`: how many recognized ones there are, and which cameras. */
export function photosTools(
  app: App,
  has: { readonly recognized: number; readonly cameras: readonly string[] },
  filter: PhotoFilter,
  choose: (filter: PhotoFilter) => void,
): TemplateResult {
  const words = app.t.person;
  const { recognized, cameras } = has;
  const chip = (
    label: string,
    on: boolean,
    next: PhotoFilter,
    mark: TemplateResult | typeof nothing = nothing,
  ) => html`<button
    class="chip"
    aria-pressed=${on}
    @click=${() => choose(next)}
  >
    ${mark}${label}
  </button>`;
  const take = (event: Event) => {
    const camera = (event.target as HTMLSelectElement).value;
    choose({ ...filter, camera: camera === "" ? undefined : camera });
  };
  return html`<div class="tools" role="group" aria-label=${words.show}>
    ${chip(words.newestFirst, !filter.leastAlike, { ...filter, leastAlike: undefined })}
    ${chip(words.leastAlikeFirst, filter.leastAlike === true, { ...filter, leastAlike: true })}
    ${
      recognized > 0 || filter.recognized
        ? chip(
            words.recognized({ n: recognized }),
            filter.recognized === true,
            { ...filter, recognized: filter.recognized ? undefined : true },
            icon("recognized"),
          )
        : nothing
    }
    ${
      cameras.length > 1 || filter.camera !== undefined
        ? html`<label class="chip choice ${filter.camera === undefined ? "" : "set"}">
            <select aria-label=${words.camera} .value=${filter.camera ?? ""} @change=${take}>
              <option value="" ?selected=${filter.camera === undefined}>${words.allCameras}</option>
              ${cameras.map(
                (camera) =>
                  html`<option value=${camera} ?selected=${filter.camera === camera}>${cameraTitle(camera)}</option>`,
              )}
            </select>
            ${icon("down")}
          </label>`
        : nothing
    }
  </div>`;
}
