import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { People } from "../../src/flow/people.ts";
import type { Store } from "../../src/store/port.ts";
import { makeDiscovery } from "./discovery.ts";
import { makeEncoding } from "./encoding.ts";
import { makeFaceToSave } from "./face.ts";
import { makeVisitToSave } from "./visit.ts";

/** Beside the pictures of {@link PICTURES}, the folder of source frames. */
export const PICTURES = join(import.meta.dirname, "../helpers");
const PICTURE = "grey.jpg";

/**
 * Anna with face 1, Ann with face 2, the ignored cluster `c0` of face 5, and the cluster `c1` of faces 3 and 4, which have
 * no name and are of two visits of the stranger `s_1`. Face 3 has a thumbnail, and a frame in {@link PICTURES}. What can be undone: ignoring, Ann's name, Anna's.
 */
export async function makeScene({ store, people }: { readonly store: Store; readonly people: People }): Promise<void> {
  const encodings = [1, 2, 3, 3, 4].map((seed) => makeEncoding(seed * 1_000));
  const visits: Readonly<Record<number, string>> = { 2: "v_1", 3: "v_2" };
  await store.saveFaces(
    encodings.map((encoding, i) =>
      makeFaceToSave({
        uid: `face ${i + 1}`,
        encoding,
        visitId: visits[i] ?? null,
        ...(i === 2 ? { source: PICTURE, wantsThumbnail: true } : {}),
      }),
    ),
    Object.entries(visits).map(([i, visitId]) =>
      makeVisitToSave({ visitId, bestFace: `face ${Number(i) + 1}`, state: "unknown" }),
    ),
  );
  await store.makeStranger(1, "v_1");
  await store.endVisits([{ visitId: "v_2", state: "unknown", personId: null, distance: null, strangerId: "s_1" }]);
  await store.saveThumbnail(3, readFileSync(join(PICTURES, PICTURE)));
  await name("Anna", 1);
  await name("Ann", 2);
  await group("c0", [5]);
  await people.ignore("c0", null);
  await group("c1", [3, 4]);

  async function name(who: string, faceId: number): Promise<void> {
    await group(`c_${faceId}`, [faceId]);
    const rest = { version: null, excludeFaces: [], allowSameFrame: true };
    await people.assign({ cluster: `c_${faceId}`, name: who, ...rest });
  }

  async function group(id: string, faceIds: readonly number[]): Promise<void> {
    await store.saveDiscovery(makeDiscovery(id, faceIds, encodings[(faceIds[0] as number) - 1] as Float32Array));
  }
}
