import { type Static, Type } from "typebox";
import type { PeopleChange } from "../../../domain/events.ts";
import type { Face } from "../../../domain/face.ts";
import type { PageOf } from "../../../domain/page.ts";
import type { Person, PersonSummary } from "../../../domain/person.ts";
import { round4 } from "../../../domain/vectors/encoding.ts";
import { type FaceAtDistance, FaceSchema, SimilarFaceSchema, toFaceJson, toSimilarFaceJson } from "../faces.ts";
import {
  ChangeId,
  NextCursor,
  Nullable,
  NullableChangeId,
  named,
  ThumbnailUrl,
  Time,
  toNamed,
  toThumbnailUrl,
  toTime,
} from "../values.ts";

export const PersonSchema = Type.Object({
  name: Type.String(),
  person_id: Type.String(),
  encodings: Type.Integer(),
  models: Type.Array(Type.String(), { description: "of the encodings" }),
  faces: Type.Integer({ description: "assigned" }),
  recognized: Type.Integer({ description: "unassigned faces that were recognized as this person" }),
  portrait: ThumbnailUrl,
  portrait_face: Nullable(
    Type.Integer({ description: "that was chosen as portrait; null: the most central face is shown" }),
  ),
  first_seen: Nullable(Time),
  last_seen: Nullable(Time),
  last_camera: Nullable(Type.String()),
  thumbnail: ThumbnailUrl,
});
export type PersonJson = Static<typeof PersonSchema>;

export function toPersonJson(person: PersonSummary): PersonJson {
  return {
    name: person.name,
    person_id: person.personId,
    encodings: person.encodings,
    models: [...person.models],
    faces: person.faces,
    recognized: person.recognized,
    portrait: toThumbnailUrl(person.portraitFace),
    portrait_face: person.chosenPortrait,
    first_seen: toTime(person.firstSeen),
    last_seen: toTime(person.lastSeen),
    last_camera: person.lastCamera,
    thumbnail: toThumbnailUrl(person.thumbnailFace),
  };
}

export const PeopleAnswerSchema = Type.Object({ people: Type.Array(PersonSchema), next_cursor: NextCursor });
export type PeopleAnswer = Static<typeof PeopleAnswerSchema>;

export function toPeopleAnswer({ items, nextCursor }: PageOf<PersonSummary>): PeopleAnswer {
  return { people: items.map(toPersonJson), next_cursor: nextCursor };
}

export const PersonFaceSchema = Type.Object({
  ...FaceSchema.properties,
  distance: Nullable(Type.Number({ minimum: 0, description: "to the person's looks together, without this face" })),
  different: Type.Boolean({ description: "it stands out: probably another person, or a bad picture" }),
});
export type PersonFaceJson = Static<typeof PersonFaceSchema>;

export const PersonAnswerSchema = Type.Object({
  person: PersonSchema,
  faces: Type.Array(PersonFaceSchema),
  next_cursor: NextCursor,
});
export type PersonAnswer = Static<typeof PersonAnswerSchema>;

/** A face of a person, and how alike it is to them; null: there is nothing to compare with. Not rounded. */
export interface FaceOfPerson {
  readonly face: Face;
  readonly distance: number | null;
  readonly different: boolean;
}

export function toPersonAnswer(person: PersonSummary, { items, nextCursor }: PageOf<FaceOfPerson>): PersonAnswer {
  return {
    person: toPersonJson(person),
    faces: items.map(({ face, distance, different }) => ({
      ...toFaceJson(face),
      distance: distance === null ? null : round4(distance),
      different,
    })),
    next_cursor: nextCursor,
  };
}

/** A person after a change: the faces that it concerned, and how many encodings they have now. */
interface Outcome {
  readonly change: number | null;
  readonly person: Person;
  readonly faceIds: readonly number[];
  readonly encodingCount: number;
}

export const AssignAnswerSchema = Type.Object({
  ...named,
  assigned: Type.Integer(),
  encoding_count: Type.Integer(),
  claimable: Type.Integer({ description: "further unassigned faces within the threshold" }),
  change: NullableChangeId,
});
export type AssignAnswer = Static<typeof AssignAnswerSchema>;

export function toAssignAnswer({ person, faceIds, encodingCount, change }: Outcome, claimable: number): AssignAnswer {
  return { ...toNamed(person), assigned: faceIds.length, encoding_count: encodingCount, claimable, change };
}

export const MoveAnswerSchema = Type.Object({
  ...AssignAnswerSchema.properties,
  from: Type.Array(Type.Object(named), { description: "the people who had some of the faces" }),
});
export type MoveAnswer = Static<typeof MoveAnswerSchema>;

export function toMoveAnswer(outcome: Outcome & { readonly from: readonly Person[] }, claimable: number): MoveAnswer {
  return { ...toAssignAnswer(outcome, claimable), from: outcome.from.map(toNamed) };
}

export const UnassignAnswerSchema = Type.Object({
  faces: Type.Array(Type.Integer()),
  people: Type.Array(Type.Object({ ...named, encoding_count: Type.Integer() })),
  change: NullableChangeId,
});
export type UnassignAnswer = Static<typeof UnassignAnswerSchema>;

export function toUnassignAnswer(outcomes: readonly Outcome[]): UnassignAnswer {
  return {
    faces: outcomes.flatMap((one) => one.faceIds),
    people: outcomes.map(({ person, encodingCount }) => ({ ...toNamed(person), encoding_count: encodingCount })),
    change: outcomes[0]?.change ?? null,
  };
}

const JoinedSchema = Type.Object({ faces: Type.Integer(), encodings: Type.Integer() });

export const RenameAnswerSchema = Type.Object({
  ...named,
  from: Type.String(),
  joined: Nullable(JoinedSchema),
  change: NullableChangeId,
});
export type RenameAnswer = Static<typeof RenameAnswerSchema>;

/** A rename, or with `joined` not null a merge into the person who had the name. */
interface Renamed {
  readonly person: Person;
  readonly from: string;
  readonly joined: Readonly<Static<typeof JoinedSchema>> | null;
  readonly change: number | null;
}

export function toRenameAnswer({ person, from, joined, change }: Renamed): RenameAnswer {
  return { ...toNamed(person), from, joined, change };
}

/** Of another portrait; the name stays. */
export function toPortraitAnswer({ person, change }: Outcome): RenameAnswer {
  return toRenameAnswer({ person, from: person.name, joined: null, change });
}

export const MergeAnswerSchema = Type.Object({
  ...named,
  removed: Type.Array(Type.String()),
  faces: Type.Integer(),
  encoding_count: Type.Integer(),
  change: NullableChangeId,
});

export type MergeAnswer = Static<typeof MergeAnswerSchema>;

/** @param outcome `removed`: names of the people who were merged into the person. */
export function toMergeAnswer(outcome: Outcome & { readonly removed: readonly string[] }) {
  return {
    ...toNamed(outcome.person),
    removed: [...outcome.removed],
    faces: outcome.faceIds.length,
    encoding_count: outcome.encodingCount,
    change: outcome.change,
  };
}

export const DeleteAnswerSchema = Type.Object({
  ...named,
  faces: Type.Integer(),
  erased: Type.Boolean(),
  change: ChangeId,
});
export type DeleteAnswer = Static<typeof DeleteAnswerSchema>;

/** @param faces How many faces became unassigned, or were erased. */
export function toDeleteAnswer(person: Person, faces: number, erased: boolean, change: number): DeleteAnswer {
  return { ...toNamed(person), faces, erased, change };
}

export const ClaimAnswerSchema = Type.Object({
  claimed: Type.Integer(),
  faces: Type.Array(SimilarFaceSchema),
  dry_run: Type.Boolean(),
  change: NullableChangeId,
});
export type ClaimAnswer = Static<typeof ClaimAnswerSchema>;

export function toClaimAnswer(claimed: readonly FaceAtDistance[], dryRun: boolean, change: number | null): ClaimAnswer {
  return { claimed: claimed.length, faces: claimed.map(toSimilarFaceJson), dry_run: dryRun, change };
}

/** One change of the live event `people`. */
export function toChangeJson(change: PeopleChange) {
  return {
    kind: change.kind,
    ...toNamed(change.person),
    ...(change.kind === "renamed" ? { from: change.from } : {}),
    ...(change.kind === "removed" ? { erased: change.erased } : {}),
  };
}
