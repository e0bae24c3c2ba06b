import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { fillBlocks, toCharts, toShare, toTables } from "../../bench/quality/report.mjs";
import type { Quality } from "../../bench/quality/types.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const read = (name: string) => readFileSync(join(ROOT, name), "utf8");
const measured = JSON.parse(read("docs/quality.json")) as Quality;
const ofSface = JSON.parse(read("docs/quality-sface.json")) as Quality;
const PAGES = ["README.md", "docs/recognition.md"];

describe("shares", () => {
  it("have their interval, and two places near 0 and 100 %", () => {
    expect(toShare({ part: 81, whole: 263 })).toBe("30.8 % (25.5–36.6)");
    expect(toShare({ part: 6, whole: 6270 })).toBe("0.10 % (0.04–0.21)");
    expect(toShare({ part: 980, whole: 986 })).toBe("99.39 % (98.68–99.72)");
  });

  it("of no trials are a dash", () => {
    expect(toShare({ part: 0, whole: 0 })).toBe("–");
  });
});

describe("marked blocks", () => {
  it("are replaced, and nothing else", () => {
    const text =
      "before\n<!-- quality -->\nold\n<!-- /quality -->\nafter\n<!-- quality-other -->\nkept\n<!-- /quality-other -->\n";
    expect(fillBlocks(text, { quality: "| new |" })).toBe(text.replace("old", "| new |"));
  });
});

describe("the figures in the documentation", () => {
  it.each(PAGES)("are those that were measured: %s", (page) => {
    const text = read(page);
    expect(text).toContain("<!-- quality");
    expect(fillBlocks(text, { ...toTables(measured), ...toTables(ofSface) })).toBe(text);
  });

  it("are of both models", () => {
    const text = read("docs/recognition.md");
    const shown = Object.keys(toTables(ofSface)).filter((block) => text.includes(`<!-- ${block} -->\n| `));
    expect(shown).toEqual(["quality-sface", "quality-sface-suggestions", "quality-sface-grouping"]);
  });

  it("have their charts", () => {
    for (const [name, svg] of Object.entries(toCharts(measured))) {
      expect(read(`docs/${name}`)).toBe(svg);
      expect(read("docs/recognition.md")).toContain(`](${name})`);
    }
  });

  it("are of many strangers' visits", () => {
    const visits = measured.recognition.filter((row) => row.people === 20 && row.length === 3);
    expect(visits.length).toBeGreaterThan(0);
    for (const row of visits) expect(row.careful.strangers.whole).toBeGreaterThan(6000);
  });
});
