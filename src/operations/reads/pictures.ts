import { FacesError } from "../../domain/errors.ts";
import type { Face } from "../../domain/face.ts";
import { type PictureType, toPictureType } from "../../domain/pictures/picture.ts";
import type { StoreReads } from "./store.ts";

/** A picture as it is served. */
export interface Picture {
  readonly bytes: Uint8Array;
  readonly type: PictureType;
}

/** Pictures of stored faces. Both reject with `FACE_NOT_FOUND` for an unknown face. */
export interface Pictures {
  /** JPEG, at most 256 px. @throws `THUMBNAIL_NOT_FOUND` */
  thumbnail(faceId: number): Promise<Picture>;
  /** The source frame, read anew from inside `frames_dir` or the folder of kept pictures. @throws `FRAME_NOT_FOUND` */
  frame(faceId: number): Promise<Picture>;
}

export interface PicturesDeps {
  readonly store: Pick<StoreReads, "face" | "thumbnail">;
  readonly readFrame: (source: string) => Promise<Uint8Array | null>;
}

export function createPictures({ store, readFrame }: PicturesDeps): Pictures {
  return {
    async thumbnail(faceId) {
      await findFace(store, faceId);
      const bytes = await store.thumbnail(faceId);
      if (!bytes) throw new FacesError("THUMBNAIL_NOT_FOUND", `face ${faceId} has no thumbnail`);
      return { bytes, type: "image/jpeg" };
    },

    async frame(faceId) {
      const { source } = await findFace(store, faceId);
      const bytes = source === null ? null : await readFrame(source);
      const type = bytes && toPictureType(bytes);
      if (!bytes || !type) throw new FacesError("FRAME_NOT_FOUND", `the source frame of face ${faceId} is not there`);
      return { bytes, type };
    },
  };
}

/** @throws `FACE_NOT_FOUND` */
export async function findFace(store: Pick<StoreReads, "face">, faceId: number): Promise<Face> {
  const face = await store.face(faceId);
  if (!face) throw new FacesError("FACE_NOT_FOUND", `face ${faceId} does not exist`);
  return face;
}
