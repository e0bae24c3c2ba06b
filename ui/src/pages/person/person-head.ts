import { html, type TemplateResult } from "lit";
import type { PersonJson } from "../../../../src/wire/out/schemas.ts";
import type { App } from "../../app.ts";
import { icon } from "../../components/icon.ts";
import { picture } from "../../components/picture.ts";
import { isHere } from "../../state/people/presence.ts";
import { oncePressed } from "../once-pressed.ts";
import { download, mergeWith } from "./person-actions.ts";

const LONGEST_NAME = 64;

interface HeadActions {
  readonly renaming: boolean;
  readonly rename: () => void;
  readonly stop: () => void;
  readonly save: (name: string) => Promise<void>;
}

/** The person's name, where last seen, and the actions on the name. */
export function personHead(app: App, person: PersonJson, actions: HeadActions): TemplateResult {
  const words = app.t.people.person;
  return html`<header class="head">
    <div class="crumbs">
      <a class="crumb" href=${app.router.href({ page: "people" })}>${icon("back")}${words.back}</a>
      <button class="btn plain" @click=${() => download(app, person)}>${icon("out")}${words.export}</button>
    </div>
    <div class="me">
      ${picture(app.http, person.thumbnail, { round: true })}
      <div>${actions.renaming ? renameForm(app, person, actions) : html`<h1 dir="auto">${person.name}</h1>`}${seen(app, person)}</div>
    </div>
    <div class="do">
      <button class="btn tonal" @click=${actions.rename}>${icon("edit")}${words.rename}</button>
      <button class="btn line" @click=${() => mergeWith(app, person)}>${icon("merge")}${words.merge}</button>
    </div>
  </header>`;
}

function renameForm(app: App, person: PersonJson, actions: HeadActions): TemplateResult {
  const words = app.t.people.person;
  const cancel = (event: KeyboardEvent) => {
    if (event.key === "Escape") actions.stop();
  };
  const save = (event: SubmitEvent) => {
    event.preventDefault();
    const name = new FormData(event.target as HTMLFormElement).get("name");
    if (typeof name === "string") void oncePressed(event.submitter, () => actions.save(name));
  };
  return html`<h1 class="sr" dir="auto">${person.name}</h1>
    <form class="name" @submit=${save} @keydown=${cancel}>
      <input
        name="name"
        required
        maxlength=${LONGEST_NAME}
        .value=${person.name}
        aria-label=${words.renameLabel(person.name)}
        autocomplete="off"
        spellcheck="false"
        dir="auto"
      />
      <button class="btn plain" type="button" @click=${actions.stop}>${app.t.common.cancel}</button>
      <button class="btn tonal">${words.save}</button>
    </form>`;
}

function seen(app: App, loaded: PersonJson): TemplateResult {
  // Events update the list of people first.
  const person = app.people.find(loaded.person_id) ?? loaded;
  const words = app.t.people.person;
  const now = app.now.get();
  if (!person.last_seen) return html`<p class="two">${app.t.people.never}</p>`;
  if (isHere(person, now)) {
    return html`<p class="now"><span class="live"></span>${words.here(person.last_camera ?? "")}</p>`;
  }
  const ago = app.t.when.ago(new Date(person.last_seen), now);
  return html`<p class="two">${words.lastSeen(person.last_camera ?? "", ago)}</p>`;
}

/** The three figures of a person. */
export function personFigures(app: App, person: PersonJson): TemplateResult {
  const words = app.t.people.person;
  const first = person.first_seen ? app.t.when.short(new Date(person.first_seen), app.now.get()) : "–";
  return html`<dl class="card sum">
      <div><dt>${words.facesWord(person.faces)}</dt><dd>${app.t.common.figure(person.faces)}</dd></div>
      <div><dt>${words.looksWord(person.encodings)}</dt><dd>${app.t.common.figure(person.encodings)}</dd></div>
      <div><dt>${words.firstSeen}</dt><dd>${first}</dd></div>
    </dl>
    <p class="two small about-looks" dir="auto">${words.looksHint(person.name, person.encodings)}</p>`;
}
