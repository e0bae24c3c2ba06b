import type { PersonJson } from "../../../../src/wire/out/schemas.ts";
import { RequestFailed } from "../../api/problem.ts";
import type { App } from "../../app.ts";
import { sameName } from "../../components/naming/suggest.ts";

const roundOf = (person: PersonJson) => ({ thumbnail: person.portrait ?? person.thumbnail, round: true });

/** Merges two people after asking, `other` too where it is not known; the page goes on with who stays. */
export async function mergeWith(app: App, person: PersonJson, other?: PersonJson): Promise<boolean> {
  const { mergePeople } = await import("../../components/sheets/merge-people-sheet.ts");
  const stays = await mergePeople(app, person, other);
  if (stays !== null) app.router.replace({ page: "person", id: stays });
  return stays !== null;
}

/** Asks which photo shows the person. */
export async function choosePortrait(app: App, person: PersonJson): Promise<void> {
  const { choosePortrait: ask } = await import("../../components/sheets/choose-portrait-sheet.ts");
  await ask(app, person);
}

/** Renames; if the name is another person's, asks whether to merge. */
export async function renamePerson(app: App, person: PersonJson, to: string): Promise<boolean> {
  const name = to.trim();
  if (name === "" || name === person.name) return true;
  const taken = () =>
    app.people.state.get().list.find((one) => one.person_id !== person.person_id && sameName(one.name, name));
  const known = taken();
  if (known) return mergeWith(app, person, known);
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
    if (other) return mergeWith(app, person, other);
    app.complain(error);
    return false;
  }
  await app.people.load();
  return true;
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
