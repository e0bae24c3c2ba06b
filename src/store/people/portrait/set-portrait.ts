import { FacesError } from "../../../domain/errors.ts";
import type { Store } from "../../port.ts";
import type { ChangeDeps } from "../../undo/change-steps.ts";

/** Chooses the face that shows a person, and reads which ones do. */
export function createSetPortrait({
  connection,
  people,
  portraits,
  journal,
  steps,
}: ChangeDeps): Pick<Store, "setPortrait" | "portraits"> {
  const { db, write } = connection;
  const find = db.prepare<[number], { person: number | null; hasThumbnail: 0 | 1 }>(
    `SELECT person_ref AS person, EXISTS (SELECT 1 FROM thumbnails t WHERE t.face_id = f.id) AS hasThumbnail
     FROM face_embeddings f WHERE id = ?`,
  );

  function check(faceId: number, personRef: number, name: string): void {
    const face = find.get(faceId);
    if (!face) throw new FacesError("FACE_NOT_FOUND", `face ${faceId} does not exist`);
    if (face.person !== personRef)
      throw new FacesError("FACE_NOT_ASSIGNED", `face ${faceId} is not assigned to ${name}`);
    if (!face.hasThumbnail) throw new FacesError("THUMBNAIL_NOT_FOUND", `face ${faceId} has no thumbnail`);
  }

  return {
    setPortrait: async (personId, faceId, by) =>
      write(() => {
        const person = people.need(personId);
        if (faceId !== null) check(faceId, person.ref, person.name);
        if (portraits.chosen(person.ref) === faceId) return steps.toOutcome(person, [], null);
        return journal.record(
          "portrait",
          by,
          (recorder) => {
            recorder.portrait(person.ref);
            portraits.set(person.ref, faceId);
            return steps.toOutcome(person, faceId === null ? [] : [faceId], recorder);
          },
          () => ({
            sentence:
              faceId === null
                ? `the portrait of ${person.name} is no longer a chosen one`
                : `a portrait of ${person.name} was chosen`,
            ...(faceId === null ? { form: "automatic" } : {}),
            names: [person.name],
          }),
        );
      }),
    async portraits(personIds) {
      const wanted = personIds && new Set(personIds);
      const found: { personId: string; faceId: number | null }[] = [];
      for (const { personId, ref } of people.all()) {
        if (wanted && !wanted.has(personId)) continue;
        if (found.length > 0) await new Promise(setImmediate);
        found.push({ personId, faceId: portraits.of(ref) });
      }
      return found;
    },
  };
}
