import { html, LitElement, nothing, type PropertyValues } from "lit";
import type { Http } from "../../api/http.ts";
import type { Texts } from "../../texts/load.ts";
import { picture } from "../picture.ts";
import { toRulerPositions, toVerdict, type Verdict } from "./verdict.ts";

/** A person on the ruler. */
export interface RulerPerson {
  readonly who: string;
  readonly distance: number;
  readonly thumbnail?: string | null;
}

/**
 * How far apart two faces are, against the threshold for a name. From 96 px (picture, number, gate) to any width (verdict,
 * both people, scale). Never relies on colour alone: fill, position, number and words say the same.
 */
export class Ruler extends LitElement {
  static override properties = {
    t: { attribute: false },
    http: { attribute: false },
    nearest: { attribute: false },
    second: { attribute: false },
    threshold: { type: Number },
    margin: { type: Number },
    me: { attribute: false },
    say: { attribute: false },
    plain: { type: Boolean, reflect: true },
  };
  declare t: Texts;
  declare http: Http;
  declare nearest: RulerPerson;
  declare second: RulerPerson | null;
  declare threshold: number;
  declare margin: number;
  /** The face itself, at the left end; undefined: not drawn. */
  declare me: string | null | undefined;
  /** Replaces the verdict's words and tone. */
  declare say: { readonly text: string; readonly tone: Verdict["tone"] } | undefined;
  /** Without words. */
  declare plain: boolean;

  constructor() {
    super();
    this.second = null;
    this.margin = 0;
    this.plain = false;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  #verdict(): { tone: Verdict["tone"]; text: string } {
    if (this.say) return this.say;
    const { tone, kind } = toVerdict(this.nearest.distance, this.threshold, this.second?.distance ?? null, this.margin);
    const words = this.t.ruler;
    const { who } = this.nearest;
    if (kind === "none") return { tone, text: words.nobody };
    if (kind === "between") return { tone, text: words.between({ who, next: this.second?.who ?? "" }) };
    return { tone, text: words[kind]({ who }) };
  }

  protected override updated(_changed: PropertyValues<this>): void {
    const { tone, text } = this.#verdict();
    const positions = toRulerPositions(this.nearest.distance, this.second?.distance ?? null);
    const fixed = this.t.format.distance;
    for (const name of ["sure", "unsure", "none"]) this.classList.toggle(name, name === tone);
    this.style.setProperty("--d", String(positions.best));
    this.style.setProperty("--e", String(positions.next ?? 0));
    this.style.setProperty("--t", String(this.threshold));
    this.setAttribute("role", "img");
    const { nearest, second, t } = this;
    const said = {
      say: text,
      who: nearest.who,
      distance: fixed(nearest.distance),
      threshold: t.format.threshold(this.threshold),
    };
    const next = second && { next: second.who, second: fixed(second.distance) };
    this.setAttribute("aria-label", next ? t.ruler.sentenceNext({ ...said, ...next }) : t.ruler.sentence(said));
  }

  protected override render() {
    const { nearest, second, http, t } = this;
    const fixed = t.format.distance;
    const positions = toRulerPositions(nearest.distance, second?.distance ?? null);
    const classes = `r ${positions.touch ? "touch" : ""} ${positions.same ? "same" : ""} ${positions.left ? "left" : ""}`;
    const round = { round: true };
    return html`<span class="say" dir="auto"><b>${this.#verdict().text}</b></span
      ><span class=${classes}
        ><i class="band"></i><i class="gate"></i>${
          this.me === undefined ? nothing : html`<i class="me">${picture(http, this.me)}</i>`
        }${
          second
            ? html`<i class="next">${
                second.thumbnail === undefined ? nothing : html`<i>${picture(http, second.thumbnail, round)}</i>`
              }<em>${fixed(second.distance)}</em></i>`
            : nothing
        }<i class="best">${nearest.thumbnail === undefined ? nothing : picture(http, nearest.thumbnail, round)}<em
            >${fixed(nearest.distance)}</em
          ></i></span
      ><span class="scale"
        ><i>${t.ruler.same}</i><i class="at">${t.ruler.gate}</i><i>${t.ruler.different}</i></span
      >`;
  }
}

customElements.define("f-ruler", Ruler);
