import { html, LitElement, nothing, type TemplateResult } from "lit";
import type { PersonTimesAnswer } from "../../../../src/wire/out/schemas.ts";
import type { App } from "../../app.ts";
import { icon } from "../../components/icon.ts";
import { busiestHour, monthAfter, toDate, toMonth } from "../../state/person/month.ts";
import { cameraTitle } from "../../texts/camera.ts";
import { dayKey } from "../../texts/when.ts";
import "./person-times.css";

/** How much of the accent a day has, by its heat. */
const TINT = [0, 16, 30, 44, 100] as const;
const NONE = { days: [], hours: new Array<number>(24).fill(0), cameras: [] } as const;
/** Any Monday: the week's days are named from it. */
const A_MONDAY = new Date(2026, 5, 1);

/**
 * When and where a person was seen: a month of days, the hours, the cameras. Fires `day` with the day that was pressed, and
 * `camera` with the camera, null for all.
 */
export class PersonTimes extends LitElement {
  static override properties = {
    app: { attribute: false },
    times: { attribute: false },
    camera: { attribute: false },
    month: { state: true },
  };
  declare app: App;
  /** Null: not loaded yet; its size is the same. */
  declare times: PersonTimesAnswer | null;
  declare camera: string | undefined;
  /** `YYYY-MM`; null: the newest with photos. */
  declare month: string | null;

  constructor() {
    super();
    this.month = null;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  #fire(name: "day" | "camera", detail: string | null): void {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  protected override render() {
    const words = this.app.t.person;
    return html`<section class="card times" aria-label=${words.when}>
      <div>${this.#days()}</div>
      <div><h2>${words.hours}</h2>${this.#hours()}</div>
      <div><h2>${words.cameras}</h2>${this.#cameras()}</div>
    </section>`;
  }

  #days(): TemplateResult {
    const { app, times } = this;
    const counted = times?.days ?? NONE.days;
    const words = app.t.person;
    const now = app.now.get();
    const today = dayKey(now);
    const keys = counted.map(({ day }) => day).sort();
    const [first = today] = keys;
    const last = keys.at(-1) ?? today;
    const shown = this.month ?? last.slice(0, 7);
    const photos = new Map(counted.map((one) => [one.day, one.faces]));
    const { blanks, days } = toMonth(shown, photos, Math.max(0, ...photos.values()));
    const locale = app.t.lang;
    const letter = new Intl.DateTimeFormat(locale, { weekday: "narrow" });
    const start = toDate(shown);
    const sameYear = start.getFullYear() === now.getFullYear();
    const title = new Intl.DateTimeFormat(locale, sameYear ? { month: "long" } : { month: "long", year: "numeric" });
    const step = (by: -1 | 1, label: string, on: boolean) => html`<button
      class="btn square"
      aria-label=${label}
      ?disabled=${!on}
      @click=${() => {
        this.month = monthAfter(shown, by);
      }}
    >
      ${icon(by < 0 ? "back" : "next")}
    </button>`;
    return html`<h2>
        <span aria-live="polite">${app.t.format.capital(title.format(start))}</span>
        <span class="do">
          ${step(-1, words.monthBefore, shown > first.slice(0, 7))}${step(1, words.monthAfter, shown < last.slice(0, 7))}
        </span>
      </h2>
      <div class="heat">
        ${Array.from({ length: 7 }, (_, at) => {
          const day = new Date(A_MONDAY.getFullYear(), A_MONDAY.getMonth(), A_MONDAY.getDate() + at);
          return html`<u aria-hidden="true">${letter.format(day)}</u>`;
        })}
        ${Array.from({ length: blanks }, () => html`<s></s>`)}
        ${days.map((one) => {
          if (one.photos === 0)
            return html`<s class=${one.day === today ? "today" : ""} aria-hidden="true">${one.date}</s>`;
          const label = words.dayPhotos({ day: app.t.when.dayTitle(toDate(one.day), now), n: one.photos });
          return html`<button
            class="${one.heat === 4 ? "top" : ""} ${one.day === today ? "today" : ""}"
            .style=${`--l:${TINT[one.heat]}`}
            aria-label=${label}
            title=${label}
            @click=${() => this.#fire("day", one.day)}
          >
            ${one.date}
          </button>`;
        })}
      </div>`;
  }

  #hours(): TemplateResult {
    const { app } = this;
    const { hours } = this.times ?? NONE;
    const most = Math.max(1, ...hours);
    const busiest = busiestHour(hours);
    const at = (hour: number) => app.t.when.time(new Date(2026, 0, 1, hour));
    const label =
      busiest === null ? app.t.person.hours : app.t.person.hoursMostly({ from: at(busiest), to: at(busiest + 1) });
    return html`<div class="hours" role="img" aria-label=${label} title=${label}>
        ${hours.map((photos) => html`<i class=${photos === 0 ? "z" : ""} .style=${`--h:${photos / most}`}></i>`)}
      </div>
      <p class="hscale" aria-hidden="true">${[0, 6, 12, 18, 24].map((hour) => html`<span>${hour}</span>`)}</p>`;
  }

  #cameras(): TemplateResult {
    const { app, camera } = this;
    const { cameras } = this.times ?? NONE;
    const most = Math.max(1, ...cameras.map((one) => one.faces));
    return html`<ul class="bars">
      ${cameras.map(
        (one) => html`<li .style=${`--v:${one.faces / most}`}>
          <button
            aria-pressed=${camera === one.camera}
            aria-label=${app.t.person.cameraPhotos({ camera: cameraTitle(one.camera), n: one.faces })}
            @click=${() => this.#fire("camera", camera === one.camera ? null : one.camera)}
          >
            <span class="cut">${cameraTitle(one.camera)}</span>
            ${camera === one.camera ? icon("check") : nothing}
          </button>
          <span>${app.t.format.number(one.faces)}</span>
        </li>`,
      )}
    </ul>`;
  }
}

customElements.define("f-person-times", PersonTimes);
