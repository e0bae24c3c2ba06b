import { html } from "lit";
import type { PeopleAlikeAnswer, PersonJson } from "../../../../src/wire/out/schemas.ts";
import type { App } from "../../app.ts";
import { choosePerson } from "./choose-person-sheet.ts";
import "./merge-people/merge-people.ts";

/**
 * Merges two people after showing them side by side and asking which name stays; undone from the toast. Without `other` it is
 * asked for first. Answers the `person_id` of who stays; null: they were not merged.
 */
export async function mergePeople(app: App, person: PersonJson, other?: PersonJson): Promise<string | null> {
  const words = app.t.mergePeople;
  // Without distances people can be merged all the same.
  const alike = app.registry.alike(person.person_id).then(
    ({ people }) => people,
    (): PeopleAlikeAnswer["people"] => [],
  );
  const title = words.with({ name: person.name });
  const found = other
    ? { person: other }
    : await choosePerson(app, { title, candidates: alike, except: person.person_id, allowNew: false });
  const second = found?.person;
  if (!second) return null;
  const distance = (await alike).find((one) => one.person_id === second.person_id) ?? null;
  const stays = await app.ask<PersonJson>(
    (done) => html`<f-merge-people
      .app=${app}
      .pair=${[person, second]}
      .distance=${distance}
      @answered=${({ detail }: CustomEvent<PersonJson | null>) => done(detail)}
    ></f-merge-people>`,
  );
  if (!stays) return null;
  const goes = stays === person ? second : person;
  try {
    const { change, person: name } = await app.registry.merge([goes.person_id], stays.person_id);
    const picture = { thumbnail: stays.portrait ?? stays.thumbnail, round: true };
    app.did(words.merged({ other: goes.name, name }), { changes: [change], picture });
    await app.people.load();
    return stays.person_id;
  } catch (error) {
    app.complain(error);
    return null;
  }
}
