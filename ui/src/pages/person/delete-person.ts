import { html, type TemplateResult } from "lit";
import type { PersonJson } from "../../../../src/wire/out/schemas.ts";
import type { App } from "../../app.ts";
import { icon } from "../../components/icon.ts";
import { oncePressed } from "../once-pressed.ts";

/** Deleting a person, with a choice of what happens to the faces; `remove` is called with it. */
export function deletePerson(
  app: App,
  person: PersonJson,
  actions: { readonly remove: (faces: "unassign" | "erase") => Promise<unknown>; readonly download: () => void },
): TemplateResult {
  const words = app.t.people.person;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const choice = new FormData(event.target as HTMLFormElement).get("gone");
    void oncePressed(event.submitter, () => actions.remove(choice === "erase" ? "erase" : "unassign"));
  };
  return html`<div class="sec" id="delete">
      <h2 dir="auto">${words.remove(person.name)}</h2>
      <p dir="auto">${words.removeHint(person.name)}</p>
    </div>
    <form @submit=${submit}>
      <fieldset class="card pad gonebox">
        <legend class="sr">${words.removeLegend(person.faces)}</legend>
        <label class="radio"
          ><input type="radio" name="gone" value="unassign" checked /><span
            ><strong>${words.keep}</strong><p>${words.keepHint}</p></span
          ></label
        >
        <label class="radio"
          ><input type="radio" name="gone" value="erase" /><span
            ><strong>${words.erase}</strong><p>${words.eraseHint(person.faces)}</p></span
          ></label
        >
        <div class="do">
          <button class="btn line gone">${icon("bin")}<span class="cut" dir="auto">${words.remove(person.name)}</span></button>
          <button class="btn plain" type="button" @click=${actions.download}>${icon("out")}${words.exportFirst}</button>
        </div>
      </fieldset>
    </form>`;
}
