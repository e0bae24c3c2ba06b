import { Type } from "typebox";

/** A part of a list. */
export const pageInput = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, description: "defaults to 100" })),
  cursor: Type.Optional(Type.String({ description: "`next_cursor` of the page before" })),
};

export const faceId = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER });

export const personName = Type.String({ description: "the URL-encoded name, or the person_id; a name wins" });

export const clusterVersion = Type.Optional(
  Type.String({ description: "of the cluster as it was shown; the same as the header If-Match" }),
);

export const dryRun = Type.Optional(Type.Boolean({ description: "true: only say what would happen" }));
