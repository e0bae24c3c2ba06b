import { html, type TemplateResult } from "lit";
import type { PersonJson } from "../../../../src/wire/out/schemas.ts";
import type { App } from "../../app.ts";
import { icon } from "../../components/icon.ts";
import "./delete-sheet.css";

/** Asks what becomes of the photos of a person who is deleted. Erasing cannot be undone: its button says so. */
export function deleteSheet(
  app: App,
  person: PersonJson,
  download: () => void,
  done: (photos: "unassign" | "erase" | null) => void,
): TemplateResult {
  const words = app.t.person;
  const { name, faces } = person;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    done(new FormData(event.target as HTMLFormElement).get("photos") === "erase" ? "erase" : "unassign");
  };
  return html`<form class="delete-person" @submit=${submit}>
    <div>
      <h2 id="sheet-title" dir="auto">${words.removeTitle({ name })}</h2>
      <p class="two" dir="auto">${words.removeHint({ name })}</p>
    </div>
    <fieldset>
      <legend class="sr">${words.removeLegend({ n: faces })}</legend>
      <label class="radio"
        ><input type="radio" name="photos" value="unassign" checked autofocus /><span
          ><strong>${words.keep}</strong><p>${words.keepHint}</p></span
        ></label
      >
      <label class="radio"
        ><input type="radio" name="photos" value="erase" /><span
          ><strong>${words.erase}</strong><p>${words.eraseHint({ n: faces })}</p></span
        ></label
      >
    </fieldset>
    <div class="do">
      <button class="btn plain" type="button" @click=${download}>${icon("out")}${words.exportFirst}</button>
      <button class="btn plain" type="button" @click=${() => done(null)}>${app.t.common.cancel}</button>
      <button class="btn danger">
        <span class="keeps">${words.removeYes}</span><span class="erases">${words.eraseYes}</span>
      </button>
    </div>
  </form>`;
}
