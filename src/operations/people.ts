import type { People } from "../flow/people.ts";
import type { Store } from "../store/port.ts";
import { toFaceJson, toPersonJson, toSimilarFaceJson } from "../wire/out/views.ts";
import { toPage } from "./pages.ts";
import type { Requests } from "./port.ts";
import type { Similar } from "./reads/similar.ts";

export interface PeopleRequestDeps {
  readonly store: Pick<Store, "people" | "faces" | "facesById" | "registry">;
  readonly people: People;
  readonly similar: Pick<Similar, "claimable">;
  /** The person in the registry file's format. */
  readonly exportPerson: (personId: string) => Promise<object>;
}

type PeopleRequests = Pick<
  Requests,
  "people" | "person" | "exportPerson" | "unassign" | "rename" | "merge" | "delete" | "claim" | "undo"
>;

/** People, and every change a person can make to them. */
export function createPeopleRequests({ store, people, similar, exportPerson }: PeopleRequestDeps): PeopleRequests {
  return {
    async people(input) {
      const { items, nextCursor } = await store.people(toPage(input));
      return { people: items.map(toPersonJson), next_cursor: nextCursor };
    },

    async person({ name, ...input }) {
      const person = await people.find(name);
      const { items, nextCursor } = await store.faces({ personId: person.personId }, toPage(input));
      return { person: toPersonJson(person), faces: items.map(toFaceJson), next_cursor: nextCursor };
    },

    exportPerson: async ({ name }) => await exportPerson((await people.find(name)).personId),

    async unassign({ faces }) {
      const outcomes = await people.unassign([...new Set(faces)]);
      return {
        faces: outcomes.flatMap((one) => one.faceIds),
        people: outcomes.map(({ person, encodingCount }) => ({
          person: person.name,
          person_id: person.personId,
          encoding_count: encodingCount,
        })),
      };
    },

    async rename({ from, to, merge = false }) {
      const outcome = await people.rename(from, to, merge);
      return {
        person: outcome.person.name,
        person_id: outcome.person.personId,
        from: outcome.from,
        joined: outcome.joined && { ...outcome.joined },
      };
    },

    async merge({ from, to }) {
      const { person, removed, faceIds, encodingCount } = await people.merge(from, to);
      return {
        person: person.name,
        person_id: person.personId,
        removed: [...removed],
        faces: faceIds.length,
        encoding_count: encodingCount,
      };
    },

    async delete({ name, faces: choice = "unassign" }) {
      const { person, faces } = await people.remove(name, choice);
      return { person: person.name, person_id: person.personId, faces, erased: choice === "erase" };
    },

    async claim({ name, dry_run: dryRun = false }) {
      const { personId } = await people.find(name);
      const near = await similar.claimable(personId);
      const wanted = near.map((one) => one.faceId);
      const ids = dryRun || wanted.length === 0 ? wanted : (await people.claim(personId, wanted)).faceIds;
      const byId = new Map((await store.facesById(ids)).map((face) => [face.id, face]));
      const faces = near.flatMap((one) => {
        const face = byId.get(one.faceId);
        return face ? [toSimilarFaceJson(face, one.distance)] : [];
      });
      return { claimed: faces.length, faces, dry_run: dryRun };
    },

    async undo() {
      const { sentence, action } = await people.undo();
      return { undone: sentence, action };
    },
  };
}
