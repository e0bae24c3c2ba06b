import { setTimeout } from "node:timers/promises";
import { expect, it } from "vitest";
import { freeMemory } from "../../src/cluster/free-memory.ts";

it("frees a memory that nothing refers to, and no other", async () => {
  const kept = new WebAssembly.Memory({ initial: 1, maximum: 10, shared: true });
  const [lost, held] = [
    new WeakRef(new WebAssembly.Memory({ initial: 1, maximum: 10, shared: true })),
    new WeakRef(kept),
  ];
  expect(lost.deref()).toBeDefined();
  // A reference that was read stays until the event loop has gone round.
  await setTimeout(1);
  freeMemory();
  expect(lost.deref()).toBeUndefined();
  expect(held.deref()).toBe(kept);
});
