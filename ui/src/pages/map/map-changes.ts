import type { App } from "../../app.ts";
import { choosePerson } from "../../components/sheets/choose-person-sheet.ts";
import type { MapPoint } from "./spot.ts";

/** What the card of the selection does; each answers how the points are afterwards, null: nothing was done. */
export interface MapChanges {
  merge(groups: readonly MapPoint[], person: MapPoint | undefined): Promise<Changed | null>;
  keepApart(groups: readonly MapPoint[]): Promise<Changed | null>;
  name(groups: readonly MapPoint[]): Promise<Changed | null>;
}

/** Points that are gone, and those that are new or different. */
export interface Changed {
  readonly gone: readonly string[];
  readonly points: readonly MapPoint[];
}

const photosOf = (points: readonly MapPoint[]): number => points.reduce((sum, one) => sum + one.size, 0);
const pictureOf = ([first]: readonly MapPoint[]) => ({ thumbnail: first?.thumbnail ?? null, round: false });
const idsOf = (points: readonly MapPoint[]): string[] => points.map((one) => one.id);

/** The changes are asked for at once, and said in a toast that undoes them. */
export function createMapChanges(app: App): MapChanges {
  const words = app.t.map;

  async function give(groups: readonly MapPoint[], name: string, person: MapPoint | undefined): Promise<Changed> {
    const answer = await app.clusters.assignEach(idsOf(groups), name);
    const photos = app.t.count.photos({ n: answer.assigned });
    app.did(words.named({ name: answer.person, photos }), {
      changes: [answer.change],
      picture: pictureOf(groups),
    });
    const [first] = groups;
    const named = { kind: "person", id: answer.person_id, name: answer.person } as const;
    if (person) return { gone: idsOf(groups), points: [{ ...person, size: person.size + answer.assigned }] };
    return {
      gone: idsOf(groups),
      points: first ? [{ ...first, ...named, size: answer.assigned, confused_with: [] }] : [],
    };
  }

  return {
    async merge(groups, person) {
      if (person) return await give(groups, person.name ?? "", person);
      const { cluster, change } = await app.clusters.merge(idsOf(groups));
      app.did(words.merged({ n: groups.length, photos: app.t.count.photos({ n: photosOf(groups) }) }), {
        changes: [change],
        picture: pictureOf(groups),
      });
      const kept = groups.find((one) => one.id === cluster.id);
      return {
        gone: idsOf(groups).filter((id) => id !== cluster.id),
        points: kept ? [{ ...kept, size: cluster.size, thumbnail: cluster.representatives[0]?.thumbnail ?? null }] : [],
      };
    },

    async keepApart(groups) {
      const { change } = await app.clusters.apart(idsOf(groups));
      app.did(words.apart({ n: groups.length }), { changes: [change], picture: pictureOf(groups) });
      const apart = new Set(idsOf(groups));
      return {
        gone: [],
        points: groups.map((one) => ({ ...one, confused_with: one.confused_with.filter((id) => !apart.has(id)) })),
      };
    },

    async name(groups) {
      const [only] = groups;
      if (!only) return null;
      const candidates =
        groups.length > 1
          ? app.clusters.compare(idsOf(groups)).then((answer) => answer.candidates)
          : app.clusters.candidates(only.id);
      const n = photosOf(groups);
      const about = app.t.count.photos({ n });
      const chosen = await choosePerson(app, { title: words.whoIsIt, about, candidates: candidates.catch(() => []) });
      return chosen && (await give(groups, chosen.name, undefined));
    },
  };
}
