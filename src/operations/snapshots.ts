import { Type } from "typebox";
import { FacesError } from "../domain/errors.ts";
import { TakenSnapshotSchema, toTakenSnapshotJson } from "../wire/out/snapshots.ts";
import { defineOperation } from "./operation.ts";

/** Pictures of cameras. */
export const snapshotOperations = {
  pullSnapshot: defineOperation({
    tag: "pictures",
    summary: "Fetch a picture of a camera now, and look for faces in it",
    description:
      "The camera is one of `snapshots.pull`. The answer comes when the picture is there, before it is looked at.",
    access: "admin",
    command: "snapshot",
    http: { method: "POST", path: "/api/snapshots/pull" },
    slow: true,
    input: { camera: Type.String({ minLength: 1, description: "as an entry of snapshots.pull names it" }) },
    answer: TakenSnapshotSchema,
    async run({ camera }, { fetchSnapshot }) {
      if (fetchSnapshot === null) {
        throw new FacesError("NOT_FOUND", "no pictures are taken: snapshots.enabled is false in the configuration");
      }
      return toTakenSnapshotJson(await fetchSnapshot(camera));
    },
  }),
};
