import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { tempFolder } from "../helpers/temp-folder.ts";

const ROOT = resolve(import.meta.dirname, "../..");
type Rule = { readonly name: string; readonly to: { readonly path?: readonly string[] } };
const RULES = createRequire(import.meta.url)("../../.dependency-cruiser.cjs").forbidden as readonly Rule[];

/** A project with these files and our rules. */
function build(files: Readonly<Record<string, string>>): string {
  const folder = tempFolder();
  for (const name of ["scripts", ".dependency-cruiser.cjs", "tsconfig.json", "package.json"]) {
    cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  }
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
  for (const name of ["src", "ui/src", "test", "bench"]) mkdirSync(join(folder, name), { recursive: true });
  for (const [name, text] of Object.entries({ ...SOUND, ...files })) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

function check(folder: string): { code: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["scripts/check-layers.mjs"], { cwd: folder });
  return { code: status, output: `${stdout}${stderr}` };
}

const SOUND = {
  "src/domain/face.ts": "export interface Face { id: number }\nexport const NONE: Face = { id: 0 };\n",
  "src/store/port.ts":
    'import type { Face } from "../domain/face.ts";\nexport interface Store { face(): Face }\nexport const X = 1;\n',
  "src/flow/ingest.ts":
    'import type { Store } from "../store/port.ts";\nexport const ingest = (store: Store) => store.face();\n',
  "src/wire/out/views.ts": "export interface View { id: number }\nexport const VIEW = 1;\n",
  "bench/measure.mjs": 'import { x } from "../dist/not-built.js";\nconsole.log(x);\n',
  "ui/src/main.ts": 'import type { View } from "../../src/wire/out/views.ts";\nexport const view: View = { id: 1 };\n',
};

type Breach = readonly [file: string, text: string, ...others: (readonly [file: string, text: string])[]];

const using = (from: string): string => `import { x } from "${from}";\nexport const y = x;\n`;
const X = "export const x = 1;\n";

/** What breaks each rule that is not one of a folder's or a package's. The first file is the one that is reported. */
const BREACHES: Readonly<Record<string, Breach>> = {
  "no-circles": [
    "src/domain/circle-a.ts",
    'import type { B } from "./circle-b.ts";\nexport type A = B | 1;\n',
    ["src/domain/circle-b.ts", 'import type { A } from "./circle-a.ts";\nexport type B = A | 2;\n'],
  ],
  resolvable: ["src/flow/lost.ts", 'import "./nothing.ts";\n'],
  "resolvable-bench": ["bench/lost.ts", 'import "./nothing.mjs";\n'],
  "pure-core": ["src/recognize/reads.ts", 'import { readFileSync } from "node:fs";\nexport const r = readFileSync;\n'],
  "domain-without-packages": ["src/domain/cron.ts", 'import { Cron } from "croner";\nexport const c = Cron;\n'],
  "ports-reach-no-adapter": [
    "src/store/port/rows.ts",
    'import type { Rows } from "../rows.ts";\nexport type R = Rows;\n',
    ["src/store/rows.ts", 'import type Database from "better-sqlite3";\nexport type Rows = Database.Statement;\n'],
  ],
  "operations-change-by-flows": [
    "src/operations/writes.ts",
    'import type { Store } from "../store/port.ts";\nexport const w = (store: Store) => store.face();\n',
  ],
  "one-root": ["src/flow/root.ts", using("../app.ts"), ["src/app.ts", X]],
  "app-apart": ["src/flow/parts.ts", using("../app/parts.ts"), ["src/app/parts.ts", X]],
  "demo-apart": ["src/flow/plays.ts", using("../demo/day.ts"), ["src/demo/day.ts", X]],
  "no-svg-in-the-daemon": [
    "src/cli/run.ts",
    using("./draws.ts"),
    ["src/cli/draws.ts", 'export { x } from "../demo/drawn/paint.ts";\n'],
    ["src/demo/drawn/paint.ts", X],
  ],
  "ui-imports": ["ui/src/reaches.ts", 'import type { Face } from "../../src/domain/face.ts";\nexport type F = Face;\n'],
  "ui-types-only": ["ui/src/takes.ts", 'import { VIEW } from "../../src/wire/out/views.ts";\nexport const v = VIEW;\n'],
  "no-test-code": ["src/flow/tested.ts", using("../../test/x.ts"), ["test/x.ts", X]],
};

const PACKAGES: Readonly<Record<string, string>> = {
  "better-sqlite3-at-home": "better-sqlite3",
  "mqtt-at-home": "mqtt",
  "aedes-at-home": "aedes",
  "fastify-at-home": "fastify",
  "@fastify-at-home": "@fastify/helmet",
  "sharp-at-home": "sharp",
  "prom-client-at-home": "prom-client",
  "ml-hclust-at-home": "ml-hclust",
  "umap-js-at-home": "umap-js",
  "commander-at-home": "commander",
  "cli-progress-at-home": "cli-progress",
  "tar-at-home": "tar",
  "yauzl-at-home": "yauzl",
};

/** A file that breaks the rule; null: this test knows none. */
function breach({ name, to }: Rule): Breach | null {
  const known = BREACHES[name];
  if (known) return known;
  const packageName = PACKAGES[name];
  if (packageName) return [`src/domain/${name}.ts`, `import "${packageName}";\n`];
  const [, folder, kind] = /^(\w+)-(imports|types-only)$/.exec(name) ?? [];
  if (kind === "imports") return [`src/${folder}/bad-imports.ts`, using("../unlisted/x.ts"), ["src/unlisted/x.ts", X]];
  const [, typed] = /^\^src\/(\w+)\/$/.exec(to.path?.[0] ?? "") ?? [];
  if (kind === "types-only") return [`src/${folder}/bad-types.ts`, using(`../${typed}/x.ts`), [`src/${typed}/x.ts`, X]];
  return null;
}

describe("the import rules", () => {
  let checked: ReturnType<typeof check> | null = null;

  /** One project that breaks all of them, checked once. */
  function checkBroken(): ReturnType<typeof check> {
    const files = RULES.flatMap((rule) => {
      const [file, text, ...others] = breach(rule) ?? [];
      return file === undefined || text === undefined ? [] : [[file, text] as const, ...others];
    });
    checked ??= check(build(Object.fromEntries(files)));
    return checked;
  }

  it("pass a sound project", () => {
    expect(check(build({}))).toMatchObject({ code: 0 });
  });

  it("fail a project that breaks them", () => {
    expect(checkBroken().code).toBe(1);
  });

  it.each(RULES.map((rule) => [rule.name, rule] as const))("report a breach of %s", (name, rule) => {
    const [file] = breach(rule) ?? [];
    expect(file).toBeDefined();
    expect(checkBroken().output.split("\n")).toContainEqual(expect.stringContaining(`error ${name}: ${file}`));
  });

  it("fail where nothing was checked", () => {
    const folder = build({});
    writeFileSync(
      join(folder, ".dependency-cruiser.cjs"),
      'module.exports = { forbidden: [], options: { exclude: "." } };\n',
    );
    const { code, output } = check(folder);
    expect(output).toContain("were not checked");
    expect(code).toBe(1);
  });

  it("name every folder there is", () => {
    const folders = readdirSync(join(ROOT, "src"), { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const names = RULES.map((rule) => rule.name);
    for (const { name } of folders) expect(names).toContain(`${name}-imports`);
  });
});
