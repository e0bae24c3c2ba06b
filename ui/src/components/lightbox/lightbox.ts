import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import type { FaceJson } from "../../../../src/wire/out/schemas.ts";
import type { App } from "../../app.ts";
import { singleKeys } from "../../state/single-keys.ts";
import { cameraTitle } from "../../texts/camera.ts";
import { icon } from "../icon.ts";
import { picture } from "../picture.ts";
import "../toasts.ts";
import { facesOfFrame } from "./faces-of-frame.ts";
import "./lightbox.css";
import type { PhotoFace, PhotoOptions } from "./photos.ts";
import type { Stage } from "./stage.ts";
import "./stage.ts";
import { whoIsIt } from "./who-is-it.ts";

/** Photos to either side of the shown one that stand in the strip. */
const AROUND = 12;

/** Photos at full size, one at a time, over everything; see {@link PhotoOptions}. */
export class Lightbox extends LitElement {
  static override properties = {
    app: { attribute: false },
    options: { attribute: false },
    photos: { state: true },
    at: { state: true },
    inFrame: { state: true },
    chosen: { state: true },
    frame: { state: true },
  };
  declare app: App;
  declare options: PhotoOptions;
  declare photos: readonly PhotoFace[];
  declare at: number;
  /** All faces of the shown frame; empty: not known yet. */
  declare inFrame: readonly FaceJson[];
  declare chosen: number;
  /** Address of the shown frame, once it is loaded. */
  declare frame: string;
  #stops: (() => void)[] = [];
  #stepping = false;

  constructor() {
    super();
    this.photos = [];
    this.at = 0;
    this.inFrame = [];
    this.chosen = 0;
    this.frame = "";
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const again = () => void this.#load();
    this.#stops = [
      this.app.live.on("people", again),
      this.app.live.on("clusters", again),
      this.app.router.route.subscribe(() => this.close()),
    ];
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const stop of this.#stops) stop();
  }

  /** Closes it; the focus returns to what opened it. */
  close(): void {
    this.querySelector("dialog")?.close();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("options")) this.#take(this.options);
  }

  protected override firstUpdated(): void {
    this.querySelector("dialog")?.showModal();
    this.querySelector<HTMLElement>(".lb")?.focus();
  }

  protected override updated(): void {
    const on = this.querySelector<HTMLElement>(".film .on");
    const film = on?.parentElement;
    if (on && film) film.scrollLeft = on.offsetLeft - (film.clientWidth - on.offsetWidth) / 2;
  }

  #take({ faces, at = 0 }: Pick<PhotoOptions, "faces" | "at">): void {
    this.photos = faces;
    this.#show(at);
  }

  #show(at: number): void {
    const face = this.photos[at];
    if (!face) return;
    this.at = at;
    this.frame = "";
    this.inFrame = "state" in face ? [face as FaceJson] : [];
    this.chosen = face.face_id;
    void this.#load();
  }

  async #load(): Promise<void> {
    const shown = this.photos[this.at];
    if (!shown) return;
    try {
      const faces = await facesOfFrame(this.app.faces, shown);
      if (this.photos[this.at] !== shown) return;
      this.inFrame = faces;
      if (!faces.some((face) => face.face_id === this.chosen)) this.chosen = shown.face_id;
    } catch {
      // What is known already stays: the photo, and its own face.
    }
  }

  async #step(by: -1 | 1): Promise<void> {
    const { step } = this.options;
    if (!step || this.#stepping) return;
    this.#stepping = true;
    try {
      const photos = await step(by);
      if (photos && photos.faces.length > 0) this.#take(photos);
    } catch (error) {
      this.app.complain(error);
    } finally {
      this.#stepping = false;
    }
  }

  #key = (event: KeyboardEvent): void => {
    // The page behind must not act on keys.
    event.stopPropagation();
    if (event.ctrlKey || event.metaKey || event.altKey) {
      if (event.key.toLowerCase() === "z" && !event.altKey && !event.shiftKey) this.#undo(event);
      return;
    }
    if (!event.key.startsWith("Arrow") && !singleKeys.on()) return;
    const stage = this.querySelector<Stage>("f-stage");
    if (event.key === "ArrowLeft" || event.key === "ArrowRight")
      this.#show(this.at + (event.key === "ArrowLeft" ? -1 : 1));
    else if (event.key === "ArrowUp" || event.key === "ArrowDown") void this.#step(event.key === "ArrowUp" ? -1 : 1);
    else if (event.key === "+" || event.key === "=") stage?.zoom(1);
    else if (event.key === "-") stage?.zoom(-1);
    else if (event.key === "0") stage?.zoom(0);
    else if (event.key.toLowerCase() === "z") this.#undo(event);
    else return;
    event.preventDefault();
  };

  #undo(event: KeyboardEvent): void {
    event.preventDefault();
    if (!event.repeat) void this.app.undoLast();
  }

  protected override render() {
    const { app, photos, at } = this;
    const shown = photos[at];
    if (!shown) return nothing;
    const words = app.t.lightbox;
    const faces = this.inFrame.length > 0 ? this.inFrame : [shown];
    const chosen = this.inFrame.find((face) => face.face_id === this.chosen) ?? null;
    const nth = words.nth({ n: at + 1, of: photos.length });
    return html`<dialog
      class="lightbox"
      aria-label=${nth}
      @keydown=${this.#key}
      @close=${() => this.dispatchEvent(new Event("closed"))}
    >
      <div class="lb" tabindex="-1">
        <div class="lbtop">
          <button class="btn square" aria-label=${app.t.common.close} @click=${() => this.close()}>${icon("close")}</button>
          <div>
            <h2>${cameraTitle(shown.camera)}</h2>
            <p class="cut">${app.t.when.exact(new Date(shown.timestamp))}${photos.length > 1 ? ` · ${nth}` : nothing}</p>
          </div>
          <button class="btn square" aria-label=${words.zoomIn} @click=${() => this.querySelector<Stage>("f-stage")?.zoom(1)}>
            ${icon("zoom")}
          </button>
          ${
            this.frame
              ? html`<a class="btn square" href=${this.frame} download=${`${shown.camera}-${shown.face_id}.jpg`} aria-label=${words.save}>
                  ${icon("out")}
                </a>`
              : nothing
          }
        </div>
        ${this.#side("back", words.before, -1)}
        <f-stage
          class="stage"
          .app=${app}
          .face=${shown}
          .faces=${faces}
          .chosen=${this.chosen}
          @choose=${(event: CustomEvent<number>) => {
            this.chosen = event.detail;
          }}
          @swipe=${(event: CustomEvent<number>) => this.#show(at + event.detail)}
          @frame=${(event: CustomEvent<string>) => {
            this.frame = event.detail;
          }}
        ></f-stage>
        ${this.#side("next", words.after, 1)}
        ${photos.length > 1 ? this.#film() : nothing}
        ${chosen ? this.#bar(chosen) : nothing}
        <p class="sr" aria-live="polite">${nth}</p>
      </div>
      <f-toasts .app=${app}></f-toasts>
    </dialog>`;
  }

  #side(name: "back" | "next", label: string, by: -1 | 1): TemplateResult {
    const there = this.photos[this.at + by] !== undefined;
    return html`<div class="side ${by < 0 ? "to-before" : "to-after"}">
      <button class="btn square" aria-label=${label} ?disabled=${!there} @click=${() => this.#show(this.at + by)}>${icon(name)}</button>
    </div>`;
  }

  #film(): TemplateResult {
    const { app, photos, at } = this;
    const words = app.t.lightbox;
    const first = Math.max(0, at - AROUND);
    const strip = photos.slice(first, at + AROUND + 1);
    const minutes = new Set(strip.map(({ timestamp }) => app.t.when.time(new Date(timestamp))));
    const tag = ({ timestamp }: PhotoFace) =>
      minutes.size > 1 ? app.t.when.time(new Date(timestamp)) : `:${timestamp.slice(17, 19)}`;
    return html`<div class="film" role="group" aria-label=${this.options.strip ?? words.strip}>
      ${minutes.size === 1 ? html`<span class="pre">${[...minutes]}</span>` : nothing}
      ${strip.map((face, n) => {
        const index = first + n;
        return html`<button
          class=${index === at ? "on" : ""}
          aria-current=${index === at ? "true" : nothing}
          @click=${() => this.#show(index)}
        >
          <span class="sr">${words.nth({ n: index + 1, of: photos.length })}</span>
          ${picture(app.http, face.thumbnail)}<span class="tag">${tag(face)}</span>
        </button>`;
      })}
    </div>`;
  }

  #bar(face: FaceJson): TemplateResult {
    const { app, options } = this;
    const { name, unsure } = whoIsIt(face, app.rule.get().threshold);
    const words = app.t.lightbox;
    const about = options.about?.(face) ?? null;
    return html`<div class="lbacts">
      <div class="says" aria-live="polite">
        <strong class="cut" dir="auto">${name === null ? words.unknown : unsure ? words.perhaps({ name }) : name}</strong>
        ${about === null ? nothing : html`<span dir="auto">${about}</span>`}
      </div>
      <div class="acts">
        ${(options.actions?.(face) ?? []).map(
          (
            action,
          ) => html`<button class="act ${action.main ? "main" : ""}" ?disabled=${action.disabled} @click=${action.run}>
            ${icon(action.icon)}${action.label}
          </button>`,
        )}
      </div>
    </div>`;
  }
}

customElements.define("f-lightbox", Lightbox);

/** Resolves when it is closed. */
export function showLightbox(app: App, options: PhotoOptions): Promise<void> {
  const lightbox = document.createElement("f-lightbox") as Lightbox;
  lightbox.app = app;
  lightbox.options = options;
  return new Promise((resolve) => {
    lightbox.addEventListener("closed", () => {
      lightbox.remove();
      resolve();
    });
    document.body.append(lightbox);
  });
}
