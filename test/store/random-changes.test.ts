import fc from "fast-check";
import { expect, test } from "vitest";
import type { Change } from "../../src/domain/change.ts";
import type { Store } from "../../src/store/port.ts";
import { checkInvariants } from "./invariants.ts";
import { change, changesOf, makeCrowd, type Step, step, tryStep } from "./random-steps.ts";
import { snapshot } from "./scene.ts";

test("whatever happens in whatever order, every face is in one state and nothing is orphaned", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30 }), async (steps) => {
      const scene = await makeCrowd();
      for (const one of steps) await tryStep(scene, one);
      await checkInvariants(scene.store, scene.folder);
      await scene.store.close();
    }),
    { numRuns: 60, interruptAfterTimeLimit: 60_000 },
  );
}, 120_000);

test("changes that are undone one by one leave everything as it was before each of them", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 12 }), async (changes) => {
      const scene = await makeCrowd();
      const states: object[] = [];
      for (const one of changes) {
        const before = await snapshot(scene.store);
        const changed = (await tryStep(scene, one)) && (await hasNewChange(scene.store, before));
        if (changed) states.push(before);
      }
      await scene.reopen();
      for (const before of states.reverse()) {
        await scene.store.undo();
        expect(await snapshot(scene.store)).toEqual(before);
      }
      await checkInvariants(scene.store, scene.folder);
      await scene.store.close();
    }),
    { numRuns: 60, interruptAfterTimeLimit: 60_000 },
  );
}, 120_000);

/** Renaming a person to the name they have is no change and leaves nothing to undo. */
async function hasNewChange(store: Store, before: object): Promise<boolean> {
  return JSON.stringify(await snapshot(store)) !== JSON.stringify(before);
}

const anyChange: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: change },
  {
    weight: 2,
    arbitrary: fc.tuple(
      fc.constantFrom("undoAny" as const, "redoAny" as const),
      fc.nat({ max: 60 }),
      fc.nat({ max: 60 }),
    ),
  },
);

test("changes that are undone and redone in any order can all be taken back in the end", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyChange, { minLength: 3, maxLength: 25 }), async (steps) => {
      const scene = await makeCrowd();
      for (const { id } of await changesOf(scene.store)) await scene.store.undo(id);
      const initial = await snapshot(scene.store);
      for (const one of steps) await tryStep(scene, one);
      await checkInvariants(scene.store, scene.folder);
      await scene.reopen();
      for (;;) {
        const standing = (await changesOf(scene.store)).filter((one) => one.undoneAt === null);
        if (standing.length === 0) break;
        // Only a person who has the name by now can be in the way of the last one; then an earlier one goes first.
        const last = standing[0]?.blocked;
        if (last) expect(last).toContain("there is another person now who is called");
        const next = standing.find((one) => one.blocked === null);
        expect(next).toBeDefined();
        await scene.store.undo(next?.id);
      }
      expect(await snapshot(scene.store)).toEqual(initial);
      await scene.store.close();
    }),
    {
      numRuns: 60,
      interruptAfterTimeLimit: 60_000,
      // The first Anna's deletion stands, another's is undone: the name is taken when the last change is to be undone.
      examples: [
        [
          [
            ["assign", 0, 0],
            ["delete", 0, 0],
            ["redoAny", 21, 0],
            ["delete", 0, 0],
            ["undoAny", 5, 0],
            ["assign", 0, 0],
            ["undoAny", 0, 0],
            ["assign", 0, 0],
          ],
        ],
      ],
    },
  );
}, 120_000);

test("whatever was undone or redone is as before when that is taken back; what is blocked is refused, and nothing else", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
      const scene = await makeCrowd();
      for (const one of steps) await tryStep(scene, one);
      for (const { id } of await changesOf(scene.store)) {
        const { undoneAt, blocked } = (await scene.store.change(id)) as Change;
        const before = await withoutMeasures(scene.store);
        const [there, back] = undoneAt === null ? (["undo", "redo"] as const) : (["redo", "undo"] as const);
        if (blocked !== null) {
          await expect(scene.store[there](id)).rejects.toMatchObject({ code: "NOT_UNDOABLE", message: blocked });
          continue;
        }
        await scene.store[there](id);
        await checkInvariants(scene.store, scene.folder);
        await scene.store[back](id);
        expect(await withoutMeasures(scene.store)).toEqual(before);
      }
      await checkInvariants(scene.store, scene.folder);
      await scene.store.close();
    }),
    { numRuns: 60, interruptAfterTimeLimit: 60_000 },
  );
}, 120_000);

/** How tight an ignored group is, is measured anew when a face comes back to it; not when a stranger's next face joins it. */
async function withoutMeasures(store: Store): Promise<object> {
  const { clusters, ...rest } = await snapshot(store);
  return { ...rest, clusters: clusters.map(({ tightness: _, worst: __, ...cluster }) => cluster) };
}
