import type { FacesAnswer, UnassignAnswer } from "../../../src/wire/out/schemas.ts";
import type { Http } from "./http.ts";

/** Which faces to list; all conditions must hold. */
export interface FacesFilter {
  readonly camera?: string | undefined;
  readonly person?: string | undefined;
  readonly state?: "unassigned" | "assigned" | "ignored" | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** Those of the same frame as this face, itself among them. */
  readonly frame_of?: number | undefined;
}

/** Stored faces. Everything rejects with `RequestFailed`. */
export interface FacesApi {
  list(filter?: FacesFilter & { readonly limit?: number; readonly cursor?: string | undefined }): Promise<FacesAnswer>;
  /** Removes one face from its person. */
  unassign(face: number): Promise<UnassignAnswer>;
}

/** Path of a face's thumbnail, relative to the server's root. */
export const thumbnailPath = (face: number): string => `api/faces/${face}/thumbnail`;

/** Path of a face's whole frame, relative to the server's root. */
export const framePath = (face: number): string => `api/faces/${face}/frame`;

export function createFacesApi(http: Http): FacesApi {
  return {
    list: (filter = {}) => http.get("api/faces", { query: { ...filter } }),
    unassign: (face) => http.send("POST", `api/faces/${face}/unassign`),
  };
}
