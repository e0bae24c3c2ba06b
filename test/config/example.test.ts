import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { describeSchema } from "../../src/config/describe.ts";
import { buildExample } from "../../src/config/example.ts";
import { CONFIG_KEYS } from "../../src/config/keys.ts";
import { defaultConfig, loadConfig } from "../../src/config/load.ts";

const FILE = fileURLToPath(new URL("../../config.example.yaml", import.meta.url));

describe("config.example.yaml", () => {
  it("is what the schema says (npm run config-example writes it)", () => {
    expect(readFileSync(FILE, "utf8")).toBe(buildExample());
  });

  it("is accepted and equals the defaults", () => {
    expect(loadConfig({ file: FILE, environment: {} }).config).toEqual(defaultConfig());
  });

  it("shows every key that is in use", () => {
    const example: unknown = parse(readFileSync(FILE, "utf8"));
    for (const { path, default: value, retired } of CONFIG_KEYS) {
      const shown = path.reduce<unknown>((at, step) => (at as Record<string, unknown>)[step], example);
      expect({ [path.join(".")]: shown }).toEqual({ [path.join(".")]: retired === null ? value : undefined });
    }
  });
});

describe("every key of the configuration", () => {
  it.each(CONFIG_KEYS.map((key) => [key.name, key] as const))("%s has a default, a description and words", (_, key) => {
    expect(key.default).toBeDefined();
    expect(key.description).not.toBe("");
    expect(describeSchema(key.schema)).not.toMatch(/something else|undefined/);
  });

  it("has a variable of its own", () => {
    const variables = CONFIG_KEYS.flatMap((key) => [key.variable, `${key.variable}_FILE`]);
    expect(new Set(variables).size).toBe(variables.length);
  });
});
