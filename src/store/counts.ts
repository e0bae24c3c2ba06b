import type { Counts } from "../domain/stats.ts";
import type { Connection } from "./file/database.ts";
import type { Store } from "./port.ts";

/** The figures, each from an index; `databaseBytes` without the log. */
export function createCounts({ db }: Connection): Pick<Store, "counts"> {
  const counts = db.prepare<[], Omit<Counts, "unassigned">>(
    `SELECT
      (SELECT count(*) FROM people) AS people,
      (SELECT count(*) FROM face_embeddings) AS faces,
      (SELECT count(*) FROM face_embeddings WHERE person_ref IS NOT NULL) AS assigned,
      (SELECT COALESCE(sum(size), 0) FROM clusters WHERE ignored = 1) AS ignored,
      (SELECT count(*) FROM clusters WHERE ignored = 0) AS clusters,
      (SELECT count(*) FROM thumbnails) AS thumbnails,
      (SELECT count(*) FROM enrolled_encodings) AS encodings,
      (SELECT count(*) FROM counter_examples) AS counterExamples,
      (SELECT page_count FROM pragma_page_count()) * (SELECT page_size FROM pragma_page_size()) AS databaseBytes`,
  );
  return {
    async counts() {
      const found = counts.get();
      if (!found) throw new Error("counting answered nothing");
      return { ...found, unassigned: found.faces - found.assigned - found.ignored };
    },
  };
}
