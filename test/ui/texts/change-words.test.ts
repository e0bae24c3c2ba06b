import { expect, it } from "vitest";
import { changeText, redoneText, undoneText } from "../../../ui/src/texts/change-words.ts";
import { loadTexts } from "../../../ui/src/texts/load.ts";

const named = { action: "assign", facts: { form: "new_person" as const, faces: 20, names: ["Carlos Menem"] } };

it("says what a change, its undoing and its redoing did, in the panel's language", async () => {
  const [en, de] = await Promise.all([loadTexts("en"), loadTexts("de")]);
  const sentence = "Carlos Menem was enrolled from 20 faces";
  expect(changeText(en, { ...named, sentence })).toBe("20 photos were named Carlos Menem");
  expect(changeText(de, { ...named, sentence })).toBe("20 Fotos heißen jetzt Carlos Menem");
  const undone = { ...named, change: 1, undone: `taken back: ${sentence}` };
  expect(undoneText(en, undone)).toBe("Undone: 20 photos are no longer Carlos Menem");
  const redone = { ...named, change: 1, redone: `done again: ${sentence}` };
  expect(redoneText(en, redone)).toBe("Done again: 20 photos were named Carlos Menem");
});

it("says what the daemon says where it does not know the parts, or the kind of change", async () => {
  const t = await loadTexts("en");
  const old = { action: "rename", facts: {}, sentence: "a person was renamed to Bob" };
  expect(changeText(t, old)).toBe("A person was renamed to Bob");
  const other = { action: "of_another_version", facts: { faces: 2 }, sentence: "two things happened" };
  expect(changeText(t, other)).toBe("Two things happened");
  expect(undoneText(t, { ...other, change: 1, undone: "taken back: two things happened" })).toBe(
    "Undone: Two things happened",
  );
});

it("names both of a merge and of a renaming, and a stranger by number", async () => {
  const t = await loadTexts("en");
  const say = (action: string, facts: object) => changeText(t, { action, facts, sentence: "" });
  expect(say("merge", { names: ["Bob", "Carl", "Omar"] })).toBe("Bob and Carl were merged into Omar");
  expect(say("rename", { names: ["Bob", "Omar"] })).toBe("Bob was renamed to Omar");
  expect(say("assign", { form: "stranger", faces: 29, names: ["7", "Karim"] })).toBe(
    "29 photos of stranger 7 were named Karim",
  );
});
