import { html, nothing, type TemplateResult } from "lit";
import type { FaceJson, PersonJson } from "../../../../src/wire/out/schemas.ts";
import type { ClusterCandidate } from "../../api/clusters.ts";
import { thumbnailPath } from "../../api/faces.ts";
import type { App } from "../../app.ts";
import { picture } from "../picture.ts";
import "../ruler/ruler.ts";
import { sayLevel } from "../ruler/say-level.ts";
import "./add-sheet.css";
import { tickTiles, untickedOf } from "./tick-tiles.ts";

/** What would be added to whom. */
export interface Added {
  readonly person: PersonJson;
  /** How the group compares with the person; null: not known. */
  readonly candidate: ClusterCandidate | null;
  /** How many photos. */
  readonly photos: number;
  /** Those that may be left out, the least alike first. */
  readonly faces: readonly FaceJson[];
}

/**
 * What would be added to a known person: the two most similar photos side by side, and those that are least alike first.
 * Answers which faces to leave out.
 */
export function addSheet(
  app: App,
  { person, candidate, photos, faces }: Added,
  done: (leaveOut: readonly number[] | null) => void,
): TemplateResult {
  const words = app.t.claim;
  const who = person.name;
  // What is only perhaps this person is not the easy press.
  const isSure = candidate?.level === "sure";
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    done(untickedOf(event.target as HTMLFormElement));
  };
  return html`<form @submit=${submit}>
    <h2 id="sheet-title" dir="auto">${words.adds({ n: photos, who })}</h2>
    ${candidate ? compared(app, person, candidate) : nothing}
    ${
      faces.length > 1
        ? html`<p class="two" dir="auto">${words.order({ who })}</p>${tickTiles(app, faces, photos)}`
        : nothing
    }
    <div class="do">
      <button class="btn ${isSure ? "plain" : "line"}" type="button" ?autofocus=${!isSure} @click=${() => done(null)}>
        ${app.t.common.cancel}
      </button>
      <button class="btn ${isSure ? "primary" : "line"}" ?autofocus=${isSure}>
        ${faces.length > 1 ? words.addTicked : words.add({ n: photos })}
      </button>
    </div>
  </form>`;
}

function compared(app: App, person: PersonJson, candidate: ClusterCandidate): TemplateResult {
  const { cluster_face: here, closest_face: there } = candidate;
  const portrait = person.portrait ?? person.thumbnail;
  return html`${
    here !== null && there !== null
      ? html`<div class="versus">
          <div>${picture(app.http, thumbnailPath(here))}<p>${app.t.claim.here}</p></div>
          <div>${picture(app.http, thumbnailPath(there))}<p class="cut" dir="auto">${person.name}</p></div>
        </div>`
      : nothing
  }
    <f-ruler
      .t=${app.t}
      .http=${app.http}
      .nearest=${{ who: person.name, distance: candidate.distance, thumbnail: portrait }}
      .threshold=${candidate.threshold}
      .say=${sayLevel(app.t, person.name, candidate.level)}
    ></f-ruler>`;
}
