import type { EnrolledEncoding, Person } from "../domain/person.ts";
import { type PeopleRows, toPerson } from "./changes.ts";
import type { Db } from "./database.ts";
import type { Journal } from "./journal.ts";
import type { Store } from "./port.ts";
import { toBlob } from "./rows.ts";

/** What another program changed in the registry file, as one undoable step. */
export function createRegistryEdit(db: Db, people: PeopleRows, journal: Journal): Pick<Store, "applyRegistryEdit"> {
  const enrol = db.prepare("INSERT INTO enrolled (person, encoding, source, sources, count) VALUES (?, ?, ?, ?, ?)");
  const owner = db.prepare<[number], { person_id: string }>(
    "SELECT p.person_id FROM enrolled e JOIN people p ON p.id = e.person WHERE e.id = ?",
  );
  const detach = db.prepare("UPDATE face_embeddings SET enrolled = NULL WHERE enrolled = ?");
  const drop = db.prepare("DELETE FROM enrolled WHERE id = ?");

  const add = (person: number, one: EnrolledEncoding) =>
    enrol.run(person, toBlob(one.encoding), one.source, JSON.stringify(one.sources), one.count);

  return {
    applyRegistryEdit: async (edit) =>
      journal.change("registry", () => {
        const changed = new Map<string, Person>();
        const touch = (personId: string) => changed.set(personId, toPerson(people.byId(personId)));
        const removed = edit.removedPeople.map((personId) => {
          const row = people.byId(personId);
          people.drop(row);
          return toPerson(row);
        });
        for (const id of edit.removedEncodings) {
          const personId = owner.get(id)?.person_id;
          if (personId === undefined) continue;
          detach.run(id);
          drop.run(id);
          touch(personId);
        }
        for (const { personId, encoding } of edit.addedEncodings) {
          add(people.byId(personId).id, encoding);
          touch(personId);
        }
        const added = edit.addedPeople.map(({ name, encodings }) => {
          const row = people.byName(name) ?? people.add(name);
          for (const encoding of encodings) add(row.id, encoding);
          return toPerson(row);
        });
        return {
          result: { added, removed, changed: [...changed.values()] },
          sentence: "another program's edit of the registry file was taken in",
        };
      }),
  };
}
