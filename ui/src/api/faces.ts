import type { FaceJson, FacesAnswer, MoveAnswer, UnassignAnswer } from "../../../src/wire/out/schemas.ts";
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
  one(face: number): Promise<FaceJson>;
  /** Removes one face from its person. */
  unassign(face: number): Promise<UnassignAnswer>;
  /** Removes faces from their people, as one change. */
  unassignAll(faces: readonly number[]): Promise<UnassignAnswer>;
  /** Gives faces to a person, new or known, out of other people, groups and ignored ones, as one change. */
  assign(faces: readonly number[], name: string): Promise<MoveAnswer>;
}

/** Path of a face's thumbnail, relative to the server's root. */
export const thumbnailPath = (face: number): string => `api/faces/${face}/thumbnail`;

/** Path of a face's whole frame, relative to the server's root. */
export const framePath = (face: number): string => `api/faces/${face}/frame`;

export function createFacesApi(http: Http): FacesApi {
  return {
    list: (filter = {}) => http.get("api/faces", { query: { ...filter } }),
    one: (face) => http.get(`api/faces/${face}`),
    unassign: (face) => http.send("POST", `api/faces/${face}/unassign`),
    unassignAll: (faces) => http.send("POST", "api/faces/unassign", { body: { faces } }),
    assign: (faces, name) => http.send("POST", "api/faces/assign", { body: { faces, name } }),
  };
}
