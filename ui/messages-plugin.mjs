import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import MessageFormat from "@messageformat/core";
import compileModule from "@messageformat/core/compile-module.js";
import { parse } from "@messageformat/parser";

const PREFIX = "virtual:messages/";
const LANGUAGES_DIR = join(import.meta.dirname, "src/texts/languages");

/** What the card takes of every language, so that it has the panel's words and stays small. */
const CARD = ["card", "when", "activity.name", "activity.row.stranger", "activity.row.strangerNo"];

/**
 * Vite's plugin that compiles a language's ICU messages to functions when the panel is built, so that the browser needs
 * no parser: `import("virtual:messages/de")`. What has no arguments stays a string. Translators' files:
 * src/texts/languages/<language>.json, messages by section and key. `virtual:messages/card` has the card's of every language.
 * See https://unicode-org.github.io/icu/userguide/format_parse/messages/ and https://messageformat.github.io/messageformat/.
 */
export function messages() {
  return {
    name: "messages",
    resolveId: (/** @type {string} */ id) => (id.startsWith(PREFIX) ? `\0${id}` : null),
    load(/** @type {string} */ id) {
      if (!id.startsWith(`\0${PREFIX}`)) return null;
      const name = id.slice(PREFIX.length + 1);
      const read = (/** @type {string} */ language) => {
        const file = join(LANGUAGES_DIR, `${language}.json`);
        this.addWatchFile(file);
        return JSON.parse(readFileSync(file, "utf8"));
      };
      if (name !== "card") return compileMessages(name, read(name));
      const languages = readdirSync(LANGUAGES_DIR).map((file) => file.replace(/\.json$/, ""));
      return compileMessages(languages, Object.fromEntries(languages.map((one) => [one, pick(read(one), CARD)])));
    },
  };
}

/** The messages of a tree at these paths, in a tree of the same shape. */
function pick(tree, paths) {
  const picked = {};
  for (const path of paths) {
    const keys = path.split(".");
    const last = keys.pop();
    let [from, to] = [tree, picked];
    for (const key of keys) {
      from = from[key];
      to = to[key] ??= {};
    }
    to[last] = from[last];
  }
  return picked;
}

/** A module with `constants` and `functions`: both halves of the tree. Of several languages each has its own branch. */
function compileMessages(languages, tree) {
  const [constants, functions] = separate(tree);
  const format = new MessageFormat(languages, { strict: true, strictPluralKeys: false });
  const code = compileModule(format, functions).replace("export default", "export const functions =");
  return `${code};\nexport const constants = ${JSON.stringify(constants)};\n`;
}

/** What a message says that takes no arguments; null where it takes some. */
function constantOf(message) {
  const tokens = parse(message);
  return tokens.every((token) => token.type === "content") ? tokens.map((token) => token.value).join("") : null;
}

function separate(tree) {
  const constants = {};
  const functions = {};
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === "string") {
      const constant = constantOf(value);
      if (constant === null) functions[key] = value;
      else constants[key] = constant;
    } else {
      const [plain, rest] = separate(value);
      if (Object.keys(plain).length > 0) constants[key] = plain;
      if (Object.keys(rest).length > 0) functions[key] = rest;
    }
  }
  return [constants, functions];
}
