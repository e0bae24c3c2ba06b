import { html } from "lit";
import type { FaceJson, PersonFaceJson, PersonJson } from "../../../../../src/wire/out/schemas.ts";
import type { App } from "../../../app.ts";
import type { Action } from "../../../components/action-bar.ts";
import { openPhoto } from "../../../components/lightbox/open-photo.ts";
import type { PhotoFace } from "../../../components/lightbox/photos.ts";
import { picture } from "../../../components/picture.ts";
import type { Photos } from "../../../state/person/photo-stream.ts";

const SHOWN = 3;

type Face = Pick<PersonFaceJson, "face_id" | "thumbnail">;

const squareOf = (faces: readonly Face[]) => ({
  thumbnail: faces.find((face) => face.thumbnail !== null)?.thumbnail ?? null,
  round: false,
});

/** Takes the photos out of the list at once, and does `run`; if that fails, they come back. */
function optimistic(app: App, photos: Photos, faces: readonly PersonFaceJson[], run: () => Promise<void>): void {
  const back = photos.without(faces);
  run().catch((error: unknown) => {
    back();
    app.complain(error);
  });
}

/** Says that these photos are not of the person, as one change; its toast offers to say whose they are. */
export function takeOut(app: App, person: PersonJson, photos: Photos, faces: readonly PersonFaceJson[]): void {
  const words = app.t.person;
  optimistic(app, photos, faces, async () => {
    const { change } = await app.faces.unassignAll(faces.map((face) => face.face_id));
    app.did(words.takenOut({ n: faces.length, name: person.name }), {
      changes: [change],
      picture: squareOf(faces),
      more: { label: words.moveTo, run: () => void moveTo(app, person, photos, faces) },
    });
  });
}

/** Asks whose these photos are, and gives them to that person, as one change; false: closed without an answer. */
export async function moveTo(
  app: App,
  person: PersonJson,
  photos: Photos,
  faces: readonly PersonFaceJson[],
): Promise<boolean> {
  const words = app.t.person;
  const { choosePerson } = await import("../../../components/sheets/choose-person-sheet.ts");
  const chosen = await choosePerson(app, {
    title: words.moveTitle({ n: faces.length }),
    pictures: html`<span class="strip">
      ${faces.slice(0, SHOWN).map((face) => picture(app.http, face.thumbnail, { size: "s40" }))}
    </span>`,
    // Whoever is on it looks like the person whom it was taken for.
    candidates: app.registry.alike(person.person_id).then(
      ({ people }) => people,
      () => [],
    ),
    except: person.person_id,
  });
  if (!chosen) return false;
  const to = chosen.person;
  optimistic(app, photos, faces, async () => {
    const ids = faces.map((face) => face.face_id);
    const answer = await app.faces.assign(ids, to?.name ?? chosen.name);
    app.did(words.moved({ n: faces.length, name: answer.person }), {
      changes: [answer.change],
      picture: { thumbnail: to ? (to.portrait ?? to.thumbnail) : squareOf(faces).thumbnail, round: true },
    });
  });
  return true;
}

/** Opens photos large, with what can be done with those of the person; resolves when they are closed. */
export function showPhotos(
  app: App,
  person: PersonJson,
  photos: { readonly faces: readonly PhotoFace[]; readonly at: number },
  actions: {
    readonly out: (faces: readonly PersonFaceJson[]) => void;
    readonly move: (faces: readonly PersonFaceJson[]) => void;
  },
): Promise<void> {
  const words = app.t.person;
  const isTheirs = (face: FaceJson) =>
    (face.person_id ?? (face.state === "unassigned" ? face.matched?.person_id : null)) === person.person_id;
  return openPhoto(app, {
    ...photos,
    actions(face) {
      if (!isTheirs(face)) return [];
      const one: PersonFaceJson = { ...face, distance: null, different: false };
      const portrait: Action = {
        icon: "picture",
        label: words.asPortrait,
        run: () => void makePortrait(app, person, face),
      };
      return [
        // Only a photo that a user named can be the portrait.
        ...(face.person_id === null ? [] : [portrait]),
        { icon: "close", label: words.notThem({ name: person.name }), run: () => actions.out([one]) },
        { icon: "move", label: words.moveTo, run: () => actions.move([one]), main: true },
      ];
    },
  });
}

/** Makes a photo the person's portrait. */
export async function makePortrait(app: App, person: PersonJson, face: Face): Promise<void> {
  try {
    const { change } = await app.registry.setPortrait(person.person_id, face.face_id);
    app.did(app.t.portrait.isChosen({ name: person.name }), {
      changes: [change],
      picture: { thumbnail: face.thumbnail, round: true },
    });
    await app.people.load();
  } catch (error) {
    app.complain(error);
  }
}
