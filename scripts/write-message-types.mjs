// Writes ui/src/texts/messages.ts: which messages there are and what each takes, from the English ones.
// `npm run texts`; a test holds that it is current.
import { readFileSync, writeFileSync } from "node:fs";
import { parse } from "@messageformat/parser";

const root = new URL("../ui/src/texts/", import.meta.url);
const english = JSON.parse(readFileSync(new URL("languages/en.json", root), "utf8"));

/** The arguments of a message, with their types. */
export function argumentsOf(message) {
  const found = new Map();
  const walk = (tokens) => {
    for (const token of tokens) {
      if (token.type === "argument") found.set(token.arg, found.get(token.arg) ?? "string");
      if (token.type === "function") found.set(token.arg, token.key === "number" ? "number" : "string");
      if (token.type === "plural" || token.type === "selectordinal") found.set(token.arg, "number");
      if (token.type === "select") {
        const keys = token.cases.map((one) => (one.key === "other" ? "string" : JSON.stringify(one.key)));
        found.set(
          token.arg,
          token.cases.some((one) => one.key === "other" && one.tokens.length > 0)
            ? "string"
            : keys.filter((key) => key !== "string").join(" | "),
        );
      }
      for (const one of token.cases ?? []) walk(one.tokens);
    }
  };
  walk(parse(message));
  return found;
}

function typeOf(message) {
  const found = [...argumentsOf(message)].sort(([a], [b]) => (a < b ? -1 : 1));
  if (found.length === 0) return "string";
  return `(values: { ${found.map(([name, type]) => `readonly ${name}: ${type}`).join("; ")} }) => string`;
}

const WIDTH = 120;

/** A message's line, broken as the formatter does it. */
function lineOf(indent, key, message) {
  const line = `${indent}readonly ${keyOf(key)}: ${typeOf(message)};`;
  if (line.length <= WIDTH) return line;
  return line
    .replace(/\{ /, `{\n${indent}  `)
    .replaceAll("; readonly", `;\n${indent}  readonly`)
    .replace(/ \}\) => string;$/, `;\n${indent}}) => string;`);
}

const keyOf = (key) => (/^[a-zA-Z_]\w*$/.test(key) ? key : JSON.stringify(key));

function lines(tree, indent) {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === "string"
      ? [lineOf(indent, key, value)]
      : [`${indent}readonly ${keyOf(key)}: {`, ...lines(value, `${indent}  `), `${indent}};`],
  );
}

/** The text of messages.ts. */
export const messageTypes = () =>
  [
    "// Written by `npm run texts` from languages/en.json.",
    "/** The panel's texts: plain ones, and functions of what they name. */",
    "export interface Messages {",
    ...lines(english, "  "),
    "}",
    "",
  ].join("\n");

if (process.argv[1] === new URL(import.meta.url).pathname) {
  writeFileSync(new URL("messages.ts", root), messageTypes());
}
