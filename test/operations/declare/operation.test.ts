import { join } from "node:path";
import ts from "typescript";
import { beforeAll, expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "../../..");

const SOUND = {
  tag: '"people"',
  summary: '"A person"',
  access: '"home"',
  input: "{ name: Type.String(), limit: Type.Optional(Type.Integer()) }",
  answer: "Type.Object({ person_id: Type.String() })",
  run: "({ name }) => ({ person_id: name })",
};

type Lines = Partial<Record<keyof typeof SOUND | "http", string | null>>;

/** By what is wrong with them: what is declared other than in the sound one, and what the compiler says to it. */
const UNSOUND: Readonly<Record<string, readonly [Lines, RegExp]>> = {
  "a policy": [{ access: null }, /'access' is missing/],
  "a policy that there is": [{ access: '"everyone"' }, /"everyone"' is not assignable/],
  "an answer that fits its schema": [{ run: "({ name }) => ({ id: name })" }, /person_id/],
  "a handler that takes what its schema has": [
    { run: "({ names }) => ({ person_id: names })" },
    /'names' does not exist/,
  ],
  "inputs where it says they are": [
    { http: '{ method: "GET", path: "/api/x/:id", at: { nam: "path.id" } }' },
    /'nam' does not exist|may only specify known properties/,
  ],
};

function toSnippet(lines: Lines): string {
  const declared = Object.entries({ ...SOUND, ...lines }).filter(([, value]) => value !== null);
  return [
    'import { Type } from "typebox";',
    'import { defineOperation } from "./operation.ts";',
    `export const snippet = defineOperation({ ${declared.map(([key, value]) => `${key}: ${value}`).join(", ")} });`,
  ].join("\n");
}

/** What the compiler says to each snippet; they are compiled together, which takes seconds. */
function compile(snippets: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  const files = new Map(
    Object.entries(snippets).map(([name, text], i) => [
      join(ROOT, `src/operations/declare/snippet-${i}.ts`),
      { name, text },
    ]),
  );
  const { config } = ts.readConfigFile(join(ROOT, "tsconfig.json"), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...config, files: [...files.keys()], include: [] }, ts.sys, ROOT);
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (path) => files.has(path) || fileExists(path);
  host.getSourceFile = (path, ...rest) => {
    const file = files.get(path);
    return file ? ts.createSourceFile(path, file.text, ts.ScriptTarget.ES2023) : getSourceFile(path, ...rest);
  };
  const program = ts.createProgram([...files.keys()], options, host);
  const said = [...files].map(([path, { name }]) => {
    const found = program.getSemanticDiagnostics(program.getSourceFile(path));
    return [
      name,
      found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n")).join("\n"),
    ] as const;
  });
  return new Map(said);
}

let said: ReadonlyMap<string, string>;
beforeAll(() => {
  const unsound = Object.entries(UNSOUND).map(([name, [lines]]) => [name, toSnippet(lines)]);
  said = compile({ sound: toSnippet({}), ...Object.fromEntries(unsound) });
});

it("an operation compiles when it says who may ask, what it takes and what it answers", () => {
  expect(said.get("sound")).toBe("");
});

it.each(Object.entries(UNSOUND))("an operation without %s does not compile", (name, [, message]) => {
  expect(said.get(name)).toMatch(message);
});
