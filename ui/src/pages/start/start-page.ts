import { html, LitElement, nothing, type TemplateResult } from "lit";
import type { StatusJson } from "../../../../src/wire/out/schemas.ts";
import { RequestFailed } from "../../api/problem.ts";
import type { App } from "../../app.ts";
import { copyLine } from "../../components/copy-line.ts";
import { icon } from "../../components/icon.ts";
import { Watch } from "../../state/watch.ts";
import { oncePressed } from "../once-pressed.ts";
import { toWayIn, type WayIn } from "./intake.ts";
import "./start-page.css";
import { type TestRun, testSteps } from "./test-steps.ts";
import { WAYS, type Way, wayIn } from "./ways-in.ts";

const DEMO = "npm run demo";

/**
 * What there is to do before the first face has come: where faces are sent to, a test of the way they go, and what comes next.
 * Once some are here it says so, where the first one was waited for.
 */
export class StartPage extends LitElement {
  static override properties = {
    app: { attribute: false },
    status: { state: true },
    way: { state: true },
    run: { state: true },
    failure: { state: true },
  };
  declare app: App;
  declare status: StatusJson | null;
  declare way: Way;
  declare run: TestRun;
  declare failure: unknown;
  #to: WayIn | null = null;
  #stop: (() => void) | null = null;

  constructor() {
    super();
    this.status = null;
    this.way = "encodings";
    this.run = { state: "idle" };
    this.failure = null;
    new Watch(this, () => [this.app.stats, this.app.problems]);
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#stop = this.app.live.onConnected(() => void this.#load());
    void this.#load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop?.();
  }

  async #load(): Promise<void> {
    try {
      const status = await this.app.system.status();
      // Its example keeps its numbers while one looks at it.
      this.#to ??= toWayIn(status.intake, location.hostname);
      this.status = status;
      this.failure = null;
    } catch (error) {
      this.failure = error;
    }
  }

  async #send(): Promise<void> {
    this.run = { state: "running" };
    try {
      this.run = { state: "done", answer: await this.app.system.testFace() };
    } catch (error) {
      const published = error instanceof RequestFailed && error.code === "TEST_FACE_LOST";
      this.run = { state: "failed", error, published };
    }
  }

  protected override render(): TemplateResult {
    const { app, status } = this;
    const words = app.t.start;
    if (!status && this.failure) {
      return html`<div class="card empty">
        <h1 class="h2">${app.t.common.failed.title}</h1>
        <p>${app.explain(this.failure)}</p>
        <button class="btn primary" @click=${() => this.#load()}>${app.t.common.tryAgain}</button>
      </div>`;
    }
    if (!status || !this.#to) return html`<p class="sr" role="status">${app.t.common.loading}</p>`;
    const to = this.#to;
    return html`${this.#hero()}
      <div class="sec"><h2>${words.ways}</h2><p>${words.waysHint}</p></div>
      <span class="seg tabs" role="group" aria-label=${words.ways}>
        ${WAYS.map(
          (way) =>
            html`<button aria-pressed=${this.way === way} @click=${() => (this.way = way)}>${words[way].tab}</button>`,
        )}
      </span>
      <div class="ways">
        ${WAYS.map((way) => html`<div class=${way === this.way ? "chosen" : ""}>${wayIn(app, way, status, to)}</div>`)}
      </div>
      <section class="after">
        <div class="sec"><h2>${words.next.title}</h2></div>
        <ol class="card pad steps">
          <li><strong>${words.next.groups}</strong><p>${words.next.groupsHint}</p></li>
          <li><strong>${words.next.name}</strong><p>${words.next.nameHint}</p></li>
          <li><strong>${words.next.home}</strong><p>${words.next.homeHint}</p></li>
        </ol>
        <div class="sec" id="demo"><h2>${words.demo.title}</h2><p>${words.demo.hint}</p></div>
        ${copyLine(app, { text: DEMO, label: words.copyCommand })}
        <div class="do after">
          <a class="btn plain" href=${app.http.url("api/docs")} target="_blank" rel="noreferrer">${words.apiDocs}</a>
          <a class="btn plain" href=${app.router.href({ page: "status" })}>${words.status}</a>
        </div>
      </section>`;
  }

  #hero(): TemplateResult {
    const { app, run } = this;
    const words = app.t.start;
    const faces = app.stats.get()?.faces ?? 0;
    const send = (event: Event) => oncePressed(event.currentTarget as HTMLElement, () => this.#send());
    const showDemo = () => this.querySelector("#demo")?.scrollIntoView({ block: "center", behavior: "smooth" });
    return html`<section class="card hero">
      <div class="slot">${icon("face")}${faces === 0 ? html`<span class="live"></span>` : nothing}</div>
      <div aria-live="polite">
        <h1 tabindex="-1">${faces === 0 ? words.waiting : words.first}</h1>
        <p class="p2">${faces === 0 ? words.waitingHint : words.firstHint({ n: faces })}</p>
      </div>
      ${this.#ticks(faces)}
      <div class="do">
        <button class="btn primary" ?disabled=${run.state === "running"} @click=${send}>${icon("send")}${words.test.send}</button>
        <button class="btn line" @click=${showDemo}>${icon("play")}${words.demo.see}</button>
      </div>
      <div class="sent" aria-live="polite">${testSteps(app, run)}</div>
    </section>`;
  }

  #ticks(faces: number): TemplateResult {
    const words = this.app.t.start;
    const problem = this.app.problems.get().find(({ severity }) => severity === "error");
    const connected = this.status?.broker.state === "connected" && !problem;
    return html`<p class="ok">
      ${
        connected
          ? html`<span>${icon("check")}${words.brokerConnected}</span>`
          : html`<a class="bad" href=${this.app.router.href({ page: "status" })}>${icon("warn")}${words.brokerAway}</a>`
      }
      ${
        faces === 0
          ? html`<span class="wait">${icon("clock")}${words.noFace}</span>`
          : html`<span>${icon("check")}${words.facesArrive}</span>`
      }
    </p>`;
  }
}

customElements.define("f-start", StartPage);
