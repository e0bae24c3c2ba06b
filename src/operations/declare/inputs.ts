import { type Static, Type } from "typebox";
import { FacesError } from "../../domain/errors.ts";
import { toInstant } from "../../domain/text/instant.ts";
import type { Picture } from "../reads/pictures.ts";

/** Bytes, not JSON: how they are sent is written by hand. */
export const PictureSchema = Type.Unsafe<Picture>({});

/** A part of a list. */
export const pageInput = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, description: "defaults to 100" })),
  cursor: Type.Optional(Type.String({ description: "`next_cursor` of the page before" })),
};

export const faceId = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER });

/** Of a change in the history. */
export const changeId = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER });

export const personName = Type.String({ description: "the URL-encoded name, or the person_id; a name wins" });

export const clusterVersion = Type.Optional(
  Type.String({ description: "of the cluster as it was shown; the same as the header If-Match" }),
);

export const allowSameFrame = Type.Optional(
  Type.Boolean({ description: "two faces of one frame to one person, where that is asked about" }),
);

export const dryRun = Type.Optional(Type.Boolean({ description: "true: only say what would happen" }));

/** Times that are given as text, to be read with {@link toTimes}. */
export const timeRange = {
  from: Type.Optional(Type.String({ description: "ISO 8601 with a zone, or a day (UTC); not before this" })),
  to: Type.Optional(Type.String({ description: "ISO 8601 with a zone, or a day (UTC); before this" })),
};

/** Which clusters of a list are wanted. */
export const clusterFilter = {
  camera: Type.Optional(Type.String()),
  ...timeRange,
  min_size: Type.Optional(Type.Integer({ minimum: 1, description: "faces" })),
  max_size: Type.Optional(Type.Integer({ minimum: 1, description: "faces" })),
  came_back: Type.Optional(Type.Boolean({ description: "true: only those of a stranger, who came on several visits" })),
  q: Type.Optional(
    Type.String({
      description:
        "words in the suggested name or the cameras; or all of an id, or of a stranger's number: `stranger 7`",
    }),
  ),
};
const ClusterFilterSchema = Type.Object(clusterFilter);
export type ClusterFilterInput = Static<typeof ClusterFilterSchema>;

/** What {@link timeRange} says; undefined is what was not given. @throws `INVALID_INPUT` */
export function toTimes({ from, to }: { from?: string | undefined; to?: string | undefined }) {
  return {
    from: from === undefined ? undefined : toDate("from", from),
    to: to === undefined ? undefined : toDate("to", to),
  };
}

/** A filter of the values that were given: without the keys of those that are undefined. */
export function toFilter<F extends object>(values: { readonly [K in keyof F]: F[K] | undefined }): F {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as F;
}

/** A day is its first moment, in UTC. */
function toDate(key: string, value: string): Date {
  const date = toInstant(value) ?? toInstant(`${value}T00:00Z`);
  if (!date) {
    const expected = "an ISO 8601 time with a zone, or a day such as 2026-02-18";
    throw new FacesError("INVALID_INPUT", `"${key}" must be ${expected}, not "${value}"`);
  }
  return date;
}
