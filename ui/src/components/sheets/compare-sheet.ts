import { html, type TemplateResult } from "lit";
import type { ClusterJson } from "../../../../src/wire/out/schemas.ts";
import type { ClusterCandidate } from "../../api/clusters.ts";
import { thumbnailPath } from "../../api/faces.ts";
import type { App } from "../../app.ts";
import { bestPicture, picture } from "../picture.ts";
import { sayLevel } from "../ruler/say-level.ts";
import "../ruler/ruler.ts";
import "./merge-sheet.css";

interface Compared {
  readonly cluster: ClusterJson;
  readonly suggestion: NonNullable<ClusterJson["suggestion"]>;
  readonly candidate: ClusterCandidate | null;
  /** The person's picture, where no pair of faces was found. */
  readonly thumbnail: string | null;
}

/**
 * A group and the person it is perhaps, side by side. The three answers weigh the same, and the one that changes nothing has
 * the focus: a likely mistake must not be the easy press.
 */
export function compareSheet(
  app: App,
  { cluster, suggestion, candidate, thumbnail }: Compared,
  done: (answer: "yes" | "no" | null) => void,
): TemplateResult {
  const words = app.t.discover.merge;
  const { person: name, level } = suggestion;
  const here = candidate?.cluster_face ?? null;
  const there = candidate?.closest_face ?? null;
  const shown = here === null ? bestPicture(cluster.representatives) : thumbnailPath(here);
  return html`<div>
      <h2 id="sheet-title" dir="auto">${words.samePerson(name)}</h2>
      <p class="two" dir="auto">${words.samePersonHint(cluster.size, name)}</p>
    </div>
    <div class="versus">
      <div>${picture(app.http, shown)}<p>${words.here}</p></div>
      <div>${picture(app.http, there === null ? thumbnail : thumbnailPath(there))}<p class="cut" dir="auto">${name}</p></div>
    </div>
    <f-ruler
      .t=${app.t}
      .http=${app.http}
      .nearest=${{ who: name, distance: suggestion.distance, thumbnail }}
      .threshold=${suggestion.threshold}
      .say=${sayLevel(app.t, name, level)}
    ></f-ruler>
    <div class="do three">
      <button class="btn line" dir="auto" @click=${() => done("no")}>${app.t.discover.card.not(name)}</button>
      <button class="btn line" autofocus @click=${() => done(null)}>${words.unsure}</button>
      <button class="btn line" dir="auto" @click=${() => done("yes")}>${words.yes(name)}</button>
    </div>`;
}
