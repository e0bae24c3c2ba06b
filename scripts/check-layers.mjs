// Holds the import rules of .dependency-cruiser.cjs, and fails where it would check nothing: no TypeScript support, or
// fewer modules cruised than there are source files.
import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { cruise, format } from "dependency-cruiser";
import extractTSConfig from "dependency-cruiser/config-utl/extract-ts-config";

const rules = createRequire(import.meta.url)("../.dependency-cruiser.cjs");
const WHERE = ["src", "ui/src", "test", "bench"];

const { output } = await cruise(
  WHERE,
  { ...rules.options, ruleSet: { forbidden: rules.forbidden }, validate: true },
  undefined,
  { tsConfig: extractTSConfig("tsconfig.json") },
);

const cruised = new Set(output.modules.map((module) => module.source));
const sources = WHERE.flatMap((folder) =>
  readdirSync(folder, { recursive: true }).map((file) => `${folder}/${file}`),
).filter((file) => file.endsWith(".ts") && !isAssemblyScript(file) && !file.includes("node_modules"));
const missed = sources.filter((file) => !cruised.has(file));
if (sources.length === 0 || missed.length > 0) {
  console.error(
    `layers: ${missed.length} of ${sources.length} source files were not checked:\n  ${missed.join("\n  ")}`,
  );
  process.exit(1);
}
const typed = output.modules.some((module) =>
  module.dependencies.some((one) => one.dependencyTypes.includes("type-only")),
);
if (!typed) {
  console.error("layers: no type import was seen, so dependency-cruiser has no TypeScript to read them with");
  process.exit(1);
}
const report = await format(output, { outputType: "err" });
console.log(report.output);
process.exit(output.summary.error > 0 ? 1 : 0);

/** What only the compiler of the WebAssembly kernels reads. */
function isAssemblyScript(file) {
  return file.endsWith("kernel/kernel.ts") || file.includes("kernel/assembly/");
}
