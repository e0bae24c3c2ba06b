import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { loadConfig } from "../../../src/config/load.ts";
import { systemClock } from "../../../src/domain/clock.ts";
import { StartRefused } from "../../../src/domain/errors.ts";
import { createBus } from "../../../src/domain/events.ts";
import { createLink } from "../../../src/mqtt/link/create-link.ts";
import { createTopics } from "../../../src/mqtt/topics.ts";
import { tempFolder } from "../../helpers/temp-folder.ts";

it.each([
  ["is missing", "ca", undefined, /^mqtt\.ca: .*missing\.pem: ENOENT/],
  ["holds none", "ca", "no certificate", /^mqtt\.ca: /],
  ["holds none, like its key", "cert", "no certificate", /^mqtt\.cert and mqtt\.key: /],
])("a certificate that %s is a matter of configuration (%s)", (_, key, content, reason) => {
  const file = join(tempFolder(), content === undefined ? "missing.pem" : "some.pem");
  if (content !== undefined) writeFileSync(file, content);
  const environment: Record<string, string> = {
    FACES2MQTT_MQTT_URL: "mqtts://broker",
    [`FACES2MQTT_MQTT_${key.toUpperCase()}`]: file,
  };
  if (key === "cert") environment.FACES2MQTT_MQTT_KEY = file;
  const { config } = loadConfig({ file: null, environment });
  const create = () =>
    createLink({
      config,
      topics: createTopics("faces2mqtt"),
      instance: "1",
      homeCommands: new Set(),
      bus: createBus(() => undefined),
      clock: systemClock,
      log: { info: () => undefined, warn: () => undefined },
    });
  expect(create).toThrow(StartRefused);
  expect(create).toThrow(reason);
});
