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
  const words = app.t.strictness.unnamed;
  const step = stepAt(study, line.after.names);
  const before = stepAt(study, line.before.names) ?? step;
  const card = (inside: TemplateResult) => html`<section class="card pad"><h2>${words.title}</h2>${inside}</section>`;
  if (study.unassigned === 0) return card(html`<p class="two small">${words.none}</p>`);
  if (!step || !before)
    return card(html`<p class="two small">${words.outside({ at: app.t.format.threshold(line.after.names) })}</p>`);
  const ofHundred = (n: number) => (n === 0 ? 0 : Math.max(1, Math.round((n / study.unassigned) * 100)));
  const [then, now] = [ofHundred(step.would_get_a_name), ofHundred(before.would_get_a_name)];
  const changed = line.after.names !== line.before.names;
  const all = { n: step.recognized, all: study.faces };
  return card(html`<div class="dots" role="img" aria-label=${then === now ? words.label({ n: then }) : words.labelBefore({ n: then, before: now })}>
      ${Array.from({ length: 100 }, (_, dot) => html`<i class=${dot < then ? "on" : dot < now ? "was" : ""}></i>`)}
    </div>
    <p class="two small">
      <strong>${words.of({ n: step.would_get_a_name, all: study.unassigned })}</strong>
      ${changed ? words.textBefore({ before: before.would_get_a_name }) : words.text}
    </p>
    <p class="two small">${changed ? words.allBefore({ ...all, before: before.recognized }) : words.all(all)}</p>`);
}

// Truncated, not rounded: 0.598 is left of 0.60.
const under = (app: App, distance: number): string => app.t.format.distance(Math.floor(distance * 100) / 100);

// The faces only just within the line, each beside its match: the ones to decide by.
function last(app: App, study: ThresholdAnswer, line: Line): TemplateResult {
  const words = app.t.strictness.last;
  const faces = atTheLine(study, line.after.names, LAST);
  return html`<section class="card pad">
    <h2>${words.title}</h2>
    <p class="two small">${faces.length === 0 ? words.none : words.hint}</p>
    <ul class="last">
      ${faces.map(
        (face) => html`<li>
          <span class="both"
            >${picture(app.http, face.thumbnail, { label: words.face({ who: face.person, distance: under(app, face.distance) }) })}${picture(
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
  const words = app.t.strictness.people;
  const closest = study.closest_pair;
  const [one, other] = closest?.people ?? [];
  const named = study.faces - study.unassigned;
  const step = stepAt(study, line.after.names);
  const before = stepAt(study, line.before.names);
  const wrong =
    step &&
    (before && before.wrong !== step.wrong
      ? words.wrongBefore({ n: step.wrong, all: named, before: before.wrong })
      : words.wrong({ n: step.wrong, all: named }));
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
                text: app.t.format.list([one.person, other.person]),
                tone: closest.distance < line.after.names ? "unsure" : "none",
              }}
            ></f-ruler>
            <p class="two small" dir="auto">${closest.distance < line.after.names ? words.within : words.apart}</p>`
        : html`<p class="two small">${words.one}</p>`
    }
    ${named > 0 && wrong ? html`<p class="two small">${wrong}</p>` : nothing}
  </section>`;
}

function groups(app: App, study: ThresholdAnswer, line: Line, actions: EffectActions): TemplateResult {
  const words = app.t.strictness.groups;
  const step = stepAt(study, line.after.groups);
  const before = stepAt(study, line.before.groups);
  const n = groupsOf(step);
  const was = line.after.groups === line.before.groups ? null : groupsOf(before);
  const inside =
    study.unassigned === 0
      ? html`<p class="two small">${words.none}</p>`
      : n !== null && step?.alone != null
        ? html`<div class="effect">
              <b>${app.t.format.number(n)}</b>
              <p>${was === null ? words.text({ n, alone: step.alone }) : words.textBefore({ n, alone: step.alone, before: was })}</p>
            </div>
            <p class="two small">${words.hint}</p>`
        : step
          ? html`<p class="two small">${words.tooMany({ n: study.unassigned })}</p>`
          : html`<p class="two small">${app.t.strictness.unnamed.outside({ at: app.t.format.threshold(line.after.groups) })}</p>`;
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
  const words = app.t.strictness.advice;
  return html`<section class="card row measured">
    ${icon("lock")}
    <div><strong>${words.title}</strong><p class="two small">${words.text}</p></div>
    ${
      line.at > ADVISED
        ? html`<button class="btn tonal" @click=${() => actions.move(ADVISED)}>${words.try({ at: app.t.format.threshold(ADVISED) })}</button>`
        : nothing
    }
  </section>`;
}
