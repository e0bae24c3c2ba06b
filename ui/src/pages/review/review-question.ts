import { html, nothing, type TemplateResult } from "lit";
import type { App } from "../../app.ts";
import { picture } from "../../components/picture.ts";
import "../../components/ruler/ruler.ts";
import { sayLevel } from "../../components/ruler/say-level.ts";
import type { Question } from "../../state/review/review.ts";
import { cameraTitle } from "../../texts/camera.ts";
import type { Photo, Photos } from "./review-photos.ts";

/** Which of the photos is large on each side. */
export interface Chosen {
  readonly group: number;
  readonly person: number;
}

interface Asked {
  readonly question: Question;
  /** null: not loaded yet. */
  readonly photos: Photos | null;
  readonly chosen: Chosen;
  readonly choose: (chosen: Chosen) => void;
}

/** Both sides at one size, and how far apart they are. */
export function reviewQuestion(app: App, { question, photos, chosen, choose }: Asked): TemplateResult {
  const { cluster, person } = question;
  const suggestion = cluster.suggestion;
  const { second } = photos ?? { second: null };
  return html`<div class="duo">
      ${side(app, {
        name: app.t.review.unknown,
        count: cluster.size,
        photos: photos?.group ?? null,
        at: chosen.group,
        choose: (group) => choose({ ...chosen, group }),
      })}
      ${side(app, {
        name: person.name,
        count: person.faces,
        photos: photos?.person ?? null,
        at: chosen.person,
        choose: (at) => choose({ ...chosen, person: at }),
      })}
    </div>
    ${
      suggestion
        ? html`<div class="measure">
            <f-ruler
              .t=${app.t}
              .http=${app.http}
              .nearest=${{ who: person.name, distance: suggestion.distance, thumbnail: person.portrait ?? person.thumbnail }}
              .second=${second ? { who: second.person, distance: second.distance, thumbnail: second.thumbnail } : null}
              .threshold=${suggestion.threshold}
              .say=${sayLevel(app.t, person.name, question.level)}
            ></f-ruler>
          </div>`
        : nothing
    }`;
}

interface Side {
  readonly name: string;
  readonly count: number;
  readonly photos: readonly Photo[] | null;
  readonly at: number;
  readonly choose: (at: number) => void;
}

function side(app: App, { name, count, photos, at, choose }: Side): TemplateResult {
  const words = app.t.review;
  const shown = photos?.[at] ?? photos?.[0];
  return html`<figure>
    <div class="big">${picture(app.http, shown?.thumbnail ?? null)}</div>
    <figcaption>
      <strong class="cut" dir="auto" title=${name}>${name}</strong>
      <p class="cut">${app.t.count.photos({ n: count })}</p>
      <p class="cut">${shown ? seen(app, shown) : "\u00a0"}</p>
    </figcaption>
    <div class="strip">
      ${
        photos && photos.length > 1
          ? photos.map(
              (photo, i) => html`<button
                class=${i === at ? "on" : ""}
                aria-pressed=${i === at}
                aria-label=${words.photoOf({ who: name, at: i + 1, of: photos.length })}
                @click=${() => choose(i)}
              >
                ${picture(app.http, photo.thumbnail)}
              </button>`,
            )
          : nothing
      }
    </div>
  </figure>`;
}

const seen = (app: App, { camera, timestamp }: Photo): string =>
  app.t.review.seen({
    camera: cameraTitle(camera),
    at: app.t.when.ago(new Date(timestamp), app.now.get()),
  });
