import { readdirSync, readFileSync } from "node:fs";
import { parse, type Token } from "@messageformat/parser";
import { describe, expect, it } from "vitest";
import { messageTypes } from "../../../scripts/write-message-types.mjs";
import { LANGUAGES } from "../../../ui/src/texts/load.ts";

interface Tree {
  readonly [key: string]: string | Tree;
}

const folder = new URL("../../../ui/src/texts/", import.meta.url);

/** Every message of a language by `section.key`. */
function messagesOf(language: string): Map<string, string> {
  const walk = (tree: Tree, path: string): [string, string][] =>
    Object.entries(tree).flatMap(([key, value]): [string, string][] =>
      typeof value === "string" ? [[`${path}${key}`, value]] : walk(value, `${path}${key}.`),
    );
  return new Map(walk(JSON.parse(readFileSync(new URL(`languages/${language}.json`, folder), "utf8")), ""));
}

/** What a message takes: `name: type`, sorted. */
function argumentsOf(tokens: readonly Token[]): string[] {
  const found = new Set<string>();
  const walk = (inner: readonly Token[]): void => {
    for (const token of inner) {
      if (token.type === "content" || token.type === "octothorpe") continue;
      const kind = {
        argument: "text",
        function: "figure",
        plural: "figure",
        selectordinal: "figure",
        select: "choice",
      };
      found.add(`${token.arg}: ${kind[token.type]}`);
      if ("cases" in token) for (const one of token.cases) walk(one.tokens);
    }
  };
  walk(tokens);
  return [...found].sort();
}

/** The cases of every plural in a message. */
function pluralsOf(tokens: readonly Token[]): string[][] {
  return tokens.flatMap((token): string[][] => {
    if (!("cases" in token)) return [];
    const inner = token.cases.flatMap((one) => pluralsOf(one.tokens));
    return token.type === "plural" ? [token.cases.map((one) => one.key), ...inner] : inner;
  });
}

const english = messagesOf("en");

describe("the languages of the panel", () => {
  it("are those of the files", () => {
    const files = readdirSync(new URL("languages/", folder)).map((name) => name.replace(/\.json$/, ""));
    expect([...files].sort()).toEqual([...LANGUAGES].sort());
  });

  it("have types that are current", () => {
    expect(readFileSync(new URL("messages.ts", folder), "utf8")).toBe(messageTypes());
  });

  describe.each([...LANGUAGES])("%s", (language) => {
    const messages = messagesOf(language);

    it("has every message, and none besides", () => {
      expect([...messages.keys()].sort()).toEqual([...english.keys()].sort());
    });

    it("takes what the English message takes", () => {
      const differing = [...messages].filter(([key, message]) => {
        const wanted = argumentsOf(parse(english.get(key) ?? ""));
        return argumentsOf(parse(message)).join() !== wanted.join();
      });
      expect(differing).toEqual([]);
    });

    it("has every plural form that its numbers need", () => {
      const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions();
      // Large round numbers only ("un million de"); the panel writes figures.
      const needed = pluralCategories.filter((one) => !(one === "many" && ["es", "fr", "it", "pt"].includes(language)));
      const lacking = [...messages].filter(([, message]) =>
        pluralsOf(parse(message)).some((cases) => needed.some((one) => !cases.includes(one))),
      );
      expect(lacking).toEqual([]);
    });

    it("leaves nothing empty, shouts nowhere, and says what users say", () => {
      for (const [key, message] of messages) {
        expect(message.trim(), key).not.toBe("");
        expect(message, key).not.toMatch(/!$/);
        expect(message, key).not.toMatch(/embedding|cluster|encoding/i);
      }
    });
  });
});
