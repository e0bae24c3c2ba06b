import type { Connection } from "../file/database.ts";
import type { UndoJournal } from "./journal.ts";
import { rowKey, TOUCH } from "./row-keys.ts";

/** What stands for the name of a person who was erased. */
const ERASED = "a person who was erased";

/**
 * Deletes what changes hold of faces and people who go for good. The changes stay in the history, but can no longer be
 * undone or redone. Inside the caller's transaction.
 */
export interface Forget {
  /** Every change that holds an encoding computed from one of the faces. */
  faces(faceIds: readonly number[]): void;
  /**
   * Every change that touched the person, or anyone who was merged into them, or holds an encoding computed from one of
   * the faces. Their names go from the sentences.
   */
  person(personRef: number, name: string, faceIds: readonly number[]): void;
}

export function createForget(
  { column }: Connection,
  journal: Pick<UndoJournal, "find" | "lose" | "setSentence">,
): Forget {
  const holding = column<[string], number>(
    "SELECT DISTINCT change_ref FROM change_faces WHERE face_id IN (SELECT value FROM json_each(?))",
  );
  const touching = column<[string], number>("SELECT change_ref FROM change_keys WHERE key = ?");
  const names = column<[number, string], string>(
    `SELECT DISTINCT json_extract(row, '$.was.name') FROM change_rows
     WHERE change_ref = ? AND kind = 'person' AND json_extract(row, '$.ref') IN (SELECT value FROM json_each(?))
       AND json_extract(row, '$.was') IS NOT NULL`,
  );
  /** People who went in a merge that stands, into a person whom it only refers to. */
  const mergedInto = column<[string], number>(
    `SELECT CAST(substr(loser.key, 2) AS INTEGER) FROM change_keys winner
     JOIN changes c ON c.id = winner.change_ref AND c.action = 'merge' AND c.undone_at IS NULL
     JOIN change_keys loser ON loser.change_ref = c.id AND loser.key GLOB 'p*' AND loser.touch = ${TOUCH.writes}
     WHERE winner.key = ? AND winner.touch = ${TOUCH.refers}`,
  );

  /** The person, and those who were merged into them. */
  function withMerged(ref: number): number[] {
    const refs = new Set([ref]);
    for (const one of refs) for (const loser of mergedInto.all(rowKey.person(one))) refs.add(loser);
    return [...refs];
  }

  return {
    faces(faceIds) {
      for (const change of holding.all(JSON.stringify(faceIds))) {
        journal.lose(change, "faces that it holds were purged since");
      }
    },
    person(personRef, name, faceIds) {
      const refs = withMerged(personRef);
      const touched = [...new Set(refs.flatMap((ref) => touching.all(rowKey.person(ref))))];
      const known = new Set([name, ...touched.flatMap((change) => names.all(change, JSON.stringify(refs)))]);
      // The longest first: one name may be part of another.
      const longest = [...known].sort((a, b) => b.length - a.length);
      for (const change of touched) {
        const sentence = journal.find(change)?.sentence ?? "";
        journal.setSentence(change, longest.reduce(withoutName, sentence));
      }
      for (const change of new Set([...touched, ...holding.all(JSON.stringify(faceIds))])) {
        journal.lose(change, "a person whom it concerns was erased since");
      }
    },
  };
}

/** Only whole words: "Ann" is no part of "Anna". */
function withoutName(sentence: string, name: string): string {
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return sentence.replace(new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, "gu"), ERASED);
}
