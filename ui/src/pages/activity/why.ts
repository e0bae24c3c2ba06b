import { html, nothing, type TemplateResult } from "lit";
import type { App } from "../../app.ts";
import { icon } from "../../components/icon.ts";
import type { SeenFace, Sighting } from "../../state/activity/sightings.ts";
import "../../components/ruler/ruler.ts";
import { nearestOf, toRulerPerson } from "./sighting-people.ts";

/** Faces narrower than this are often mistaken for another person. */
const SMALL_PX = 60;

/** Why a face got this name, or none: its nearest people against the threshold. */
export function why(app: App, one: Sighting): TemplateResult {
  const words = app.t.activity.why;
  const [face] = one.faces;
  if (!face) return html``;
  const near = nearestOf(one);
  const [nearest, second] = near;
  return html`<div class="why">
    <div class="inner">
      ${
        nearest
          ? html`<f-ruler
              .t=${app.t}
              .http=${app.http}
              .nearest=${toRulerPerson(app, nearest)}
              .second=${second ? toRulerPerson(app, second) : null}
              .threshold=${face.event?.threshold ?? app.rule.get().threshold}
              .margin=${app.rule.get().margin}
              .me=${face.thumbnail}
            ></f-ruler>`
          : html`<p class="two">${words.nobodyKnown}</p>`
      }
      <dl>
        <dt>${words.seen}</dt><dd>${app.t.when.exact(one.first)}, ${size(app, face)}</dd>
        ${
          near.length > 0
            ? html`<dt>${words.nearest}</dt>
                <dd dir="auto">${near.map(({ person, distance }) => `${person} ${app.t.common.distance(distance)}`).join(", ")}</dd>`
            : nothing
        }
        ${face.event ? html`<dt>${words.published}</dt><dd>${published(app, face)}</dd>` : nothing}
      </dl>
      <div class="do">
        ${next(app, one)}
        <button class="btn plain" @click=${() => showFrame(app, face)}>${icon("camera")}${words.frame}</button>
      </div>
    </div>
  </div>`;
}

function size(app: App, { box }: SeenFace): string {
  const words = app.t.activity.why;
  if (!box) return words.sizeUnknown;
  const px = Math.round(box.width);
  return px < SMALL_PX ? words.sizeSmall(px) : words.size(px);
}

function published(app: App, { event }: SeenFace): string {
  if (!event) return "";
  const words = app.t.activity.why;
  return event.delayed ? words.eventDelayed(words.event[event.event_type]) : words.event[event.event_type];
}

/** The next step: the person, or the group waiting for a name. */
function next(app: App, { who, faces }: Sighting): TemplateResult | typeof nothing {
  const words = app.t.activity.why;
  if (who) {
    const href = app.router.href({ page: "person", id: who.personId });
    return html`<a class="btn tonal" href=${href}><span class="cut" dir="auto">${words.open(who.name)}</span></a>`;
  }
  const cluster = faces.find((face) => face.cluster !== null)?.cluster;
  if (!cluster) return nothing;
  return html`<a class="btn tonal" href=${app.router.href({ page: "group", id: cluster })}>${words.whoIs}</a>`;
}

async function showFrame(app: App, face: SeenFace): Promise<void> {
  const { frameSheet } = await import("../../components/sheets/frame-sheet.ts");
  await app.ask<null>((done) => frameSheet(app, face, done));
}
