import { expect, it } from "vitest";
import { sayLevel } from "../../../../ui/src/components/ruler/say-level.ts";
import { loadTexts } from "../../../../ui/src/texts/load.ts";

it("leaves sure ones to the ruler, asks about the others, and names nobody who is too far away", async () => {
  const texts = await loadTexts("en");
  expect(sayLevel(texts, "Anna", "sure")).toBeUndefined();
  expect(sayLevel(texts, "Anna", "perhaps")).toEqual({ text: "Perhaps Anna", tone: "unsure" });
  expect(sayLevel(texts, "Anna", null)).toEqual({ text: "Looks like nobody you know", tone: "none" });
});
