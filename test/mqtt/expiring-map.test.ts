import { expect, it } from "vitest";
import { createExpiringMap } from "../../src/mqtt/expiring-map.ts";
import { makeClock } from "../make/clock.ts";

it("a value is there until its time has passed since it was last set, and can be taken away before", () => {
  const clock = makeClock();
  const ended: string[] = [];
  const presence = createExpiringMap<number>({ ms: 100, clock, onEnd: (key) => ended.push(key) });
  for (const key of ["a", "b", "c"]) presence.set(key, 1);
  clock.advance(60);
  presence.set("a", 2);
  presence.delete("b");
  clock.advance(60);
  expect(["a", "b", "c"].map(presence.get)).toEqual([2, undefined, undefined]);
  expect(ended).toEqual(["c"]);
  presence.clear();
  clock.advance(100);
  expect(presence.get("a")).toBeUndefined();
  expect(ended).toEqual(["c"]);
});
