import { execFileSync } from "node:child_process";
import { join } from "node:path";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    /** The virtual environment with Home Assistant in it. */
    hassVenv: string;
  }
}

/** Sees to a Home Assistant before the suite: `HASS_VENV` names one that is there already, else it is installed. */
export function setup(project: TestProject): void {
  if (process.env.HASS_URL) return;
  project.provide("hassVenv", process.env.HASS_VENV ?? install());
}

function install(): string {
  const script = join(import.meta.dirname, "install.sh");
  return execFileSync(script, { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] }).trim();
}
