import type { ClusterJson, PersonJson } from "../../../../src/wire/out/schemas.ts";
import type { ClusterCandidate } from "../../api/clusters.ts";
import type { App } from "../../app.ts";

/** As many are looked at; of a larger group the others are more alike. */
const LOOKED_AT = 120;

/** Groups that are to be added to a known person. */
export interface ToAdd {
  readonly clusters: readonly Pick<ClusterJson, "id" | "size">[];
  readonly person: PersonJson;
  /** Faces that are left out already. */
  readonly exclude?: readonly number[];
  /** If they are known already. */
  readonly candidates?: readonly ClusterCandidate[] | null | undefined;
}

/**
 * Asks before groups are added to a known person: the two most similar photos side by side, and of one group the photos that
 * are least alike first. Answers which more faces to leave out; null: cancelled.
 */
export async function askBeforeAdding(
  app: App,
  { clusters, person, exclude = [], candidates }: ToAdd,
): Promise<readonly number[] | null> {
  const [first] = clusters;
  if (!first) return [];
  const [{ addSheet }, near, { faces }] = await Promise.all([
    import("../../components/sheets/add-sheet.ts"),
    candidates ?? app.clusters.candidates(first.id).catch(() => []),
    clusters.length === 1
      ? app.clusters.one(first.id, { limit: LOOKED_AT, sort: "least_alike" }).catch(() => ({ faces: [] }))
      : { faces: [] },
  ]);
  const candidate = near.find((one) => one.person_id === person.person_id) ?? null;
  const photos = clusters.reduce((sum, { size }) => sum + size, 0) - exclude.length;
  const left = faces.filter(({ face_id }) => !exclude.includes(face_id));
  return app.ask<readonly number[]>((done) => addSheet(app, { person, candidate, photos, faces: left }, done));
}
