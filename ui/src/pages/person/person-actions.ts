import type { FaceJson, PersonJson } from "../../../../src/wire/out/schemas.ts";
import { RequestFailed } from "../../api/problem.ts";
import type { App } from "../../app.ts";
import { sameName } from "../../components/naming/suggest.ts";

/** Merges `person` with `other` after asking; true on success. The page continues with the one who remains. */
async function joinPeople(app: App, person: PersonJson, other: PersonJson): Promise<boolean> {
  const { joinSheet } = await import("../../components/sheets/join-sheet.ts");
  const yes = await app.ask<boolean>((done) => joinSheet(app, person, other, done));
  if (!yes) return false;
  try {
    const answer = await app.registry.rename(person.person_id, other.name, true);
    app.toasts.show({
      text: app.t.people.person.joined(answer.person),
      picture: { thumbnail: other.thumbnail, round: true },
      undo: app.undoing(),
    });
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
    await app.registry.rename(person.person_id, name);
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
  app.toasts.show({
    text: app.t.people.person.renamed(person.name, name),
    picture: { thumbnail: person.thumbnail, round: true },
    undo: app.undoing(),
  });
  void app.people.load();
  return true;
}

/** Asks for another person and merges the two. */
export async function mergeWith(app: App, person: PersonJson): Promise<void> {
  const { otherPersonSheet } = await import("../../components/sheets/other-person-sheet.ts");
  const other = await app.ask<PersonJson>((done) => otherPersonSheet(app, person, done));
  if (other) await joinPeople(app, person, other);
}

/** Deletes; asks before erasing, which cannot be undone. True if the person is gone. */
export async function removePerson(app: App, person: PersonJson, faces: "unassign" | "erase"): Promise<boolean> {
  const words = app.t.people.person;
  if (faces === "erase") {
    const { eraseSheet } = await import("../../components/sheets/erase-sheet.ts");
    if (!(await app.ask<boolean>((done) => eraseSheet(app, person, done)))) return false;
  }
  try {
    await app.registry.remove(person.person_id, faces);
  } catch (error) {
    app.complain(error);
    return false;
  }
  const erased = faces === "erase";
  app.toasts.show({
    text: erased ? words.erased(person.name) : words.removed(person.name),
    undo: erased ? undefined : app.undoing(),
  });
  app.router.replace({ page: "people" });
  await app.people.load();
  return true;
}

/** Removes one face from its person; rejects on failure. */
export async function takeOut(app: App, person: PersonJson, face: FaceJson): Promise<void> {
  await app.faces.unassign(face.face_id);
  app.toasts.show({
    text: app.t.people.person.takenOut(person.name),
    picture: { thumbnail: face.thumbnail, round: false },
    undo: app.undoing(),
  });
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
