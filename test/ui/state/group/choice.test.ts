import { expect, it } from "vitest";
import { createChoice } from "../../../../ui/src/state/group/choice.ts";
import { createKept } from "../../../../ui/src/state/kept.ts";

/** The storage of a browser's session. */
function session() {
  const items = new Map<string, string>();
  const storage = {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  } as Storage;
  return {
    items,
    open: (group: string) =>
      createChoice(
        group,
        createKept(`group.${group}`, () => storage),
      ),
  };
}

it("keeps what is selected, taken out and half-typed, each group by itself, and nothing when that is forgotten", () => {
  const { items, open } = session();
  const first = open("c1");
  first.toggle(1);
  first.toggle(2);
  first.toggle(1);
  first.take([7, 8], true);
  first.toggle(3);
  first.type("Ann");
  expect(open("c1").state.get()).toEqual({ selected: new Set([3]), out: new Set([7, 8]), draft: "Ann" });
  expect(open("c2").state.get()).toEqual({ selected: new Set(), out: new Set(), draft: null });
  first.forget();
  expect(items.size).toBe(0);
});

it("puts photos back, and forgets those that are not in the group any more", () => {
  const choice = session().open("c1");
  choice.take([1, 2, 3], true);
  choice.take([2], false);
  choice.select([4, 5]);
  choice.keepOnly([1, 4]);
  expect(choice.state.get()).toEqual({ selected: new Set([4]), out: new Set([1]), draft: null });
});
