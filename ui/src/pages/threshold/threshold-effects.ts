import { html, nothing, type TemplateResult } from "lit";
import type { ThresholdAnswer } from "../../../../src/wire/out/schemas.ts";
import type { App } from "../../app.ts";
import { icon } from "../../components/icon.ts";
import { picture } from "../../components/picture.ts";
import "../../components/ruler/ruler.ts";
import { atTheLine, groupsOf, type Line, stepAt } from "../../state/settings/strictness.ts";

/** Measured: below this, hardly any stranger gets a name. */
const ADVISED = 0.5;
const LAST = 4;

interface EffectActions {
  /** The groups under Discover were made with another line. */
  readonly regroup: boolean;
  readonly discover: () => void;
  readonly move: (at: number) => void;
}

/** What the line would do, in words and pictures. */
export function thresholdEffects(app: App, study: ThresholdAnswer, line: Line, actions: EffectActions): TemplateResult {
  return html`<div class="effects">
      ${study.people > 0 ? html`${unnamed(app, study, line)}${study.unassigned > 0 ? last(app, study, line) : nothing}${pair(app, study, line)}` : nothing}
      ${groups(app, study, line, actions)}
    </div>
    ${advice(app, line, actions)}`;
}

function unnamed(app: App, study: ThresholdAnswer, line: Line): TemplateResult {
  const words = app.t.threshold.unnamed;
  const step = stepAt(study, line.after.names);
  const before = stepAt(study, line.before.names) ?? step;
  const card = (inside: TemplateResult) => html`<section class="card pad"><h2>${words.title}</h2>${inside}</section>`;
  if (study.unassigned === 0) return card(html`<p class="two small">${words.none}</p>`);
  if (!step || !before)
    return card(html`<p class="two small">${words.unknown(app.t.threshold.value(line.after.names))}</p>`);
  const ofHundred = (n: number) => (n === 0 ? 0 : Math.max(1, Math.round((n / study.unassigned) * 100)));
  const [then, now] = [ofHundred(step.would_get_a_name), ofHundred(before.would_get_a_name)];
  const changed = line.after.names !== line.before.names;
  return card(html`<div class="dots" role="img" aria-label=${words.label(then, now)}>
      ${Array.from({ length: 100 }, (_, dot) => html`<i class=${dot < then ? "on" : dot < now ? "was" : ""}></i>`)}
    </div>
    <p class="two small">
      <strong>${words.of(step.would_get_a_name, study.unassigned)}</strong>
      ${words.text(changed ? before.would_get_a_name : null)}
    </p>
    <p class="two small">${words.all(step.recognized, study.faces, changed ? before.recognized : null)}</p>`);
}

// Truncated, not rounded: 0.598 is left of 0.60.
const under = (app: App, distance: number): string => app.t.common.distance(Math.floor(distance * 100) / 100);

// The faces only just within the line, each beside its match: the ones to decide by.
function last(app: App, study: ThresholdAnswer, line: Line): TemplateResult {
  const words = app.t.threshold.last;
  const faces = atTheLine(study, line.after.names, LAST);
  return html`<section class="card pad">
    <h2>${words.title}</h2>
    <p class="two small">${faces.length === 0 ? words.none : words.hint}</p>
    <ul class="last">
      ${faces.map(
        (face) => html`<li>
          <span class="both"
            >${picture(app.http, face.thumbnail, { label: words.face(face.person, under(app, face.distance)) })}${picture(
              app.http,
              app.people.find(face.person_id)?.thumbnail ?? null,
              { round: true, size: "s32" },
            )}</span
          >
          <p class="cut" dir="auto" title=${face.person}>${face.person}</p>
          <p class="two">${under(app, face.distance)}</p>
        </li>`,
      )}
    </ul>
  </section>`;
}

function pair(app: App, study: ThresholdAnswer, line: Line): TemplateResult {
  const words = app.t.threshold.people;
  const closest = study.closest_pair;
  const [one, other] = closest?.people ?? [];
  const named = study.faces - study.unassigned;
  const step = stepAt(study, line.after.names);
  const before = stepAt(study, line.before.names);
  const wrong = step && words.wrong(step.wrong, named, before && before.wrong !== step.wrong ? before.wrong : null);
  return html`<section class="card pad">
    <h2>${words.title}</h2>
    ${
      closest && one && other
        ? html`<f-ruler
              .t=${app.t}
              .http=${app.http}
              .me=${one.thumbnail}
              .nearest=${{ who: other.person, distance: closest.distance, thumbnail: other.thumbnail }}
              .threshold=${line.after.names}
              .say=${{
                text: app.t.common.list([one.person, other.person]),
                tone: closest.distance < line.after.names ? "unsure" : "none",
              }}
            ></f-ruler>
            <p class="two small" dir="auto">${words.pair(closest.distance < line.after.names)}</p>`
        : html`<p class="two small">${words.one}</p>`
    }
    ${named > 0 && wrong ? html`<p class="two small">${wrong}</p>` : nothing}
  </section>`;
}

function groups(app: App, study: ThresholdAnswer, line: Line, actions: EffectActions): TemplateResult {
  const words = app.t.threshold.groups;
  const step = stepAt(study, line.after.groups);
  const before = stepAt(study, line.before.groups);
  const n = groupsOf(step);
  const changed = line.after.groups !== line.before.groups;
  const inside =
    study.unassigned === 0
      ? html`<p class="two small">${words.none}</p>`
      : n !== null && step?.alone != null
        ? html`<div class="effect">
              <b>${app.t.common.figure(n)}</b>
              <p>${words.text(n, step.alone, changed ? groupsOf(before) : null)}</p>
            </div>
            <p class="two small">${words.hint}</p>`
        : step
          ? html`<p class="two small">${words.tooMany(study.unassigned)}</p>`
          : html`<p class="two small">${app.t.threshold.unnamed.unknown(app.t.threshold.value(line.after.groups))}</p>`;
  const later = actions.regroup && study.unassigned > 0;
  return html`<section class="card pad">
    <h2>${words.title}</h2>
    ${inside}
    ${
      later
        ? html`<p class="small later" role="status">${words.later}</p>
            <button class="btn tonal" @click=${actions.discover}>${icon("discover")}${app.t.unknown.look}</button>`
        : nothing
    }
  </section>`;
}

function advice(app: App, line: Line, actions: EffectActions): TemplateResult {
  const words = app.t.threshold.advice;
  return html`<section class="card row measured">
    ${icon("lock")}
    <div><strong>${words.title}</strong><p class="two small">${words.text}</p></div>
    ${
      line.at > ADVISED
        ? html`<button class="btn tonal" @click=${() => actions.move(ADVISED)}>${words.try(app.t.threshold.value(ADVISED))}</button>`
        : nothing
    }
  </section>`;
}
