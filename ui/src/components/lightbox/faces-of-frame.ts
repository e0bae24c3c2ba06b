import type { FaceJson } from "../../../../src/wire/out/schemas.ts";
import type { FacesApi } from "../../api/faces.ts";
import type { PhotoFace } from "./photos.ts";

/** More faces than this are in no frame. */
const MOST = 50;

/** All faces of a photo, from left to right, the photo's own among them. */
export async function facesOfFrame(
  faces: Pick<FacesApi, "list">,
  { face_id }: PhotoFace,
): Promise<readonly FaceJson[]> {
  const { faces: found } = await faces.list({ frame_of: face_id, limit: MOST });
  return found.toSorted((a, b) => (a.box?.x ?? 0) - (b.box?.x ?? 0));
}
