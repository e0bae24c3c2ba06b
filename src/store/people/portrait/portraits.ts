import { squaredDistance } from "../../../domain/vectors/encoding.ts";
import { fromBlob } from "../../file/blobs.ts";
import type { Connection } from "../../file/database.ts";

/** Of the newest assigned faces with a picture, among which the most central is looked for. */
const SAMPLE = 50;

/** The faces whose thumbnails show people. */
export interface Portraits {
  /**
   * The face that was chosen, while it is the person's and has a picture; else of the newest of theirs with a picture the one
   * that is most like all looks together. null: none has a picture.
   */
  of(personRef: number): number | null;
  /** The face that was chosen, whether or not it can be shown. */
  chosen(personRef: number): number | null;
  set(personRef: number, faceId: number | null): void;
}

interface Row {
  readonly id: number;
  readonly model: string;
  readonly encoding: Buffer;
}

interface Look {
  readonly model: string;
  readonly count: number;
  readonly encoding: Buffer;
}

/** Inside the caller's transaction. */
export function createPortraits({ db, column }: Connection): Portraits {
  const chosen = column<[number], number | null>("SELECT portrait_face FROM people WHERE id = ?");
  const shown = column<[number], number>(
    `SELECT f.id FROM people p JOIN face_embeddings f ON f.id = p.portrait_face AND f.person_ref = p.id
     WHERE p.id = ? AND EXISTS (SELECT 1 FROM thumbnails t WHERE t.face_id = f.id)`,
  );
  const newest = db.prepare<[number], Row>(
    `SELECT f.id, f.model, f.encoding FROM face_embeddings f
     WHERE f.person_ref = ? AND EXISTS (SELECT 1 FROM thumbnails t WHERE t.face_id = f.id)
     ORDER BY f.captured_at DESC, f.id DESC LIMIT ${SAMPLE}`,
  );
  const looks = db.prepare<[number], Look>(
    "SELECT model, face_count AS count, encoding FROM enrolled_encodings WHERE person_ref = ?",
  );
  const set = db.prepare("UPDATE people SET portrait_face = ? WHERE id = ?");

  function findCentral(personRef: number): number | null {
    const faces = newest.all(personRef);
    const [first] = faces;
    if (!first) return null;
    const mean = meanOfLooks(looks.all(personRef).filter((look) => look.model === first.model));
    if (!mean) return first.id;
    const ranked = faces
      .filter((face) => face.model === first.model)
      .map((face) => ({ id: face.id, away: squaredDistance(fromBlob(face.encoding), mean) }))
      // Sorting is stable: of those that are as near the newest is taken.
      .sort((a, b) => a.away - b.away);
    return ranked[0]?.id ?? first.id;
  }

  return {
    of: (ref) => shown.get(ref) ?? findCentral(ref),
    chosen: (ref) => chosen.get(ref) ?? null,
    set: (ref, faceId) => void set.run(faceId, ref),
  };
}

/** Each look counts by its faces. How long the mean is does not matter: all are compared with it. null: there is no look. */
function meanOfLooks(looks: readonly Look[]): Float32Array | null {
  const [first] = looks;
  if (!first) return null;
  const sums = new Float64Array(fromBlob(first.encoding).length);
  let faces = 0;
  for (const { count, encoding } of looks) {
    faces += count;
    for (const [i, value] of fromBlob(encoding).entries()) sums[i] = (sums[i] as number) + count * value;
  }
  return Float32Array.from(sums, (sum) => sum / faces);
}
