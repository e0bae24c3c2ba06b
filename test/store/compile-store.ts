import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import ts from "typescript";
import { tempFolder } from "../helpers/temp-folder.ts";

const ROOT = resolve(import.meta.dirname, "../..");

/** The store's sources as JavaScript that another process can run; answers the folder that has `store` and `domain`. */
export function compileStore(): string {
  const folder = tempFolder();
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
  writeFileSync(join(folder, "package.json"), '{"type":"module"}');
  for (const part of ["store", "domain"]) {
    for (const name of readdirSync(join(ROOT, "src", part), { recursive: true, encoding: "utf8" })) {
      if (!name.endsWith(".ts")) continue;
      mkdirSync(join(folder, part, dirname(name)), { recursive: true });
      const { outputText } = ts.transpileModule(readFileSync(join(ROOT, "src", part, name), "utf8"), {
        compilerOptions: {
          module: ts.ModuleKind.ESNext,
          target: ts.ScriptTarget.ES2023,
          rewriteRelativeImportExtensions: true,
        },
      });
      writeFileSync(join(folder, part, name.replace(/ts$/, "js")), outputText);
    }
  }
  return folder;
}
