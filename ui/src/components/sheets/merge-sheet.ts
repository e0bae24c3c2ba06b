import { html, nothing, type TemplateResult } from "lit";
import type { PersonJson } from "../../../../src/wire/out/schemas.ts";
import type { ClusterCandidate } from "../../api/clusters.ts";
import { thumbnailPath } from "../../api/faces.ts";
import type { App } from "../../app.ts";
import { picture } from "../picture.ts";
import "../ruler/ruler.ts";
import { sayLevel } from "../ruler/say-level.ts";
import "./merge-sheet.css";

interface Merge {
  readonly person: PersonJson;
  readonly candidate: ClusterCandidate | null;
  readonly faces: number;
  readonly mayLeaveOut: boolean;
}

/** Shows what would be added to whom, with the closest two side by side; answers which faces to leave out. */
export function mergeSheet(
  app: App,
  { person, candidate, faces, mayLeaveOut }: Merge,
  done: (leaveOut: readonly number[] | null) => void,
): TemplateResult {
  const words = app.t.discover.merge;
  const pair = candidate?.closest_face != null && candidate.cluster_face != null;
  const odd = mayLeaveOut ? (candidate?.furthest_face ?? null) : null;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const out = (event.target as HTMLFormElement).querySelector<HTMLInputElement>("input")?.checked;
    done(out && odd !== null ? [odd] : []);
  };
  return html`<form @submit=${submit}>
    <div>
      <h2 id="sheet-title" dir="auto">${words.title(faces, person.name)}</h2>
      <p class="two" dir="auto">${pair ? words.compare(person.name) : words.noPair(person.name)}</p>
    </div>
    ${
      pair
        ? html`<div class="versus">
            <div>${picture(app.http, thumbnailPath(candidate.cluster_face ?? 0))}<p>${words.here}</p></div>
            <div>${picture(app.http, thumbnailPath(candidate.closest_face ?? 0))}<p class="cut" dir="auto">${person.name}</p></div>
          </div>`
        : nothing
    }
    ${
      candidate
        ? html`<f-ruler
            .t=${app.t}
            .http=${app.http}
            .nearest=${{ who: person.name, distance: candidate.distance, thumbnail: person.thumbnail }}
            .threshold=${candidate.threshold}
            .say=${sayLevel(app.t, person.name, candidate.level)}
            .me=${candidate.cluster_face === null ? undefined : thumbnailPath(candidate.cluster_face)}
          ></f-ruler>`
        : nothing
    }
    ${
      odd === null
        ? nothing
        : html`<div class="least">
            ${picture(app.http, thumbnailPath(odd), { size: "s44" })}
            <p>${words.least(app.t.common.distance(candidate?.furthest_distance ?? 0))}</p>
            <label><input type="checkbox" />${words.leaveOut}</label>
          </div>`
    }
    <div class="do">
      <button class="btn plain" type="button" @click=${() => done(null)}>${app.t.common.cancel}</button>
      <button class="btn primary" autofocus>${words.add(faces)}</button>
    </div>
  </form>`;
}
