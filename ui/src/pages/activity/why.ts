import { html, nothing, type TemplateResult } from "lit";
import type { CandidateJson, FaceJson, VisitDetailAnswer, VisitJson } from "../../../../src/wire/out/schemas.ts";
import type { App } from "../../app.ts";
import { icon } from "../../components/icon.ts";
import { picture } from "../../components/picture.ts";
import type { RulerPerson } from "../../components/ruler/ruler.ts";
import "../../components/ruler/ruler.ts";
import type { CorrectAs } from "./correct-visit.ts";

/** Faces narrower than this are often mistaken for another person. */
const SMALL_PX = 60;
const SHOWN = 12;

/** What of a visit is shown when its row is opened; `detail` null: not loaded yet. */
export interface OpenVisit {
  readonly detail: VisitDetailAnswer | null;
  correct(as: CorrectAs): void;
  photo(face: number | null): void;
}

/** Why a visit got this name, or none: its faces, its nearest people, and where to go from here. */
export function why(app: App, visit: VisitJson, { detail, correct, photo }: OpenVisit): TemplateResult {
  const words = app.t.activity.why;
  if (!detail) {
    return html`<div class="why"><div class="inner" role="status" aria-label=${app.t.common.loading}>
      <i class="skel l1"></i><i class="skel l2"></i>
    </div></div>`;
  }
  const face = detail.seen.find((one) => one.face_id === visit.representative?.face_id) ?? detail.seen[0];
  return html`<div class="why">
    <div class="inner">
      ${rulerOf(app, detail, false) ?? html`<p class="two">${words.nobodyKnown}</p>`}
      <span class="photos">${detail.seen.slice(0, SHOWN).map((one) => photoButton(app, one, photo))}</span>
      <dl>
        <dt>${words.seen}</dt><dd>${app.t.when.exact(new Date(visit.from))}${face ? `, ${size(app, face)}` : nothing}</dd>
        ${
          detail.candidates.length > 0
            ? html`<dt>${words.nearest}</dt>
                <dd dir="auto">${detail.candidates
                  .map(({ person: name, distance }) => words.near({ name, distance: app.t.format.distance(distance) }))
                  .join(", ")}</dd>`
            : nothing
        }
      </dl>
      <div class="do">${more(app, visit, face, correct)}</div>
    </div>
  </div>`;
}

function photoButton(app: App, face: FaceJson, photo: OpenVisit["photo"]): TemplateResult {
  const label = app.t.when.exact(new Date(face.timestamp));
  return html`<button aria-label=${label} title=${label} @click=${() => photo(face.face_id)}>
    ${picture(app.http, face.thumbnail, { size: "s44" })}
  </button>`;
}

/** How near the nearest people are; null: there are no named people to compare with. `small`: without words and the face itself. */
export function rulerOf(app: App, detail: VisitDetailAnswer, small: boolean): TemplateResult | null {
  const [first, second] = detail.candidates;
  if (!first) return null;
  return html`<f-ruler
    .t=${app.t}
    .http=${app.http}
    .nearest=${toRulerPerson(app, first)}
    .second=${second ? toRulerPerson(app, second) : null}
    .threshold=${detail.threshold}
    .margin=${app.rule.get().margin}
    .me=${small ? undefined : (detail.representative?.thumbnail ?? null)}
    .plain=${small}
  ></f-ruler>`;
}

/** A candidate as the ruler draws it. */
function toRulerPerson(app: App, { person, person_id: id, distance }: CandidateJson): RulerPerson {
  const known = app.people.find(id);
  return { who: person, distance, thumbnail: known?.portrait ?? known?.thumbnail ?? null };
}

function size(app: App, { box }: FaceJson): string {
  const words = app.t.activity.why;
  if (!box) return words.sizeUnknown;
  const px = Math.round(box.width);
  return px < SMALL_PX ? words.sizeSmall({ px }) : words.size({ px });
}

/** What the row's own buttons do not offer, and the next step: the person, or the group waiting for a name. */
function more(app: App, visit: VisitJson, face: FaceJson | undefined, correct: OpenVisit["correct"]) {
  const words = app.t.activity;
  const { person, person_id: id } = visit;
  if (person !== null && id !== null) {
    const href = app.router.href({ page: "person", id });
    return html`<a class="btn plain" href=${href}><span class="cut" dir="auto">${words.why.open({ name: person })}</span></a>`;
  }
  const group = face?.cluster;
  return html`${
    visit.state === "ambiguous"
      ? html`<button class="btn line" @click=${() => correct({ kind: "ignore" })}>${icon("ignore")}${words.ignore}</button>
          <button class="btn line" @click=${() => correct({ kind: "ask" })}>${icon("edit")}${words.someoneElse}</button>`
      : nothing
  }${
    group
      ? html`<a class="btn plain" href=${app.router.href({ page: "group", id: group })}>${words.why.group}</a>`
      : nothing
  }`;
}
