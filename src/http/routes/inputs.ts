import { Type } from "typebox";

/** A page of a list. */
export const PageQuery = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, description: "100 unless told" })),
  cursor: Type.Optional(Type.String({ description: "`next_cursor` of the page before" })),
};

/** Keys that nobody knows are refused: a mistyped filter must not answer everything. */
export const closed = { additionalProperties: false } as const;

export const PageQuerySchema = Type.Object(PageQuery, closed);
export const NoQuerySchema = Type.Object({}, closed);
export const NoBodySchema = Type.Object({}, closed);

export const FaceIdSchema = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER });
export const FacePathSchema = Type.Object({ id: FaceIdSchema });
export const ClusterPathSchema = Type.Object({ id: Type.String() });
export const PersonPathSchema = Type.Object({
  name: Type.String({ description: "the URL-encoded name, or the person_id; a name wins" }),
});

export const VersionSchema = Type.Optional(
  Type.String({ description: "of the cluster as it was shown; the same as the header If-Match" }),
);
export const IfMatchSchema = Type.Object({
  "if-match": Type.Optional(Type.String({ description: 'the cluster\'s version, in quotes: `"3f2a"`' })),
});

export const DryRunSchema = Type.Object(
  { dry_run: Type.Optional(Type.Boolean({ description: "true: only say what would happen" })) },
  closed,
);
