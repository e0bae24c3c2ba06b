import type { System } from "../../src/operations/system/system.ts";

/** All that operations may change, to see that nothing has. */
export async function readState({ store, settings, discover }: System): Promise<unknown> {
  const page = { limit: 1000, cursor: null };
  return {
    people: await store.people(page),
    faces: await store.faces({}, page),
    clusters: await store.clusters({ ignored: false }, page),
    settings: settings.view(),
    discovery: discover.current(),
  };
}
