import { describe, expect, it } from "vitest";
import { runCommandLine } from "../../../src/cli/program.ts";
import { tempFolder } from "../../helpers/temp-folder.ts";
import { testModels } from "../../helpers/test-models.ts";
import { makeTerminal } from "../make-terminal.ts";
import { startBroker } from "../start-broker.ts";

const models = testModels();

async function refusalOf(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<string> {
  const terminal = makeTerminal({ FACES2MQTT_DATA_DIR: tempFolder(), ...environment });
  expect(await runCommandLine(["embed", ...args], terminal)).toBe(2);
  return terminal.err();
}

describe("embed", () => {
  it("needs an id of its own, and a broker besides the embedded one", async () => {
    expect(await refusalOf([])).toContain("required option '--id <name>' not specified");
    expect(await refusalOf(["--id", "a b"])).toContain("expected 1 to 40 letters, digits");
    expect(await refusalOf(["--id", "a"])).toMatch(
      /the embedded broker cannot share pictures out; workers need a broker with shared subscriptions of MQTT 5/,
    );
    expect(await refusalOf(["--id", "a", "--url", "http://host"])).toContain(
      "expected a URL such as mqtts://host:8883",
    );
    expect(await refusalOf(["--id", "a", "--url", "mqtt://me:pw@host"])).toContain("without user and password in it");
    expect(await refusalOf(["--id", "a", "--url", "mqtt://me:pw@host"])).not.toContain("pw@");
  });

  it("needs a + for the camera in its topics", async () => {
    const args = ["--id", "a", "--url", "mqtt://host", "--topics", "cams/+/jpeg", "pictures/#"];
    expect(await refusalOf(args)).toContain("--topics pictures/#: expected a topic filter such as cameras/+/jpeg");
    expect(await refusalOf(["--id", "a", "--url", "mqtt://host", "--topics", "$SYS/+"])).toContain("--topics $SYS/+");
  });

  it("says what to run when weights or runtime are missing", async () => {
    const said = await refusalOf(["--id", "a", "--url", "mqtt://127.0.0.1:1"]);
    expect(said).toContain("lacks what pictures need");
    expect(said).toContain("faces2mqtt models");
    expect(said).not.toContain("snapshots.enabled");
  });

  it.skipIf(models === null)("refuses a broker without MQTT 5", async () => {
    const { url } = await startBroker();
    const environment = { FACES2MQTT_SNAPSHOTS_MODELS_DIR: models ?? "", FACES2MQTT_LOG_LEVEL: "silent" };
    expect(await refusalOf(["--id", "a", "--url", url], environment)).toContain(
      "this broker has no MQTT 5, as the embedded broker of faces2mqtt has none",
    );
    expect(await refusalOf(["--id", "a"], { ...environment, FACES2MQTT_MQTT_URL: url })).toContain("has no MQTT 5");
  });
});
