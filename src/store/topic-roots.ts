import type { Connection } from "./file/database.ts";
import type { Notes } from "./file/notes.ts";
import type { Store, TopicRoots } from "./port.ts";

/** Earlier roots that are kept: retained messages under older ones are no longer cleared. */
const MOST = 8;

/** The topic roots that retained messages were published under, the latest first. */
export function createTopicRoots({ write }: Connection, notes: Notes): Pick<Store, "rememberTopicRoots"> {
  return {
    rememberTopicRoots: async (roots) =>
      write(() => {
        const known = JSON.parse(notes.get("places") ?? "[]") as TopicRoots[];
        const earlier = known.filter((one) => !isSame(one, roots)).slice(0, MOST);
        notes.set("places", JSON.stringify([roots, ...earlier]));
        return earlier;
      }),
  };
}

const isSame = (a: TopicRoots, b: TopicRoots): boolean =>
  a.baseTopic === b.baseTopic && a.discoveryPrefix === b.discoveryPrefix;
