import { html, nothing, svg, type TemplateResult } from "lit";
import type { ThresholdAnswer } from "../../../../src/wire/out/schemas.ts";
import type { App } from "../../app.ts";
import { icon } from "../../components/icon.ts";
import { picture } from "../../components/picture.ts";
import { type Line, LOOSEST, SCOPES, type Scope, STEP, STRICTEST, toBars } from "../../state/settings/strictness.ts";
import { summaryOf } from "./threshold-summary.ts";

const SIDEWAYS_PX = 6;

interface PlotActions {
  readonly move: (at: number) => void;
  readonly choose: (scope: Scope) => void;
}

/** One large ruler: the histogram is drawn on it, its gate is the slider. */
export function thresholdPlot(app: App, study: ThresholdAnswer, line: Line, actions: PlotActions): TemplateResult {
  const words = app.t.strictness;
  const note = emptyNote(app, study);
  return html`<section class="card big ${note ? "bare" : ""}" .style=${`--t:${line.at};--n:${line.after.names}`} aria-label=${words.plot}>
    ${note ?? nothing}
    <div class="pull" @pointerdown=${(event: PointerEvent) => pull(event, actions.move)}>
      <div class="plot">
        ${note ? nothing : bars(study)}${closest(app, study)}${nowMarks(app, line)}
        <div class="cut1"><b>${app.t.format.threshold(line.at)}</b></div>
      </div>
      <div class="rail"><i class="reach"></i>${slider(app, study, line, actions.move)}<span class="knob">${icon("drag")}</span></div>
    </div>
    <div class="axis">
      <span>${words.same}</span>
      <button class="btn plain" ?disabled=${line.at <= STRICTEST} @click=${() => actions.move(line.at - STEP)}>
        ${icon("back")}${words.stricter}
      </button>
      <button class="btn plain" ?disabled=${line.at >= LOOSEST} @click=${() => actions.move(line.at + STEP)}>
        ${words.looser}${icon("next")}
      </button>
      <span>${words.different}</span>
    </div>
    <p class="sum"><strong>${words.at({ at: app.t.format.threshold(line.at) })}</strong> ${summaryOf(app, study, line)}</p>
    ${key(app, study)}
    <div class="scope" role="toolbar" aria-labelledby="scope">
      <span id="scope" class="two small">${words.scope}</span>
      ${SCOPES.map(
        (scope) => html`<button class="chip" aria-pressed=${line.scope === scope} @click=${() => actions.choose(scope)}>
          ${words.scopes[scope]}
        </button>`,
      )}
    </div>
  </section>`;
}

// The line jumps to the pointer anywhere on plot and rail, and follows it. A touch must move sideways or tap, so that
// scrolling past changes nothing.
function pull(event: PointerEvent, move: (at: number) => void): void {
  const area = event.currentTarget as HTMLElement;
  const rail = area.querySelector<HTMLElement>(".rail");
  if (!rail || !event.isPrimary || event.button !== 0) return;
  let pulling = event.pointerType === "mouse";
  const follow = ({ type, clientX }: PointerEvent): void => {
    pulling ||= type === "pointerup" || Math.abs(clientX - event.clientX) > SIDEWAYS_PX;
    if (!pulling) return;
    const { left, width } = rail.getBoundingClientRect();
    move((clientX - left) / width);
  };
  const stop = (): void => ends.abort();
  const ends = new AbortController();
  const listen = { signal: ends.signal };
  area.addEventListener("pointermove", follow, listen);
  area.addEventListener("pointerup", follow, listen);
  for (const end of ["pointerup", "pointercancel"] as const) area.addEventListener(end, stop, listen);
  area.setPointerCapture(event.pointerId);
  area.querySelector<HTMLElement>("input")?.focus({ preventScroll: true });
  event.preventDefault();
  follow(event);
}

function slider(app: App, study: ThresholdAnswer, line: Line, move: (at: number) => void): TemplateResult {
  const words = app.t.strictness;
  const at = app.t.format.threshold(line.at);
  const sum = summaryOf(app, study, line);
  return html`<input
    type="range"
    min=${STRICTEST}
    max=${LOOSEST}
    step=${STEP}
    .value=${String(line.at)}
    aria-label=${words.slider}
    aria-valuetext=${line.at === line.now ? words.sliderSame({ at, sum }) : words.sliderText({ at, sum, before: app.t.format.threshold(line.now) })}
    @input=${(event: InputEvent) => move((event.target as HTMLInputElement).valueAsNumber)}
  />`;
}

// The bars twice: strangers, and over them, clipped at the line, those that get a name.
function bars(study: ThresholdAnswer): TemplateResult {
  const { nearest, second } = toBars(study.histogram);
  const width = 100 / nearest.length;
  const bars = nearest.map((share, at) =>
    share === 0
      ? nothing
      : svg`<rect x=${at * width + width * 0.11} width=${width * 0.78} y=${100 - share * 100} height=${share * 100} rx="0.3"></rect>`,
  );
  const from = second.findIndex((share) => share > 0);
  const to = second.findLastIndex((share) => share > 0);
  // The outline starts and ends on the axis.
  const points = second.flatMap((share, at) =>
    at >= from - 1 && at <= to + 1 ? [`${(at + 0.5) * width} ${100 - share * 100}`] : [],
  );
  const draw = (kind: string, inside: unknown) => html`<svg
    class=${kind}
    viewBox="0 0 100 100"
    preserveAspectRatio="none"
    aria-hidden="true"
  >
    ${inside}
  </svg>`;
  return html`${draw("no", bars)}${draw("in", bars)}${
    from >= 0 ? draw("second", svg`<path d=${`M${points.join("L")}`}></path>`) : nothing
  }`;
}

// Nothing to draw yet: says what has to happen first.
function emptyNote(app: App, study: ThresholdAnswer): TemplateResult | null {
  const words = app.t.strictness.empty;
  if (study.people > 0 && study.unassigned > 0) return null;
  if (study.people > 0) return html`<div class="note"><h2>${words.named}</h2><p>${words.namedHint}</p></div>`;
  return html`<div class="note">
    <h2>${words.nobody}</h2>
    <p>${words.nobodyHint}</p>
    <a class="btn tonal" href=${app.router.href({ page: "unknown" })}>${words.open}</a>
  </div>`;
}

function closest(app: App, { closest_pair: pair }: ThresholdAnswer): TemplateResult | typeof nothing {
  if (!pair) return nothing;
  return html`<div class="pair" .style=${`--at:${Math.min(1, pair.distance)}`}>
    <span class="stack">${pair.people.map((one) => picture(app.http, one.thumbnail, { round: true, size: "s24" }))}</span>
  </div>`;
}

// The thresholds in force: one mark if they are equal.
function nowMarks(app: App, line: Line): TemplateResult | typeof nothing {
  const words = app.t.strictness;
  const mark = (at: number, text: string) =>
    Math.abs(at - line.at) < STEP / 2
      ? nothing
      : html`<div class="was" .style=${`--at:${at}${at > 0.75 ? ";--this-side:auto;--other-side:10px" : ""}`}><b>${text}</b></div>`;
  return mark(line.now, words.now({ at: app.t.format.threshold(line.now) }));
}

function key(app: App, study: ThresholdAnswer): TemplateResult | typeof nothing {
  const words = app.t.strictness.key;
  const pair = study.closest_pair;
  const [one, other] = pair?.people ?? [];
  if (study.people === 0) return nothing;
  return html`<div class="key">
    ${study.unassigned > 0 ? html`<span><i></i>${words.in}</span><span><i class="no"></i>${words.out}</span>` : nothing}
    ${study.people > 1 && study.unassigned > 0 ? html`<span><i class="second"></i>${words.second}</span>` : nothing}
    ${
      pair && one && other
        ? html`<span dir="auto"><i class="two-of"></i>${words.pair({ one: one.person, other: other.person, distance: app.t.format.distance(pair.distance) })}</span>`
        : nothing
    }
  </div>`;
}
