import type { FaceJson } from "../../../../src/wire/out/schemas.ts";
import type { ClusterCandidate } from "../../api/clusters.ts";
import type { App } from "../../app.ts";
import type { Question } from "../../state/review/review.ts";

/** A photo beside a question. */
export type Photo = Pick<FaceJson, "face_id" | "thumbnail" | "camera" | "timestamp">;

/** What is shown with a question: of both the nearest photo first, all with a picture. */
export interface Photos {
  readonly group: readonly Photo[];
  readonly person: readonly Photo[];
  /** The next likely person, for the ruler. */
  readonly second: ClusterCandidate | null;
}

/** As many beside each other are big enough for a finger on a phone. */
const SHOWN = 3;
/** Of the person: the newest, some of which may have no picture. */
const LOOKED_AT = 12;

/** Fetches the photos of a question, and the pictures themselves. */
export async function loadPhotos(app: App, { cluster, person }: Question): Promise<Photos> {
  const [candidates, own] = await Promise.all([
    app.clusters.candidates(cluster.id, 2).catch(() => []),
    app.registry.one(person.person_id, { limit: LOOKED_AT }).catch(() => ({ faces: [] })),
  ]);
  const candidate = candidates.find((one) => one.person_id === person.person_id);
  const [group, known] = await Promise.all([
    nearestFirst(app, candidate?.cluster_face ?? null, cluster.representatives),
    nearestFirst(app, candidate?.closest_face ?? null, own.faces),
  ]);
  for (const photo of [group[0], known[0]]) {
    if (photo?.thumbnail && !app.http.usesHeader) new Image().src = app.http.url(photo.thumbnail);
  }
  return { group, person: known, second: candidates.find((one) => one !== candidate) ?? null };
}

async function nearestFirst(app: App, nearest: number | null, photos: readonly Photo[]): Promise<readonly Photo[]> {
  const first = photos.find((one) => one.face_id === nearest);
  const found = first ?? (nearest === null ? undefined : await app.faces.one(nearest).catch(() => undefined));
  const others = photos.filter((one) => one !== found);
  return [...(found ? [found] : []), ...others].filter(({ thumbnail }) => thumbnail !== null).slice(0, SHOWN);
}
