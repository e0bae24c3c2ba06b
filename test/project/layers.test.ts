import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { tempFolder } from "../helpers/temp-folder.ts";

const ROOT = resolve(import.meta.dirname, "../..");

/** A house with these files and our rules. */
function build(files: Record<string, string>): string {
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

function check(folder: string): { code: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["scripts/check-layers.mjs"], { cwd: folder });
  return { code: status, said: `${stdout}${stderr}` };
}

const SOUND = {
  "src/domain/face.ts": "export interface Face { id: number }\nexport const NONE: Face = { id: 0 };\n",
  "src/store/port.ts":
    'import type { Face } from "../domain/face.ts";\nexport interface Store { face(): Face }\nexport const X = 1;\n',
  "src/flow/ingest.ts":
    'import type { Store } from "../store/port.ts";\nexport const ingest = (store: Store) => store.face();\n',
  "src/wire/out/views.ts": "export interface View { id: number }\nexport const VIEW = 1;\n",
  "ui/src/main.ts": 'import type { View } from "../../src/wire/out/views.ts";\nexport const view: View = { id: 1 };\n',
};

describe("the import rules", () => {
  it("are content with a sound house", () => {
    expect(check(build({}))).toMatchObject({ code: 0 });
  });

  it.each<[string, Record<string, string>, string]>([
    ["the domain uses something", { "src/domain/bad.ts": 'import "../store/port.ts";\n' }, "domain-imports"],
    ["an adapter uses another", { "src/mqtt/bad.ts": 'import "../store/port.ts";\n' }, "mqtt-"],
    [
      "a flow uses more than types of the store",
      { "src/flow/bad.ts": 'import { X } from "../store/port.ts";\nexport const y = X;\n' },
      "flow-types-only",
    ],
    [
      "types go round in a circle",
      {
        "src/domain/a.ts": 'import type { B } from "./b.ts";\nexport type A = B | 1;\n',
        "src/domain/b.ts": 'import type { A } from "./a.ts";\nexport type B = A | 2;\n',
      },
      "no-circles",
    ],
    [
      "a package is imported away from home",
      { "src/flow/bad.ts": 'import Database from "better-sqlite3";\nexport const d = Database;\n' },
      "better-sqlite3-at-home",
    ],
    [
      "the panel takes code of the daemon",
      { "ui/src/bad.ts": 'import { VIEW } from "../../src/wire/out/views.ts";\nexport const v = VIEW;\n' },
      "ui-types-only",
    ],
    [
      "the panel reaches behind the wire",
      { "ui/src/bad.ts": 'import type { Face } from "../../src/domain/face.ts";\nexport type F = Face;\n' },
      "ui-imports",
    ],
    [
      "what is shipped uses tests",
      {
        "test/x.ts": "export const x = 1;\n",
        "src/flow/bad.ts": 'import { x } from "../../test/x.ts";\nexport const y = x;\n',
      },
      "no-test-code",
    ],
    ["an import leads nowhere", { "src/flow/bad.ts": 'import "./nothing.ts";\n' }, "resolvable"],
  ])("tell when %s", (_, files, rule) => {
    const { code, said } = check(build(files));
    expect(said).toContain(rule);
    expect(code).toBe(1);
  });

  it("fail where nothing was looked at", () => {
    const folder = build({});
    writeFileSync(
      join(folder, ".dependency-cruiser.cjs"),
      'module.exports = { forbidden: [], options: { exclude: "." } };\n',
    );
    const { code, said } = check(folder);
    expect(said).toContain("were not looked at");
    expect(code).toBe(1);
  });

  it("name every folder there is", () => {
    const rules = spawnSync(
      process.execPath,
      ["-p", "JSON.stringify(require('./.dependency-cruiser.cjs').forbidden.map(r => r.name))"],
      { cwd: ROOT },
    );
    const names = JSON.parse(rules.stdout.toString()) as string[];
    const folders = readdirSync(join(ROOT, "src"), { withFileTypes: true }).filter((entry) => entry.isDirectory());
    for (const { name } of folders) expect(names).toContain(`${name}-imports`);
  });
});
