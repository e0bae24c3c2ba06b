import { FacesError } from "../../domain/errors.ts";
import type { Face, FaceState } from "../../domain/face.ts";
import type { PageOf } from "../../domain/page.ts";
import type { Settings } from "../../domain/settings.ts";
import { distance, rowsOf } from "../../domain/vectors/encoding.ts";
import type { People } from "../../flow/people.ts";
import { createYielder } from "../../flow/yielder.ts";
import { claim } from "../../recognize/suggest.ts";
import type { FaceAtDistance } from "../../wire/out/faces.ts";
import type { ClusterSuggestions } from "./clusters/cluster-suggestions.ts";
import type { FaceEncodings, StoreReads } from "./store.ts";

/** Faces of a person read at a time. */
const PAGE = 1_000;

export interface SimilarDeps {
  readonly store: Pick<StoreReads, "clusterMembers" | "encodings" | "encodingOf" | "faces" | "facesById" | "person">;
  readonly people: Pick<People, "gallery" | "find">;
  readonly settings: () => Settings;
  readonly suggestions: Pick<ClusterSuggestions, "all">;
  /** Two faces of one frame are two people. */
  readonly cannotLink: boolean;
}

/** The id of a face, and how far it is from what was looked for; not rounded. */
export interface IdAtDistance {
  readonly faceId: number;
  readonly distance: number;
}

export interface Similar {
  /** Every other stored face within the threshold of this one, newest first. @throws `FACE_NOT_FOUND` */
  toFace(faceId: number): Promise<readonly FaceAtDistance[]>;
  /**
   * Unassigned faces that are surely this person's, nearest first: recognition may take a stranger for a person, a claim
   * must not, since it is made for many faces at once. With `cannotLink` of each frame at most one, and none where the person is in it already.
   */
  claimable(personId: string): Promise<readonly IdAtDistance[]>;
}

export function createSimilar({ store, people, settings, suggestions, cannotLink }: SimilarDeps): Similar {
  async function scan(
    states: readonly FaceState[],
    model: string,
    measure: (encoding: Float32Array, faceId: number) => number | null,
  ): Promise<IdAtDistance[]> {
    const { faceIds, data }: FaceEncodings = await store.encodings(states, model);
    const encodingOf = rowsOf(data, faceIds.length);
    const found: IdAtDistance[] = [];
    const pause = createYielder();
    for (let row = 0; row < faceIds.length; row++) {
      await pause();
      const faceId = faceIds[row] as number;
      const measured = measure(encodingOf(row), faceId);
      if (measured !== null) found.push({ faceId, distance: measured });
    }
    return found;
  }

  /** Frames that show the person already. */
  async function framesOf(personId: string): Promise<Set<string>> {
    const frames = new Set<string>();
    for (let cursor: string | null = null; ; ) {
      const page: PageOf<Face> = await store.faces({ personId }, { limit: PAGE, cursor });
      for (const face of page.items) if (face.source !== null) frames.add(frameOf(face));
      if (page.nextCursor === null) return frames;
      cursor = page.nextCursor;
    }
  }

  async function withoutSameFrame(personId: string, near: readonly IdAtDistance[]): Promise<IdAtDistance[]> {
    const frames = await framesOf(personId);
    const byId = new Map((await store.facesById(near.map((one) => one.faceId))).map((face) => [face.id, face]));
    return near.filter(({ faceId }) => {
      const face = byId.get(faceId);
      if (!face || face.source === null) return face !== undefined;
      const frame = frameOf(face);
      return !frames.has(frame) && frames.add(frame) !== undefined;
    });
  }

  /** Of the encodings that are enrolled of a person. */
  async function modelsOf(personId: string): Promise<readonly string[]> {
    return (await store.person(personId))?.models ?? [];
  }

  /** Faces of the groups that are surely the person's. */
  async function facesOfSureGroups(personId: string): Promise<Set<number>> {
    const sure = (await suggestions.all()).filter(
      ({ suggestion }) => suggestion?.level === "sure" && suggestion.personId === personId,
    );
    if (sure.length === 0) return new Set();
    const members = await store.clusterMembers();
    return new Set(sure.flatMap((cluster) => members.get(cluster.id) ?? []));
  }

  return {
    async toFace(faceId) {
      const [[looked], wanted] = await Promise.all([store.facesById([faceId]), store.encodingOf(faceId)]);
      if (!looked || !wanted) throw new FacesError("FACE_NOT_FOUND", `face ${faceId} does not exist`);
      const threshold = settings()["recognition.threshold"];
      const near = await scan(["unassigned", "assigned", "ignored"], looked.model, (encoding) => {
        const away = distance(wanted, encoding);
        return away < threshold ? away : null;
      });
      const byId = new Map(near.map((one) => [one.faceId, one.distance]));
      byId.delete(faceId);
      const faces = await store.facesById([...byId.keys()]);
      return faces
        .map((face) => ({ face, distance: byId.get(face.id) as number }))
        .sort(({ face: a }, { face: b }) => b.capturedAt.getTime() - a.capturedAt.getTime() || b.id - a.id);
    },

    async claimable(personId) {
      const threshold = settings()["recognition.threshold"];
      const grouped = await facesOfSureGroups(personId);
      const near: IdAtDistance[] = [];
      for (const model of await modelsOf(personId)) {
        const gallery = people.gallery(model);
        const found = await scan(["unassigned"], model, (encoding, faceId) => {
          const fit = claim(encoding, grouped.has(faceId) ? personId : null, gallery, threshold);
          return fit?.person.personId === personId ? fit.distance : null;
        });
        near.push(...found);
      }
      near.sort((a, b) => a.distance - b.distance || a.faceId - b.faceId);
      return cannotLink ? await withoutSameFrame(personId, near) : near;
    },
  };
}

const frameOf = ({ camera, source }: Face): string => JSON.stringify([camera, source]);
