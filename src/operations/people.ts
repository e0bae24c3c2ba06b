import { Type } from "typebox";
import { FacesError } from "../domain/errors.ts";
import { openTimezone } from "../domain/text/timezone.ts";
import {
  ClaimAnswerSchema,
  DeleteAnswerSchema,
  MergeAnswerSchema,
  MoveAnswerSchema,
  PeopleAnswerSchema,
  PersonAnswerSchema,
  RenameAnswerSchema,
  toClaimAnswer,
  toDeleteAnswer,
  toMergeAnswer,
  toMoveAnswer,
  toPeopleAnswer,
  toPersonAnswer,
  toPortraitAnswer,
  toRenameAnswer,
  toUnassignAnswer,
  UnassignAnswerSchema,
} from "../wire/out/people/people.ts";
import { PeopleAlikeAnswerSchema, toPeopleAlikeAnswer } from "../wire/out/people/people-alike.ts";
import { PersonTimesAnswerSchema, toPersonTimesAnswer } from "../wire/out/people/person-times.ts";
import {
  allowSameFrame,
  dryRun,
  faceId,
  pageInput,
  personName,
  timeRange,
  toFilter,
  toTimes,
} from "./declare/inputs.ts";
import { defineOperation } from "./declare/operation.ts";
import { toPage } from "./declare/pages.ts";
import type { PersonFaceFilter } from "./reads/store.ts";

const path = "/api/faces/registry";
const at = { name: "path.name" } as const;

const NOT_THEM =
  "Of the person it is assigned to, or recognized as where it is unassigned. That it is not them stays said until the person is deleted, as a counter-example.";

const NAME_TAKEN = "409 `PERSON_EXISTS` with what would be joined when the name is taken, unless `merge` is true.";

const portraitFace = Type.Union([faceId, Type.Null()], {
  description: "face_id of a face that is assigned to them and has a thumbnail; null: the most central one",
});

/** People, and every change that can be made to them. */
export const peopleOperations = {
  people: defineOperation({
    tag: "people",
    summary: "People",
    access: "home",
    command: "people",
    http: { method: "GET", path },
    input: pageInput,
    answer: PeopleAnswerSchema,
    run: async (input, { store }) => toPeopleAnswer(await store.people(toPage(input))),
  }),

  person: defineOperation({
    tag: "people",
    summary: "A person with their faces, newest first",
    description:
      "Those that are assigned to them, and those that were recognized as them and are unassigned still, each with its `state`.",
    access: "admin",
    http: { method: "GET", path: `${path}/:name`, at },
    input: {
      ...pageInput,
      name: personName,
      camera: Type.Optional(Type.String()),
      ...timeRange,
      state: Type.Optional(Type.Enum(["assigned", "recognized"])),
      sort: Type.Optional(
        Type.Enum(["newest", "least_alike"], { description: "newest: the default; least_alike: by `distance`" }),
      ),
    },
    answer: PersonAnswerSchema,
    async run({ name, camera, from, to, state, sort = "newest", ...input }, { people, readPersonFaces }) {
      const person = await people.find(name);
      const filter = toFilter<PersonFaceFilter>({ camera, state, ...toTimes({ from, to }) });
      return toPersonAnswer(person, await readPersonFaces(person.personId, filter, sort, toPage(input)));
    },
  }),

  times: defineOperation({
    tag: "people",
    summary: "When and where a person was seen",
    description: "Of the faces that are assigned to them and of those that were recognized as them.",
    access: "admin",
    http: { method: "GET", path: "/api/people/:id/times", at: { name: "path.id" } },
    input: {
      name: personName,
      timezone: Type.Optional(Type.String({ description: "IANA's name, of days and hours; UTC" })),
      camera: Type.Optional(Type.String()),
      ...timeRange,
    },
    answer: PersonTimesAnswerSchema,
    async run({ name, timezone = "UTC", camera, from, to }, { people, store }) {
      const toDayAndHour = openTimezone(timezone);
      const person = await people.find(name);
      const filter = toFilter<PersonFaceFilter>({ camera, ...toTimes({ from, to }) });
      return toPersonTimesAnswer(person, await store.quartersOfPerson(person.personId, filter), toDayAndHour);
    },
  }),

  alike: defineOperation({
    tag: "people",
    summary: "Who a person is most like: before two are merged",
    access: "admin",
    http: { method: "GET", path: "/api/people/:id/alike", at: { name: "path.id" } },
    input: { limit: pageInput.limit, name: personName },
    answer: PeopleAlikeAnswerSchema,
    async run({ name, ...input }, { people, findAlike }) {
      const person = await people.find(name);
      return toPeopleAlikeAnswer(person, await findAlike(person.personId, toPage(input).limit));
    },
  }),

  exportPerson: defineOperation({
    tag: "people",
    summary: "The person in the registry file's format",
    access: "admin",
    http: { method: "GET", path: `${path}/:name/export`, at },
    input: { name: personName },
    answer: Type.Object({ people: Type.Record(Type.String(), Type.Unknown()) }),
    run: async ({ name }, { people, exportPerson }) => await exportPerson((await people.find(name)).personId),
  }),

  rename: defineOperation({
    tag: "people",
    summary: "Rename a person",
    description: NAME_TAKEN,
    access: "admin",
    command: "rename",
    input: {
      from: personName,
      to: Type.String(),
      merge: Type.Optional(Type.Boolean({ description: "true: join with the person who has this name" })),
    },
    answer: RenameAnswerSchema,
    run: async ({ from, to, merge = false }, { people }) => toRenameAnswer(await people.rename(from, to, merge)),
  }),

  portrait: defineOperation({
    tag: "people",
    summary: "Choose the face that shows a person",
    access: "admin",
    command: "portrait",
    input: { name: personName, face: portraitFace },
    answer: RenameAnswerSchema,
    run: async ({ name, face }, { people }) => toPortraitAnswer(await people.setPortrait(name, face)),
  }),

  edit: defineOperation({
    tag: "people",
    summary: "Rename a person, or choose the face that shows them",
    description: NAME_TAKEN,
    access: "admin",
    http: { method: "PATCH", path: `${path}/:name`, at: { who: "path.name" } },
    input: {
      who: personName,
      name: Type.Optional(Type.String({ description: "another name" })),
      merge: Type.Optional(Type.Boolean({ description: "true: join with the person who has this name" })),
      portrait: Type.Optional(portraitFace),
    },
    answer: RenameAnswerSchema,
    async run({ who, name, merge = false, portrait }, { people }) {
      if ((name === undefined) === (portrait === undefined)) {
        throw new FacesError("INVALID_INPUT", 'either "name" or "portrait" must be given: each is a change of its own');
      }
      if (portrait !== undefined) return toPortraitAnswer(await people.setPortrait(who, portrait));
      return toRenameAnswer(await people.rename(who, name ?? "", merge));
    },
  }),

  merge: defineOperation({
    tag: "people",
    summary: "Join people into one",
    access: "admin",
    command: "merge",
    http: { method: "POST", path: `${path}/merge` },
    input: { from: Type.Array(Type.String()), to: Type.String({ description: "who stays" }) },
    answer: MergeAnswerSchema,
    run: async ({ from, to }, { people }) => toMergeAnswer(await people.merge(from, to)),
  }),

  delete: defineOperation({
    tag: "people",
    summary: "Delete a person; the faces become unassigned, or are erased",
    access: "admin",
    command: "delete",
    http: { method: "DELETE", path: `${path}/:name`, at },
    input: {
      name: personName,
      faces: Type.Optional(Type.Enum(["unassign", "erase"], { description: "what becomes of the faces; unassign" })),
    },
    answer: DeleteAnswerSchema,
    async run({ name, faces: choice = "unassign" }, { people }) {
      const { person, faces, change } = await people.remove(name, choice);
      return toDeleteAnswer(person, faces, choice === "erase", change);
    },
  }),

  claim: defineOperation({
    tag: "people",
    summary: "Give a person all unassigned faces that are surely theirs",
    access: "admin",
    command: "claim",
    http: { method: "POST", path: `${path}/:name/claim`, at },
    slow: true,
    input: { name: personName, dry_run: dryRun },
    answer: ClaimAnswerSchema,
    async run({ name, dry_run: isDryRun = false }, { people, similar, store }) {
      const { personId } = await people.find(name);
      const near = await similar.claimable(personId);
      const wanted = near.map((one) => one.faceId);
      const outcome = isDryRun || wanted.length === 0 ? null : await people.claim(personId, wanted);
      const ids = outcome?.faceIds ?? wanted;
      const byId = new Map((await store.facesById(ids)).map((face) => [face.id, face]));
      const claimed = near.flatMap(({ faceId: id, distance }) => {
        const face = byId.get(id);
        return face ? [{ face, distance }] : [];
      });
      return toClaimAnswer(claimed, isDryRun, outcome?.change ?? null);
    },
  }),

  move: defineOperation({
    tag: "faces",
    summary: "Give single faces a name, whatever they were before",
    description:
      "Out of other people, groups and ignored faces, as one change. A known person gets a new look only of what differs from those they have.",
    access: "admin",
    command: "assign_faces",
    http: { method: "POST", path: "/api/faces/assign" },
    input: {
      faces: Type.Array(faceId),
      name: Type.String({ description: "of a new person, or of one that exists" }),
      allow_same_frame: allowSameFrame,
    },
    answer: MoveAnswerSchema,
    async run({ faces, name, allow_same_frame: allow }, { people, similar, rules }) {
      const outcome = await people.move({ faceIds: faces, name, allowSameFrame: allow ?? !rules.cannotLink });
      return toMoveAnswer(outcome, (await similar.claimable(outcome.person.personId)).length);
    },
  }),

  unassign: defineOperation({
    tag: "faces",
    summary: "Take faces out of their people",
    description: NOT_THEM,
    access: "admin",
    command: "unassign",
    http: { method: "POST", path: "/api/faces/unassign" },
    input: { faces: Type.Array(faceId) },
    answer: UnassignAnswerSchema,
    run: async ({ faces }, { people }) => toUnassignAnswer(await people.unassign([...new Set(faces)])),
  }),

  unassignOne: defineOperation({
    tag: "faces",
    summary: "Take a face out of its person",
    description: NOT_THEM,
    access: "admin",
    http: { method: "POST", path: "/api/faces/:id/unassign", at: { face: "path.id" } },
    input: { face: faceId },
    answer: UnassignAnswerSchema,
    run: async ({ face }, { people }) => toUnassignAnswer(await people.unassign([face])),
  }),
};
