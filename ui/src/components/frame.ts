import { html, LitElement, nothing, type PropertyValues } from "lit";
import type { FaceJson } from "../../../src/wire/out/schemas.ts";
import { framePath } from "../api/faces.ts";
import type { App } from "../app.ts";
import { cameraTitle } from "../texts/camera.ts";
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
  declare address: string;

  constructor() {
    super();
    this.shown = "waiting";
    this.size = { width: 16, height: 9 };
    this.address = "";
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#free();
  }

  #free(): void {
    if (this.address.startsWith("blob:")) URL.revokeObjectURL(this.address);
    this.address = "";
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get("face") as FaceJson | undefined;
    if (!changed.has("face") || before?.face_id === this.face.face_id) return;
    this.#free();
    this.shown = "waiting";
    if (this.app.http.usesHeader) void this.#fetch(this.face.face_id);
    else this.address = this.app.http.url(framePath(this.face.face_id));
  }

  async #fetch(face: number): Promise<void> {
    try {
      const blob = await (await this.app.http.open(framePath(face))).blob();
      if (this.face.face_id !== face || !this.isConnected) return;
      this.address = URL.createObjectURL(blob);
      this.requestUpdate();
    } catch {
      if (this.face.face_id === face) this.shown = "missing";
    }
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
          : this.address
            ? html`<img src=${this.address} alt=${words.frameOf({ camera, at })} decoding="async" @load=${this.#came} @error=${this.#missing} />`
            : nothing
      }
      ${this.shown === "frame" ? html`<i class="box" .style=${this.#boxStyle()}></i>` : nothing}
      <figcaption class="cap"><span>${camera}</span><span>${at}</span></figcaption>
    </figure>`;
  }
}

customElements.define("f-frame", Frame);
