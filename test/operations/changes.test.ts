import { Value } from "typebox/value";
import { expect, it } from "vitest";
import { createAnswer } from "../../src/operations/answer-command.ts";
import { changeOperations } from "../../src/operations/changes.ts";
import { peopleOperations } from "../../src/operations/people.ts";
import { askedBy } from "../../src/operations/system/system.ts";
import { openSystem } from "../helpers/open-system.ts";
import { makeScene } from "../make/scene.ts";

async function open() {
  const running = await openSystem();
  await makeScene(running);
  const live: object[] = [];
  running.bus.on("change", ({ id, undoneAt }) => live.push([id, undoneAt !== null]));
  return { ...running, live };
}

it("the history has who asked for a change, undoes it and makes it stand again, and each is a live event", async () => {
  const { system, live } = await open();
  const mia = askedBy({ via: "panel", user: "Mia" }, system);
  const { change } = await peopleOperations.rename.run({ from: "ann", to: "Annie" }, mia);
  const { changes } = await changeOperations.changes.run({ limit: 1 }, system);
  expect(Value.Errors(changeOperations.changes.answer, { changes, next_cursor: null })).toEqual([]);
  expect(changes).toMatchObject([
    {
      id: change,
      sentence: "Ann was renamed to Annie",
      facts: { names: ["Ann", "Annie"] },
      via: "panel",
      user: "Mia",
      undone_at: null,
      blocked: null,
      blocked_by: null,
      people: [{ person: "Annie", person_id: "ann" }],
    },
  ]);
  const id = change as number;
  expect(await changeOperations.undoChange.run({ change: id }, system)).toEqual({
    undone: "taken back: Ann was renamed to Annie",
    action: "rename",
    facts: { names: ["Ann", "Annie"] },
    change: id,
  });
  expect(await changeOperations.redoChange.run({ change: id }, system)).toEqual({
    redone: "done again: Ann was renamed to Annie",
    action: "rename",
    facts: { names: ["Ann", "Annie"] },
    change: id,
  });
  expect(live).toEqual([
    [id, false],
    [id, true],
    [id, false],
  ]);
});

it("over MQTT the login is kept, and undo and redo take the last change or the one that is named", async () => {
  const { system } = await open();
  const answer = createAnswer({ system, log: { error: () => undefined } });
  const ask = async (command: string, input: object) =>
    await answer(command, Buffer.from(JSON.stringify(input)), "kitchen");
  await ask("rename", { from: "ann", to: "Annie" });
  expect(await ask("changes", { limit: 1 })).toMatchObject({ data: { changes: [{ via: "mqtt", user: "kitchen" }] } });
  expect(await ask("undo", {})).toMatchObject({ data: { action: "rename" } });
  expect(await ask("redo", {})).toMatchObject({ data: { action: "rename" } });
  expect(await ask("undo", { change: 2 })).toMatchObject({
    code: "NOT_UNDOABLE",
    error: "Ann was renamed to Annie since: undo that first",
  });
  expect(await ask("undo", { change: 77 })).toMatchObject({ code: "CHANGE_NOT_FOUND" });
});

it("a change that a later one stands on says which that is, until it is undone", async () => {
  const { system } = await open();
  await peopleOperations.rename.run({ from: "ann", to: "Annie" }, system);
  await peopleOperations.rename.run({ from: "ann", to: "Anni" }, system);
  const list = async () => (await changeOperations.changes.run({ limit: 2 }, system)).changes;
  const [later, earlier] = await list();
  expect([later?.blocked_by, earlier?.blocked_by]).toEqual([null, later?.id]);
  await changeOperations.undoChange.run({ change: later?.id as number }, system);
  expect((await list())[1]).toMatchObject({ blocked: null, blocked_by: null });
});

it("what the sentence says is kept for other languages, but nothing of a person who was erased", async () => {
  const { system } = await open();
  await peopleOperations.rename.run({ from: "ann", to: "Annie" }, system);
  await peopleOperations.delete.run({ name: "ann", faces: "erase" }, system);
  const { changes } = await changeOperations.changes.run({ limit: 50 }, system);
  expect(changes[0]).toMatchObject({ action: "erase", facts: { faces: expect.any(Number) } });
  expect(changes.find(({ action }) => action === "rename")).toMatchObject({ facts: {} });
  expect(JSON.stringify(changes)).not.toMatch(/Annie|"Ann"/);
});
