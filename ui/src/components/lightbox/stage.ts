import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import type { FaceJson } from "../../../../src/wire/out/schemas.ts";
import type { App } from "../../app.ts";
import { cameraTitle } from "../../texts/camera.ts";
import { createFrameAddress } from "../frame-address.ts";
import { picture } from "../picture.ts";
import type { PhotoFace } from "./photos.ts";
import { type StageView, toView, WHOLE, zoomed } from "./stage-view.ts";
import { whoIsIt } from "./who-is-it.ts";

type Boxed = PhotoFace | FaceJson;

const STEP = 1.5;
const SWIPE_PX = 60;
/** Above this share of the frame a label has no room over its box. */
const ROOM_ABOVE = 0.1;

/**
 * A frame with its faces boxed; without a kept frame, the face alone. Zooms by wheel, two fingers, double click and
 * `zoom()`. Fires `choose` (a face_id) and `swipe` (-1: to the photo before, 1: after).
 */
export class Stage extends LitElement {
  static override properties = {
    app: { attribute: false },
    face: { attribute: false },
    faces: { attribute: false },
    chosen: { attribute: false },
    shown: { state: true },
    size: { state: true },
    view: { state: true },
  };
  declare app: App;
  /** The one whose frame it is. */
  declare face: PhotoFace;
  /** All in the frame, as far as they are known. */
  declare faces: readonly Boxed[];
  declare chosen: number;
  declare shown: "waiting" | "frame" | "missing";
  declare size: { readonly width: number; readonly height: number };
  declare view: StageView;
  readonly #fingers = new Map<number, { x: number; y: number }>();
  #from: { x: number; y: number } | null = null;

  readonly #address = createFrameAddress(
    this,
    () => this.app.http,
    () => {
      this.shown = "missing";
    },
  );

  constructor() {
    super();
    this.shown = "waiting";
    this.size = { width: 16, height: 9 };
    this.view = WHOLE;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  /** Enlarges (1), shrinks (-1) or shows the whole (0). */
  zoom(by: -1 | 0 | 1): void {
    this.view = by === 0 ? WHOLE : zoomed(this.view, by > 0 ? STEP : 1 / STEP);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get("face") as PhotoFace | undefined;
    if (!changed.has("face") || before?.face_id === this.face.face_id) return;
    this.shown = "waiting";
    this.view = WHOLE;
    this.#address.show(this.face.face_id);
  }

  #came = (event: Event): void => {
    const { naturalWidth: width, naturalHeight: height } = event.target as HTMLImageElement;
    this.size = { width, height };
    this.shown = "frame";
    this.dispatchEvent(new CustomEvent("frame", { detail: this.#address.now }));
  };

  #missing = (): void => {
    this.shown = "missing";
  };

  /** Where something happens, from the photo's middle, in shares of its shown size. */
  #at({ clientX, clientY }: { clientX: number; clientY: number }): { x: number; y: number } {
    const box = this.querySelector(".pix")?.getBoundingClientRect();
    if (!box) return { x: 0, y: 0 };
    return { x: (clientX - box.left) / box.width - 0.5, y: (clientY - box.top) / box.height - 0.5 };
  }

  #wheel = (event: WheelEvent): void => {
    event.preventDefault();
    this.view = zoomed(this.view, event.deltaY < 0 ? 1.2 : 1 / 1.2, this.#at(event));
  };

  #twice = (event: MouseEvent): void => {
    this.view = this.view.scale > 1 ? WHOLE : zoomed(this.view, 2.5, this.#at(event));
  };

  #down = (event: PointerEvent): void => {
    this.#fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    this.#from = this.#fingers.size === 1 ? { x: event.clientX, y: event.clientY } : null;
  };

  #move = (event: PointerEvent): void => {
    const before = this.#fingers.get(event.pointerId);
    const box = this.querySelector(".pix")?.getBoundingClientRect();
    if (!before || !box) return;
    const now = { x: event.clientX, y: event.clientY };
    const other = [...this.#fingers].find(([id]) => id !== event.pointerId)?.[1];
    if (other) {
      const apart = (point: { x: number; y: number }) => Math.hypot(point.x - other.x, point.y - other.y);
      const middle = { clientX: (now.x + other.x) / 2, clientY: (now.y + other.y) / 2 };
      this.view = zoomed(this.view, apart(now) / Math.max(apart(before), 1), this.#at(middle));
    } else if (this.view.scale > 1) {
      const { scale, x, y } = this.view;
      this.view = toView({ scale, x: x + (now.x - before.x) / box.width, y: y + (now.y - before.y) / box.height });
    }
    this.#fingers.set(event.pointerId, now);
  };

  #up = (event: PointerEvent): void => {
    this.#fingers.delete(event.pointerId);
    const from = this.#from;
    this.#from = null;
    if (!from || event.type !== "pointerup" || event.pointerType === "mouse" || this.view.scale > 1) return;
    const [x, y] = [event.clientX - from.x, event.clientY - from.y];
    if (Math.abs(x) < SWIPE_PX || Math.abs(x) < 2 * Math.abs(y)) return;
    this.dispatchEvent(new CustomEvent("swipe", { detail: x < 0 ? 1 : -1 }));
  };

  protected override render() {
    const { width, height } = this.size;
    const { scale, x, y } = this.view;
    const camera = cameraTitle(this.face.camera);
    const at = this.app.t.when.exact(new Date(this.face.timestamp));
    if (this.shown === "missing") {
      return html`<div class="alone">${picture(this.app.http, this.face.thumbnail)}<p>${this.app.t.lightbox.noFrame}</p></div>`;
    }
    return html`<figure
      class="pix ${this.shown}"
      .style=${`--wide:${width};--high:${height}`}
      @wheel=${this.#wheel}
      @dblclick=${this.#twice}
      @pointerdown=${this.#down}
      @pointermove=${this.#move}
      @pointerup=${this.#up}
      @pointercancel=${this.#up}
    >
      <div class="seen" .style=${`transform:translate(${x * 100}%,${y * 100}%) scale(${scale});--scale:${scale}`}>
        ${
          this.#address.now
            ? html`<img
                src=${this.#address.now}
                alt=${this.app.t.lightbox.frameOf({ camera, time: at })}
                decoding="async"
                draggable="false"
                @load=${this.#came}
                @error=${this.#missing}
              />`
            : nothing
        }
        ${this.shown === "frame" ? this.faces.map((face) => this.#box(face)) : nothing}
      </div>
    </figure>`;
  }

  #box(face: Boxed): TemplateResult | typeof nothing {
    const { box } = face;
    if (!box) return nothing;
    const { width, height } = this.size;
    const percent = (part: number, whole: number) => `${((part / whole) * 100).toFixed(3)}%`;
    const style = `left:${percent(box.x, width)};top:${percent(box.y, height)};width:${percent(box.width, width)};height:${percent(box.height, height)}`;
    const { name, unsure } =
      "matched" in face ? whoIsIt(face, this.app.rule.get().threshold) : { name: null, unsure: false };
    const on = face.face_id === this.chosen;
    const label = name === null ? this.app.t.lightbox.unknown : unsure ? this.app.t.lightbox.perhaps({ name }) : name;
    const choose = () => this.dispatchEvent(new CustomEvent("choose", { detail: face.face_id }));
    return html`<button
      class="box ${on ? "on" : ""} ${unsure ? "q" : ""} ${box.y / height < ROOM_ABOVE ? "below" : ""}"
      .style=${style}
      data-box=${face.face_id}
      aria-pressed=${on}
      @click=${choose}
      @focus=${choose}
    >
      <b dir="auto">${label}</b>
    </button>`;
  }
}

customElements.define("f-stage", Stage);
