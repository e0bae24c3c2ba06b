import { html } from "lit";
import type { PersonJson } from "../../../../src/wire/out/schemas.ts";
import type { App } from "../../app.ts";
import type { PortraitChosen } from "./choose-portrait/choose-portrait.ts";
import "./choose-portrait/choose-portrait.ts";

/**
 * Asks which photo shows a person, and saves it at once; undone from the toast.
 */
export async function choosePortrait(app: App, person: PersonJson): Promise<void> {
  const words = app.t.portrait;
  const chosen = await app.ask<PortraitChosen>(
    (done) => html`<div class="portrait-about">
        <h2 id="sheet-title" tabindex="-1" dir="auto">${words.title({ name: person.name })}</h2>
        <button class="btn plain" @click=${() => done(null)}>${app.t.common.cancel}</button>
      </div>
      <f-choose-portrait
        .app=${app}
        .who=${person.person_id}
        @chosen=${({ detail }: CustomEvent<PortraitChosen>) => done(detail)}
      ></f-choose-portrait>`,
  );
  if (!chosen) return;
  try {
    const { change } = await app.registry.setPortrait(person.person_id, chosen.face);
    // It was chosen already.
    if (change === null) return;
    const text = chosen.face === null ? words.isAutomatic : words.isChosen;
    const thumbnail = chosen.thumbnail ?? person.thumbnail;
    app.did(text({ name: person.name }), { changes: [change], picture: { thumbnail, round: true } });
    await app.people.load();
  } catch (error) {
    app.complain(error);
  }
}
