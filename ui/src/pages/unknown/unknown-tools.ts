import { html, nothing, type TemplateResult } from "lit";
import type { App } from "../../app.ts";
import { icon } from "../../components/icon.ts";
import type { UnknownFilter } from "../../state/router.ts";
import { cameraTitle } from "../../texts/camera.ts";
import { waitingPills } from "./unknown-pills.ts";

interface Tools {
  readonly filter: UnknownFilter;
  readonly cameras: readonly string[];
  readonly change: (filter: UnknownFilter) => void;
  readonly search: (event: InputEvent) => void;
}

/** Search, order and filters; they stick to the top, and stand in the address. */
export function unknownTools(app: App, { filter, cameras, change, search }: Tools): TemplateResult {
  const { tools: words } = app.t.unknown;
  const overview = app.overview.now.get();
  const { many = 0, few = 0, once = 0, came_back: again = 0 } = overview ?? {};
  const counted = (what: string, n: number) => words.withCount({ what, n });
  return html`<div class="tools" role="search" aria-label=${words.label}>
    <label class="find"
      >${icon("search")}<input
        type="search"
        .value=${filter.q ?? ""}
        placeholder=${words.search}
        aria-label=${words.searchLabel}
        enterkeyhint="search"
        @input=${search}
    /></label>
    ${choice(
      words.order,
      filter.sort ?? "size",
      [
        ["size", words.size],
        ["last_seen", words.lastSeen],
      ],
      false,
      (sort) => change({ ...filter, sort: sort === "last_seen" ? sort : undefined }),
    )}
    ${
      cameras.length > 1 || filter.camera !== undefined
        ? choice(
            words.camera,
            filter.camera ?? "",
            [["", words.allCameras], ...cameras.map((camera) => [camera, cameraTitle(camera)] as const)],
            filter.camera !== undefined,
            (camera) => change({ ...filter, camera: camera || undefined }),
          )
        : nothing
    }
    ${dayChoice(app, filter, change)}
    ${
      again > 0 || filter.again
        ? html`<button
            class="chip ${filter.again ? "set" : ""}"
            aria-pressed=${filter.again !== undefined}
            @click=${() => change({ ...filter, again: filter.again ? undefined : "yes" })}
          >
            ${icon("again")}${words.again({ n: again })}
          </button>`
        : nothing
    }
    ${choice(
      words.photos,
      filter.size ?? "",
      [
        ["", words.anyNumber],
        ["many", counted(words.many, many)],
        ["few", counted(words.few, few)],
        ["once", counted(words.once, once)],
      ],
      filter.size !== undefined,
      (size) => change({ ...filter, size: size === "many" || size === "few" || size === "once" ? size : undefined }),
    )}
    ${waitingPills(app)}
  </div>`;
}

/** A chip that opens the browser's own list: made for fingers, and for keys. */
function choice(
  label: string,
  value: string,
  options: readonly (readonly [string, string])[],
  set: boolean,
  take: (value: string) => void,
): TemplateResult {
  const said = options.find(([one]) => one === value)?.[1] ?? value;
  return html`<label class="chip drop ${set ? "set" : ""}"
    ><span aria-hidden="true">${said}</span>${icon("down")}<select
      aria-label=${label}
      @change=${(event: Event) => take((event.target as HTMLSelectElement).value)}
    >
      ${options.map(([one, text]) => html`<option value=${one} ?selected=${one === value}>${text}</option>`)}
    </select></label
  >`;
}

function dayChoice(app: App, filter: UnknownFilter, change: (filter: UnknownFilter) => void): TemplateResult {
  const { tools: words } = app.t.unknown;
  const { day } = filter;
  const said = day ? app.t.format.capital(app.t.when.day(new Date(`${day}T12:00`), app.now.get())) : words.anyDay;
  const open = (event: Event): void => {
    const field = event.target as HTMLInputElement;
    // Not every browser opens it from a frame; then the field can still be typed in.
    try {
      field.showPicker();
    } catch {
      field.focus();
    }
  };
  return html`<label class="chip drop ${day ? "set" : ""}"
    ><span aria-hidden="true">${said}</span>${icon("down")}<input
      type="date"
      aria-label=${words.day}
      .value=${day ?? ""}
      @click=${open}
      @change=${(event: Event) => change({ ...filter, day: (event.target as HTMLInputElement).value || undefined })}
    /></label
  >${
    day
      ? html`<button class="btn square" aria-label=${words.anyDay} @click=${() => change({ ...filter, day: undefined })}>
          ${icon("close")}
        </button>`
      : nothing
  }`;
}
