import type { Face } from "../../domain/face.ts";
import type { Page, PageOf } from "../../domain/page.ts";
import type { RecognitionType, SeenFace } from "../../domain/recognition.ts";
import { marginOf, type Settings } from "../../domain/settings.ts";
import type { People } from "../../flow/people.ts";
import { createYielder } from "../../flow/yielder.ts";
import { decide } from "../../recognize/decide.ts";
import type { FaceFilter, StoreReads } from "./store.ts";

/** Faces examined for one page at most; where few of them fit, the page is short and has a cursor all the same. */
const LOOKED_AT = 1_000;

export type ActivityFilter = Pick<FaceFilter, "camera" | "seenAs"> & { readonly type?: RecognitionType };

/** What cameras have seen, newest first, without what is ignored: those faces make no events. */
export type ReadActivity = (filter: ActivityFilter, page: Page) => Promise<PageOf<SeenFace>>;

export interface ActivityDeps {
  readonly store: Pick<StoreReads, "faces" | "encodingOf">;
  readonly people: Pick<People, "gallery">;
  readonly settings: () => Settings;
}

/**
 * A match is kept with its face. Ambiguity is not: like the candidates it is computed again, with the current people and
 * settings.
 */
export function createReadActivity({ store, people, settings }: ActivityDeps): ReadActivity {
  async function look(face: Face): Promise<SeenFace | null> {
    const encoding = await store.encodingOf(face.id);
    if (!encoding) return null;
    const inForce = settings();
    const threshold = inForce["recognition.threshold"];
    const margin = marginOf(inForce);
    const { type, candidates } = decide(encoding, people.gallery(face.model), { threshold, margin });
    const now = type === "ambiguous" ? "ambiguous" : "unknown";
    return { ...face, type: face.matched ? "recognized" : now, candidates };
  }

  return async ({ type, ...where }, { limit, cursor }) => {
    const filter = { ...where, ...(type === undefined ? {} : { recognized: type === "recognized" }) };
    const pause = createYielder();
    const items: SeenFace[] = [];
    let next = cursor;
    for (let looked = 0; items.length < limit && looked < LOOKED_AT; ) {
      const asked = Math.min(limit - items.length, LOOKED_AT - looked);
      const page = await store.faces(filter, { limit: asked, cursor: next });
      for (const face of page.items) {
        await pause();
        const seen = face.state === "ignored" ? null : await look(face);
        if (seen && (type === undefined || seen.type === type)) items.push(seen);
      }
      looked += page.items.length;
      next = page.nextCursor;
      if (next === null) break;
    }
    return { items, nextCursor: next };
  };
}
