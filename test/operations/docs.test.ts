import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { locateInputs, type Operation } from "../../src/operations/declare/operation.ts";
import { COMMANDS, OPERATIONS } from "../../src/operations/table.ts";

const DOCS = join(import.meta.dirname, "../../docs");
const GENERATED = /(<!-- from the table of operations; `npm run docs` writes it -->\n).*?(\n<!-- end -->)/s;

/** Keys as a request has them: `"name"`, `"limit"?`. */
function toKeys({ input }: Operation, keys: readonly string[], toName = (key: string) => key): string[] {
  const required: readonly string[] = input.required ?? [];
  return keys.map((key) => `"${toName(key)}"${required.includes(key) ? "" : "?"}`);
}

const toRow = (...cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
const toCode = (keys: readonly string[]): string => (keys.length === 0 ? "" : `\`{${keys.join(",")}}\``);

function toRoute(operation: Operation): string[] {
  const { http, input, summary, description } = operation;
  if (!http) return [];
  const inputs = locateInputs(http, input);
  const query = inputs.flatMap(({ name, part }) => (part === "query" ? [`\`${name}\``] : []));
  const body = inputs.filter(({ part }) => part === "body");
  const toName = (key: string) => body.find((one) => one.key === key)?.name ?? key;
  const sent = toCode(
    toKeys(
      operation,
      body.map(({ key }) => key),
      toName,
    ),
  );
  const path = http.path.replace(/:(\w+)/g, "{$1}");
  const text = description === undefined ? summary : `${summary}. ${description}`;
  return [toRow(`\`${http.method} ${path}\``, [query.join(", "), sent].filter((one) => one !== "").join("; "), text)];
}

/** The text of a page with the lists made anew. */
function withList(page: string, head: readonly string[], rows: readonly string[]): string {
  const text = readFileSync(join(DOCS, page), "utf8");
  expect(text).toMatch(GENERATED);
  const list = [toRow(...head), toRow(...head.map(() => "---")), ...rows].join("\n");
  return text.replace(GENERATED, (_, start: string, end: string) => `${start}${list}${end}`);
}

it("docs/http.md lists every route of the table", async () => {
  const rows = Object.values<Operation>(OPERATIONS).flatMap(toRoute);
  await expect(withList("http.md", ["route", "query or body", "what it does"], rows)).toMatchFileSnapshot(
    join(DOCS, "http.md"),
  );
});

it("docs/mqtt.md lists every command of the table, and who may request it", async () => {
  const rows = [...COMMANDS].map(([command, operation]) => {
    const keys = toCode(toKeys(operation, Object.keys(operation.input.properties)));
    return toRow(`\`${command}\``, keys, operation.access === "home" ? "home, admin" : "admin", operation.summary);
  });
  await expect(withList("mqtt.md", ["command", "request", "role", "what it does"], rows)).toMatchFileSnapshot(
    join(DOCS, "mqtt.md"),
  );
});
