import { html, nothing, type TemplateResult } from "lit";
import type { PersonJson } from "../../../../src/wire/out/schemas.ts";
import type { App } from "../../app.ts";
import { icon } from "../../components/icon.ts";
import { type MenuItem, menu } from "../../components/menu.ts";
import { picture } from "../../components/picture.ts";
import { isHere } from "../../state/people/presence.ts";
import { cameraTitle, cameraWord } from "../../texts/camera.ts";
import { oncePressed } from "../once-pressed.ts";
import { choosePortrait, download, mergeWith, removePerson } from "./person-actions.ts";

const LONGEST_NAME = 64;

/** What the head of the page offers. */
export interface HeadActions {
  /** What is typed as the new name; null: not renaming. */
  readonly draft: string | null;
  readonly rename: () => void;
  readonly type: (name: string) => void;
  readonly stop: () => void;
  readonly save: (name: string) => Promise<void>;
}

/** The way back, the portrait, the name, where last seen, and what can be done with the person. */
export function personHead(app: App, person: PersonJson, actions: HeadActions): TemplateResult {
  const words = app.t.person;
  const items: MenuItem[] = [
    { icon: "picture", label: words.choosePortrait, run: () => void choosePortrait(app, person) },
    { icon: "merge", label: words.merge, run: () => void mergeWith(app, person) },
    { icon: "out", label: words.export, run: () => void download(app, person) },
    {
      icon: "bin",
      label: words.remove({ name: person.name }),
      run: () => void removePerson(app, person),
      danger: true,
    },
  ];
  return html`<div class="crumbs">
      <a class="crumb" href=${app.router.href({ page: "people" })}>${icon("back")}${words.back}</a>
      <span class="head-acts">
        <button class="btn square narrow" aria-label=${words.rename} title=${words.rename} @click=${actions.rename}>
          ${icon("edit")}
        </button>
        ${menu("person-more", words.more, items)}
      </span>
    </div>
    <header class="me">
      <button
        class="portrait"
        aria-label=${app.t.portrait.choose({ name: person.name })}
        title=${app.t.portrait.choose({ name: person.name })}
        @click=${() => choosePortrait(app, person)}
      >
        ${picture(app.http, person.portrait ?? person.thumbnail, { round: true })}<span>${icon("picture")}</span>
      </button>
      <div>
        ${
          actions.draft === null
            ? html`<h1 dir="auto" tabindex="-1">${person.name}</h1>`
            : renameForm(app, person, actions.draft, actions)
        }
        ${seen(app, person)}
      </div>
      ${
        actions.draft === null
          ? html`<div class="do broad">
              <button class="btn tonal" @click=${actions.rename}>${icon("edit")}${words.rename}</button>
              <button class="btn line" @click=${() => mergeWith(app, person)}>${icon("merge")}${words.merge}</button>
            </div>`
          : nothing
      }
    </header>`;
}

function renameForm(app: App, person: PersonJson, draft: string, actions: HeadActions): TemplateResult {
  const words = app.t.person;
  const key = (event: KeyboardEvent) => {
    if (event.key === "Escape") actions.stop();
  };
  const type = (event: InputEvent) => actions.type((event.target as HTMLInputElement).value);
  const save = (event: SubmitEvent) => {
    event.preventDefault();
    const name = new FormData(event.target as HTMLFormElement).get("name");
    if (typeof name === "string") void oncePressed(event.submitter, () => actions.save(name));
  };
  return html`<h1 class="sr" dir="auto" tabindex="-1">${person.name}</h1>
    <form class="name" @submit=${save} @keydown=${key}>
      <input
        name="name"
        required
        maxlength=${LONGEST_NAME}
        .value=${draft}
        aria-label=${words.renameLabel({ name: person.name })}
        autocomplete="off"
        spellcheck="false"
        dir="auto"
        @input=${type}
      />
      <button class="btn plain" type="button" @click=${actions.stop}>${app.t.common.cancel}</button>
      <button class="btn tonal">${words.save}</button>
    </form>`;
}

function seen(app: App, person: PersonJson): TemplateResult {
  const { person: words, people, when } = app.t;
  const now = app.now.get();
  const looks = { looks: person.encodings };
  const first = person.first_seen && when.day(new Date(person.first_seen), now);
  const known = html`<p class="small" title=${words.looksHint({ name: person.name })}>
    ${first ? words.looks({ ...looks, day: first }) : words.looksOnly(looks)}
  </p>`;
  if (!person.last_seen) return html`<p>${app.t.format.capital(people.never)}</p>${known}`;
  const { last_camera: camera } = person;
  if (isHere(person, now)) {
    const here = words.here({ camera: camera === null ? "" : cameraTitle(camera) });
    return html`<p class="now"><span class="live"></span>${here}</p>${known}`;
  }
  const last = when.dayAndTime(new Date(person.last_seen), now);
  return html`<p>${words.lastSeen({ when: last, camera: camera === null ? "" : cameraWord(camera) })}</p>${known}`;
}
