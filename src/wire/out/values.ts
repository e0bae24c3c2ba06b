import { type TSchema, Type } from "typebox";
import type { Person } from "../../domain/person.ts";

/** A value or null, written so that OpenAPI 3.1 understands it. */
export const Nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

export const Time = Type.String({ format: "date-time", description: "ISO 8601, UTC" });
export const Distance = Type.Number({ minimum: 0, description: "Euclidean distance, 4 places" });
export const Score = Type.Number({ description: "1 - distance" });
export const ThumbnailUrl = Nullable(Type.String({ description: "relative to the server's root" }));
export const NextCursor = Nullable(Type.String({ description: "null at the end" }));

export const BoxSchema = Type.Object(
  { x: Type.Number(), y: Type.Number(), width: Type.Number(), height: Type.Number() },
  { description: "in pixels of the source frame" },
);

/** The id that answers of changing operations carry. */
export const ChangeId = Type.Integer({ description: "the change's id in the history" });
/** The same, where there may have been nothing to change. */
export const NullableChangeId = Nullable(
  Type.Integer({ description: "the change's id in the history; null: there was nothing to change" }),
);

/** The keys by which an answer names a person. */
export const named = { person: Type.String(), person_id: Type.String() };
/** A person under those keys. */
export const toNamed = ({ name, personId }: Person) => ({ person: name, person_id: personId });

/** ISO 8601, UTC; null stays null. */
export const toTime = (date: Date | null): string | null => (date ? date.toISOString() : null);

/** Where a face's thumbnail is served, relative to the server's root; null stays null. */
export const toThumbnailUrl = (faceId: number | null): string | null =>
  faceId === null ? null : `api/faces/${faceId}/thumbnail`;
