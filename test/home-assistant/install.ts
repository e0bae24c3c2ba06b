import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";

/** The newest release that runs on Python 3.13, which is what one finds on machines. */
const VERSION = process.env.HASS_VERSION ?? "2025.4.4";
const CACHE = join(import.meta.dirname, ".cache");

/** The virtual environment with Home Assistant in it; `HASS_VENV` names one that is there already. */
export const VENV = process.env.HASS_VENV ?? join(CACHE, VERSION);

/** Installs Home Assistant from PyPI where it is missing (one or two minutes). Runs before the suite. */
export function setup(): void {
  if (process.env.HASS_URL || existsSync(join(VENV, "bin/hass"))) return;
  const python = findPython();
  mkdirSync(CACHE, { recursive: true });
  run(python.command, ["-m", "venv", VENV], python.environment);
  run(join(VENV, "bin/pip"), ["install", "-q", "uv"]);
  run(join(VENV, "bin/uv"), [
    "pip",
    "install",
    "-q",
    "--python",
    join(VENV, "bin/python"),
    `homeassistant==${VERSION}`,
  ]);
}

interface Python {
  readonly command: string;
  readonly environment: NodeJS.ProcessEnv;
}

/** Python 3.13, by name or by pyenv, or the one that `HASS_PYTHON` names. */
function findPython(): Python {
  const candidates: Python[] = [
    ...(process.env.HASS_PYTHON ? [{ command: process.env.HASS_PYTHON, environment: {} }] : []),
    { command: "python3.13", environment: {} },
    { command: "python3.13", environment: { PYENV_VERSION: "3.13.0" } },
    { command: "python3.13", environment: { PYENV_VERSION: "3.13" } },
    { command: "python3", environment: {} },
  ];
  const found = candidates.find(({ command, environment }) => {
    const { stdout } = spawnSync(command, ["--version"], { env: { ...process.env, ...environment }, encoding: "utf8" });
    return process.env.HASS_PYTHON === command || /^Python 3\.13\./.test(stdout ?? "");
  });
  if (!found) {
    throw new Error(
      `Home Assistant ${VERSION} needs Python 3.13: install it, or name a fitting one (HASS_PYTHON, HASS_VERSION), ` +
        "or a running Home Assistant (HASS_URL, HASS_TOKEN, MQTT_URL)",
    );
  }
  return found;
}

function run(command: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}): void {
  const { status } = spawnSync(command, args, { stdio: "inherit", env: { ...process.env, ...environment } });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${status}`);
}
