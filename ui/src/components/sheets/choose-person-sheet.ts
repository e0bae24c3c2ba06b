import { html, nothing, type TemplateResult } from "lit";
import type { App } from "../../app.ts";
import "./choose-person/choose-person.ts";
import type { NearPerson } from "./choose-person/choices.ts";
import type { PersonChosen } from "./choose-person/choose-person.ts";

/** What {@link choosePerson} says and offers. */
export interface ChoosePersonOptions {
  readonly title: string;
  /** Of what is asked: where, when, how many photos. */
  readonly about?: string;
  /** Of what is asked, beside the title. */
  readonly pictures?: TemplateResult;
  /** Whom it is like, nearest first, as a visit or a group has them; without them people are listed as last seen. */
  readonly candidates?: readonly NearPerson[] | Promise<readonly NearPerson[]>;
  /** A person not to offer (`person_id`). */
  readonly except?: string | undefined;
  /** Whether it may be a new person; by default it may. */
  readonly allowNew?: boolean;
  /** What was typed before, and what to do with what is typed, so that it survives a reload. */
  readonly draft?: { readonly text: string; readonly keep: (text: string) => void };
}

/** Asks for a person, known or new; null: closed without an answer. Whom was chosen is not saved: the caller does it. */
export function choosePerson(app: App, options: ChoosePersonOptions): Promise<PersonChosen | null> {
  const { title, about, pictures, candidates, except, allowNew = true, draft } = options;
  return app.ask<PersonChosen>(
    (done) => html`<div class="choose-about">
        ${pictures ?? nothing}
        <div>
          <h2 id="sheet-title" tabindex="-1" dir="auto">${title}</h2>
          ${about ? html`<p class="small two cut" dir="auto">${about}</p>` : nothing}
        </div>
        <button class="btn plain" @click=${() => done(null)}>${app.t.common.cancel}</button>
      </div>
      <f-choose-person
        .app=${app}
        .candidates=${candidates}
        .except=${except}
        .allowNew=${allowNew}
        .draft=${draft?.text ?? ""}
        @draft=${({ detail }: CustomEvent<string>) => draft?.keep(detail)}
        @chosen=${({ detail }: CustomEvent<PersonChosen>) => done(detail)}
      ></f-choose-person>`,
  );
}
