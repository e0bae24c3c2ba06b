import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { face } from "./face.ts";
import { type CardConfig, type Hass, toCardConfig } from "./hass.ts";
import { createNaming, type NamingState } from "./naming.ts";
import { ruler } from "./ruler.ts";
import { strangersList } from "./strangers.ts";
import { styles } from "./styles.ts";
import { type CardCamera, type CardPerson, type CardView, entitiesOf, toCardView } from "./view.ts";
import { type CardWords, formatWhen, wordsOf } from "./words.ts";

const MINUTE_MS = 60_000;
const MOST_PEOPLE = 8;
const MOST_CAMERAS = 5;
const MOST_STRANGERS = { medium: 2, large: 3 };

/** Home Assistant dashboard card: who was where, the last faces, and how many groups wait for a name. */
export class FacesCard extends LitElement {
  static override styles = styles;
  static override properties = {
    hass: { attribute: false },
    config: { state: true },
    now: { state: true },
  };
  declare hass: Hass | undefined;
  declare config: CardConfig | undefined;
  declare now: Date;
  #tick: ReturnType<typeof setInterval> | undefined;
  readonly #naming = createNaming({
    hass: () => this.#hass(),
    view: () => toCardView(this.#hass(), this.#config()),
    words: () => wordsOf(this.#language),
    changed: () => this.requestUpdate(),
  });
  #before: NamingState["kind"] = "none";
  #watched: { entities: unknown; devices: unknown; ids: string[] } | undefined;

  constructor() {
    super();
    this.now = new Date();
  }

  /** Called by Home Assistant before the first `hass`. @throws {Error} saying what is wrong. */
  setConfig(config: unknown): void {
    this.config = toCardConfig(config);
  }

  /** Height in steps of 50 px, for the masonry view. */
  getCardSize(): number {
    return { small: 1, medium: 3, large: 7 }[this.config?.layout ?? "medium"];
  }

  /** For the sections view. */
  getGridOptions(): object {
    const small = this.config?.layout === "small";
    return { columns: small ? 6 : 12, min_columns: 6, rows: small ? 1 : "auto" };
  }

  static getStubConfig(): Omit<CardConfig, "type"> {
    return { layout: "medium" };
  }

  static getConfigForm(): object {
    const { form } = wordsOf(document.documentElement.lang || navigator.language).card;
    const options = (["small", "medium", "large"] as const).map((value) => ({ value, label: form[value] }));
    const presence = { integration: "mqtt", domain: "binary_sensor", device_class: "occupancy" };
    const labels: Readonly<Record<string, string>> = form;
    return {
      schema: [
        { name: "title", selector: { text: {} } },
        { name: "layout", selector: { select: { mode: "dropdown", options } } },
        { name: "people", selector: { entity: { multiple: true, filter: presence } } },
        { name: "panel", selector: { text: {} } },
        { name: "base_topic", selector: { text: {} } },
      ],
      computeLabel: ({ name }: { name: string }) => labels[toKey(name)] ?? name,
      computeHelper: ({ name }: { name: string }) => labels[`${toKey(name)}Hint`],
      assertConfig: toCardConfig,
    };
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#tick = setInterval(() => {
      this.now = new Date();
    }, MINUTE_MS / 2);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#tick);
    this.#naming.stop();
  }

  #hass(): Hass {
    if (!this.hass) throw new Error("Home Assistant is not there yet");
    return this.hass;
  }

  #config(): CardConfig {
    return this.config ?? { type: "custom:faces2mqtt-card" };
  }

  /** `hass` is a new object on every state change in Home Assistant; most do not concern this card. */
  protected override shouldUpdate(changed: PropertyValues<this>): boolean {
    const before = changed.get("hass");
    if (changed.size !== 1 || !changed.has("hass") || !before || !this.hass) return true;
    const { entities, devices, states } = this.hass;
    if (this.#watched?.entities !== entities || this.#watched?.devices !== devices) return true;
    return this.#watched.ids.some((id) => before.states[id] !== states[id]);
  }

  protected override willUpdate(): void {
    if (!this.hass) return;
    const { entities, devices } = this.hass;
    this.now = new Date();
    if (this.#naming.state.kind === "sent") this.#naming.look(toCardView(this.hass, this.#config()));
    if (this.#watched?.entities === entities && this.#watched?.devices === devices) return;
    this.#watched = { entities, devices, ids: entitiesOf(this.hass) };
  }

  // The field is where the button was, and the result where the field was: the focus goes along.
  protected override updated(): void {
    const { kind } = this.#naming.state;
    if (kind === this.#before) return;
    this.#before = kind;
    const selector = { none: ".strangers button", asking: ".naming input", sent: "", done: ".strangers [role=status]" }[
      kind
    ];
    if (selector) this.renderRoot.querySelector<HTMLElement>(selector)?.focus();
  }

  get #language(): string {
    return this.hass?.locale?.language ?? this.hass?.language ?? navigator.language;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { hass, config } = this;
    if (!hass || !config) return nothing;
    const words = wordsOf(this.#language);
    const view = toCardView(hass, config);
    if (!view.found) return html`<ha-card><p class="message">${words.card.notFound}</p></ha-card>`;
    const layout = config.layout ?? "medium";
    if (layout === "small") return html`<ha-card>${this.#line(view, words)}</ha-card>`;
    return html`<ha-card
      >${config.title ? html`<h1 class="cut">${config.title}</h1>` : nothing}${this.#people(view, words)}${
        layout === "large" ? this.#cameras(view, words) : nothing
      }${strangersList(view, this.#naming, words, { most: MOST_STRANGERS[layout], now: this.now, language: this.#language })}${this.#foot(view, words, layout === "large")}</ha-card
    >`;
  }

  /** One tile high: asks if a group waits for a name, else shows who was seen last. */
  #line(view: CardView, words: CardWords): TemplateResult {
    const person = view.people[0];
    if (view.waiting === 0 && person) {
      return html`<button class="row ${person.here ? "here" : ""}" @click=${() => this.#more(person.entity)}>
        ${face(person.picture, "round s40")}
        <div><strong class="cut" dir="auto">${person.name}</strong><p class="small cut">${this.#where(person, words)}</p></div>
        ${ruler(person.distance, view.threshold, words)}
      </button>`;
    }
    return this.#open(
      view,
      "row",
      html`<span class="mark">${view.waiting === 0 ? "–" : view.waiting}</span>
        <div>
          <strong class="cut">${view.waiting === 0 ? words.card.nobodyKnown : words.card.who}</strong>
          <p class="small cut">${view.away ? words.card.away : words.card.waiting({ n: view.waiting })}</p>
        </div>
        ${arrow}`,
    );
  }

  #people({ people }: CardView, words: CardWords): TemplateResult {
    if (people.length === 0) return html`<p class="message">${words.card.nobodyKnown}</p>`;
    return html`<div class="people">
      ${people.slice(0, MOST_PEOPLE).map(
        (person) => html`<button
          class=${person.here ? "here" : ""}
          title=${`${person.name}, ${this.#where(person, words)}`}
          @click=${() => this.#more(person.entity)}
        >
          ${face(person.picture, "round")}<strong class="cut" dir="auto">${person.name}</strong>
          <p class="small cut">${this.#briefly(person, words)}</p>
        </button>`,
      )}
    </div>`;
  }

  #cameras(view: CardView, words: CardWords): TemplateResult | typeof nothing {
    const { cameras } = view;
    if (cameras.length === 0) return nothing;
    return html`<ul class="last" aria-label=${words.card.lastFaces}>
      ${cameras.slice(0, MOST_CAMERAS).map((camera) => this.#lastFace(camera, view, words))}
    </ul>`;
  }

  #lastFace(camera: CardCamera, view: CardView, words: CardWords): TemplateResult {
    const known = view.strangers.find(({ id }) => id === camera.strangerId);
    const { row } = words.activity;
    const stranger = known ? row.strangerNo({ n: known.number }) : row.stranger;
    const who = camera.person ?? (camera.stranger ? stranger : null);
    const when = camera.lastSeen && this.#when(camera.lastSeen);
    return html`<li>
      <button class="row" @click=${() => this.#more(camera.entity)}>
        ${face(camera.picture, "s40")}
        <div>
          <strong class="cut" dir="auto">${who ?? camera.name}</strong>
          <p class="small cut">${[who && camera.name, when].filter(Boolean).join(", ")}</p>
        </div>
        ${ruler(camera.distance, view.threshold, words)}
      </button>
    </li>`;
  }

  #foot(view: CardView, words: CardWords, canDiscover: boolean): TemplateResult {
    const text = view.away ? words.card.away : words.card.waiting({ n: view.waiting });
    const button = canDiscover ? this.#buttonOf() : null;
    return html`<div class="foot">
      ${this.#open(view, "open", html`<span class="cut">${text}</span>${arrow}`)}${
        button
          ? html`<button class="press" ?disabled=${view.away} @click=${() => this.#press(button)}>${words.card.look}</button>`
          : nothing
      }
    </div>`;
  }

  #buttonOf(): string | null {
    return this.#watched?.ids.find((id) => id.startsWith("button.")) ?? null;
  }

  async #press(entity: string): Promise<void> {
    await this.hass?.callService("button", "press", { entity_id: entity });
  }

  /** A link to the panel; without its address, to the sensor. */
  #open(view: CardView, classes: string, content: TemplateResult): TemplateResult {
    const { panel, waitingEntity } = view;
    const inside = panel?.replace(/^homeassistant:\/\//, "/");
    if (inside?.startsWith("/")) {
      return html`<a class=${classes} href=${inside} @click=${(event: MouseEvent) => navigate(event, inside)}>${content}</a>`;
    }
    if (inside && /^https?:\/\//.test(inside)) {
      return html`<a class=${classes} href=${inside} target="_blank" rel="noreferrer">${content}</a>`;
    }
    return html`<button class=${classes} @click=${() => waitingEntity && this.#more(waitingEntity)}>${content}</button>`;
  }

  #when(time: Date): string {
    return formatWhen(time, this.now, this.#language);
  }

  #where({ camera, lastSeen }: CardPerson, words: CardWords): string {
    if (!lastSeen) return words.card.never;
    return [camera, this.#when(lastSeen)].filter(Boolean).join(", ");
  }

  /** There is room for one fact under a picture: where, if present, else when. */
  #briefly({ here, camera, lastSeen }: CardPerson, words: CardWords): string {
    if (here && camera) return camera;
    return lastSeen ? this.#when(lastSeen) : words.card.never;
  }

  #more(entityId: string): void {
    this.dispatchEvent(new CustomEvent("hass-more-info", { detail: { entityId }, bubbles: true, composed: true }));
  }
}

/** `base_topic` → `baseTopic`. */
const toKey = (name: string): string => name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());

const arrow = html`<svg class="arrow" viewBox="0 0 24 24" aria-hidden="true">
  <path d="M8.6 16.6 13.2 12 8.6 7.4 10 6l6 6-6 6z" />
</svg>`;

/** Changes Home Assistant's page without a reload, as its own links do. */
function navigate(event: MouseEvent, path: string): void {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  history.pushState(null, "", path);
  window.dispatchEvent(new CustomEvent("location-changed", { detail: { replace: false } }));
}
