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

/** What of a visit is shown when its row is opened; null: not loaded yet. */
export interface OpenVisit {
  readonly detail: VisitDetailAnswer | null;
  correct(as: CorrectAs): void;
}

/** Why a visit got this name, or none: its faces, its nearest people, and what can be put right. */
export function why(app: App, visit: VisitJson, { detail, correct }: OpenVisit): TemplateResult {
  const words = app.t.activity.why;
  if (!detail) {
    return html`<div class="why"><div class="inner" role="status" aria-label=${app.t.common.loading}>
      <i class="skel l1"></i><i class="skel l2"></i>
    </div></div>`;
  }
  const face = detail.seen.find((one) => one.face_id === visit.representative?.face_id) ?? detail.seen[0];
  return html`<div class="why">
    <div class="inner">
      ${nearest(app, detail)}
      ${
        detail.seen.length > 1
          ? html`<span class="strip">${detail.seen
              .slice(0, SHOWN)
              .map((one) => picture(app.http, one.thumbnail, { size: "s40" }))}</span>`
          : nothing
      }
      <dl>
        <dt>${words.seen}</dt><dd>${app.t.when.exact(new Date(visit.from))}${face ? `, ${size(app, face)}` : nothing}</dd>
        ${
          detail.candidates.length > 0
            ? html`<dt>${words.nearest}</dt>
                <dd dir="auto">${detail.candidates.map(({ person, distance }) => `${person} ${app.t.common.distance(distance)}`).join(", ")}</dd>`
            : nothing
        }
      </dl>
      <div class="do">
        ${next(app, visit, face)}
        ${
          visit.person === null
            ? html`<button class="btn line" @click=${() => correct("ignore")}>${icon("ignore")}${words.ignore}</button>`
            : html`<button class="btn line" @click=${() => correct("not")}>
                ${icon("close")}<span class="cut" dir="auto">${words.not(visit.person)}</span>
              </button>`
        }
        <button class="btn tonal" @click=${() => correct("is")}>
          ${icon("edit")}${visit.person === null ? words.name : words.itIs}
        </button>
        ${
          face
            ? html`<button class="btn plain" @click=${() => showFrame(app, face)}>${icon("camera")}${words.frame}</button>`
            : nothing
        }
      </div>
    </div>
  </div>`;
}

function nearest(app: App, { candidates, representative, threshold }: VisitDetailAnswer): TemplateResult {
  const [first, second] = candidates;
  if (!first) return html`<p class="two">${app.t.activity.why.nobodyKnown}</p>`;
  return html`<f-ruler
    .t=${app.t}
    .http=${app.http}
    .nearest=${toRulerPerson(app, first)}
    .second=${second ? toRulerPerson(app, second) : null}
    .threshold=${threshold}
    .margin=${app.rule.get().margin}
    .me=${representative?.thumbnail ?? null}
  ></f-ruler>`;
}

/** A candidate as the ruler draws it. */
function toRulerPerson(app: App, { person, person_id: id, distance }: CandidateJson): RulerPerson {
  return { who: person, distance, thumbnail: app.people.find(id)?.thumbnail ?? null };
}

function size(app: App, { box }: FaceJson): string {
  const words = app.t.activity.why;
  if (!box) return words.sizeUnknown;
  const px = Math.round(box.width);
  return px < SMALL_PX ? words.sizeSmall(px) : words.size(px);
}

/** The next step: the person, or the group waiting for a name. */
function next(app: App, { person, person_id: id }: VisitJson, face: FaceJson | undefined) {
  const words = app.t.activity.why;
  if (person !== null && id !== null) {
    const href = app.router.href({ page: "person", id });
    return html`<a class="btn plain" href=${href}><span class="cut" dir="auto">${words.open(person)}</span></a>`;
  }
  if (!face?.cluster) return nothing;
  return html`<a class="btn plain" href=${app.router.href({ page: "group", id: face.cluster })}>${words.whoIs}</a>`;
}

async function showFrame(app: App, face: FaceJson): Promise<void> {
  const { frameSheet } = await import("../../components/sheets/frame-sheet.ts");
  await app.ask<null>((done) => frameSheet(app, face, done));
}
