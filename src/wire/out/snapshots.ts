import { type Static, Type } from "typebox";
import type { TakenSnapshot } from "../../domain/snapshot.ts";

export const TakenSnapshotSchema = Type.Object(
  {
    snapshot_id: Type.String({ description: "the faces of the picture have the ids <snapshot_id>-<n>" }),
    outcome: Type.Union([Type.Literal("queued"), Type.Literal("known"), Type.Literal("full")], {
      description: "known: the very same picture was there before. full: too many wait, it was not taken",
    }),
  },
  { description: "What became of a picture that came in" },
);

export const toTakenSnapshotJson = ({ snapshotId, outcome }: TakenSnapshot): Static<typeof TakenSnapshotSchema> => ({
  snapshot_id: snapshotId,
  outcome,
});
