import type { PersonJson } from "../../../../src/wire/out/schemas.ts";
import { RequestFailed } from "../../api/problem.ts";
import type { App } from "../../app.ts";
import { sameName } from "../../components/naming/suggest.ts";

const roundOf = (person: PersonJson) => ({ thumbnail: person.portrait ?? person.thumbnail, round: true });

/** Merges `person` with `other` after asking; true on success. The page continues with the one who remains. */
async function joinPeople(app: App, person: PersonJson, other: PersonJson): Promise<boolean> {
  const { joinSheet } = await import("../../components/sheets/join-sheet.ts");
  const yes = await app.ask<boolean>((done) => joinSheet(app, person, other, done));
  if (!yes) return false;
  try {
    const answer = await app.registry.rename(person.person_id, other.name, true);
    app.did(app.t.person.joined({ name: answer.person }), { changes: [answer.change], picture: roundOf(other) });
    app.router.replace({ page: "person", id: answer.person_id });
    await app.people.load();
    return true;
  } catch (error) {
    app.complain(error);
    return false;
  }
}

/** Renames; if the name is another person's, asks whether to merge. */
export async function renamePerson(app: App, person: PersonJson, to: string): Promise<boolean> {
  const name = to.trim();
  if (name === "" || name === person.name) return true;
  const taken = () =>
    app.people.state.get().list.find((one) => one.person_id !== person.person_id && sameName(one.name, name));
  const known = taken();
  if (known) return joinPeople(app, person, known);
  try {
    const { change } = await app.registry.rename(person.person_id, name);
    app.did(app.t.person.renamed({ from: person.name, to: name }), { changes: [change], picture: roundOf(person) });
  } catch (error) {
    if (!(error instanceof RequestFailed) || error.code !== "PERSON_EXISTS") {
      app.complain(error);
      return false;
    }
    // Another person got that name meanwhile.
    await app.people.load();
    const other = taken();
    if (other) return joinPeople(app, person, other);
    app.complain(error);
    return false;
  }
  await app.people.load();
  return true;
}

/** Asks for another person and merges the two. */
export async function mergeWith(app: App, person: PersonJson): Promise<void> {
  const { otherPersonSheet } = await import("../../components/sheets/other-person-sheet.ts");
  const other = await app.ask<PersonJson>((done) => otherPersonSheet(app, person, done));
  if (other) await joinPeople(app, person, other);
}

/** Asks what becomes of the photos, and deletes the person. */
export async function removePerson(app: App, person: PersonJson): Promise<void> {
  const words = app.t.person;
  const { name } = person;
  const { deleteSheet } = await import("./delete-sheet.ts");
  const photos = await app.ask<"unassign" | "erase">((done) =>
    deleteSheet(app, person, () => void download(app, person), done),
  );
  if (!photos) return;
  try {
    const { change } = await app.registry.remove(person.person_id, photos);
    if (photos === "erase") app.did(words.erased({ name }));
    else app.did(words.removed({ name }), { changes: [change], picture: roundOf(person) });
    app.router.replace({ page: "people" });
    await app.people.load();
  } catch (error) {
    app.complain(error);
  }
}

/** Downloads the person in the registry's format. */
export async function download(app: App, person: PersonJson): Promise<void> {
  try {
    const blob = await (await app.http.open(app.registry.exportPath(person.person_id))).blob();
    const address = URL.createObjectURL(blob);
    const link = document.createElement("a");
    link.href = address;
    link.download = `${person.person_id}.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
  } catch (error) {
    app.complain(error);
  }
}
