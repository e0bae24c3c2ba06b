import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { chooseLanguage, loadTexts } from "../../../ui/src/texts/load.ts";

const read = (language: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../ui/src/texts/languages/${language}.json`, import.meta.url), "utf8"));
const [english, german] = [read("en"), read("de")];

/** Every message. */
function sentences(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(sentences) : [];
}

describe("texts", () => {
  it("leave nothing empty and shout nowhere", () => {
    for (const sentence of [...sentences(english), ...sentences(german)].filter((one) => one !== "!")) {
      expect(sentence.trim()).not.toBe("");
      expect(sentence).not.toMatch(/!$/);
    }
  });

  it("speak of faces and groups, never of embeddings or clusters", () => {
    for (const sentence of sentences(english)) expect(sentence).not.toMatch(/embedding|cluster|encoding|\bscore\b/i);
  });

  it("know one from many", async () => {
    const { count } = await loadTexts("en");
    expect(count.photos({ n: 1 })).toBe("1 photo");
    expect(count.photos({ n: 2 })).toBe("2 photos");
  });

  it("write a threshold with two decimals, and with more only if it was set more finely", async () => {
    const { format } = await loadTexts("en");
    expect(format.threshold(0.5)).toBe("0.50");
    expect(format.threshold(0.29 + 0.01)).toBe("0.30");
    expect(format.threshold(0.525)).toBe("0.525");
    expect((await loadTexts("de")).format.threshold(0.5)).toBe("0,50");
  });

  it("are chosen by the address first, then by the browser, then English", () => {
    expect(chooseLanguage("?lang=de", ["en-GB"])).toBe("de");
    expect(chooseLanguage("", ["pt-BR", "de-AT", "en"])).toBe("de");
    expect(chooseLanguage("?lang=xx", ["sv"])).toBe("en");
  });
});

describe("times", async () => {
  const { when } = await loadTexts("en");
  const now = new Date(2026, 1, 18, 19, 42);
  const at = (day: number, hour = 12, minute = 0, month = 1, year = 2026) => new Date(year, month, day, hour, minute);

  it("name days within a week, then dates, then years", () => {
    expect(when.day(at(18), now)).toBe("today");
    expect(when.day(at(17, 23, 59), now)).toBe("yesterday");
    expect(when.day(at(15), now)).toBe("Sunday");
    expect(when.day(at(11), now)).toBe("11 February");
    expect(when.day(at(11, 12, 0, 1, 2025), now)).toBe("11 February 2025");
    expect(when.day(at(19), now)).toBe("tomorrow");
    expect(when.day(at(21), now)).toBe("Saturday");
    expect(when.day(at(25), now)).toBe("25 February");
  });

  it("count minutes within the hour, then say the time, then the day", () => {
    expect(when.ago(new Date(2026, 1, 18, 19, 41, 30), now)).toBe("now");
    expect(when.ago(at(18, 19, 38), now)).toBe("4 min ago");
    expect(when.ago(at(18, 8, 5), now)).toBe("08:05");
    expect(when.ago(at(17, 8, 5), now)).toBe("yesterday");
  });

  it("call a time in the future now, not minus four minutes", () => {
    expect(when.ago(at(18, 19, 46), now)).toBe("now");
  });
});
