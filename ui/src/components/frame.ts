import { html, LitElement, nothing, type PropertyValues } from "lit";
import type { FaceJson } from "../../../src/wire/out/schemas.ts";
import type { App } from "../app.ts";
import { cameraTitle } from "../texts/camera.ts";
import { createFrameAddress } from "./frame-address.ts";
import { picture } from "./picture.ts";

/** The whole frame of a face with its box; without a stored frame, the face alone and a note. */
export class Frame extends LitElement {
  static override properties = {
    app: { attribute: false },
    face: { attribute: false },
    shown: { state: true },
    size: { state: true },
  };
  declare app: App;
  declare face: FaceJson;
  declare shown: "waiting" | "frame" | "missing";
  /** Size of the frame, in its own pixels. */
  declare size: { readonly width: number; readonly height: number };

  readonly #address = createFrameAddress(
    this,
    () => this.app.http,
    () => this.#missing(),
  );

  constructor() {
    super();
    this.shown = "waiting";
    this.size = { width: 16, height: 9 };
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get("face") as FaceJson | undefined;
    if (!changed.has("face") || before?.face_id === this.face.face_id) return;
    this.shown = "waiting";
    this.#address.show(this.face.face_id);
  }

  #came = (event: Event): void => {
    const { naturalWidth: width, naturalHeight: height } = event.target as HTMLImageElement;
    this.size = { width, height };
    this.shown = "frame";
  };

  #missing = (): void => {
    this.shown = "missing";
  };

  #boxStyle(): string {
    const { box } = this.face;
    if (!box) return "display:none";
    const { width, height } = this.size;
    const percent = (part: number, whole: number) => `${((part / whole) * 100).toFixed(3)}%`;
    return `left:${percent(box.x, width)};top:${percent(box.y, height)};width:${percent(box.width, width)};height:${percent(box.height, height)}`;
  }

  protected override render() {
    const { app, face } = this;
    const at = app.t.when.exact(new Date(face.timestamp));
    const camera = cameraTitle(face.camera);
    const words = app.t.group;
    const shape = this.shown === "frame" ? `--wide:${this.size.width};--high:${this.size.height}` : "";
    return html`<figure class="frame ${this.shown}" .style=${shape}>
      ${
        this.shown === "missing"
          ? html`<div class="alone">${picture(app.http, face.thumbnail)}<p>${words.noFrame}</p></div>`
          : this.#address.now
            ? html`<img src=${this.#address.now} alt=${words.frameOf({ camera, at })} decoding="async" @load=${this.#came} @error=${this.#missing} />`
            : nothing
      }
      ${this.shown === "frame" ? html`<i class="box" .style=${this.#boxStyle()}></i>` : nothing}
      <figcaption class="cap"><span>${camera}</span><span>${at}</span></figcaption>
    </figure>`;
  }
}

customElements.define("f-frame", Frame);
