// Builds what is missing or older than its sources, so that `npm start` works in a fresh clone and after a change.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";

const ROOT = resolve(import.meta.dirname, "..");
const PARTS = [
  { script: "build:wasm", made: "dist/cluster/kernel/kernel.wasm", from: ["src/cluster/kernel"] },
  { script: "build:wasm", made: "dist/recognize/kernel/kernel.wasm", from: ["src/recognize/kernel"] },
  { script: "build:daemon", made: "dist/main.js", from: ["src", "tsconfig.json", "tsconfig.build.json"] },
  {
    script: "build:ui",
    // Built last.
    made: "ui/dist/faces2mqtt-card.js",
    from: ["ui/src", "ui/public", "ui/index.html", "ui/vite.config.ts", "ui/card.vite.config.ts", "src/wire"],
  },
];

for (const { script, made, from } of PARTS) {
  const sources = from.map((name) => join(ROOT, name)).filter((path) => existsSync(path));
  const built = existsSync(join(ROOT, made)) ? statSync(join(ROOT, made)).mtimeMs : 0;
  if (sources.every((path) => newest(path) <= built)) continue;
  const { status } = spawnSync("npm", ["run", script], {
    cwd: ROOT,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (status !== 0) process.exit(status ?? 1);
}

/** Latest change of a file, or of all files in a folder. */
function newest(path) {
  if (!statSync(path).isDirectory()) return statSync(path).mtimeMs;
  const files = readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.reduce((latest, file) => Math.max(latest, statSync(join(file.parentPath, file.name)).mtimeMs), 0);
}
