import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";

const DOCS = resolve(import.meta.dirname, "../../docs");
const PAGES = ["home-assistant.md", "other-homes.md"];
const BLUEPRINTS = resolve(import.meta.dirname, "../../homeassistant/blueprints/automation/faces2mqtt");

const blocks = (page: string, language: string): string[] =>
  [...readFileSync(join(DOCS, page), "utf8").matchAll(new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``, "g"))].map(
    ([, text]) => text ?? "",
  );

describe.each(PAGES)("docs/%s", (page) => {
  it("has only examples that can be read", () => {
    for (const text of blocks(page, "yaml")) expect(() => parse(text), text).not.toThrow();
    for (const text of blocks(page, "json")) expect(() => JSON.parse(text), text).not.toThrow();
    expect(blocks(page, "yaml").length + blocks(page, "json").length).toBeGreaterThan(0);
  });

  it("leads to files that are there", () => {
    const links = [...readFileSync(join(DOCS, page), "utf8").matchAll(/\]\(([^)#:]+)\)/g)].map(
      ([, link]) => link ?? "",
    );
    for (const link of links) expect(existsSync(join(dirname(join(DOCS, page)), link)), link).toBe(true);
  });
});

describe.each(["person_recognized", "who_is_this"])("the blueprint %s", (name) => {
  const text = readFileSync(join(BLUEPRINTS, `${name}.yaml`), "utf8");
  const inputs = [...text.matchAll(/!input (\w+)/g)].map(([, input]) => input);
  const { blueprint } = parse(text, { customTags: [{ tag: "!input", resolve: (value: string) => value }] }) as {
    blueprint: { input: Record<string, { name?: string; selector?: object }> };
  };

  it("uses every input it asks for, and asks for every one it uses", () => {
    expect([...new Set(inputs)].sort()).toEqual(Object.keys(blueprint.input).sort());
    for (const [key, input] of Object.entries(blueprint.input)) {
      expect(input.name && input.selector, key).toBeTruthy();
    }
  });
});
